"""The workbook format: its sheets, their columns, and the headers by which each is known in Danish and English."""

from dataclasses import dataclass
from enum import StrEnum


class Form(StrEnum):
    """What a sheet holds."""

    COURSES = "courses"
    COUNTS = "counts"
    OFFERS = "offers"
    ADJUSTMENTS = "adjustments"


@dataclass(frozen=True)
class Column:
    """A column of the format. ``headers`` are the Danish, the English and other accepted headers, in that order."""

    key: str
    headers: tuple[str, ...]
    needed: bool = False


@dataclass(frozen=True)
class Sheet:
    """A sheet of the format. ``names`` are its Danish, its English and other accepted names, in that order."""

    form: Form
    names: tuple[str, ...]
    columns: tuple[Column, ...]


MUNICIPALITY = Column("municipality", ("Kommune", "Municipality", "Kommunenavn", "Kommune navn"), needed=True)
OFFER = Column("offer", ("Tilbud", "Offer", "Tilbudsnavn", "Hold"), needed=True)

DIMENSIONS = (
    Column("education", ("Uddannelse", "Education", "Uddannelsesniveau", "Educational level")),
    Column(
        "labour market",
        ("Arbejdsmarkedstilknytning", "Labour-market attachment", "Labour market", "Beskæftigelse", "Employment"),
    ),
    Column("income", ("Indkomst", "Income")),
    Column("origin", ("Etnisk baggrund", "Ethnic background", "Herkomst", "Origin", "Etnicitet")),
    Column("cohabitation", ("Samlivsstatus", "Cohabitation", "Samliv", "Civilstand")),
    Column("sex", ("Køn", "Sex", "Gender")),
    Column("age", ("Alder", "Age", "Aldersgruppe", "Age group")),
)

COURSES = Sheet(
    Form.COURSES,
    ("Forløb", "Courses"),
    (
        MUNICIPALITY,
        OFFER,
        Column("citizen", ("Borger-id", "Citizen id", "Borger", "Id", "Løbenummer"), needed=True),
        Column("invited_on", ("Inviteret", "Invited", "Henvist", "Referred", "Dato inviteret", "Dato henvist")),
        Column("started_on", ("Startet", "Started", "Start", "Startdato", "Dato startet"), needed=True),
        Column("completed_on", ("Gennemført", "Completed", "Afsluttet", "Dato gennemført")),
        Column("outcome", ("Udfald", "Outcome", "Resultat", "Result", "Status")),
        *DIMENSIONS,
    ),
)

COUNTS = Sheet(
    Form.COUNTS,
    ("Optælling", "Counts", "Tal"),
    (
        MUNICIPALITY,
        OFFER,
        Column("period", ("Periode", "Period", "Måned", "Month", "Kvartal", "Quarter"), needed=True),
        Column("dimension", ("Dimension", "Dimension", "Opdeling"), needed=True),
        Column("group", ("Gruppe", "Group"), needed=True),
        Column("invited", ("Inviteret", "Invited", "Henvist", "Referred", "Antal inviteret")),
        Column("participated", ("Deltaget", "Participated", "Deltagere", "Antal deltaget"), needed=True),
        Column("completed", ("Gennemført", "Completed", "Antal gennemført"), needed=True),
    ),
)

OFFERS = Sheet(
    Form.OFFERS,
    ("Tilbud", "Offers"),
    (
        MUNICIPALITY,
        OFFER,
        Column("kind", ("Type", "Kind", "Art")),
        Column("theme", ("Tema", "Theme", "Emne")),
        Column("completion_rule", ("Gennemførelsesregel", "Completion rule", "Regel for gennemførelse")),
    ),
)

ADJUSTMENTS = Sheet(
    Form.ADJUSTMENTS,
    ("Justeringer", "Adjustments"),
    (
        MUNICIPALITY,
        OFFER,
        Column("adjusted_on", ("Dato", "Date", "Justeringsdato"), needed=True),
        Column("title", ("Titel", "Title"), needed=True),
        Column("what_changed", ("Hvad blev ændret", "What was changed", "Beskrivelse", "Description")),
        Column("aim", ("Sigte", "Aim", "Formål"), needed=True),
        Column("citizens_involved", ("Borgere inddraget", "Citizens involved")),
        Column("staff_involved", ("Medarbejdere inddraget", "Staff involved")),
    ),
)

SHEETS = (COURSES, COUNTS, OFFERS, ADJUSTMENTS)

GUIDANCE_SHEETS = ("Vejledning", "Guidance")
"""Sheets that explain the workbook and hold no data."""

LIST_SHEETS = ("Lister", "Lists")
"""The template's hidden sheet with the words of its drop-down lists."""

SYNTHETIC_SHEETS = ("Syntetisk", "Synthetic")
"""A sheet of this name marks every number in the workbook as made up."""

FINDINGS_SHEETS = ("Fund", "Findings")
"""The first sheet of a copy that was annotated here: it lists what is to be mended."""

EXAMPLE_OFFERS = ("Eksempel", "Example")
"""An offer whose name begins so is the template's example row and is left out."""

WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "outcome": {
        "completed": ("gennemført", "completed", "fuldført", "ja", "yes"),
        "dropped out": ("frafaldet", "dropped out", "afbrudt", "udeblevet", "nej", "no", "withdrawn"),
        "running": ("i gang", "running", "igangværende", "ongoing"),
    },
    "aim": {
        "recruitment": ("rekruttering", "recruitment"),
        "completion": ("gennemførelse", "completion"),
        "both": ("begge", "both", "rekruttering og gennemførelse", "recruitment and completion"),
    },
    "kind": {"social": ("socialt", "social", "sociale"), "health": ("sundhed", "health", "sundhedstilbud")},
    "yes_no": {"yes": ("ja", "yes", "j", "y", "x", "1", "true"), "no": ("nej", "no", "n", "0", "false")},
}
"""The words of the columns that take one of a few, in Danish and English, each list's first two being the standard."""

MISSING_WORDS = ("", "?", "-", "uoplyst", "ukendt", "not stated", "unknown", "ved ikke", "h90", "h90 uoplyst", "n/a")
"""What stands for a group that is not stated."""
