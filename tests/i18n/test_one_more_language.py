"""A language is one file and one catalogue: a sixth is added here, and each piece that a language lacks is named."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po

from analysis.i18n import LANGUAGES, wording
from analysis.i18n.language import preferred
from analysis.i18n.vocabulary import missing_words, word_in
from analysis.model.choices import impossible
from analysis.model.languages import in_every_language, own_names
from analysis.model.languages.language import Language
from analysis.store.reference import reference_dimensions
from tests.support.languages import icelandic, lacking

FIVE = ["da", "en", "nb", "sv", "fi"]


@pytest.fixture(scope="module")
def sixth(tmp_path_factory: pytest.TempPathFactory) -> Language:
    return icelandic(tmp_path_factory.mktemp("icelandic"))


@pytest.fixture
def offered(sixth: Language) -> Iterator[Language]:
    with LANGUAGES.added(sixth):
        yield sixth


@pytest.mark.parametrize("code", FIVE)
def test_a_language_is_complete(code: str) -> None:
    assert lacking(code) == []


def test_the_languages_come_in_their_order() -> None:
    assert list(LANGUAGES) == FIVE
    assert own_names() == {"da": "Dansk", "en": "English", "nb": "Norsk", "sv": "Svenska", "fi": "Suomi"}


def test_a_sixth_language_is_on_offer_everywhere(offered: Language) -> None:
    assert lacking("is") == []
    assert list(LANGUAGES) == [*FIVE, "is"]
    words = wording("is")
    assert words.text("Municipality") == "[is] Municipality"
    assert words.date(dt.date(2015, 3, 12)) == "12.3.2015"
    assert words.month(dt.date(2015, 3, 1)) == "mars 2015"
    assert words.integer(1234) == "1.234"
    assert words.separators == ",."
    assert words.in_order(["Ör", "Ás", "Þór", "Zoo"]) == ["Ás", "Zoo", "Þór", "Ör"]
    assert wording("da").language_name("is") == "islandsk"
    assert preferred(["is-IS"]) == "is"
    assert impossible({"lang": "is"}) is None
    assert word_in("outcome", "completed", "is") == "Detelpmoc"
    assert "óþekkt" in missing_words()
    assert reference_dimensions()["education"].label("is") == "noitacudE"
    assert (
        in_every_language({"da": "Kommune", "en": "Municipality", "nb": "", "sv": "", "fi": ""})["is"] == "ytilapicinuM"
    )


def test_it_is_gone_afterwards(sixth: Language) -> None:
    with LANGUAGES.added(sixth):
        assert wording("is").code == "is"
    assert list(LANGUAGES) == FIVE
    with pytest.raises(KeyError):
        wording("is")
    assert preferred(["is-IS"]) == "en"
    assert impossible({"lang": "is"}) == ("lang", "is")
    assert "óþekkt" not in missing_words()


def test_a_code_is_given_once(offered: Language) -> None:
    with pytest.raises(ValueError, match="is is registered already"), LANGUAGES.added(offered):
        pass


@pytest.mark.parametrize(
    ("name", "lacks"),
    [
        ("Citizen id", ["no name for column courses.citizen", "no name for column citizen_groups.citizen"]),
        ("Votes", ["no name for sheet votes", "no name for column votes.votes"]),
        ("dropped out", ["no name for word outcome.dropped out"]),
        ("Guidance", ["no name for contract.GUIDANCE_SHEETS"]),
        ("Man", ["no name for group sex.man"]),
        ("spread", ["no name for glossary spread"]),
    ],
)
def test_a_name_that_is_not_there_is_named(sixth: Language, name: str, lacks: list[str]) -> None:
    names = {english: own for english, own in sixth.names.items() if english != name}
    with LANGUAGES.added(replace(sixth, names=names)):
        assert lacking("is") == lacks


@pytest.mark.parametrize(
    ("change", "lacks"),
    [
        ({"missing_words": ()}, ["missing_words is empty"]),
        ({"date": ""}, ["date is empty"]),
        ({"stage_key": "d"}, ["stage_key is that of another language"]),
        ({"stage_key": "b"}, ["stage_key is not one letter that is free on the stage"]),
        ({"order": 3}, ["order is that of another language"]),
        ({"tag": "xx-XX"}, ["tag is not known to Babel", "tag is not known to PowerPoint"]),
        ({"catalogue": Path("nowhere/is.po")}, ["no catalogue is.po"]),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_any_other_wrong_piece_is_named(sixth: Language, change: dict[str, object], lacks: list[str]) -> None:
    with LANGUAGES.added(replace(sixth, **change)):  # type: ignore[arg-type]
        assert lacking("is") == lacks


def test_a_text_that_is_not_there_is_named(sixth: Language, tmp_path: Path) -> None:
    assert sixth.catalogue is not None
    catalogue = read_po(sixth.catalogue.open("rb"), locale="is")
    catalogue.delete("Municipality")
    catalogue["Offer"].string = ""
    path = tmp_path / "is.po"
    with path.open("wb") as file:
        write_po(file, catalogue)
    with LANGUAGES.added(replace(sixth, catalogue=path)):
        assert sorted(lacking("is")) == ["no text for Municipality", "no text for Offer"]
