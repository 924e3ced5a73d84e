"""An opposite is never taken for its word, an end is no completion, and nobody's rank is guessed."""

import datetime as dt
from collections.abc import Callable

import pytest

from analysis.intake.contract import Form
from analysis.intake.detect.headers import match
from analysis.intake.findings.check import Severity
from analysis.intake.fix.corrections import Corrections
from analysis.intake.layout.heading import Heading
from analysis.intake.lexicon.fuzzy_match import misspelt, nearest
from analysis.intake.lexicon.reference_data import load_reference_data
from analysis.intake.mapping.applied_mapping import apply_mapping
from analysis.intake.mapping.mapping import DimensionMapping, Mapping, spec
from analysis.intake.read_file import read
from analysis.intake.validate.prepared import Prepared
from analysis.intake.validate.validation import prepare
from analysis.store import Database
from tests.support.suggested_groups import suggested_group

PAIRS = [
    *(("Ikke gennemført", "Gennemført"), ("Ej gennemført", "Gennemført"), ("Not completed", "Completed")),
    *(("Uncompleted", "Completed"), ("Icke slutfört", "Slutfört"), ("Ei suorittanut loppuun", "Suorittanut loppuun")),
    *(("Ikke startet", "Startet"), ("Ej deltaget", "Deltaget"), ("Udeltaget", "Deltaget")),
    *(("Uden uddannelse", "Under uddannelse"), ("Ingen uddannelse", "Anden uddannelse"), ("Ugift", "Gift")),
    *(("Utan utbildning", "Utbildning"), ("Ilman koulutusta", "Koulutus"), ("No education", "Education")),
    *(("Ikke-vestlig", "Vestlig"), ("Ikkevestlig", "Vestlig"), ("Icke-västlig", "Västlig")),
    *(("Non-Danish", "Danish"), ("Ikke-dansk", "Dansk"), ("Ei-tanskalainen", "Tanskalainen")),
    *(("Unemployed", "Employed"), ("Ikke i beskæftigelse", "I beskæftigelse"), ("Inte i arbete", "I arbete")),
    *(("Ufaglært", "Faglært"), ("Outbildad", "Utbildad"), ("Arbejdsløs", "Arbejde"), ("Työtön", "Työssä")),
    *(("Dreng", "Pige"), ("Mand", "Kvinde"), ("Male", "Female"), ("Men", "Women"), ("Pojke", "Flicka")),
    *(("Høj indkomst", "Lav indkomst"), ("Højtuddannet", "Lavtuddannet"), ("Second fifth", "First fifth")),
    *(("Ældre", "Yngre"), ("Older", "Younger"), ("Før", "Efter"), ("Before", "After"), ("Startdato", "Slutdato")),
    *(("Kort videregående", "Lang videregående"), ("Mellemlang videregående", "Lang videregående")),
    *(("Andel gennemført", "Antal gennemført"), ("Gennemført %", "Gennemført"), ("Tidligere gift", "Gift")),
    *(("Forventet gennemført", "Gennemført"), ("45-55 år", "45-54 år"), ("Delvist gennemført", "Gennemført")),
]


def test_no_opposite_is_like_its_word() -> None:
    found = [
        (one, other)
        for pair in PAIRS
        for one, other in (pair, pair[::-1])
        if nearest(one.casefold(), [other.casefold()]) is None
        and misspelt(one.casefold(), [other.casefold()], least=50) is None
    ]
    print(f"{len(found)} of {2 * len(PAIRS)} opposites told apart")
    assert len(found) == 2 * len(PAIRS)


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        *(("gennemfoert", "gennemført"), ("grundskolle", "grundskole"), ("kvinnder", "kvinder")),
        *(("mellemlang videregående udannelse", "mellemlang videregående uddannelse"), ("invitterret", "inviteret")),
        *(("ikke vestlig bagrund", "ikke vestlig baggrund"), ("i beskæftigelsen", "i beskæftigelse")),
    ],
)
def test_a_slip_is_still_like_its_word(slip: str, meant: str) -> None:
    found = nearest(slip, [meant])
    assert found is not None
    assert found[1] < 100


@pytest.mark.parametrize("header", ["Ej gennemført", "Ikke gennemført", "Ugennemført", "Not completed"])
def test_a_header_that_says_the_opposite_is_not_taken(database: Database, header: str) -> None:
    heading = Heading(0, 0, [header])
    assert match(heading, spec(Form.COURSES)).keys == {}
    assert match(heading, spec(Form.COUNTS)).keys == {}


@pytest.mark.parametrize("header", ["Gennemført %", "Gennemført pct.", "Andel gennemført"])
def test_a_header_of_percentages_is_no_completion_date(database: Database, header: str) -> None:
    heading = Heading(0, 0, [header])
    assert match(heading, spec(Form.COURSES)).keys == {}
    assert match(heading, spec(Form.COUNTS)).keys == {0: "completed"}


@pytest.mark.parametrize(
    ("value", "dimension"),
    [
        *(("Ikke i beskæftigelse", "labour market"), ("Ikke-dansk", "origin"), ("Ufaglært", "education")),
        *(("Ikke gift", "cohabitation"), ("Uden uddannelse", "education"), ("Lav indkomst", "income")),
    ],
)
def test_the_group_of_an_opposite_is_not_suggested(database: Database, value: str, dimension: str) -> None:
    words = load_reference_data(database)
    assert suggested_group(value, dimension, words) is None


def lines(headers: str, *rows: str) -> bytes:
    return "\r\n".join([headers, *rows]).encode()


def taken(database: Database, content: bytes, **answers: str) -> Prepared:
    return prepare(
        read(content, "export.csv"),
        load_reference_data(database),
        Corrections(answers={"no_groups": "totals", **answers}),
    )


def errors(prepared: Prepared) -> list[str]:
    return [one.check for one in prepared.findings if one.severity is Severity.ERROR]


def test_boys_and_girls_are_told_apart(database: Database) -> None:
    rows = [f"Viborg;Rygestop;B{n};02-02-2022;01-05-2022;{('Dreng', 'Pige')[n % 2]}" for n in range(10)]
    prepared = taken(database, lines("Kommune;Tilbud;Borger-id;Startet;Gennemført;Køn", *rows))
    assert prepared.contents.courses["sex"].to_pylist() == ["man", "woman"] * 5


def test_a_file_that_tells_only_who_did_not_complete_is_refused(database: Database) -> None:
    rows = ["Randers;KOL-skole;B1;02-02-2022;", "Randers;KOL-skole;B2;02-02-2022;01-05-2022"]
    for header in (
        "Ej gennemført",
        "Ikke gennemført",
        "Ugennemført",
        "Icke fullföljt",
        "Not completed",
        "Frafaldet",
        "Dropped out",
    ):
        prepared = taken(database, lines(f"Kommune;Tilbud;Borger-id;Startet;{header}", *rows))
        assert errors(prepared) == ["header_opposite"], header


@pytest.mark.parametrize("header", ["Ej gennemført", "Ikke gennemført"])
def test_yes_below_a_negated_header_is_no_completion(database: Database, header: str) -> None:
    content = lines(f"Kommune;Tilbud;Borger-id;Startet;{header}", "Randers;KOL-skole;B1;02-02-2022;ja")
    chosen = {"municipality": "Kommune", "offer": "Tilbud", "citizen": "Borger-id", "started_on": "Startet"}
    by_hand = Mapping(Form.COURSES, chosen | {"outcome": header})
    assert "unknown_word" in errors(apply_mapping(read(content, "x.csv"), by_hand, load_reference_data(database)))
    told = Mapping(Form.COURSES, chosen | {"outcome": header}, values={"outcome": {"ja": "frafaldet"}})
    prepared = apply_mapping(read(content, "x.csv"), told, load_reference_data(database))
    assert prepared.contents.courses["completed"].to_pylist() == [False]
    as_date = Mapping(Form.COURSES, chosen | {"completed_on": header})
    assert "header_opposite" in errors(apply_mapping(read(content, "x.csv"), as_date, load_reference_data(database)))


ENDED = "Kommune;Tilbud;Borger-id;Startet;Afsluttet"


def test_an_end_is_a_completion_only_where_a_person_says_so(database: Database) -> None:
    content = lines(ENDED, "Randers;KOL-skole;B1;02-02-2022;01-05-2022", "Randers;KOL-skole;B2;02-02-2022;")
    assert errors(taken(database, content)) == ["ended_or_completed"]
    answered = taken(database, content, ended_or_completed="completed")
    assert errors(answered) == []
    assert answered.contents.courses["completed"].to_pylist() == [True, False]
    assert answered.contents.courses["outcome"].to_pylist() == [None, "running"]


@pytest.mark.parametrize("reason", ["Årsag", "Afslutningsårsag", "Reason for ending", "Orsak", "Udfald"])
def test_the_reason_decides_and_without_an_end_the_course_is_running(database: Database, reason: str) -> None:
    rows = ["01-05-2022;Gennemført", "01-05-2022;Fortrudt", ";"]
    content = lines(f"{ENDED};{reason}", *(f"Randers;KOL-skole;B{n};02-02-2022;{row}" for n, row in enumerate(rows)))
    prepared = taken(database, content, ended_or_completed="completed")
    assert errors(prepared) == []
    assert prepared.contents.courses["outcome"].to_pylist() == ["completed", "dropped out", "running"]
    assert prepared.contents.courses["completed"].to_pylist() == [True, False, False]
    assert prepared.contents.courses["completed_on"].to_pylist() == [dt.date(2022, 5, 1), None, None]


def test_an_end_without_a_reason_beside_reasons_is_asked_about(database: Database) -> None:
    rows = ["01-05-2022;Gennemført", "01-05-2022;"]
    content = lines(f"{ENDED};Årsag", *(f"Randers;KOL-skole;B{n};02-02-2022;{row}" for n, row in enumerate(rows)))
    (found,) = [one for one in taken(database, content).findings if one.severity is Severity.ERROR]
    assert (found.check, found.rows) == ("ended_without_outcome", (3,))


def test_an_end_stands_back_for_a_completion_and_a_reason_for_an_outcome(database: Database) -> None:
    headers = "Kommune;Tilbud;Borger-id;Afsluttet;Startet;Gennemført;Årsag;Udfald"
    row = "Randers;KOL-skole;B1;01-06-2022;02-02-2022;01-05-2022;Flyttet;Gennemført"
    prepared = taken(database, lines(headers, row))
    assert errors(prepared) == []
    assert prepared.contents.courses["completed_on"].to_pylist() == [dt.date(2022, 5, 1)]


def test_new_groups_of_an_order_have_no_rank_until_a_person_gives_one(
    database: Database, courses: Callable[..., bytes]
) -> None:
    names = ["Ufaglært", "Faglært", "Akademisk", "0-10", "10-20"]
    row = ["Randers", "Rygestop", "b", None, dt.date(2023, 2, 2), dt.date(2023, 5, 1), None]
    content = courses(*([*row[:2], f"b-{n}", *row[3:], name] for n, name in enumerate(names)))
    keys = {"municipality": "Kommune", "offer": "Tilbud", "citizen": "Borger-id", "started_on": "Startet"}
    groups = {name: name for name in names}

    def mapped(ranks: dict[str, int]) -> Prepared:
        dimension = DimensionMapping("Trin", True, groups, ranks)
        chosen = Mapping(Form.COURSES, keys | {"completed_on": "Gennemført"}, {"Uddannelse": dimension})
        return apply_mapping(read(content, "x.xlsx"), chosen, load_reference_data(database))

    def ranks(prepared: Prepared) -> dict[str, int | None]:
        assert prepared.contents.added_groups is not None
        return {one["group"]: one["rank"] for one in prepared.contents.added_groups.to_pylist()}

    assert errors(mapped({})) == ["rank_missing"]
    assert errors(mapped({"Ufaglært": 1})) == ["rank_missing"]
    assert errors(mapped({"Ufaglært": 1, "Faglært": 1})) == ["rank_missing"]
    assert set(ranks(mapped({})).values()) == {None}
    given = mapped({"Ufaglært": 1, "Akademisk": 2})
    assert errors(given) == []
    assert ranks(given) == {"Ufaglært": 1, "Akademisk": 2, "Faglært": None, "0-10": None, "10-20": None}
