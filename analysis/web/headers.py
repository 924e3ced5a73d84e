"""What every answer tells the browser: what it may run, who may frame it, what it may keep."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from analysis.web.compat import media_path, static_folder
from analysis.web.csp import content_security_policy

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",  # Of the browsers that do not read frame-ancestors.
    "Referrer-Policy": "no-referrer",  # Choices stand in the address.
    "Permissions-Policy": ", ".join(
        f"{name}=()" for name in ("accelerometer", "camera", "geolocation", "gyroscope", "microphone", "payment", "usb")
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
OVER_HTTPS = {"Strict-Transport-Security": "max-age=31536000"}
WITH_DATA = "/_stcore/"
"""Where numbers leave, besides files: nothing of it stays in a browser's or a proxy's memory."""
READ_BY_SCRIPTS = ("_streamlit_xsrf=",)
"""Streamlit's pages send this cookie's value back in a header, which shows that they could read it."""


class Headers:
    """Puts the headers on every answer, and makes cookies as strict as they can be.

    Whether the person came over https, uvicorn knows: from its own certificate, or from a proxy that it trusts
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
    """Has the browser fetch what draws charts, the largest script of all, behind the others instead of after them.

    Streamlit asks for it only when the first chart is there. Where a version of it has no such script, nothing is sent.
    """
    found = next((static_folder() / "static" / "js").glob("PlotlyChart.*.js"), None)
    return {"Link": f"<./static/js/{found.name}>; rel=modulepreload; fetchpriority=low"} if found else {}


def strict(cookie: bytes, *, secure: bool) -> bytes:
    """A cookie that no other site sends, no script reads, and, over https, no one on the way sees."""
    text = cookie.decode("latin-1")
    has = {part.strip().split("=")[0].lower() for part in text.split(";")[1:]}
    if "samesite" not in has:
        text += "; SameSite=Lax"
    if "httponly" not in has and not text.startswith(READ_BY_SCRIPTS):
        text += "; HttpOnly"
    if secure and "secure" not in has:
        text += "; Secure"
    return text.encode("latin-1")
