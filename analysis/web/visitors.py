"""Sender of a request according to its cookies: sign-in state and browser."""

import time
from collections.abc import Mapping
from functools import cache

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import Scope

from analysis.auth import people
from analysis.config import SignIn
from analysis.web import compat


@cache
def _sign_in() -> SignIn:
    return SignIn()


@cache
def _set_up() -> tuple[str | None, bool]:
    """Return the address on which the program listens, and whether sign-in is configured. Both are constant."""
    return compat.listens_at(), bool(compat.sign_in_settings())


def must_sign_in(scope: Scope) -> bool:
    """Return True if sign-in is mandatory, according to the settings and the headers of this request."""
    listens, is_set_up = _set_up()
    return _sign_in().is_asked_for(listens, Headers(scope=scope), is_set_up=is_set_up)


def is_signed_in(scope: Scope) -> bool:
    """Return True if the request has a valid sign-in cookie that this program signed."""
    claims = compat.claims_of(HTTPConnection(scope).cookies)
    return bool(claims) and not people.sign_in_expired(claims, time.time(), _sign_in().hours)


def is_admitted(scope: Scope) -> bool:
    """Return True if the request may access content that is not public."""
    return not must_sign_in(scope) or is_signed_in(scope)


def browser_of(cookies: Mapping[str, str]) -> str:
    """Return an id of the browser and the signed-in person; empty if the browser has no cookie of this program.

    Nobody else knows it, because the browser's part is a random number that only this browser received.
    """
    token = compat.browser_token(cookies)
    claims = compat.claims_of(cookies) if token else {}
    return f"{token} {claims.get('iss', '')} {claims.get('sub', '')}" if token else ""
