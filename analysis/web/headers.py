"""Security headers of every response: content security policy, framing and caching."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from analysis.web.compat import media_path, static_folder
from analysis.web.csp import content_security_policy

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",  # For browsers that do not support frame-ancestors.
    "Referrer-Policy": "no-referrer",  # The address contains choices.
    "Permissions-Policy": ", ".join(
        f"{name}=()" for name in ("accelerometer", "camera", "geolocation", "gyroscope", "microphone", "payment", "usb")
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
OVER_HTTPS = {"Strict-Transport-Security": "max-age=31536000"}
WITH_DATA = "/_stcore/"
"""Path that delivers numbers, besides files: no browser or proxy may cache it."""
READ_BY_SCRIPTS = ("_streamlit_xsrf=",)
"""Streamlit's pages send the value of this cookie back in a header, which proves that they could read it."""


class Headers:
    """Middleware that adds the headers to every response and makes cookies as strict as possible.

    Uvicorn knows whether the request used https: from its own certificate, or from a trusted proxy
    (``FORWARDED_ALLOW_IPS``).
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.always = {**ALWAYS, "Content-Security-Policy": content_security_policy()}
        self.media = media_path()
        self.with_pages = chart_engine_ahead()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                secure = scope["scheme"] == "https"
                headers = MutableHeaders(scope=message)
                headers.update({**self.always, **(OVER_HTTPS if secure else {})})
                if headers.get("content-type", "").startswith("text/html"):
                    headers.update(self.with_pages)
                if scope["path"].startswith(self.media) or WITH_DATA in scope["path"]:
                    headers["Cache-Control"] = "no-store"
                message["headers"] = [
                    (name, strict(value, secure=secure) if name.lower() == b"set-cookie" else value)
                    for name, value in message["headers"]
                ]
            await send(message)

        await self.app(scope, receive, send_with_headers)


def chart_engine_ahead() -> dict[str, str]:
    """Return a header that preloads the chart library, the largest script, in parallel with the other scripts.

    Streamlit requests it only for the first chart. Return nothing if a version of Streamlit has no such script.
    """
    found = next((static_folder() / "static" / "js").glob("PlotlyChart.*.js"), None)
    return {"Link": f"<./static/js/{found.name}>; rel=modulepreload; fetchpriority=low"} if found else {}


def strict(cookie: bytes, *, secure: bool) -> bytes:
    """Make a cookie strict: no other site sends it, no script reads it, and it uses https if the request did."""
    text = cookie.decode("latin-1")
    has = {part.strip().split("=")[0].lower() for part in text.split(";")[1:]}
    if "samesite" not in has:
        text += "; SameSite=Lax"
    if "httponly" not in has and not text.startswith(READ_BY_SCRIPTS):
        text += "; HttpOnly"
    if secure and "secure" not in has:
        text += "; Secure"
    return text.encode("latin-1")
