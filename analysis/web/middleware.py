"""Order of the middleware: headers on every response, known hosts and origins, access rules, limits."""

from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from analysis.web.compat import use_media_storage
from analysis.web.error_pages import ErrorPages, refused_by_route
from analysis.web.headers import Headers
from analysis.web.health import ROUTES as ROUTES
from analysis.web.health import LocalMetricsOnly
from analysis.web.limits import Uploads
from analysis.web.origins import KnownHosts, OwnOrigin
from analysis.web.session_files import FilesOfOneBrowser, OwnFiles
from analysis.web.websockets import Sessions

MIDDLEWARE = [
    Middleware(one)
    for one in (Headers, ErrorPages, KnownHosts, OwnOrigin, LocalMetricsOnly, FilesOfOneBrowser, Uploads, Sessions)
]
EXCEPTION_HANDLERS = {HTTPException: refused_by_route}

use_media_storage(OwnFiles)
