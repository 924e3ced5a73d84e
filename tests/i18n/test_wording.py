"""Every text in every language, and numbers as each language writes them."""

import ast
import datetime as dt
import re
import string
from pathlib import Path

import pytest

from analysis.i18n import LANGUAGES, wording
from analysis.i18n.catalogue import collected, translated

ROOT = Path(__file__).parents[2]
TRANSLATED = sorted(set(LANGUAGES) - {"en"})


def texts_in_the_code() -> set[str]:
    """Every literal text, found by parsing: also those that a collector of texts overlooks inside f-strings."""
    found = set()
    for path in [*(ROOT / "pages").rglob("*.py"), *(ROOT / "analysis").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            first = node.args[0]
            if name in {"text", "texts", "N_"} and isinstance(first, ast.Constant) and isinstance(first.value, str):
                found.add(first.value)
    return found


def placeholders(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field}


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_text_is_translated(code: str) -> None:
    catalogue = translated(code)
    missing = [text for text in texts_in_the_code() if text not in catalogue or not catalogue[text].string]
    assert missing == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_text_names_the_heading_of_imports_as_it_stands_on_the_page(code: str) -> None:
    own = wording(code)
    naming = [text for text in texts_in_the_code() if re.search(r"\bImports on|\bunder Imports", text)]
    assert len(naming) == 5
    assert [text for text in naming if own.text("Imports") not in own.text(text)] == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_the_catalogue_holds_no_text_that_the_code_has_not(code: str) -> None:
    assert {message.id for message in translated(code)} == {message.id for message in collected()}


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_translation_fills_in_the_same_values(code: str) -> None:
    for message in translated(code):
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        for text in strings:
            assert placeholders(text) <= placeholders("".join(ids)), message.id


def test_danish_numbers_and_dates() -> None:
    danish = wording("da")
    assert danish.integer(1234567) == "1.234.567"
    assert danish.decimal(1234.56) == "1.234,6"
    assert danish.percent(0.4123) == "41,2 pct."
    assert danish.points(-0.083) == "−8,3 procentpoint"
    assert danish.signed(8.34) == "+8,3"
    assert danish.date(dt.date(2015, 3, 12)) == "12-03-2015"
    assert danish.month(dt.date(2015, 3, 1)) == "marts 2015"


def test_english_numbers_and_dates() -> None:
    english = wording("en")
    assert english.integer(1234567) == "1,234,567"
    assert english.percent(0.4123) == "41.2%"
    assert english.points(-0.083) == "−8.3 percentage points"
    assert english.date(dt.date(2015, 3, 12)) == "12 Mar 2015"


@pytest.mark.parametrize(
    ("code", "number", "percent", "day"),
    [
        ("nb", "1\N{NO-BREAK SPACE}234,6", "41,2\N{NO-BREAK SPACE}%", "12.03.2015"),
        ("sv", "1\N{NO-BREAK SPACE}234,6", "41,2\N{NO-BREAK SPACE}%", "2015-03-12"),
        ("fi", "1\N{NO-BREAK SPACE}234,6", "41,2\N{NO-BREAK SPACE}%", "12.3.2015"),
    ],
)
def test_norwegian_swedish_and_finnish_numbers_and_dates(code: str, number: str, percent: str, day: str) -> None:
    words = wording(code)
    assert words.decimal(1234.56) == number
    assert words.percent(0.4123) == percent
    assert words.date(dt.date(2015, 3, 12)) == day


@pytest.mark.parametrize("code", TRANSLATED)
def test_one_and_many_have_a_form_each(code: str) -> None:
    for message in translated(code):
        if isinstance(message.id, tuple):
            one, many = message.string
            assert one, message.id
            assert many, message.id


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_percent_sign_stays_with_its_number(code: str) -> None:
    for message in translated(code):
        for said in [message.string] if isinstance(message.string, str) else message.string:
            assert not re.search(r"[0-9}] %", said), message.id


@pytest.mark.parametrize(
    ("code", "ordered"),
    [
        ("da", ["Zoo", "Ærø", "Ølgod", "Aarhus"]),
        ("nb", ["Zoo", "Ærø", "Ølgod", "Aarhus"]),
        ("sv", ["Aarhus", "Zoo", "Åre", "Ärla", "Örebro"]),
        ("fi", ["Aarhus", "Zoo", "Åbo", "Ähtäri", "Örö"]),
    ],
)
def test_the_last_letters_of_the_alphabet(code: str, ordered: list[str]) -> None:
    assert wording(code).in_order(reversed(ordered)) == ordered


@pytest.mark.parametrize("code", LANGUAGES)
def test_nothing_is_written_as_minus_nothing(code: str) -> None:
    assert wording(code).signed(-0.04) == wording(code).decimal(0.0)


def test_a_language_that_is_not_on_offer() -> None:
    with pytest.raises(KeyError):
        wording("xx")
