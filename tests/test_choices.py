"""The one table of choices: nothing is bound to the address that is not in it, and the audit tells exports apart."""

import ast
from pathlib import Path

import pytest

from analysis.auth.roles import AS_THEY_ARE
from analysis.exhibits.choice_texts import choice_name
from analysis.exhibits.choosing import GivenChoices, MissingChoice, NumberOptions, Options
from analysis.exhibits.registry import OF_GAPS, OF_THEME_DAYS, ExhibitRequest, build
from analysis.exhibits.stored_data import StoredData
from analysis.i18n import LANGUAGES, wording
from analysis.model.choices import (
    ALL,
    CHOICES,
    CLEARED,
    NARROWING,
    OFF,
    RECORDED,
    Values,
    impossible,
    in_slide,
    with_dependent,
)
from analysis.model.terms import Subject
from analysis.store import Database
from analysis.store.integrity.audit import known_choices
from pages.components import choice_widgets

ROOT = Path(__file__).parents[1]
BINDING = {
    *("Options", "NumberOptions", "Filter", "pick_text"),
    *("is_on", "only", "none_of", "held", "requested", "must_exist"),
}


def bound() -> set[str]:
    """The keys that pages and exhibits give to what asks for a choice."""
    found = set()
    for path in [*(ROOT / "pages").rglob("*.py"), *(ROOT / "analysis" / "exhibits").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            calls = isinstance(node, ast.Call) and {getattr(node.func, "id", ""), getattr(node.func, "attr", "")}
            if calls and calls & BINDING and isinstance(first := node.args[0], ast.Constant):
                found.add(first.value)
    return found


def test_every_choice_that_is_bound_to_the_address_is_in_the_table_and_no_other() -> None:
    assert bound() == set(CHOICES)


def test_a_choice_that_is_not_in_the_table_cannot_be_shown() -> None:
    for ask in (
        lambda: Options("axis", "", {"x": "X"}),
        lambda: Options("every", "", {"week": "By week"}),
        lambda: NumberOptions("closed", "", least=0, most=500, step=1),
        lambda: GivenChoices({}).is_on("axis", ""),
        lambda: choice_widgets.pick_text("axis", ""),
    ):
        with pytest.raises(KeyError):
            ask()


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_choice_has_a_name(code: str) -> None:
    assert all(choice_name(key, wording(code)) for key in CHOICES)


def test_the_audit_tells_exports_apart_by_every_code_of_every_choice() -> None:
    codes = {key: sorted(CHOICES[key].codes - {ALL}) for key in RECORDED if CHOICES[key].codes}
    codes |= {"municipality": ["Aarhus", "Odense"], "about": ["Aarhus", "Odense"], "from": ["2015-01", "2015-02"]}
    codes |= {"to": ["2015-01", "2015-02"], "dimension": ["education", "sex"], "within": ["education", "sex"]}
    codes |= {"group": ["basic school", "woman"], "reference": ["basic school", "woman"]}
    codes |= {"region": ["Region Nordjylland", "Region Syddanmark"]}
    lines = [tuple(known_choices({key: code}).items()) for key, some in codes.items() for code in some]
    assert len(set(lines)) == len(lines) > 160
    assert set(RECORDED) - set(codes) == {"offer", "adjustment", "action"}  # Names out of a workbook stand in no line.
    assert {CHOICES[key].values for key in ("offer", "adjustment", "action")} == {Values.NAMES}


def test_a_slide_keeps_what_a_chart_is_made_of_and_nothing_else() -> None:
    asked = {
        "data": "own",
        "municipality": "Aarhus",
        "every": "month",
        "lang": "fi",
        "story": "x",
        "jens": "0101701234",
    }
    assert in_slide(asked) == {"data": "own", "municipality": "Aarhus", "every": "month"}


def test_what_clears_a_choice_clears_what_means_nothing_without_it() -> None:
    assert with_dependent("municipality") == ("municipality", "offer", "adjustment")
    assert set(with_dependent("dimension")) == {"dimension", "group", "reference", "within"}
    assert set(NARROWING) < set(CLEARED)
    assert "data" not in CLEARED


BAD = {
    **{
        "lang": "xx",
        "kind": "foo",
        "aim": "both",
        "window": "5",
        "rate": "foo",
        "comparison": "yes",
        "joined": "yes",
        "to": "2015",
    },
    **{"understanding": "Gap", "data": "all", "every": "week", "aligned": "axis", "closed": "101", "map": "globe"},
    **{"area": "x", "level": "x", "holder": "x", "shape": "x", "ranked": "x", "method": "x", "from": "2015-13"},
    **{"order": "x", "voted": "x", "add": "x", "kinds": "x"},
}


def test_a_bad_code_of_any_choice_is_found_without_any_data() -> None:
    for key, value in BAD.items():
        assert impossible({"municipality": "Nowhere", key: value, "utm": "x"}) == (key, value)
    with_codes = {
        key for key, choice in CHOICES.items() if choice.values in (Values.CODES, Values.LANGUAGE, Values.MONTH)
    }
    assert set(BAD) == with_codes
    assert impossible({"municipality": "", "offer": "x", "rate": "reach", "from": "2015-12", "closed": "0"}) is None


def test_another_code_gives_other_numbers_where_the_table_says_so(demonstration_database: Database) -> None:
    """Choices are tried by all their codes, each exhibit until one is found whose table changes."""
    data = StoredData(demonstration_database)

    def table(exhibit: str, key: str, code: str) -> str | None:
        request = ExhibitRequest(
            exhibit, ((key, code),) if code else (), "en", AS_THEY_ARE, demonstration_database.version()
        )
        try:
            built = build(data, request)
        except MissingChoice:
            return None
        return built and built.texts.to_csv()

    for choice in CHOICES.values():
        if choice.in_slides and choice.values is Values.CODES and choice.key != "data":
            codes = sorted(choice.codes | {choice.default or ""})[:12]
            exhibits = [*(OF_GAPS if Subject.GAPS in choice.affects else OF_THEME_DAYS)]
            change = (len({table(exhibit, choice.key, code) for code in codes} - {None}) > 1 for exhibit in exhibits)
            assert any(change) is choice.changes_numbers, choice.key


def test_a_default_is_one_of_the_codes() -> None:
    for choice in CHOICES.values():
        if choice.codes and choice.default is not None:
            assert choice.default in choice.codes | {OFF}
            assert {type(code) for code in (choice.default, *choice.codes)} == {str}  # No member of an enum.
            assert choice.in_slides or choice.key in {"order", "add", "voted"}
