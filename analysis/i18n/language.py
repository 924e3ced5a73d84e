"""One language: its texts from a gettext catalogue, its numbers and dates from Babel."""

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

    Texts are looked up by their English wording; a text that the catalogue lacks is shown in English.
    """

    def __init__(self, code: str, translations: gettext.NullTranslations) -> None:
        self.code = code
        self._translations = translations
        self.language = LANGUAGES[code]
        self._locale = Locale.parse(self.language.tag, sep="-")

    def text(self, message: str, **values: object) -> str:
        """The message in this language, its ``{placeholders}`` filled in."""
        return self._translations.gettext(message).format_map(values)

    def texts(self, singular: str, plural: str, count: int, **values: object) -> str:
        """The message for this many, ``{count}`` and the other placeholders filled in."""
        message = self._translations.ngettext(singular, plural, count)
        return message.format_map({"count": self.integer(count), **values})

    def language_name(self, code: str) -> str:
        """What another language is called in this one."""
        other = LANGUAGES[code]
        return str(self._locale.languages.get(other.named_as or code, other.name))

    @property
    def separators(self) -> str:
        """The decimal sign and then the sign between thousands, as Plotly takes them."""
        return get_decimal_symbol(self._locale) + get_group_symbol(self._locale)

    def integer(self, number: int) -> str:
        return format_decimal(int(number), "#,##0", locale=self._locale)

    def decimal(self, number: float, digits: int = 1) -> str:
        """A number rounded to so many decimals, with a true minus sign and never a negative zero."""
        rounded = round(float(number), digits) + 0.0
        return format_decimal(rounded, f"#,##0.{'0' * digits}", locale=self._locale).replace("-", _MINUS)

    def signed(self, number: float, digits: int = 1) -> str:
        """A number that always shows which way it goes."""
        text = self.decimal(number, digits)
        return f"+{text}" if round(float(number), digits) > 0 else text

    def percent(self, proportion: float, digits: int = 1) -> str:
        return self.text("{number}%", number=self.decimal(100 * proportion, digits))

    def points(self, difference: float, digits: int = 1) -> str:
        """A difference of two proportions, in percentage points."""
        return self.text("{number} percentage points", number=self.decimal(100 * difference, digits))

    def date(self, day: dt.date) -> str:
        return format_date(day, self.language.date, locale=self._locale)

    def month(self, day: dt.date) -> str:
        return format_date(day, "LLLL yyyy", locale=self._locale)

    def short_month(self, day: dt.date) -> str:
        """A month where there is little room."""
        return format_date(day, "LLL yyyy", locale=self._locale)

    def moment(self, moment: dt.datetime) -> str:
        """A date and the time of day."""
        return format_datetime(moment, f"{self.language.date} {self.language.time}", locale=self._locale)

    def in_order(self, texts: Iterable[str]) -> list[str]:
        """The texts as a dictionary of this language has them: æ, ø and å last in Danish, å, ä and ö in Swedish."""
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
    """The first language that is on offer of these codes, such as “da-DK” or “nn”; English where none is."""
    known = (code.strip().lower().replace("_", "-").split("-")[0] for code in codes)
    near = {other: code for code, language in LANGUAGES.items() for other in language.also_for}
    return next((code for code in (near.get(code, code) for code in known) if code in LANGUAGES), "en")


@derived
def wording(code: str) -> Wording:
    """The language with this code. Raises ``KeyError`` where it is not on offer."""
    if code not in LANGUAGES:
        raise KeyError(code)
    return Wording(code, _translations(code))


def catalogue_of(code: str) -> Path:
    """The file with the texts of a language."""
    return LANGUAGES[code].catalogue or CATALOGUES / f"{code}.po"


def _translations(code: str) -> gettext.NullTranslations:
    """The catalogue, compiled in memory so that no compiled file needs keeping."""
    path = catalogue_of(code)
    if not path.exists():
        return gettext.NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=code))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
