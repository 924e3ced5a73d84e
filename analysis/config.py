"""What an installation may set, from environment variables. Each is described in the README."""

import ipaddress
import math
import os
import re
import secrets
from collections.abc import Container
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).parent.parent
LOWEST_SMALLEST_COUNT = 3
SHORTEST_AUDIT_DAYS = 180
SHORTEST_SECRET = 32
ONE, SEVERAL = "one", "several"
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
SPARK = re.compile(r"(spark|sc)://.+:\d+.*|k8s://.+|yarn|local(\[.+\])?")
PROXIES = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip", "Via")
"""What a server that stands before this one adds to what it passes on."""


class WrongSetting(ValueError):
    """A setting cannot be used; the message says which, and what it may be."""


def _database() -> Path:
    return Path(os.environ.get("LIGE_ADGANG_DATABASE", ROOT / "data" / "lige_adgang.duckdb"))


def _number(name: str, default: int) -> int:
    try:
        return int(os.environ.get(f"LIGE_ADGANG_{name}", default))
    except ValueError:
        raise WrongSetting(f"LIGE_ADGANG_{name} must be a whole number") from None


def _names(name: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in os.environ.get(f"LIGE_ADGANG_{name}", "").split(",") if part.strip())


def _backups() -> Path | None:
    named = os.environ.get("LIGE_ADGANG_BACKUPS")
    return Path(named) if named else None


def _servers() -> str:
    return _text("SERVERS", ONE)


@dataclass(frozen=True)
class Settings:
    """The settings in force.

    ``database`` is the DuckDB file. ``smallest_count`` is the smallest count that is shown: 1 up to one below it are
    hidden, and data that are not synthetic are rounded to its multiples. ``own_counts`` is whether a consultant sees
    exact counts of their own municipalities, and whether the switch for exact counts begins switched on where nobody
    signs in. ``retention_days`` is how long an import that was undone is kept, ``audit_days`` how
    long a line of the audit. ``log_level`` is the least that is logged. ``backups`` is the folder in which the folder
    of backups stands, the database's own where it is None; one is made every ``backup_hours``, none by the clock where
    they are 0, and of the last ``daily_backups`` days and ``weekly_backups`` weeks that have any the newest of each is
    kept. ``spark`` is where Apache Spark counts courses that lie elsewhere; where it is empty DuckDB does.
    ``servers`` is whether one uses the database or several do. Raises
    ``WrongSetting``: ``smallest_count`` may not be below 3, Statistics Denmark's rule of thumb, nor
    ``audit_days`` below half a year.
    """

    database: Path = field(default_factory=_database)
    smallest_count: int = field(default_factory=lambda: _number("SMALLEST_COUNT", 5))
    own_counts: bool = field(default_factory=lambda: os.environ.get("LIGE_ADGANG_OWN_COUNTS") == "on")
    retention_days: int = field(default_factory=lambda: _number("RETENTION_DAYS", 365))
    audit_days: int = field(default_factory=lambda: _number("AUDIT_DAYS", 1826))
    log_level: str = field(default_factory=lambda: os.environ.get("LIGE_ADGANG_LOG_LEVEL", "INFO").upper())

    backups: Path | None = field(default_factory=_backups)
    backup_hours: int = field(default_factory=lambda: _number("BACKUP_HOURS", 24))
    daily_backups: int = field(default_factory=lambda: _number("DAILY_BACKUPS", 7))
    weekly_backups: int = field(default_factory=lambda: _number("WEEKLY_BACKUPS", 4))

    spark: str = field(default_factory=lambda: _text("SPARK"))
    servers: str = field(default_factory=_servers)

    def __post_init__(self) -> None:
        if self.smallest_count < LOWEST_SMALLEST_COUNT:
            raise WrongSetting(f"LIGE_ADGANG_SMALLEST_COUNT must be at least {LOWEST_SMALLEST_COUNT}")
        if self.audit_days < SHORTEST_AUDIT_DAYS:
            raise WrongSetting(f"LIGE_ADGANG_AUDIT_DAYS must be at least {SHORTEST_AUDIT_DAYS}")
        if self.log_level not in LOG_LEVELS:
            raise WrongSetting(f"LIGE_ADGANG_LOG_LEVEL must be one of {', '.join(LOG_LEVELS)}")
        if self.servers not in (ONE, SEVERAL):
            raise WrongSetting("LIGE_ADGANG_SERVERS must be one or several")
        if self.spark and not SPARK.fullmatch(self.spark):
            raise WrongSetting("LIGE_ADGANG_SPARK must be spark://host:port, sc://host:port, local[2], yarn or k8s://…")

    @property
    def has_several_servers(self) -> bool:
        return self.servers == SEVERAL


def _is_safe(address: str) -> bool:
    """Whether what goes there cannot be read on the way."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and is_this_computer(parts.hostname or ""))


def is_this_computer(host: str) -> bool:
    """Whether the name or number of a host is one by which a computer calls itself, and nobody else calls it."""
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return host == "localhost"
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback


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
    servers: str = field(default_factory=_servers)

    def __post_init__(self) -> None:
        if self.wanted not in ("", "on", "off"):
            raise WrongSetting("LIGE_ADGANG_SIGN_IN must be on or off")
        if self.unknown not in ("refuse", "viewer"):
            raise WrongSetting("LIGE_ADGANG_UNKNOWN_PEOPLE must be refuse or viewer")
        for name in ("LIGE_ADGANG_OIDC_METADATA", "LIGE_ADGANG_ADDRESS"):
            if self.given[name] and not _is_safe(self.given[name]):
                raise WrongSetting(f"{name} must begin with https://")
        if self.cookie_secret and len(self.cookie_secret) < SHORTEST_SECRET:
            raise WrongSetting(f"LIGE_ADGANG_COOKIE_SECRET must have at least {SHORTEST_SECRET} characters")

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

        Cookies are signed anew after each start where no secret for them is set: everybody then signs in again. Raises
        ``WrongSetting`` where several servers would each sign them otherwise.
        """
        if not all(self.given.values()):
            return {}
        if self.servers == SEVERAL and not self.cookie_secret:
            raise WrongSetting("LIGE_ADGANG_COOKIE_SECRET must be set, the same for each of several servers")
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

    ``seconds`` of a processor and ``memory_megabytes`` are the most that reading any file may take; a small file gets
    less.
    """

    megabytes: int = field(default_factory=lambda: _number("MOST_MEGABYTES", 200))
    unpacked_megabytes: int = field(default_factory=lambda: _number("MOST_UNPACKED_MEGABYTES", 2000))
    rows: int = field(default_factory=lambda: _number("MOST_ROWS", 1_200_000))
    columns: int = field(default_factory=lambda: _number("MOST_COLUMNS", 500))
    sheets: int = field(default_factory=lambda: _number("MOST_SHEETS", 100))
    seconds: int = field(default_factory=lambda: _number("READING_SECONDS", 120))
    memory_megabytes: int = field(default_factory=lambda: _number("READING_MEGABYTES", 3000))

    def bounds(self, memory: int, seconds: float = math.inf) -> dict[str, int]:
        """The limits for one file, whose reading may take this many bytes of memory and seconds of work at most."""
        return {
            "memory_bytes": min(memory, self.memory_megabytes * 2**20),
            "seconds": max(1, math.ceil(min(seconds, self.seconds))),
            "unpacked_bytes": self.unpacked_megabytes * 2**20,
            "rows": self.rows,
            "columns": self.columns,
            "sheets": self.sheets,
            "entries": 20 * self.sheets,
            "cells": 60 * self.rows,
        }


@dataclass(frozen=True)
class Serving:
    """What the server lets through, so that one person cannot make it slow for the others.

    ``hosts`` are the names under which it answers; none means any. ``sessions`` may be open at once, each with
    ``reruns_a_minute`` and messages of ``message_megabytes`` at most. An upload takes ``upload_seconds`` at most, and
    all uploaded files together ``held_megabytes`` of memory. ``readings`` go on at once and as many as
    ``readings_waiting`` wait. Below ``free_megabytes`` of free disk the program is not well. ``metrics_from_anywhere``
    says whether other computers may ask what is counted.
    """

    hosts: tuple[str, ...] = field(default_factory=lambda: _names("HOSTS"))
    sessions: int = field(default_factory=lambda: _number("MOST_SESSIONS", 200))
    reruns_a_minute: int = field(default_factory=lambda: _number("MOST_RERUNS_A_MINUTE", 240))
    message_megabytes: int = field(default_factory=lambda: _number("MOST_MESSAGE_MEGABYTES", 10))
    upload_seconds: int = field(default_factory=lambda: _number("UPLOAD_SECONDS", 300))
    held_megabytes: int = field(default_factory=lambda: _number("MOST_HELD_MEGABYTES", 1000))
    readings: int = field(default_factory=lambda: _number("MOST_READINGS", 2))
    readings_waiting: int = field(default_factory=lambda: _number("MOST_READINGS_WAITING", 20))
    free_megabytes: int = field(default_factory=lambda: _number("LEAST_FREE_MEGABYTES", 500))
    metrics_from_anywhere: bool = field(default_factory=lambda: bool(_number("METRICS_FROM_ANYWHERE", 0)))

    def __post_init__(self) -> None:
        if min(self.sessions, self.reruns_a_minute, self.message_megabytes, self.upload_seconds, self.readings) < 1:
            raise ValueError("The server needs room for at least one session, and for what it does")
