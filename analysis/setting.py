"""The type of one setting: how its value is read from the environment and checked."""

import ipaddress
import os
import re
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

PREFIX = "LIGE_ADGANG_"
SWITCH = {"on": True, "1": True, "off": False, "0": False}


class WrongSetting(ValueError):
    """A setting has a value that is not allowed; the message names the setting and the allowed values."""


class Kind(Enum):
    """Type of a setting."""

    TEXT = "text"
    SECRET = "secret text"  # noqa: S105
    NUMBER = "whole number"
    SWITCH = "on or off"
    PATH = "path"
    ADDRESS = "https address"
    NAMES = "names, separated by commas"


@dataclass(frozen=True)
class Setting:
    """One setting.

    Parameters
    ----------
    name
        Name of the environment variable without ``LIGE_ADGANG_``.
    kind
        Type of the value.
    default
        Value where the variable is missing or empty.
    meaning
        Documentation in one sentence, in Markdown.
    least
        Lowest number that is allowed, or the lowest number of characters.
    choices
        The values that are allowed, where there are only a few.
    pattern, allowed
        Regular expression of the allowed values, and how the error message describes them.
    default_text
        How the documentation describes the default, where the value itself says too little.
    """

    name: str
    kind: Kind
    default: Any
    meaning: str
    least: int | None = None
    choices: tuple[str, ...] = ()
    pattern: str = ""
    allowed: str = ""
    default_text: str = ""

    @property
    def variable(self) -> str:
        """Name of the environment variable."""
        return PREFIX + self.name

    def value(self) -> Any:
        """The value from the environment, or the default. Raises ``WrongSetting`` where it has the wrong type."""
        text = os.environ.get(self.variable, "").strip()
        return self._parsed(text) if text else self.default

    def _parsed(self, text: str) -> Any:
        match self.kind:
            case Kind.NUMBER:
                try:
                    return int(text)
                except ValueError:
                    raise WrongSetting(f"{self.variable} must be a whole number") from None
            case Kind.SWITCH:
                if text not in SWITCH:
                    raise WrongSetting(f"{self.variable} must be on or off")
                return SWITCH[text]
            case Kind.PATH:
                return Path(text)
            case Kind.ADDRESS:
                return text.rstrip("/")
            case Kind.NAMES:
                return tuple(part.strip() for part in text.split(",") if part.strip())
            case _:
                return text.upper() if text.upper() in self.choices else text

    def check(self, value: Any) -> None:
        """Raise ``WrongSetting`` where the value is not allowed."""
        if problem := self._problem(value):
            raise WrongSetting(f"{self.variable} {problem}")

    def _problem(self, value: Any) -> str:
        if self.kind is Kind.NUMBER and self.least is not None and value < self.least:
            return f"must be at least {self.least}"
        is_unset = not value and not self.default
        if is_unset or self.kind in (Kind.NUMBER, Kind.SWITCH):
            return ""
        if self.choices and value not in self.choices:
            between = " or ".join(self.choices) if len(self.choices) == 2 else f"one of {', '.join(self.choices)}"
            return f"must be {between}"
        if self.kind is Kind.ADDRESS and not _is_safe(value):
            return "must begin with https://"
        if self.kind is Kind.SECRET and self.least is not None and len(value) < self.least:
            return f"must have at least {self.least} characters"
        if self.pattern and not re.fullmatch(self.pattern, value):
            return f"must be {self.allowed}"
        return ""


def _is_safe(address: str) -> bool:
    """Whether nobody can read the traffic to this address on its way."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and is_this_computer(parts.hostname or ""))


def is_this_computer(host: str) -> bool:
    """Whether a host name or number is a loopback name or address."""
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return host == "localhost"
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback
