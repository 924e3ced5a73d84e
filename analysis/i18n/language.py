"""One language: texts from a gettext catalogue, numbers and dates from Babel."""

import datetime as dt
import gettext
import unicodedata
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, get_decimal_symbol, get_group_symbol

from analysis.model.languages import LANGUAGES
from analysis.model.registry import derived

CATALOGUES = Path(__file__).parent / "catalogues"
_MINUS = "\N{MINUS SIGN}"


class Wording:
    """The texts, numbers and dates of one language.

    The key of a text is its English wording; a text without a translation is shown in English.
    """

    def __init__(self, code: str, translations: gettext.NullTranslations) -> None:
        self.code = code
        self._translations = translations
        self.language = LANGUAGES[code]
        self._locale = Locale.parse(self.language.tag, sep="-")

    def text(self, message: str, **values: object) -> str:
        """Return the message in this language with its ``{placeholders}`` filled in."""
        return self._translations.gettext(message).format_map(values)

    def texts(self, singular: str, plural: str, count: int, **values: object) -> str:
        """Return the singular or plural message for ``count``, with ``{count}`` and other placeholders filled in."""
        message = self._translations.ngettext(singular, plural, count)
        return message.format_map({"count": self.integer(count), **values})

    def language_name(self, code: str) -> str:
        """Return the name of another language in this one."""
        other = LANGUAGES[code]
        return str(self._locale.languages.get(other.named_as or code, other.name))

    @property
    def separators(self) -> str:
        """Return the decimal separator followed by the thousands separator, in Plotly's format."""
        return get_decimal_symbol(self._locale) + get_group_symbol(self._locale)

    def integer(self, number: int) -> str:
        return format_decimal(int(number), "#,##0", locale=self._locale)

    def decimal(self, number: float, digits: int = 1) -> str:
        """Format a number rounded to so many decimals, with a true minus sign and without a negative zero."""
        rounded = round(float(number), digits) + 0.0
        return format_decimal(rounded, f"#,##0.{'0' * digits}", locale=self._locale).replace("-", _MINUS)

    def signed(self, number: float, digits: int = 1) -> str:
        """Format a number that always has a sign."""
        text = self.decimal(number, digits)
        return f"+{text}" if round(float(number), digits) > 0 else text

    def percent(self, proportion: float, digits: int = 1) -> str:
        return self.text("{number}%", number=self.decimal(100 * proportion, digits))

    def points(self, difference: float, digits: int = 1) -> str:
        """Format a difference of two proportions in percentage points."""
        return self.text("{number} percentage points", number=self.decimal(100 * difference, digits))

    def date(self, day: dt.date) -> str:
        return format_date(day, self.language.date, locale=self._locale)

    def month(self, day: dt.date) -> str:
        return format_date(day, "LLLL yyyy", locale=self._locale)

    def short_month(self, day: dt.date) -> str:
        """Format a month in its short form."""
        return format_date(day, "LLL yyyy", locale=self._locale)

    def quarter(self, day: dt.date) -> str:
        return format_date(day, "QQQQ yyyy", locale=self._locale)

    def moment(self, moment: dt.datetime) -> str:
        """Format a date with the time of day."""
        return format_datetime(moment, f"{self.language.date} {self.language.time}", locale=self._locale)

    def in_order(self, texts: Iterable[str]) -> list[str]:
        """Sort the texts in the order of this language: æ, ø and å last in Danish, å, ä and ö in Swedish."""
        return sorted(texts, key=self._place)

    def _place(self, text: str) -> tuple[list[tuple[int, str]], str]:
        lower = unicodedata.normalize("NFC", text).casefold()
        for letters, letter in self.language.letters_as.items():
            lower = lower.replace(letters, letter)
        last = self.language.last_letters
        places = [(1 + last.index(one), "") if one in last else (0, _without_marks(one)) for one in lower]
        return places, text


def _without_marks(letter: str) -> str:
    return {"æ": "ae", "ø": "o"}.get(letter, unicodedata.normalize("NFD", letter)[0])


def preferred(codes: Iterable[str]) -> str:
    """Return the first available language of these codes, such as “da-DK” or “nn”; English if there is none."""
    known = (code.strip().lower().replace("_", "-").split("-")[0] for code in codes)
    near = {other: code for code, language in LANGUAGES.items() for other in language.also_for}
    return next((code for code in (near.get(code, code) for code in known) if code in LANGUAGES), "en")


@derived
def wording(code: str) -> Wording:
    """Return the language with this code. Raises ``KeyError`` if it is not available."""
    if code not in LANGUAGES:
        raise KeyError(code)
    return Wording(code, _translations(code))


def catalogue_of(code: str) -> Path:
    """Return the path of a language's catalogue."""
    return LANGUAGES[code].catalogue or CATALOGUES / f"{code}.po"


def _translations(code: str) -> gettext.NullTranslations:
    """Compile the catalogue in memory, so that no compiled file is stored."""
    path = catalogue_of(code)
    if not path.exists():
        return gettext.NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=code))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
