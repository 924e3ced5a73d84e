"""The order in which an answer is asked for: headers on whatever comes, known hosts, who may count, how much."""

from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from analysis.settings import Serving
from pages.parts.serving.headers import Headers
from pages.parts.serving.limits import Limited
from pages.parts.serving.watching import ROUTES as ROUTES
from pages.parts.serving.watching import Kept

HERE = ("localhost", "127.0.0.1")
"""Names of this computer: whoever looks after the program asks for its health there."""


def _hosts() -> list[str]:
    named = Serving().hosts
    return [*named, *HERE] if named else ["*"]


MIDDLEWARE = [
    Middleware(Headers),
    Middleware(TrustedHostMiddleware, allowed_hosts=_hosts(), www_redirect=False),
    Middleware(Kept),
    Middleware(Limited),
]
