"""A header or a value that says something else is not read, and not suggested, as ours; an end is asked about."""

import numpy as np
import pytest

from analysis.intake.contract import Form
from analysis.intake.detect.headers import match
from analysis.intake.findings.check import Severity
from analysis.intake.layout.heading import Heading
from analysis.intake.lexicon.reference_data import ReferenceData, load_reference_data
from analysis.intake.mapping.mapping import spec
from analysis.intake.mapping.suggestions import suggestions
from analysis.intake.read_file import read
from analysis.intake.sheets import TextColumn
from analysis.intake.validate.validation import prepare
from analysis.store import Database
from tests.support.suggested_groups import suggested_group

ENDS = [
    "Slut dato",
    "Afslutnings dato",
    "Afslutningsdatoen",
    "Afsluttetdato",
    "Afsluttet (dato)",
    "Ophør",
    "Ophørs dato",
    "Enddate",
    "Afslutet",
    "Avsluttet dato",
    "Avslutade",
    "Aflsuttet",
    "Sluttdto",
    "Slutt dato",
    "Slutdatumet",
    "Päättymispvm",
    "Date of end",
    "Dato for ophør",
]
SOMETHING_ELSE = [
    "Afhenvist",
    "Afinviteret",
    "Avgjennomført",
    "Precompleted",
    "Gennemføres",
    "Gennemført af",
    "Completed?",
    "Restarted",
    "Reinvited",
    "Samtale gennemført",
    "Aftale gennemført",
    "Samtale deltaget",
    "Genstartet",
    "Starter",
    "Henviser",
    "Forinviteret",
    "Unstarted",
    "Incompleted",
    "Ikkestartet",
    "Startår",
    "Deltagit inte",
    "Uudelleen aloittanut",
    "Gjennomføres",
    "Återstartat",
    "Omstartet",
]
NOT_SUGGESTED = [
    "Gennemført - nej",
    "Gennemført (nej)",
    "Ofullföljt",
    "Afsluttet før tid",
    "Gennemførelsesprocent",
    "Gennemføringsgrad",
    "Ikkestartet",
    "Unstarted",
    "Aloittamatta",
    "Inviteret nej",
    "Incomplete",
    "Incompleted",
    "Partners uddannelse",
    "Mors uddannelse",
    "Forældres uddannelse",
    "Barnets køn",
    "Konsulentens køn",
    "Ønsket uddannelse",
    "Samtale gennemført",
    "Genhenvist",
    "Ufullført",
]
SLIPS = {
    "Gennemfoert": "completed_on",
    "Gennmført": "completed_on",
    "Gjennomfort": "completed_on",
    "Fullfoljt": "completed_on",
    "Invitteret": "invited_on",
    "Startted": "started_on",
    "Aloitanut": "started_on",
    "Uddanelse": "education",
    "Alders gruppe": "age",
    "Indkomts": "income",
}
OTHER_GROUPS = {
    "sex": "Hankøn;Nonbinær;M+K;Mænd+kvinder;Dame",
    "origin": "Anden end dansk;Andet end dansk;Ikke dansk;Udansk",
    "labour market": "Beskæftiget - nej;Lønmodtager;Pensionist;Ikke beskæftiget",
    "cohabitation": "Bor sammen med andre;Bor ikke alene;Ugift;Alene med børn",
    "age": "Under 75;Yngre end 75;65-75 år",
    "education": (
        "Lang uddannelse;Mere end grundskole;Over grundskole;Higher education;Videregående uddannelse"
        ";Afbrudt lang videregående;Uden grundskole"
    ),
}
SLIPS_OF_GROUPS = {
    ("Kvnde", "sex"): "woman",
    ("Danske", "origin"): "danish origin",
    ("Mellemlang videregående udannelse", "education"): "medium higher education",
    ("16-24 årige", "age"): "16-24",
}


@pytest.fixture
def reference(database: Database) -> ReferenceData:
    return load_reference_data(database)


def heading(form: Form, header: str) -> Heading:
    ids = {Form.COURSES: ["Kommune", "Tilbud", "Borger-id"], Form.COUNTS: ["Kommune", "Tilbud", "Periode"]}
    return Heading(0, 0, [*ids[form], header])


def as_read(header: str, form: Form, reference: ReferenceData) -> str | None:
    return match(heading(form, header), spec(form)).keys.get(3)


def is_suggested(header: str, form: Form, reference: ReferenceData) -> bool:
    texts = heading(form, header)
    columns = {text: TextColumn(["5"], np.array([0]), "u") for text in texts.texts}
    return any(one.header == header for one in suggestions(texts, columns, form, reference).values())


@pytest.mark.parametrize(("reason", "expected"), [("", ["ended_or_completed"]), (";Begrundelse", []), (";Årsag", [])])
def test_an_end_is_never_a_completion_by_itself(database: Database, reason: str, expected: list[str]) -> None:
    reference = load_reference_data(database)
    rows = ["01-05-2022;Gennemført", "01-05-2022;Frafaldet", ";"] if reason else ["01-05-2022", "01-05-2022", ""]
    outcomes = []
    for header in ENDS:
        lines = [f"Kommune;Tilbud;Borger-id;Køn;Startet;{header}{reason}"]
        lines += [f"Viborg;Rygestop;B{n};Mand;02-02-2022;{row}" for n, row in enumerate(rows)]
        prepared = prepare(read("\r\n".join(lines).encode(), "export.csv"), reference)
        errors = [one.check for one in prepared.findings if one.severity is Severity.ERROR]
        courses = prepared.contents.courses["outcome"].to_pylist() if reason else None
        outcomes.append(errors == expected and courses in (None, ["completed", "dropped out", "running"]))
    print(f"{sum(outcomes)} of {len(ENDS)} ends are no completions")
    assert all(outcomes), [header for header, good in zip(ENDS, outcomes, strict=True) if not good]


def test_a_group_has_one_column_for_each_stage(database: Database) -> None:
    headers = "Kommune;Tilbud;Periode;Deltaget Kvinde;Deltaget Kvinder;Deltaget Mand;Gennemført Kvinde;Gennemført Mand"
    content = f"{headers}\r\nViborg;Rygestop;2015-03;40;41;42;20;21".encode()
    prepared = prepare(read(content, "export.csv"), load_reference_data(database))
    twice = [(one.check, one.letters) for one in prepared.findings if one.severity is Severity.ERROR]
    assert twice[:1] == [("column_twice", "E")]
    assert not prepared.tables


def test_yes_and_no_are_no_reasons(database: Database) -> None:
    lines = ["Kommune;Tilbud;Borger-id;Køn;Startet;Slutdato;Årsag", "Viborg;Rygestop;B1;Mand;02-02-2022;01-05-2022;Ja"]
    prepared = prepare(read("\r\n".join(lines).encode(), "export.csv"), load_reference_data(database))
    assert [one.check for one in prepared.findings if one.severity is Severity.ERROR] == ["unknown_word"]


def test_a_header_with_another_word_or_prefix_is_not_read(reference: ReferenceData) -> None:
    wrong = [
        (one, key)
        for one in SOMETHING_ELSE
        for form in (Form.COURSES, Form.COUNTS)
        if (key := as_read(one, form, reference))
    ]
    print(f"{len(SOMETHING_ELSE) - len(wrong)} of {len(SOMETHING_ELSE)} other headers are not read")
    assert wrong == []


def test_a_header_that_says_the_opposite_or_is_of_another_person_is_not_suggested(reference: ReferenceData) -> None:
    forms = (Form.COURSES, Form.COUNTS)
    wrong = [one for one in NOT_SUGGESTED if any(is_suggested(one, form, reference) for form in forms)]
    print(f"{len(NOT_SUGGESTED) - len(wrong)} of {len(NOT_SUGGESTED)} other headers are not suggested")
    assert wrong == []


def test_a_header_with_a_slip_is_still_read(reference: ReferenceData) -> None:
    assert {slip: as_read(slip, Form.COURSES, reference) for slip in SLIPS} == SLIPS


def test_a_value_is_suggested_only_where_every_word_agrees(reference: ReferenceData) -> None:
    values = [(value, dimension) for dimension, some in OTHER_GROUPS.items() for value in some.split(";")]
    wrong = [(one, found) for one in values if (found := suggested_group(*one, reference))]
    print(f"{len(values) - len(wrong)} of {len(values)} other values are not suggested")
    assert wrong == []
    found = {one: suggested_group(*one, reference) for one in SLIPS_OF_GROUPS}
    assert found == SLIPS_OF_GROUPS
