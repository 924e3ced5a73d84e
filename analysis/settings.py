"""What an installation may set, from environment variables. Each is described in the README."""

import ipaddress
import os
import secrets
from collections.abc import Container
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).parent.parent
LOWEST_SMALLEST_COUNT = 3
SHORTEST_SECRET = 32
PROXIES = ("X-Forwarded-For", "X-Forwarded-Host", "Forwarded", "X-Real-Ip")
"""What a server that stands before this one adds to what it passes on."""


def _database() -> Path:
    return Path(os.environ.get("LIGE_ADGANG_DATABASE", ROOT / "data" / "lige_adgang.duckdb"))


def _number(name: str, default: int) -> int:
    return int(os.environ.get(f"LIGE_ADGANG_{name}", default))


@dataclass(frozen=True)
class Settings:
    """The settings in force.

    ``database`` is the DuckDB file. ``smallest_count`` is the smallest count that is shown: 1 up to one below it are
    hidden, and where people sign in, data that are not made up are rounded to its multiples. ``own_counts`` is whether
    a consultant sees the counts of their own municipalities, and at a program without sign-in everybody all of them,
    with nothing rounded or hidden.
    ``retention_days`` is how long an import that was undone is kept. Raises ``ValueError`` where
    ``smallest_count`` is below 3, Statistics Denmark's rule of thumb.
    """

    database: Path = field(default_factory=_database)
    smallest_count: int = field(default_factory=lambda: _number("SMALLEST_COUNT", 5))
    own_counts: bool = field(default_factory=lambda: os.environ.get("LIGE_ADGANG_OWN_COUNTS") == "on")
    retention_days: int = field(default_factory=lambda: _number("RETENTION_DAYS", 365))

    def __post_init__(self) -> None:
        if self.smallest_count < LOWEST_SMALLEST_COUNT:
            raise ValueError(f"LIGE_ADGANG_SMALLEST_COUNT must be at least {LOWEST_SMALLEST_COUNT}")


def _is_safe(address: str) -> bool:
    """Whether what goes there cannot be read on the way."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and is_this_computer(parts.hostname or ""))


def is_this_computer(host: str) -> bool:
    """Whether the name or number of a host is one by which a computer calls itself, and nobody else calls it."""
    try:
        return host == "localhost" or ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _text(name: str, default: str = "") -> str:
    return os.environ.get(f"LIGE_ADGANG_{name}", "").strip() or default


@dataclass(frozen=True)
class SignIn:
    """Who must sign in, and how it is known who they are.

    ``wanted`` is on, off or, where nothing is said, empty. ``metadata`` is the address of the provider's own
    description, ``address`` that of this program in a browser. ``role_claim`` names the claim that holds roles, with
    dots between the names where it lies deeper. ``people`` is a file with people and their roles, and ``unknown`` says
    what becomes of those who have none: refuse or viewer. ``hours`` is how long a sign-in holds.
    """

    wanted: str = field(default_factory=lambda: _text("SIGN_IN"))
    metadata: str = field(default_factory=lambda: _text("OIDC_METADATA"))
    client: str = field(default_factory=lambda: _text("OIDC_CLIENT"))
    secret: str = field(default_factory=lambda: _text("OIDC_SECRET"), repr=False)
    address: str = field(default_factory=lambda: _text("ADDRESS").rstrip("/"))
    cookie_secret: str = field(default_factory=lambda: _text("COOKIE_SECRET"), repr=False)
    role_claim: str = field(default_factory=lambda: _text("ROLE_CLAIM"))
    people: Path | None = field(default_factory=lambda: Path(_text("PEOPLE")) if _text("PEOPLE") else None)
    unknown: str = field(default_factory=lambda: _text("UNKNOWN_PEOPLE", "refuse"))
    hours: int = field(default_factory=lambda: _number("SIGN_IN_HOURS", 10))

    def __post_init__(self) -> None:
        if self.wanted not in ("", "on", "off"):
            raise ValueError("LIGE_ADGANG_SIGN_IN must be on or off")
        if self.unknown not in ("refuse", "viewer"):
            raise ValueError("LIGE_ADGANG_UNKNOWN_PEOPLE must be refuse or viewer")
        for name in ("LIGE_ADGANG_OIDC_METADATA", "LIGE_ADGANG_ADDRESS"):
            if self.given[name] and not _is_safe(self.given[name]):
                raise ValueError(f"{name} must begin with https://")
        if self.cookie_secret and len(self.cookie_secret) < SHORTEST_SECRET:
            raise ValueError(f"LIGE_ADGANG_COOKIE_SECRET must have at least {SHORTEST_SECRET} characters")

    def is_asked_for(self, listens: str | None, headers: Container[str], *, is_set_up: bool) -> bool:
        """Whether people must sign in: as set, or else once it is set up or others than this computer can come in.

        ``listens`` is the address at which the program listens, and None where that is not known. ``headers`` are those
        of a request, which tell whether another server has passed it on.
        """
        if self.wanted:
            return self.wanted == "on"
        is_private = is_this_computer(listens or "") and not any(name in headers for name in PROXIES)
        return is_set_up or not is_private

    @property
    def given(self) -> dict[str, str]:
        """The settings without which nobody can sign in, by their names; what is not set is empty."""
        return {
            "LIGE_ADGANG_OIDC_METADATA": self.metadata,
            "LIGE_ADGANG_OIDC_CLIENT": self.client,
            "LIGE_ADGANG_OIDC_SECRET": self.secret,
            "LIGE_ADGANG_ADDRESS": self.address,
        }

    def secrets(self) -> dict[str, Any]:
        """What Streamlit calls secrets; nothing where nobody can sign in by these settings.

        Cookies are signed anew after each start where no secret for them is set: everybody then signs in again.
        """
        if not all(self.given.values()):
            return {}
        return {
            "auth": {
                "server_metadata_url": self.metadata,
                "client_id": self.client,
                "client_secret": self.secret,
                "redirect_uri": f"{self.address}/oauth2callback",
                "cookie_secret": self.cookie_secret or secrets.token_hex(32),
            }
        }


@dataclass(frozen=True)
class Limits:
    """How large an uploaded file may be: packed and unpacked in megabytes, in rows and columns a sheet, in sheets.

    ``seconds`` and ``memory_megabytes`` are the most that reading any file may take; a small file gets less.
    """

    megabytes: int = field(default_factory=lambda: _number("MOST_MEGABYTES", 200))
    unpacked_megabytes: int = field(default_factory=lambda: _number("MOST_UNPACKED_MEGABYTES", 2000))
    rows: int = field(default_factory=lambda: _number("MOST_ROWS", 1_200_000))
    columns: int = field(default_factory=lambda: _number("MOST_COLUMNS", 500))
    sheets: int = field(default_factory=lambda: _number("MOST_SHEETS", 100))
    seconds: int = field(default_factory=lambda: _number("READING_SECONDS", 120))
    memory_megabytes: int = field(default_factory=lambda: _number("READING_MEGABYTES", 3000))

    def bounds(self, memory: int) -> dict[str, int]:
        """The limits for one file, whose reading may take this many bytes of memory at most."""
        return {
            "memory_bytes": min(memory, self.memory_megabytes * 2**20),
            "unpacked_bytes": self.unpacked_megabytes * 2**20,
            "rows": self.rows,
            "columns": self.columns,
            "sheets": self.sheets,
            "entries": 20 * self.sheets,
            "cells": 60 * self.rows,
        }
