"""Who sends a request, as far as its cookies tell: whether they are signed in, and from which browser."""

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
    """Where the program listens, and whether people can sign in: neither changes while it runs."""
    return compat.listens_at(), bool(compat.sign_in_settings())


def must_sign_in(scope: Scope) -> bool:
    """Whether people must sign in to see anything, asked by this request."""
    listens, is_set_up = _set_up()
    return _sign_in().is_asked_for(listens, Headers(scope=scope), is_set_up=is_set_up)


def is_signed_in(scope: Scope) -> bool:
    """Whether the request has a sign-in cookie that this program signed and that still holds."""
    claims = compat.claims_of(HTTPConnection(scope).cookies)
    return bool(claims) and not people.has_ended(claims, time.time(), _sign_in().hours)


def is_admitted(scope: Scope) -> bool:
    """Whether the request may ask for what is not for everybody."""
    return not must_sign_in(scope) or is_signed_in(scope)


def browser_of(cookies: Mapping[str, str]) -> str:
    """The browser and the person signed in there, as one text; empty where the browser has no cookie of ours.

    Nobody else knows it, since the browser's part is a random number that only this browser was given.
    """
    token = compat.browser_token(cookies)
    claims = compat.claims_of(cookies) if token else {}
    return f"{token} {claims.get('iss', '')} {claims.get('sub', '')}" if token else ""
