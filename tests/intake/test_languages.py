"""A consultant who works in any of the languages is served alike: the template, the words in cells, what is found."""

import datetime as dt
import io
import json
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from rapidfuzz import fuzz

from analysis.auth.roles import NOBODY_SIGNED_IN
from analysis.i18n import LANGUAGES, wording
from analysis.i18n.coded_words import WORDS
from analysis.i18n.synonyms import OTHER_WORDS
from analysis.intake.contract import KINDS, Form, SheetKind, theme_day_forms
from analysis.intake.findings.checks import CHECKS
from analysis.intake.findings.findings import Finding, message, remedy, sentence
from analysis.intake.formats.template import template
from analysis.intake.importing import store
from analysis.intake.layout.labels import stage_words
from analysis.intake.lexicon.fuzzy_match import MISSPELT
from analysis.intake.lexicon.reference_data import load_reference_data
from analysis.intake.mapping.file_columns import headers, heading_of
from analysis.intake.mapping.saved_mappings import Decisions
from analysis.intake.mapping.suggestions import Why, suggestions
from analysis.intake.read_file import Reading, read
from analysis.intake.tables import normalised
from analysis.intake.validate.prepared import Prepared
from analysis.intake.validate.stored_data import check_against_stored
from analysis.intake.validate.validation import prepare
from analysis.intake.values import dates, periods
from analysis.model.languages import name_in
from analysis.store import Database, ImportMode, group_spellings
from analysis.store.reference import reference_dimensions
from tests.support.languages import with_icelandic

Row = dict[str, Any]
OFFER = "Rygestop"
COUNTED = "Diabetesskole"


def word(kind: str, key: str, code: str) -> str:
    """A word as a person writes it in a cell."""
    return name_in(WORDS[kind][key], code).capitalize()


def label(dimension: str, code: str, group: str | None = None) -> str:
    found = reference_dimensions()[dimension]
    return found.group(group).label(code) if group else found.label(code)


def sound_rows(code: str) -> dict[Form, list[Row]]:
    """A year in which there is nothing to see, said in this language."""
    place = {"municipality": "Aarhus", "offer": OFFER}
    group = {key: label(key, code, one.groups[-1].key) for key, one in reference_dimensions().items()}
    courses: list[Row] = []
    counts: list[Row] = []
    for month in range(1, 13):
        days = {"invited_on": dt.date(2015, month, 2), "started_on": dt.date(2015, month, 12)}
        done = {"completed_on": dt.date(2016, month, 1), "outcome": word("outcome", "completed", code)}
        left = {"outcome": word("outcome", "dropped out", code)}
        courses.append({**place, "citizen": f"b-{month}-1", **days, **done, **group})
        courses.append({**place, "citizen": f"b-{month}-2", **days, **left, **group})
        for sex in ("woman", "man"):
            divided = {"dimension": label("sex", code), "group": label("sex", code, sex)}
            numbers = {"invited": 40, "participated": 30, "completed": 20}
            period = wording(code).month(dt.date(2015, month, 1))
            counts.append({**place, "offer": COUNTED, "period": period, **divided, **numbers})
    offers = [
        {**place, "kind": word("kind", "health", code)},
        {**place, "offer": COUNTED, "kind": word("kind", "social", code)},
    ]
    change = {"adjusted_on": dt.date(2015, 9, 1), "title": "A", "aim": word("aim", "both", code)}
    involved = {"citizens_involved": word("yes_no", "yes", code), "staff_involved": word("yes_no", "no", code)}
    return {
        Form.COURSES: courses,
        Form.COUNTS: counts,
        Form.CITIZEN_GROUPS: [{"municipality": "Holbæk", "citizen": "b-1-1", "sex": label("sex", code, "man")}],
        Form.OFFERS: offers,
        Form.NAMES: [
            {
                "municipality": "Aarhus",
                "named": word("named", "adjustment", code),
                "belongs_to": OFFER,
                "name": "A",
                "same_as": "B",
            }
        ],
        Form.ADJUSTMENTS: [{**place, **change, **involved}],
        Form.DESCRIPTIONS: [
            {
                **{**place, "title": "A", "challenge": "B", "link": "https://example.dk"},
                **{"tags": word("tag", "mentor", code), "practice": word("practice", "testing", code)},
            }
        ],
        Form.TEST_ROUNDS: [
            {
                **{**place, "title": "A", "number": 1, "tried_on": dt.date(2015, 3, 2), "tried": "B"},
                "decision": word("decision", "keep", code),
            }
        ],
        **sound_theme_day(code),
    }


def sound_theme_day(code: str) -> dict[Form, list[Row]]:
    """A theme day and what came of it, said in this language."""
    day = dt.date(2016, 3, 10)
    there = {"municipality": "Holbæk", "held_on": day}
    weights = {"disadvantaged": 6, "gap": 3, "gradient": 1}
    areas = ", ".join(word("area", key, code) for key in ("social", "employment"))
    found = {
        Form.THEME_DAYS: {**there, "place": "Holbæk", "day_kind": "local", "role": "leader", "participants": 8},
        Form.UNDERSTANDINGS: {**there, "asked": "before", "holder": "politicians", "table": "1", **weights},
        Form.ACTIONS: {
            **{"municipality": "Holbæk", "action": "A", "area": "health", "level": "universal", "priority": 1},
            **{"status": "decided", "responsible": "health", "involved": areas, "proposed_on": day, "decided_on": day},
            **{"co_owners": areas, "evidence": "B", "missing_competence": "C"},
        },
        Form.ACTIVITIES: {
            **{"municipality": "Holbæk", "action": "A", "activity": "D", "who": "E", "due_on": day, "progress": "done"}
        },
        Form.CONSEQUENCES: {"municipality": "Holbæk", "written_on": day, "consequence": "F"},
        Form.REQUESTS: {"municipality": "Holbæk", "requested_on": day, "request": "advice", "state": "open"},
        Form.VOTES: {**there, "table": "1", "action": "A", "votes": 7},
    }
    for row in found.values():
        row |= {key: word(OF_KIND[key], str(row[key]), code) for key in OF_KIND if key in row}
    return {form: [row] for form, row in found.items()}


OF_KIND = {
    key: key
    for key in ("day_kind", "role", "area", "asked", "holder", "level", "status", "progress", "request", "state")
}
OF_KIND["responsible"] = "area"
"""The columns of the theme days that take one of a few words, and which words those are."""


def filled(code: str, rows: dict[Form, list[Row]], renamed: dict[str, str] | None = None) -> bytes:
    """The template of this language with these rows below its headers, in place of the example."""
    book = load_workbook(io.BytesIO(template(code)))
    for sheet in KINDS.values():
        page = book[name_in(sheet.names, code)]
        page.delete_rows(2)
        for number, row in enumerate(rows[sheet.form], start=2):
            for position, column in enumerate(sheet.columns, start=1):
                page.cell(number, position, row.get(column.key))
        for cell in page[1]:
            cell.value = (renamed or {}).get(cell.value, cell.value)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def understood(database: Database, content: bytes) -> Prepared:
    return prepare(read(content, "file.xlsx"), load_reference_data(database))


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_filled_template_is_read_back_with_nothing_to_say(database: Database, code: str) -> None:
    prepared = understood(database, filled(code, sound_rows(code)))
    assert prepared.findings == []
    danish = understood(database, filled("da", sound_rows("da")))
    for name in Form:
        ours, theirs = (getattr(one.contents, name).drop_columns("sheet") for one in (prepared, danish))
        assert ours.equals(theirs), name


def test_a_filled_template_of_a_sixth_language_is_read_back(database: Database, tmp_path: Path) -> None:
    with with_icelandic(tmp_path):
        prepared = understood(database, filled("is", sound_rows("is")))
    assert prepared.findings == []
    danish = understood(database, filled("da", sound_rows("da")))
    for name in Form:
        ours, theirs = (getattr(one.contents, name).drop_columns("sheet") for one in (prepared, danish))
        assert ours.equals(theirs), name


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_template_guides_in_its_own_language(code: str) -> None:
    page = load_workbook(io.BytesIO(template(code))).worksheets[0]
    assert page["A1"].value == wording(code).text("How to fill in the workbook")
    assert len({wording(one).text("How to fill in the workbook") for one in LANGUAGES}) == len(LANGUAGES)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("sheet", [KINDS["courses"], KINDS["counts"]], ids=lambda sheet: str(sheet.form))
def test_the_templates_headers_are_known_beyond_doubt(database: Database, sheet: SheetKind, code: str) -> None:
    reading = read(filled(code, sound_rows(code)), "file.xlsx")
    raw = next(one for one in reading.sheets if one.name == name_in(sheet.names, code))
    found = suggestions(heading_of(raw), headers(raw), sheet.form, load_reference_data(database))
    assert found.keys() == {column.key for column in sheet.columns}
    assert {(one.confidence, one.why) for one in found.values()} == {(100, Why.NAME)}


def test_no_name_means_two_things() -> None:
    for sheet in KINDS.values():
        meant = {normalised(header): column.key for column in sheet.columns for header in column.headers}
        assert all(meant[normalised(one)] == column.key for column in sheet.columns for one in column.headers)
        for one, other in combinations(meant, 2):
            assert meant[one] == meant[other] or fuzz.ratio(one, other) < MISSPELT, (one, other)
    names = [(normalised(name), sheet.form) for sheet in KINDS.values() for name in set(map(normalised, sheet.titles))]
    assert len(dict(names)) == len(names)
    for kind, words in WORDS.items():
        meanings = {(normalised(one), key) for key, said in words.items() for one in said.values()}
        meanings |= {(normalised(one), key) for key, said in OTHER_WORDS[kind].items() for one in said}
        assert len(dict(meanings)) == len(meanings), kind
    for key, dimension in reference_dimensions().items():
        labels = {(normalised(one), group.key) for group in dimension.groups for one in group.labels.values()}
        labels |= {(normalised(spelling), group) for spelling, group in group_spellings()[key].items()}
        assert len(dict(labels)) == len(labels), key


def test_every_dimension_and_group_has_a_name_in_every_language() -> None:
    for dimension in reference_dimensions().values():
        for named in (dimension, *dimension.groups):
            assert named.labels.keys() == LANGUAGES.keys()
            assert all(named.labels.values())
    assert label("origin", "fi", "danish origin") == "Tanskalainen syntyperä"
    assert label("origin", "sv", "danish origin") == "Danskt ursprung"


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_word_of_a_language_is_understood_where_it_stands(database: Database, code: str) -> None:
    rows = sound_rows(code)
    outcomes = [word("outcome", key, code) for key in WORDS["outcome"]]
    groups = [label("labour market", code, group.key) for group in reference_dimensions()["labour market"].groups]
    not_stated = wording(code).text("not stated")
    for row, group in zip(rows[Form.COURSES], [*groups, not_stated], strict=False):
        row["labour market"] = group
    for row in rows[Form.COURSES][len(groups) + 1 :]:
        row["labour market"] = groups[0]
    rows[Form.COURSES][1]["outcome"] = outcomes[2]
    prepared = understood(database, filled(code, rows))
    assert [finding.check for finding in prepared.findings] == ["still_running", "group_missing", "groups_too_small"]
    stored = prepared.contents.courses["labour market"].to_pylist()[: len(groups) + 1]
    assert stored == [*(group.key for group in reference_dimensions()["labour market"].groups), "missing"]


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("key", sorted(OF_KIND))
def test_every_word_of_the_theme_days_is_understood(database: Database, key: str, code: str) -> None:
    rows = sound_rows(code)
    form = next(form for form in theme_day_forms() for column in KINDS[form].columns if column.key == key)
    [sound] = rows[form]
    words = list(WORDS[OF_KIND[key]])
    dates = dict.fromkeys(("proposed_on", "decided_on"), None)
    apart = {Form.ACTIONS: "action", Form.ACTIVITIES: "activity"}.get(form, "table")
    rows[form] = [
        {**sound, **dates, apart: str(number), key: word(OF_KIND[key], one, code)} for number, one in enumerate(words)
    ]
    prepared = understood(database, filled(code, rows))
    assert prepared.findings == []
    assert getattr(prepared.contents, form)[key].to_pylist() == words


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_column_for_each_group_is_read_in_every_language(database: Database, code: str) -> None:
    stages = {stage: word for word, stage in stage_words().items() if word in _standard_stages(code)}
    women, men = (label("sex", code, group) for group in ("woman", "man"))
    wide = [f"{stages[stage]} {group}" for stage in ("participated", "completed") for group in (women, men)]
    fixed = [name_in(column.names, code) for column in KINDS["counts"].columns[:3]]
    rows = [["Aarhus", COUNTED, wording(code).month(dt.date(2015, 3, 1)), 30, 25, 20, 15]]
    csv = "\n".join(";".join(map(str, row)) for row in ([*fixed, *wide], *rows))
    prepared = prepare(read(csv.encode(), "file.csv"), load_reference_data(database))
    assert [finding.check for finding in prepared.findings] == ["wide_layout", "invited_unknown"]
    counts = prepared.contents.counts
    assert counts is not None
    assert counts["group"].to_pylist() == ["woman", "man"]
    assert counts["completed"].to_pylist() == [20, 15]


def _standard_stages(code: str) -> set[str]:
    return {normalised(name_in(column.names, code)) for column in KINDS["counts"].columns[-4:-1]}


FAULTY = {
    "unknown_municipality": (Form.COURSES, "municipality", "Atlantis"),
    "unknown_word": (Form.COURSES, "outcome", "?!"),
    "unknown_group": (Form.COURSES, "education", "Xyzzy"),
    "not_a_date": (Form.COURSES, "started_on", "xx.yy.2015"),
    "unknown_dimension": (Form.COUNTS, "dimension", "Xyzzy"),
    "not_a_period": (Form.COUNTS, "period", "xxx 2015"),
    "not_a_count": (Form.COUNTS, "completed", -3),
    "text_for_number": (Form.COUNTS, "participated", "xyzzy"),
    "more_completed": (Form.COUNTS, "completed", 31),
    "not_a_weight": (Form.UNDERSTANDINGS, "gap", "?!"),
    "action_dates_backwards": (Form.ACTIONS, "decided_on", dt.date(2016, 1, 1)),
}
"""A cell for each check that finds fault with it, one below the other."""

PERSONAL = {"da": "Efternavn", "en": "Surname", "nb": "Etternavn", "sv": "Efternamn", "fi": "Sukunimi"}


def faulty(code: str) -> bytes:
    """The template with a fault of each kind, a needed column gone and one of names."""
    rows = sound_rows(code)
    for number, (form, key, value) in enumerate(FAULTY.values()):
        rows[form][number % len(rows[form])][key] = value
    income = name_in(KINDS["courses"].columns[-5].names, code)
    date = name_in(KINDS["adjustments"].columns[2].names, code)
    return filled(code, rows, {income: PERSONAL[code], date: "Xyzzy"})


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_faulty_workbook_is_told_of_in_its_own_language(database: Database, code: str) -> None:
    found = {finding.check: finding for finding in understood(database, faulty(code)).findings}
    assert {*FAULTY, "missing_column", "personal_column"} <= found.keys()
    words = wording(code)
    _assert_translated(list(found.values()), code)
    for key in WORDS["outcome"]:
        assert name_in(WORDS["outcome"][key], code) in remedy(found["unknown_word"], words)
    for group in reference_dimensions()["education"].groups:
        assert group.label(code) in message(found["unknown_group"], words)
    for dimension in reference_dimensions().values():
        assert dimension.label(code) in remedy(found["unknown_dimension"], words)
    assert name_in(KINDS["adjustments"].columns[2].names, code) in message(found["missing_column"], words)
    assert words.text("names") in message(found["personal_column"], words)


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_is_seen_in_the_whole_is_told_in_every_language(database: Database, code: str) -> None:
    rows = sound_rows(code)
    for number, row in enumerate(rows[Form.COUNTS]):
        row |= {"completed": row["participated"]} if number % 2 else {}
    del rows[Form.COUNTS][6:8]
    uneven = {"dimension": label("cohabitation", code), "group": label("cohabitation", code, "living alone")}
    rows[Form.COUNTS] += [{**row, **uneven} for row in rows[Form.COUNTS][::2]]
    content = filled(code, rows)
    reading = read(content, "file.xlsx")
    prepared = prepare(reading, load_reference_data(database))
    store(database, reading, prepared, Decisions(), content, by=NOBODY_SIGNED_IN)
    found = {finding.check: finding for finding in prepared.findings}
    assert {"rate_extreme", "totals_of_groups"} <= found.keys()
    again = check_against_stored(database, reading, prepared, by=NOBODY_SIGNED_IN, mode=ImportMode.NEW)
    assert [finding.check for finding in again] == ["file_already_imported"]
    words = wording(code)
    _assert_translated([*prepared.findings, *again], code)
    assert words.percent(1.0, digits=0) in message(found["rate_extreme"], words)
    assert words.text("the completion rate") in message(found["rate_extreme"], words)
    assert words.text("someone who gave no name") in message(again[0], words)


def _assert_translated(findings: list[Finding], code: str) -> None:
    """Nothing is blank, and nothing of it is the English, or another language's, in place of this one's."""
    for finding in findings:
        said = {one: (message(finding, wording(one)), remedy(finding, wording(one))) for one in LANGUAGES}
        assert all(part.strip() for part in said[code])
        assert "{" not in sentence(finding, wording(code))
        for other in {"en", "da"} - {code} - ({"da"} if code == "nb" else set()):
            assert said[code][0] != said[other][0], finding.check
            assert said[code][1] != said[other][1] or CHECKS[finding.check].remedy == "", finding.check


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
@pytest.mark.parametrize(
    "text",
    [
        *("names", "addresses", "e-mail addresses", "telephone numbers", "participants", "someone who gave no name"),
        *("the participation rate", "the completion rate", "invited", "completed", "not stated"),
    ],
)
def test_words_inside_messages_are_translated(text: str, code: str) -> None:
    assert wording(code).text(text) not in {"", text}


@pytest.mark.parametrize("code", LANGUAGES)
def test_days_and_months_as_a_language_writes_them_are_read_back(code: str) -> None:
    for month in range(1, 13):
        day = dt.date(2015, month, 12)
        assert dates.day(wording(code).date(day)) == day
        assert periods.period(wording(code).month(day))[0] == day.replace(day=1)
        assert periods.period(wording(code).short_month(day))[0] == day.replace(day=1)


@pytest.mark.parametrize(
    "text",
    [
        *("12. marts 2015", "12 March 2015", "12 Mar 2015", "12. mars 2015", "12 mars 2015", "den 12 mars 2015"),
        *("12. maaliskuuta 2015", "12. maalis 2015", "12.3.2015", "12.03.2015", "2015-03-12", "12:e mars 2015"),
    ],
)
def test_one_day_in_many_ways(text: str) -> None:
    assert dates.day(text) == dt.date(2015, 3, 12)


@pytest.mark.parametrize(
    "text",
    [
        *("2015K2", "2. kvartal 2015", "2. kvt. 2015", "2nd quarter 2015", "Q2 2015", "2. kv. 2015", "kvartal 2 2015"),
        *("2:a kvartalet 2015", "2. neljännes 2015", "2. nelj. 2015", "2. neljännesvuosi 2015", "2015 Q2", "Q2/2015"),
    ],
)
def test_one_quarter_in_many_ways(text: str) -> None:
    assert periods.period(text) == (dt.date(2015, 4, 1), dt.date(2015, 7, 1))


@pytest.mark.parametrize("text", ["03/2015", "03.2015", "mars 2015", "maaliskuu 2015", "marts 2015", "March 2015"])
def test_one_month_in_many_ways(text: str) -> None:
    assert periods.period(text) == (dt.date(2015, 3, 1), dt.date(2015, 4, 1))


@pytest.mark.parametrize("text", ["12. mumble 2015", "32. mars 2015", "5. kvartal 2015", "13.2015", "kv 2015"])
def test_what_is_no_day_and_no_period_stays_so(text: str) -> None:
    with pytest.raises(dates.NotADate):
        periods.period(text)


@pytest.mark.parametrize("text", ["20-okt", "20.okt", "20-Oct", "20.loka"])
def test_a_range_that_became_a_date_is_known_again(text: str) -> None:
    assert dates.range_from_date(text) == "10-20"


@pytest.mark.parametrize(
    ("header", "what"),
    [
        *(("Etternavn", "names"), ("Förnamn", "names"), ("Sukunimi", "names"), ("E-post", "e-mail addresses")),
        *(("Sähköposti", "e-mail addresses"), ("Mobil", "telephone numbers"), ("Puhelin", "telephone numbers")),
        *(("Adress", "addresses"), ("Katuosoite", "addresses"), ("Postnummer", "addresses")),
    ],
)
def test_columns_that_point_at_persons_are_dropped(database: Database, header: str, what: str) -> None:
    csv = f"Kommune;Tilbud;Borger-id;Startet;{header}\nAarhus;Rygestop;b-1;2015-03-12;xyz\n"
    found = [
        one
        for one in prepare(read(csv.encode(), "f.csv"), load_reference_data(database)).findings
        if one.column == header
    ]
    assert [one.check for one in found] == ["personal_column"]
    assert what in message(found[0], wording("en"))


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_was_accepted_is_kept_in_every_language(database: Database, code: str) -> None:
    csv = b"Kommune;Tilbud;Borger-id;Startet;Vejr\nAarhus;Rygestop;b-1;2015-03-12;sol\n"
    reading: Reading = read(csv, "f.csv")
    record = store(
        database, reading, prepare(reading, load_reference_data(database)), Decisions(), csv, by=NOBODY_SIGNED_IN
    )
    for finding in json.loads(record.findings):
        assert finding["said"][code].strip()
