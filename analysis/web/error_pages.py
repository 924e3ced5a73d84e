"""Error responses, in the reader's language, as a page or as one sentence."""

from collections.abc import Callable
from functools import partial
from html import escape

from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from analysis import logs
from analysis.i18n import Wording, wording
from analysis.i18n.language import preferred

PAGE = """<!doctype html>
<html lang="{language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
{again}<title>Lige Adgang</title>
<style>
:root {{color-scheme: light dark}}
body {{font: 1.125rem/1.5 system-ui, sans-serif; margin: 20vh auto; max-width: 32rem; padding: 0 1.5rem}}
</style>
<h1>Lige Adgang</h1><p>{said}</p></html>"""
SOON = 20
"""Seconds until an error page reloads itself."""
Said = Callable[[Wording], str]
"""Function that returns a sentence in a given language."""

SENTENCES: dict[str, Said] = {
    "no room": lambda own: own.text(
        "Too many people are here just now. This page asks again by itself in a little while."
    ),
    "unknown host": lambda own: own.text(
        "The program does not answer under this name. Use the address that you were given."
    ),
    "foreign origin": lambda own: own.text(
        "Another website sent this, so it was refused. Open the program in a window of its own."
    ),
    "not signed in": lambda own: own.text("Sign in first: open the program's front page."),
    "not here": lambda own: own.text(
        "What you asked for is not here, or no longer. Go back to the page where you found it, and load it again."
    ),
    "only here": lambda own: own.text("Only those who run the program can see this, on the computer on which it runs."),
    "not understood": lambda own: own.text("The program does not understand this. Go back, and load the page again."),
}


def error_text(raised: BaseException, own: Wording) -> str:
    """Return the text for an unexpected error.

    It has only the number in the log, because the message may quote data.
    """
    return own.text(
        "Something went wrong here. Load the page again; if it happens again, tell those who run the program the "
        "number {number}.",
        number=logs.number_of(raised),
    )


def refused(scope: Scope, status: int, why: str, *, again: bool = False) -> Response:
    """Return the response that refuses a request, with the reason ``why`` from ``SENTENCES``."""
    return answer(scope, status, SENTENCES[why], again=again)


def answer(scope: Scope, status: int, said: Said, *, again: bool = False) -> Response:
    """Return a page if the client requests a page, otherwise one sentence. With ``again`` the page reloads itself."""
    own = wording_of(HTTPConnection(scope))
    headers = {"Cache-Control": "no-store", "Content-Language": own.code, "Vary": "Accept, Accept-Language"}
    if again:
        headers["Retry-After"] = str(SOON)
    if not is_for_a_page(scope):
        return PlainTextResponse(said(own), status, headers)
    refresh = f'<meta http-equiv="refresh" content="{SOON}">' if again else ""
    return HTMLResponse(PAGE.format(language=own.code, again=refresh, said=escape(said(own))), status, headers)


def is_for_a_page(scope: Scope) -> bool:
    """Return True if a browser navigates to a page, and does not load a resource of a page."""
    return scope["type"] == "http" and "text/html" in HTTPConnection(scope).headers.get("accept", "")


def wording_of(request: HTTPConnection) -> Wording:
    """Return the language of the address, or else the first available language that the browser accepts."""
    listed = [part.split(";") for part in request.headers.get("accept-language", "").split(",")]
    weights = {part[0]: _weight(part[1:]) for part in listed}
    accepted = sorted((name for name, weight in weights.items() if weight > 0), key=lambda name: -weights[name])
    return wording(preferred([request.query_params.get("lang", ""), *accepted]))


def _weight(parameters: list[str]) -> float:
    """Return the browser's weight for a language, from 0 to 1."""
    for name, _, value in (parameter.strip().partition("=") for parameter in parameters):
        if name == "q":
            try:
                return float(value)
            except ValueError:
                return 0
    return 1


async def refused_by_route(request: Request, raised: Exception) -> Response:
    """Convert an ``HTTPException`` of a Streamlit route to an error response."""
    status = raised.status_code if isinstance(raised, HTTPException) else 500
    response = refused(request.scope, status, "not here" if status == 404 else "not understood")
    response.headers.update(getattr(raised, "headers", None) or {})
    return response


class ErrorPages:
    """Middleware that returns an error page if a response fails before it starts; the log has the details."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def send_and_note(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, receive, send_and_note)
        except Exception as raised:
            if scope["type"] != "http" or started:
                raise
            logs.error("no answer", raised)
            await answer(scope, 500, partial(error_text, raised))(scope, receive, send)
