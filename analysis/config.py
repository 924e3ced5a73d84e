"""Settings of an installation, from environment variables. The table ``SETTINGS`` defines each of them once.

``python -m analysis.config`` writes ``docs/settings.md`` from the table.
"""
# ruff: noqa: RUF009 -- ``_set`` returns a dataclass field.

import math
import secrets
from collections.abc import Container
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from analysis.setting import PREFIX as PREFIX
from analysis.setting import Kind, Setting
from analysis.setting import WrongSetting as WrongSetting
from analysis.setting import is_this_computer as is_this_computer

ROOT = Path(__file__).parent.parent
DOCUMENT = ROOT / "docs" / "settings.md"
ONE, SEVERAL = "one", "several"
DAILY_BACKUPS, WEEKLY_BACKUPS = 7, 4
"""Numbers of days and weeks for which the newest scheduled backup is retained."""
PROXIES = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip", "Via")
"""Headers that a reverse proxy adds to a request."""


_TABLE = {
    "Data": (
        Setting(
            "DATABASE",
            Kind.PATH,
            ROOT / "data" / "lige_adgang.duckdb",
            "The DuckDB file. The journal, the uploaded files and the backups get names that begin with its name.",
            default_text="`data/lige_adgang.duckdb`",
        ),
        Setting(
            "SERVERS",
            Kind.TEXT,
            ONE,
            "Whether `one` process uses the database or `several` share it "
            "([operations.md](operations.md#several-servers)).",
            choices=(ONE, SEVERAL),
        ),
        Setting(
            "RETENTION_DAYS",
            Kind.NUMBER,
            365,
            "Days after which an import that was undone is deleted for good.",
            least=0,
        ),
        Setting(
            "SPARK",
            Kind.TEXT,
            "",
            "The Apache Spark cluster that counts courses in a lakehouse "
            "([workbook-format.md](workbook-format.md#courses-in-parquet-or-in-a-lakehouse)).",
            pattern=r"(spark|sc)://.+:\d+.*|k8s://.+|yarn|local(\[.+\])?",
            allowed="spark://host:port, sc://host:port, local[2], yarn or k8s://…",
            default_text="none: DuckDB counts them",
        ),
    ),
    "Disclosure control": (
        Setting(
            "SMALLEST_COUNT",
            Kind.NUMBER,
            5,
            "Counts of citizens are rounded to multiples of this number, and shares of that many citizens or fewer are "
            "hidden. Do not change it once people look at own data: another value rounds the same counts again, and "
            "two roundings together tell more than one.",
            least=3,
        ),
        Setting(
            "OWN_COUNTS",
            Kind.SWITCH,
            False,
            "Whether a consultant sees exact counts of their own municipalities. Without sign-in: whether the switch "
            "*Exact counts* is on at the start.",
        ),
    ),
    "Sign-in": (
        Setting(
            "SIGN_IN",
            Kind.TEXT,
            "",
            "Whether people must sign in. Behind a proxy that adds no `Forwarded` or `X-Forwarded-…` header, set it to "
            "`on`.",
            choices=("on", "off"),
            default_text="on when sign-in is set up or other computers can reach the server",
        ),
        Setting(
            "OIDC_METADATA",
            Kind.ADDRESS,
            "",
            "Discovery document of the OpenID Connect provider, `https://…/.well-known/openid-configuration`.",
        ),
        Setting("OIDC_CLIENT", Kind.TEXT, "", "Client id at the provider."),
        Setting("OIDC_SECRET", Kind.SECRET, "", "Client secret at the provider."),
        Setting(
            "ADDRESS",
            Kind.ADDRESS,
            "",
            "Address of this installation in a browser; its pages may connect from there.",
        ),
        Setting(
            "COOKIE_SECRET",
            Kind.SECRET,
            "",
            "Secret that signs the cookies (`openssl rand -hex 32`). Several servers need the same one.",
            least=32,
            default_text="a new one at each start, so that everybody signs in again",
        ),
        Setting(
            "ROLE_CLAIM",
            Kind.TEXT,
            "",
            "The claim that holds roles, for example `roles` or `realm_access.roles`.",
        ),
        Setting(
            "PEOPLE",
            Kind.PATH,
            None,
            "TOML file of people and their roles ([operations.md](operations.md#signing-in)). It overrides the claim.",
        ),
        Setting(
            "UNKNOWN_PEOPLE",
            Kind.TEXT,
            "refuse",
            "What happens to people without a role.",
            choices=("refuse", "viewer"),
        ),
        Setting("SIGN_IN_HOURS", Kind.NUMBER, 10, "Hours after which a person must sign in again."),
    ),
    "Audit, log and backups": (
        Setting("AUDIT_DAYS", Kind.NUMBER, 1826, "Days for which a line of the audit log is kept.", least=180),
        Setting(
            "LOG_LEVEL",
            Kind.TEXT,
            "INFO",
            "Lowest level of the messages in the log.",
            choices=("DEBUG", "INFO", "WARNING", "ERROR"),
        ),
        Setting(
            "BACKUPS",
            Kind.PATH,
            None,
            "Existing folder in which the program makes its folder of backups; choose one on another disk.",
            default_text="the folder of the database",
        ),
        Setting("BACKUP_HOURS", Kind.NUMBER, 24, "Hours between scheduled backups; 0 turns them off.", least=0),
    ),
    "Server": (
        Setting(
            "HOSTS",
            Kind.NAMES,
            (),
            "Host names for which the server answers; it always answers for localhost.",
            default_text="any",
        ),
        Setting(
            "MOST_SESSIONS",
            Kind.NUMBER,
            200,
            "Sessions open at once, of people who have signed in where they must.",
            least=1,
        ),
        Setting(
            "MOST_RERUNS_A_MINUTE",
            Kind.NUMBER,
            240,
            "Page runs of one session in a minute. Further ones wait; none is lost.",
            least=1,
        ),
        Setting(
            "MOST_MEGABYTES",
            Kind.NUMBER,
            200,
            "Largest file that can be uploaded. For a larger value also change `server.maxUploadSize` in "
            "`.streamlit/config.toml` and `client_max_body_size` of the proxy.",
            least=1,
        ),
        Setting("UPLOAD_SECONDS", Kind.NUMBER, 300, "Longest time that an upload may take.", least=1),
        Setting(
            "READING_MEGABYTES",
            Kind.NUMBER,
            3000,
            "Most memory that a process which reads a file may use; a small file gets less.",
            least=1,
        ),
        Setting(
            "METRICS_FROM_ANYWHERE",
            Kind.SWITCH,
            False,
            "Whether other computers may read `/metrics`.",
        ),
    ),
}
SETTINGS = {setting.name: setting for group in _TABLE.values() for setting in group}


def _set(name: str) -> Any:
    """Return a dataclass field whose default is the value of this setting."""
    setting = SETTINGS[name]
    is_shown = setting.kind is not Kind.SECRET
    return field(default_factory=setting.value, repr=is_shown, metadata={"setting": setting})


class _Checked:
    """Base class that checks each field made by ``_set`` against its setting."""

    def __post_init__(self) -> None:
        for one in fields(self):  # type: ignore[arg-type]
            if "setting" in one.metadata:
                one.metadata["setting"].check(getattr(self, one.name))


@dataclass(frozen=True)
class Settings(_Checked):
    """Data, disclosure control, audit log and backups. Raises ``WrongSetting`` if a value is not allowed."""

    database: Path = _set("DATABASE")
    smallest_count: int = _set("SMALLEST_COUNT")
    own_counts: bool = _set("OWN_COUNTS")
    retention_days: int = _set("RETENTION_DAYS")
    audit_days: int = _set("AUDIT_DAYS")
    log_level: str = _set("LOG_LEVEL")
    backups: Path | None = _set("BACKUPS")
    backup_hours: int = _set("BACKUP_HOURS")
    spark: str = _set("SPARK")
    servers: str = _set("SERVERS")

    @property
    def has_several_servers(self) -> bool:
        return self.servers == SEVERAL


@dataclass(frozen=True)
class SignIn(_Checked):
    """Sign-in and the source of roles. Raises ``WrongSetting`` if a value is not allowed."""

    wanted: str = _set("SIGN_IN")
    metadata: str = _set("OIDC_METADATA")
    client: str = _set("OIDC_CLIENT")
    secret: str = _set("OIDC_SECRET")
    address: str = _set("ADDRESS")
    cookie_secret: str = _set("COOKIE_SECRET")
    role_claim: str = _set("ROLE_CLAIM")
    people: Path | None = _set("PEOPLE")
    unknown: str = _set("UNKNOWN_PEOPLE")
    hours: int = _set("SIGN_IN_HOURS")
    servers: str = _set("SERVERS")

    def is_asked_for(self, listens: str | None, headers: Container[str], *, is_set_up: bool) -> bool:
        """Return whether users must sign in: as set, else if sign-in is set up or other computers can reach the server.

        Parameters
        ----------
        listens
            Address on which the server listens; None if unknown.
        headers
            Headers of a request; they show whether a proxy forwarded it.
        is_set_up
            Whether Streamlit has the secrets that sign-in needs.
        """
        if self.wanted:
            return self.wanted == "on"
        is_private = is_this_computer(listens or "") and not any(name in headers for name in PROXIES)
        return is_set_up or not is_private

    @property
    def given(self) -> dict[str, str]:
        """The settings required for sign-in, by variable; the text of an unset one is empty."""
        return {
            SETTINGS["OIDC_METADATA"].variable: self.metadata,
            SETTINGS["OIDC_CLIENT"].variable: self.client,
            SETTINGS["OIDC_SECRET"].variable: self.secret,
            SETTINGS["ADDRESS"].variable: self.address,
        }

    def secrets(self) -> dict[str, Any]:
        """Return the secrets in Streamlit's format; empty if a setting required for sign-in is missing.

        Without a cookie secret, each start creates a new one, and all users must sign in again. Raises
        ``WrongSetting`` if several servers would each create their own.
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
class Limits(_Checked):
    """Limits of an uploaded file: compressed and uncompressed megabytes, rows and columns per sheet, and sheets.

    ``seconds`` of processor time and ``memory_megabytes`` are the maximum for reading a file; small files get less.
    """

    megabytes: int = _set("MOST_MEGABYTES")
    memory_megabytes: int = _set("READING_MEGABYTES")
    unpacked_megabytes: int = 2000
    rows: int = 1_200_000
    columns: int = 500
    sheets: int = 100
    seconds: int = 120

    def bounds(self, memory: int, seconds: float = math.inf) -> dict[str, int]:
        """Return the limits for one file, with at most this many bytes of memory and seconds of processor time."""
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
class ServerLimits(_Checked):
    """Limits of the server, so that one user cannot slow it down for others.

    ``message_megabytes`` is the maximum size of a message from a browser, ``held_megabytes`` the maximum memory for
    uploaded files of all sessions. ``readings`` files are read concurrently, and ``readings_waiting`` more may wait.
    ``/health`` reports a fault below ``free_megabytes`` of free disk space.
    """

    hosts: tuple[str, ...] = _set("HOSTS")
    sessions: int = _set("MOST_SESSIONS")
    reruns_a_minute: int = _set("MOST_RERUNS_A_MINUTE")
    upload_seconds: int = _set("UPLOAD_SECONDS")
    metrics_from_anywhere: bool = _set("METRICS_FROM_ANYWHERE")
    message_megabytes: int = 10
    held_megabytes: int = 1000
    readings: int = 2
    readings_waiting: int = 20
    free_megabytes: int = 500


INTRODUCTION = """# Settings

<!-- Written by `python -m analysis.config` from the table in `analysis/config.py`. Change the table, not this page. -->

Set environment variables, or write a file with one `NAME=value` line for each setting. systemd reads it with
`EnvironmentFile=`, a container engine with `--env-file`. An empty variable counts as not set. A value that is not
allowed is refused with a message that names the setting and the allowed values.
"""
OTHERS = """
## Outside the table

| what | where | default |
| --- | --- | --- |
| port | `make run PORT=8600`, or `--server.port` of Streamlit | 8501 |
| address on which it listens | `server.address` in `.streamlit/config.toml`, or `--server.address` | localhost |
| proxies whose `X-Forwarded-…` headers are trusted | `FORWARDED_ALLOW_IPS` (read by uvicorn) | 127.0.0.1 |
"""


def _row(setting: Setting) -> str:
    least = f", at least {setting.least}" if setting.least is not None else ""
    unit = " characters" if setting.kind is Kind.SECRET else ""
    kind = ", ".join(f"`{choice}`" for choice in setting.choices) or setting.allowed or setting.kind.value
    default = setting.default_text or _shown(setting.default)
    return f"| `{setting.variable}` | {kind}{least}{unit if least else ''} | {default} | {setting.meaning} |"


def _shown(default: Any) -> str:
    if isinstance(default, bool):
        return "on" if default else "off"
    return f"`{default}`" if default not in ("", None, ()) else "none"


def document() -> str:
    """Return the text of ``docs/settings.md``, from the table."""
    lines = [INTRODUCTION]
    for group, settings in _TABLE.items():
        lines += [f"## {group}\n", "| variable | allowed | default | meaning |", "| --- | --- | --- | --- |"]
        lines += [*map(_row, settings), ""]
    return "\n".join(lines).rstrip() + "\n" + OTHERS


if __name__ == "__main__":
    DOCUMENT.write_text(document(), "utf-8")
    print(f"{DOCUMENT.relative_to(ROOT)}: {len(SETTINGS)} settings")
