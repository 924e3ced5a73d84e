"""The order in which an answer is asked for: headers on whatever comes, known hosts and origins, who, how much."""

from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from pages.parts.serving.error_pages import ErrorPages, refused_by_route
from pages.parts.serving.files import FilesOfOneBrowser, OwnFiles
from pages.parts.serving.headers import Headers
from pages.parts.serving.limits import Uploads
from pages.parts.serving.origins import KnownHosts, OwnOrigin
from pages.parts.serving.sessions import Sessions
from pages.parts.serving.streamlit_internals import use_media_storage
from pages.parts.serving.watching import ROUTES as ROUTES
from pages.parts.serving.watching import Kept

MIDDLEWARE = [
    Middleware(one) for one in (Headers, ErrorPages, KnownHosts, OwnOrigin, Kept, FilesOfOneBrowser, Uploads, Sessions)
]
EXCEPTION_HANDLERS = {HTTPException: refused_by_route}

use_media_storage(OwnFiles)
