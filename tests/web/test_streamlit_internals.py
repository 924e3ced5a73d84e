"""What the server uses of Streamlit without a promise that it stays: where one of these fails, look before upgrading.

The storage of media files, the buttons of downloads and the uploaded files are tested at the real server, in
``test_attacks.py`` and ``test_server.py``.
"""

import json
from functools import partial
from secrets import token_hex
from types import SimpleNamespace

import pytest
from streamlit import config
from streamlit.auth_util import set_cookie_with_chunks
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime import RuntimeState
from streamlit.testing.v1 import AppTest
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value, generate_xsrf_token_string

from analysis.web import compat, websockets

USER = "_streamlit_user"
SECRET = "a secret that is only for tests, and long"
CLAIMS = {"sub": "anna", "is_logged_in": True}


@pytest.fixture(autouse=True)
def secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("streamlit.web.server.starlette.starlette_websocket.get_cookie_secret", lambda: SECRET)


def signed(claims: object, secret: str = SECRET) -> dict[str, str]:
    return {USER: create_signed_value(secret, USER, json.dumps(claims)).decode()}


def test_the_claims_of_the_cookie_are_read_if_this_program_signed_it() -> None:
    assert compat.claims_of(signed(CLAIMS)) == CLAIMS
    others = [
        {},
        {USER: ""},
        {USER: "é"},
        {USER: "a.b.c"},
        signed(CLAIMS, SECRET.upper()),
        signed([CLAIMS]),
        signed("x"),
    ]
    others += [
        signed({**CLAIMS, "is_logged_in": False}),
        signed({"sub": "anna"}),
        signed({**CLAIMS, "is_logged_in": 1}),
    ]
    assert [compat.claims_of(one) for one in others] == [{}] * len(others)


def test_claims_that_fill_several_cookies_are_read() -> None:
    cookies: dict[str, str] = {}

    def keep(name: str, value: str) -> None:
        cookies[name] = create_signed_value(SECRET, name, value).decode()

    long = {**CLAIMS, "groups": [token_hex(50) for _ in range(100)]}
    set_cookie_with_chunks(keep, partial(create_signed_value, SECRET), USER, long, cookie_attr_size=100)
    assert len(cookies) > 1
    assert compat.claims_of(cookies) == long


def test_a_browser_has_one_token_under_every_mask() -> None:
    cookies = [{"_streamlit_xsrf": generate_xsrf_token_string(b"t" * 16, 1)} for _ in range(2)]
    assert cookies[0] != cookies[1]
    assert {compat.browser_token(one) for one in cookies} == {(b"t" * 16).hex()}
    assert [compat.browser_token({"_streamlit_xsrf": bad}) for bad in ("", "2|x", "2|0|1|x|y", "é")] == [""] * 4


@pytest.mark.parametrize(("mode", "known"), [("starlette-app", True), ("asgi-server", False), ("asgi-mounted", False)])
def test_where_the_program_listens_is_known_if_streamlit_started_it(
    monkeypatch: pytest.MonkeyPatch, mode: str, known: bool
) -> None:
    assert hasattr(config, "_server_mode")
    monkeypatch.setattr(config, "_server_mode", mode)
    assert compat.listens_at() == (config.get_option("server.address") if known else None)


def test_a_button_draws_on_the_main_part_and_makes_its_file_in_the_session_of_its_page() -> None:
    def page() -> None:
        from threading import Thread

        import streamlit as st

        from analysis.web import compat

        with st.sidebar, compat.main_part():
            st.write("seen")
        made = []
        make = compat.in_this_session(lambda: st.session_state["whose"].encode())
        st.session_state["whose"] = "anna"
        thread = Thread(target=lambda: made.append(make()))
        thread.start()
        thread.join()
        st.session_state["made"] = made

    test = AppTest.from_function(page).run()
    assert not test.exception
    assert [one.value for one in test.main.markdown] == ["seen"]
    assert test.session_state["made"] == [b"anna"]


@pytest.mark.parametrize("state", list(RuntimeState))
def test_whether_anybody_is_here_is_known(monkeypatch: pytest.MonkeyPatch, state: RuntimeState) -> None:
    monkeypatch.setattr(compat, "get_instance", lambda: SimpleNamespace(state=state))
    assert compat.is_nobody_here() == (state is RuntimeState.NO_SESSIONS_CONNECTED)


def test_the_messages_that_pages_send_are_still_called_so() -> None:
    fields = {field.name for field in BackMsg.DESCRIPTOR.fields}
    assert fields >= websockets.AFTER_SIGN_IN
    operation = BackMsg.DESCRIPTOR.fields_by_name["backend_operation_request"].message_type
    assert {"deferred_file", "dataframe_chunk", "session_id"} <= {field.name for field in operation.fields}
