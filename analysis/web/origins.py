"""Host and origin checks: only pages of this program, under its own host names, may access it."""

from urllib.parse import SplitResult, urlsplit

from starlette.datastructures import URL, Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from analysis.config import ServerLimits, SignIn
from analysis.web.error_pages import refused

HERE = ("localhost", "127.0.0.1")
"""Names of this computer; operators use them for health checks."""
USUAL = {"http": 80, "https": 443}
ONLY_READING = ("GET", "HEAD", "OPTIONS")


class KnownHosts:
    """Middleware that accepts the host names of the settings and this computer; any host name if none is set."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        named = ServerLimits().hosts
        self.names = frozenset(name.lower() for name in (*named, *HERE)) if named else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket") and not self._knows(Headers(scope=scope).get("host", "")):
            await refused(scope, 400, "unknown host")(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _knows(self, host: str) -> bool:
        if self.names is None or "*" in self.names:
            return True
        name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
        return name.lower() in self.names or any(
            known.startswith("*.") and name.lower().endswith(known[1:]) for known in self.names
        )


class OwnOrigin:
    """Middleware that prevents pages of other origins from opening a session or changing data.

    A browser sends the origin of the page with each websocket and with each request that is not only a read. A
    websocket without an origin does not come from a page and is refused. Other requests without an origin may pass:
    they need the cookies, which a browser sends only to this program.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        address = SignIn().address
        self.own = _origin_of(urlsplit(address)) if address else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        origin = Headers(scope=scope).get("origin") if scope["type"] in ("http", "websocket") else None
        sends = scope["type"] == "http" and scope["method"] not in ONLY_READING and origin is not None
        if (scope["type"] == "websocket" or sends) and not self._is_own(origin or "", scope):
            await refused(scope, 403, "foreign origin")(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _is_own(self, origin: str, scope: Scope) -> bool:
        """Return True if the origin is the requested host, without a downgrade to http, or the own address."""
        try:
            came, asked = urlsplit(origin), URL(scope=scope)
            scheme, host, port = _origin_of(came)
            asked_port = asked.port or USUAL[scheme]
        except (ValueError, KeyError):
            return False
        if not host or origin != f"{came.scheme}://{came.netloc}" or "@" in came.netloc:
            return False
        is_downgraded = scheme == "http" and asked.scheme in ("https", "wss")
        return (scheme, host, port) == self.own or ((host, port) == (asked.hostname, asked_port) and not is_downgraded)


def _origin_of(address: SplitResult) -> tuple[str, str, int]:
    usual = USUAL[address.scheme]
    return address.scheme, address.hostname or "", address.port or usual
