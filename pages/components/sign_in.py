"""Sign-in: the current person, the pages for people without access, and sign-out."""

import time
from typing import Any, NoReturn

import streamlit as st

from analysis.auth import people
from analysis.auth.people import NO_PEOPLE, People
from analysis.auth.roles import NOBODY_SIGNED_IN, Person, Role
from analysis.i18n import Wording
from analysis.web import compat
from analysis.web.page_scripts import REMEMBER_THE_WAY
from pages.components import process, sign_in_audit

NEEDED = ("server_metadata_url", "client_id", "client_secret", "redirect_uri", "cookie_secret")
NO_DATABASE = -1
"""Data version if the data cannot be read."""


def is_asked_for() -> bool:
    """Return True if people must sign in."""
    listens, is_set_up = _set_up()
    return process.sign_in_settings().is_asked_for(listens, st.context.headers, is_set_up=is_set_up)


@st.cache_resource(show_spinner=False)
def _set_up() -> tuple[str | None, bool]:
    """Return the address on which the program listens, and whether sign-in is configured.

    The result is cached, because sessions would wait for each other.
    """
    return compat.listens_at(), bool(compat.sign_in_settings())


def is_in() -> bool:
    """Return True if the person can use the menu."""
    return not is_asked_for() or bool(st.user.get("is_logged_in"))


def signed_in_person() -> Person:
    """Return the current person. If sign-in or a role is missing, show why and stop the page."""
    if not is_asked_for():
        return NOBODY_SIGNED_IN
    own = process.language_before_signing_in()
    claims: dict[str, Any] = st.user.to_dict()
    settings = process.sign_in_settings()
    if not claims.get("is_logged_in"):
        _ask_to_sign_in(own)
    if people.sign_in_expired(claims, time.time(), settings.hours):
        _ask_to_sign_in(own, expired=True)
    return _person_of(claims) or _refuse(claims, own)


def known_person() -> Person | None:
    """Return the current person; None if they have no access, for reasons that ``signed_in_person`` shows."""
    if not is_asked_for():
        return NOBODY_SIGNED_IN
    claims: dict[str, Any] = st.user.to_dict()
    if not claims.get("is_logged_in") or people.sign_in_expired(claims, time.time(), process.sign_in_settings().hours):
        return None
    return _person_of(claims)


def _person_of(claims: people.Claims) -> Person | None:
    """Return the person with their role; None if they have no role."""
    known, settings = known_people(), process.sign_in_settings()
    given = people.role_of(claims, known, settings.role_claim, place)
    if given is None and settings.unknown == "viewer" and not known.is_unreadable:
        return Person(people.name_of(claims), Role.VIEWER)
    return Person(people.name_of(claims), given.role, given.municipalities) if given else None


def known_people() -> People:
    """Return the current content of the file of people, if there is one."""
    path = process.sign_in_settings().people
    if path is None:
        return NO_PEOPLE
    try:
        found = path.stat()
        state = (found.st_mtime_ns, found.st_size)
    except OSError:
        state = (0, 0)
    return _people(state, _data_version())


@st.cache_resource(max_entries=1, show_spinner=False)
def _people(state: tuple[int, int], version: int) -> People:
    path = process.sign_in_settings().people
    assert path is not None
    return people.read_people(path, place)


def place(written: str) -> str | None:
    """Return the name of the municipality for this spelling."""
    return _places(_data_version()).get(written.strip().casefold())


def _data_version() -> int:
    """Return the version of the stored data. Sign-in also works if the database is unavailable."""
    from analysis.store import DatabaseError

    try:
        return process.working_database().version()
    except DatabaseError:
        return NO_DATABASE


@st.cache_resource(max_entries=1, show_spinner=False)
def _places(version: int) -> dict[str, str]:
    from analysis.store import municipalities, municipality_spellings

    known = municipalities(process.working_database()) if version != NO_DATABASE else []
    names = {name: name for name in known} | municipality_spellings()
    return {written.casefold(): name for written, name in names.items()}


def _ask_to_sign_in(wording: Wording, *, expired: bool = False) -> NoReturn:
    """Show the sign-in button, or the missing settings if sign-in is not configured."""
    text = wording.text
    auth = compat.sign_in_settings()
    missing = [key for key in NEEDED if not auth.get(key)] if auth else _not_set()
    if missing:
        st.title(text("Sign-in is not set up"))
        st.error(text("Others than this computer can come here, so nothing is shown without signing in."))
        names = ", ".join(f"`{name}`" for name in missing)
        st.markdown(text("Whoever runs the program must set: {names}. The README tells how.", names=names))
        st.stop()
    st.title(text("Sign in"))
    if expired:
        st.info(text("Your sign-in has ended. Sign in again."))
    else:
        st.markdown(text("What stands here is for those who have been given access to it."))
    st.html(f"<script>{REMEMBER_THE_WAY}</script>", unsafe_allow_javascript=True)
    st.button(text("Sign in"), type="primary", key="sign_in", icon=":material/login:", on_click=st.login)
    st.stop()


def _not_set() -> list[str]:
    """Return the empty settings. A server that was not started with ``app.py`` has none of them."""
    return [name for name, value in process.sign_in_settings().given.items() if not value] or ["streamlit run app.py"]


def _refuse(claims: people.Claims, wording: Wording) -> NoReturn:
    """Show a person without a role why access is refused, and the details that an administrator needs."""
    from pages.components.formatting import plain

    sign_in_audit.note_refused()

    text = wording.text
    st.title(text("You have no access yet"))
    st.markdown(plain(text("You are signed in as {name}.", name=people.name_of(claims))))
    if known_people().is_unreadable:
        st.error(text("The file of people cannot be read. Tell whoever runs the program."))
    else:
        st.info(text("No role has been given to you here. Ask an administrator, and pass on the line below."))
    if claims.get("email") and not people.email_of(claims):
        st.markdown(plain(text("Your e-mail does not count: those who signed you in have not verified it.")))
    for name in unknown_places(claims):
        st.markdown(plain(text("Your role is for “{municipality}”, which is not known here.", municipality=name)))
    st.code(f"subject = {str(claims.get('sub', ''))!r}", language=None)
    sign_out_button(wording)
    st.stop()


def unknown_places(claims: people.Claims) -> list[str]:
    """Return the unknown municipalities in the provider's role claim."""
    return people.faults_of_claim(people.values_of(claims, process.sign_in_settings().role_claim), place)


def sign_out_button(wording: Wording) -> None:
    st.button(wording.text("Sign out"), key="sign_out", icon=":material/logout:", on_click=_sign_out)


def _sign_out() -> None:
    if who := known_person():
        sign_in_audit.note_signed_out(who)
    st.logout()
