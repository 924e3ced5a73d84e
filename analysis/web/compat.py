"""The only module in ``analysis`` that imports Streamlit: everything that the server uses of it, also private names.

Each private name has a test in ``tests/web/test_streamlit_internals.py`` that fails if an upgrade changes it.
"""

import json
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import current_thread
from typing import Any

import streamlit as st
from streamlit import config, net_util
from streamlit.auth_util import get_secrets_auth_section
from streamlit.delta_generator import DeltaGenerator
from streamlit.file_util import get_static_dir
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime import RuntimeState, get_instance, memory_media_file_storage
from streamlit.runtime.media_file_storage import MediaFileKind
from streamlit.runtime.memory_media_file_storage import MemoryFile, MemoryMediaFileStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import add_script_run_ctx, get_script_run_ctx
from streamlit.url_util import make_url_path
from streamlit.web.server.starlette.starlette_app_utils import decode_xsrf_token_string
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME, XSRF_COOKIE_NAME
from streamlit.web.server.starlette.starlette_websocket import _get_signed_cookie_with_chunks

__all__ = ["USER_COOKIE_NAME", "BackMsg", "MediaFileKind", "MemoryFile", "MemoryMediaFileStorage"]


def static_folder() -> Path:
    """Return the folder with the static files of Streamlit's pages."""
    return Path(get_static_dir())


def ask_nobody_for_the_address() -> None:
    """Prevent Streamlit from asking an external service for the address of this computer."""
    net_util._external_ip = ""


def main_part() -> DeltaGenerator:
    """Return the main part of the page, also while another part is being drawn."""
    return st._main


def in_this_session(make: Callable[[], bytes]) -> Callable[[], bytes]:
    """Bind a function to the session of the current page, so that a thread without a page can call it."""
    session = get_script_run_ctx()

    def made() -> bytes:
        with ThreadPoolExecutor(1, initializer=lambda: add_script_run_ctx(current_thread(), session)) as thread:
            return thread.submit(make).result()

    return made


def is_nobody_here() -> bool:
    """Return True if no session has started yet."""
    return get_instance().state is RuntimeState.NO_SESSIONS_CONNECTED


def page_cookies() -> Mapping[str, str]:
    """Return the cookies of the browser whose page runs in this thread."""
    return st.context.cookies


def listens_at() -> str | None:
    """Return the address on which the server listens; None (unknown) if Streamlit did not start it."""
    is_streamlits_own = config._server_mode not in ("asgi-server", "asgi-mounted")
    return config.get_option("server.address") if is_streamlits_own else None


def sign_in_settings() -> Mapping[str, Any]:
    """Return the sign-in settings; empty if sign-in is not configured. Streamlit serves one thread at a time here."""
    return get_secrets_auth_section()


def claims_of(cookies: Mapping[str, str]) -> dict[str, Any]:
    """Return the claims of the sign-in cookie; empty if it is missing or this program did not sign it."""
    if USER_COOKIE_NAME not in cookies:
        return {}
    try:
        signed = _get_signed_cookie_with_chunks(dict(cookies), USER_COOKIE_NAME)
        claims = json.loads(signed) if signed else {}
    except (ValueError, UnicodeError):
        return {}
    return claims if isinstance(claims, dict) and claims.get("is_logged_in") is True else {}


def browser_token(cookies: Mapping[str, str]) -> str:
    """Return the secret that Streamlit gives to each browser, without its changing mask; empty if there is none."""
    token, _ = decode_xsrf_token_string(cookies.get(XSRF_COOKIE_NAME, ""))
    return token.hex() if token else ""


def media_path() -> str:
    """Return the path prefix of media files."""
    return make_url_path(config.get_option("server.baseUrlPath"), "media/")


def use_media_storage(storage: type[MemoryMediaFileStorage]) -> None:
    """Make Streamlit store its media files in this storage. Call it before the server starts."""
    memory_media_file_storage.MemoryMediaFileStorage = storage  # type: ignore[misc]


def session_of_download(file_id: str) -> str | None:
    """Return the session whose download button creates this file; None if there is no such button."""
    entry = get_instance().media_file_mgr._deferred_callables.get(file_id)
    return str(entry["session_id"]) if entry else None


def uploaded_bytes() -> dict[str, int]:
    """Return the number of bytes of uploaded files that each session has in memory."""
    manager = get_instance().uploaded_file_mgr
    assert isinstance(manager, MemoryUploadedFileManager)
    stored = list(manager.file_storage.items())
    return {session: sum(len(file.data) for file in list(files.values())) for session, files in stored}
