"""Names and notes that would do something if they were obeyed, in every place where a person may put a text.

Each ends in a word of its own, so that a test finds where it is shown, and whether all of it is.
"""

import datetime as dt
import io
import re
from collections.abc import Iterator
from itertools import product
from typing import Any

from openpyxl import Workbook

from analysis.auth.roles import NOBODY_SIGNED_IN
from analysis.intake.contract import Form
from analysis.intake.importing import store
from analysis.intake.lexicon.reference_data import load_reference_data
from analysis.intake.mapping.file_columns import natural_order
from analysis.intake.mapping.mapping import DimensionMapping, Mapping
from analysis.intake.mapping.saved_mappings import Decisions, prepared_with, remember
from analysis.intake.read_file import read
from analysis.intake.tables import cleaned
from analysis.intake.validate.prepared import Prepared
from analysis.model.story import Slide, Story
from analysis.store import Database, add_story

OUTSIDE = "obeyed.example"
WOULD: dict[str, str] = {
    "<b>bold</b>": "stand in bold on a page or in a chart",
    "<span style='color:red'>red</span>": "be red in a chart",
    "<br>two<br>lines": "break a line",
    "<script>alert(1)</script>": "run",
    "</script><script>alert(1)</script>": "end the script it stands in, and run",
    f"<img src=https://{OUTSIDE}/x.png onerror=alert(1)>": "ask another machine, and run",
    "<svg onload=alert(1)>": "run",
    "<iframe srcdoc='<script>alert(1)</script>'>": "run in a frame",
    "<a href='javascript:alert(1)'>click</a>": "run when it is clicked",
    "<!-- gone": "hide what follows",
    "]]>": "end a section of XML",
    "&lt;b&gt; &amp; &#36;": "become other signs",
    "[click](javascript:alert(1))": "be a link",
    f"![x](https://{OUTSIDE}/x.png)": "be a picture",
    f"https://{OUTSIDE}/a": "be a link",
    f"www.{OUTSIDE}": "be a link",
    f"name@{OUTSIDE}": "be an address to write to",
    "[^1] [x]: <y>": "be a footnote",
    r"$\frac{1}{2}$": "be a formula",
    "$$x$$ for $5 or $6": "be a formula",
    ":material/delete: :material_delete:": "be an icon",
    ":smile: :streamlit: :+1:": "be a picture",
    ":red[x] :blue-badge[y] :color[z]{foreground=red}": "be coloured",
    "**x** _y_ `z` ~~w~~": "stand in bold, or as code",
    "# title": "be a heading",
    "1. first": "be a list",
    "> said": "be a quotation",
    "| a | b |": "be a table",
    "a -> b -- c >= d": "become other signs",
    "::: note": "be a box",
    "'; DROP TABLE course; --": "delete",
    '"; DELETE FROM import; --': "delete",
    "=cmd|' /C calc'!A0": "start a program from a sheet",
    f'=HYPERLINK("https://{OUTSIDE}";"x")': "be a link in a sheet",
    "+1+1": "be added in a sheet",
    "-2+3": "be added in a sheet",
    "@SUM(A1)": "be added in a sheet",
    "\u202egnp.exe": "be read from right to left, with what follows",
    "\u2067x\u2066": "be read from right to left, with what follows",
    "../../etc/passwd": "be another file",
    "C:\\con\\nul": "be another file",
    "%{x} %{customdata[0]}": "become a number in a chart",
    "{value} {0.__class__} ${value} %s %(value)s": "become another text",
    "{{story}} {{script}}": "become a part of a page",
    "a;b,c\td": "become several columns",
    "\"'`": "end a text",
    "\\n \\": "undo what follows",
}
"""What each would do."""
HOSTILE = tuple(f"{text} z{number}z" for number, text in enumerate(WOULD))
SHOWN = tuple(map(cleaned, HOSTILE))
"""As each is to be shown: letter by letter, without letters that cannot be seen."""
MARK = re.compile(r"z(\d+)z")
_NAMED = dict(zip(WOULD, HOSTILE, strict=True))
FILE, SHEET, HEADER = f"{HOSTILE[0]}.xlsx", _NAMED["$$x$$ for $5 or $6"], _NAMED[r"$\frac{1}{2}$"]
PERSON, MAPPING, TITLE = _NAMED[":smile: :streamlit: :+1:"], _NAMED[f"www.{OUTSIDE}"], _NAMED["<!-- gone"]
STORY = _NAMED["{{story}} {{script}}"]
FORMULA = cleaned(_NAMED["=cmd|' /C calc'!A0"])
PLACE = SHOWN[0]
"""The municipality whose page is looked at."""

PAIR = {"group": SHOWN[0], "reference": SHOWN[1]}
"""Two groups to compare: those of the dimension have no order."""

_FIRST, _THEN, _ADJUSTED, _DAY = (dt.date(2015, month, 2) for month in (3, 10, 9, 11))
_DESCRIBED = (
    *("Udfordring", "Målgruppe", "Emneord", "Samarbejdspartnere", "Ressourcer", "Barrierer", "Erfaringer"),
    *("Gode råd", "Kontakt", "Indsats fra temadag"),
)
_CITIZENS = 12
"""Enough that neither those who complete nor the others are hidden."""
_GROUPS = ("Grundskole", "Lang videregående uddannelse")


def stored_in(database: Database) -> None:
    """Store them by the ways that a person has: the format, a file matched by hand, a story."""
    by_hand = read(elsewhere(), FILE)
    dimension = DimensionMapping(HEADER, ordered=False, groups={text: text for text in SHOWN})
    columns = {"municipality": "<i>hvor</i>", "offer": "<i>hvad</i>", "citizen": "nr", "invited_on": "fra"}
    columns |= {"started_on": "start", "completed_on": "slut"}
    mapping = Mapping(
        Form.COURSES,
        columns,
        dimensions={cleaned(HEADER): dimension},
        add_places=True,
        adjusted_on=_ADJUSTED,
        adjustment_title=TITLE,
        sheet=SHEET,
    )
    decisions = Decisions(mapping)
    remember(database, MAPPING, by_hand, decisions, by=NOBODY_SIGNED_IN)
    _store(database, elsewhere(), FILE, decisions)
    _store(database, as_format(), FILE, Decisions())
    add_story(database, story(), by=NOBODY_SIGNED_IN)


def story() -> Story:
    """Views of all of them and of one of them, with a heading and a note each."""
    everywhere = {"dimension": cleaned(HEADER), **PAIR}
    views = (("changes", everywhere), ("waiting", {}), ("over_time", everywhere | {"municipality": FORMULA}))
    return Story(STORY, tuple(Slide(*view, HOSTILE[at], HOSTILE[-at - 1]) for at, view in enumerate(views)))


def as_format() -> bytes:
    """A workbook of the format: offers, rules, adjustments, theme days, actions and requests of these names."""
    courses = [_course("Aarhus", text, group, *rest) for text in HOSTILE for group, *rest in _citizens(_GROUPS)]
    return _book(
        {
            "Forløb": [
                ["Kommune", "Tilbud", "Borger-id", "Inviteret", "Startet", "Gennemført", "Uddannelse"],
                *courses,
            ],
            "Tilbud": [
                ["Kommune", "Tilbud", "Type", "Tema", "Gennemførelsesregel"],
                *(["Aarhus", text, "Sundhed", text, text] for text in HOSTILE),
            ],
            "Justeringer": [
                ["Kommune", "Tilbud", "Dato", "Titel", "Hvad blev ændret", "Sigte"],
                *(["Aarhus", text, _ADJUSTED, text, text, "Gennemførelse"] for text in HOSTILE),
            ],
            "Beskrivelser": [
                ["Kommune", "Tilbud", "Justering", *_DESCRIBED],
                *(["Aarhus", text, text, *([text] * len(_DESCRIBED))] for text in HOSTILE),
            ],
            "Afprøvninger": [
                ["Kommune", "Tilbud", "Justering", "Runde", "Afprøvet", "Hvad blev afprøvet", "Hvad blev lært"],
                *(["Aarhus", text, text, 1, _FIRST, text, text] for text in HOSTILE),
            ],
            "Temadage": [
                ["Dato", "Sted", "Type", "Kommune", "Rolle", "Deltagere"],
                *([_DAY, text, "Lokal", PLACE, "Leder", 3] for text in HOSTILE),
            ],
            "Forståelser": [
                ["Kommune", "Temadag", "Spurgt", "Hvis forståelse", "Bord", "Udsatte grupper", "Kløft", "Gradient"],
                *([PLACE, _DAY, "Før", "Politikere", text, 3, 2, 1] for text in HOSTILE),
            ],
            "Indsatser": [
                [
                    "Kommune",
                    "Indsats",
                    "Prioritet",
                    "Status",
                    "Foreslået",
                    "I gang",
                    "Viden",
                    "Kompetencer, der mangler",
                ],
                *([PLACE, text, rank, "I gang", _FIRST, _THEN, text, text] for rank, text in enumerate(HOSTILE, 1)),
                *([text, text, 1, "Foreslået", _FIRST, None, text, text] for text in HOSTILE[1:]),
            ],
            "Aktiviteter": [
                ["Kommune", "Indsats", "Aktivitet", "Hvem"],
                *([PLACE, text, text, text] for text in HOSTILE),
                *([text, text, text, text] for text in HOSTILE[1:]),
            ],
            "Betydning": [
                ["Kommune", "Skrevet", "Betydning for indsatserne"],
                *([text, _DAY, text] for text in HOSTILE),
            ],
            "Henvendelser": [
                ["Kommune", "Dato", "Henvendelse", "Tilstand", "Siden", "Næste skridt"],
                *(
                    [PLACE, _DAY + dt.timedelta(at), "Rådgivning", "Åben", _DAY + dt.timedelta(at), text]
                    for at, text in enumerate(HOSTILE)
                ),
            ],
            "Stemmer": [
                ["Temadag", "Kommune", "Bord", "Indsats", "Stemmer"],
                *([_DAY, PLACE, text, text, at + 1] for at, text in enumerate(HOSTILE)),
            ],
        }
    )


def elsewhere() -> bytes:
    """A file of another kind: municipalities, offers and groups of these names under headers that are no better."""
    first, *_, last = sorted(HOSTILE, key=lambda text: natural_order(cleaned(text)))
    groups = {text: tuple(dict.fromkeys((first, text, last))) for text in HOSTILE}
    courses = [_course(text, text, group, *rest) for text in HOSTILE for group, *rest in _citizens(groups[text])]
    headers = ["<i>hvor</i>", "<i>hvad</i>", "nr", "fra", "start", "slut", HEADER]
    return _book({SHEET: [headers, *courses]})


def _citizens(groups: tuple[str, ...]) -> Iterator[tuple[str, dt.date, int]]:
    for (place, group), day, number in product(enumerate(groups), (_FIRST, _THEN), range(_CITIZENS)):
        yield group, day, 100 * place + number


def _course(municipality: str, offer: str, group: str, day: dt.date, number: int) -> list[Any]:
    """A course that about half complete, in the second group and after the adjustment one more."""
    is_done = number % 100 >= (7 if number < 100 else 6) - (day > _ADJUSTED)
    end = day + dt.timedelta(60) if is_done else None
    return [municipality, offer, f"b{number}-{day.month}-{MARK.findall(offer)[0]}", day, day, end, group]


def _book(sheets: dict[str, list[list[Any]]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                cell = sheet.cell(number, column, value)
                if isinstance(value, str):
                    cell.data_type = "s"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _store(database: Database, content: bytes, name: str, decisions: Decisions) -> Prepared:
    reading = read(content, name)
    prepared = prepared_with(reading, load_reference_data(database), decisions)
    assert prepared.faultless, prepared.findings
    store(database, reading, prepared, decisions, content, by=NOBODY_SIGNED_IN, person=PERSON)
    return prepared
