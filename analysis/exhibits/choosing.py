"""Choices as values: the options of each choice, and its value in a story, a link or a command line.

Exhibits ask a ``Chooser`` for each choice. ``GivenChoices`` reads a mapping; pages use widgets.
"""

from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any, Protocol

from analysis.model.choices import CHOICES

LONGEST_VALUE = 80
"""Maximum number of characters of a value that a message repeats."""


class MissingChoice(Exception):
    """The chosen value does not exist in the data, or was never possible."""

    def __init__(self, key: str, value: str) -> None:
        super().__init__(key)
        self.key, self.value = key, value[:LONGEST_VALUE]


@dataclass(frozen=True)
class Options:
    """Options of one key of ``analysis.model.choices``.

    Parameters
    ----------
    labels
        The label of each code, in display order.
    depends_on
        Inputs that determine the options. If they are unchanged and a chosen code is no longer an option, the data
        changed.
    initial
        The default code, if it depends on the data; otherwise the table of choices holds the default.
    always_in_link
        Whether links include the code even if it is the default.
    as_buttons
        Whether the options are shown as buttons in a row instead of a list.
    moves
        Whether a choice that is the default moves with it when the data change, such as the last month.
    """

    key: str
    label: str
    labels: Mapping[str, str]
    initial: str | None = None
    depends_on: Any = None
    always_in_link: bool = False
    as_buttons: bool = False
    moves: bool = False

    def __post_init__(self) -> None:
        check_codes(self.key, self.labels)

    @property
    def default(self) -> str:
        """The default code."""
        return default_of(self.key) if self.initial is None else self.initial


@dataclass(frozen=True)
class NumberOptions:
    """A whole number from ``least`` to ``most``."""

    key: str
    label: str
    least: int
    most: int
    step: int

    def __post_init__(self) -> None:
        check_codes(self.key, (str(self.least), str(self.most)))

    @property
    def default(self) -> int:
        return int(default_of(self.key))

    def parse(self, text: str) -> int | None:
        """Return the number; None if the text is not a valid option."""
        number = int(text) if text.isdecimal() and len(text) <= len(str(self.most)) else self.least - 1
        return number if self.least <= number <= self.most else None


class Chooser(Protocol):
    """Returns the value of each choice. For a value that does not exist, raises ``MissingChoice`` or stops the page."""

    def choose(self, options: Options) -> str: ...

    def choose_number(self, options: NumberOptions) -> int: ...

    def is_on(self, key: str, label: str) -> bool: ...

    def only(self, key: str, code: str, *, depends_on: Any) -> str:
        """Return the only code of a choice, without showing a list."""

    def none_of(self, key: str, *, depends_on: Any = None) -> None:
        """Show no list for this choice, because it has no meaning here, or no option is left; see ``Options``."""

    def must_exist(self, key: str, values: Collection[str]) -> None: ...

    def requested(self, key: str) -> str | None:
        """Return the requested value without checking it; None if there is none."""

    def section(self, name: str) -> AbstractContextManager[Any]:
        """Return the page section for the choices that follow."""


@dataclass(frozen=True)
class GivenChoices:
    """Choices by their codes, as stored in a story or a link."""

    values: Mapping[str, str]

    def choose(self, options: Options) -> str:
        self.must_exist(options.key, options.labels)
        return self.values.get(options.key, options.default)

    def choose_number(self, options: NumberOptions) -> int:
        text = self.values.get(options.key, str(options.default))
        number = options.parse(text)
        if number is None:
            raise MissingChoice(options.key, text)
        return number

    def is_on(self, key: str, label: str) -> bool:
        check_codes(key, ("on",))
        self.must_exist(key, ("on",))
        return key in self.values

    def only(self, key: str, code: str, *, depends_on: Any) -> str:
        check_codes(key, (code,))
        self.must_exist(key, (code,))
        return code

    def none_of(self, key: str, *, depends_on: Any = None) -> None:
        self.must_exist(key, ("",))

    def must_exist(self, key: str, values: Collection[str]) -> None:
        value = self.values.get(key)
        if value is not None and value not in values:
            raise MissingChoice(key, value)

    def requested(self, key: str) -> str | None:
        return self.values.get(key)

    def section(self, name: str) -> AbstractContextManager[Any]:
        return nullcontext()


def default_of(key: str) -> str:
    """Return the default code of a choice. Raises ``KeyError`` if the default depends on the data."""
    default = CHOICES[key].default
    if default is None:
        raise KeyError(f"{key} has no default in the table of choices")
    return default


def check_codes(key: str, codes: Collection[str] | Mapping[str, str]) -> None:
    """Raise ``KeyError`` for a choice or a code that is not in the table of choices."""
    choice = CHOICES[key]
    unknown = [code for code in codes if not choice.is_code(code)]
    if unknown:
        raise KeyError(f"{key}: {unknown}")
