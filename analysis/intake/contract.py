"""The workbook format: kinds of sheets, columns that several kinds share, and names of other sheets.

Each kind of sheet is one file in ``formats/``. To add a kind, add a file there. ``KINDS`` finds it.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Any

from analysis.i18n import Wording
from analysis.intake.findings.check import N_
from analysis.intake.findings.findings import Finding
from analysis.model.languages import Names, in_every_language, name_in
from analysis.model.registry import Registry
from analysis.model.terms import Subject
from analysis.store.reference import reference_dimensions

if TYPE_CHECKING:
    import pyarrow as pa

    from analysis.intake.lexicon.reference_data import ReferenceData
    from analysis.intake.parsing.questions import Answers
    from analysis.intake.tables import Table


class Form(StrEnum):
    """Keys of the kinds of sheets that other code uses by name. Other kinds need no key here."""

    COURSES = "courses"
    COUNTS = "counts"
    OFFERS = "offers"
    ADJUSTMENTS = "adjustments"
    DESCRIPTIONS = "descriptions"
    TEST_ROUNDS = "test_rounds"
    CITIZEN_GROUPS = "citizen_groups"
    THEME_DAYS = "theme_days"
    UNDERSTANDINGS = "understandings"
    ACTIONS = "actions"
    ACTIVITIES = "activities"
    CONSEQUENCES = "consequences"
    REQUESTS = "requests"
    VOTES = "votes"
    NAMES = "names"


class Holds(Enum):
    """Type of the cells of a column."""

    TEXT = "text"
    DATE = "date"
    """The key of a date column ends in ``_on``."""
    COUNT = "count"
    NUMBER = "number"


@dataclass(frozen=True)
class Column:
    """A column of the format.

    Attributes
    ----------
    names : header by language.
    others : other accepted headers.
    needed : whether a sheet without this column is rejected.
    weak : headers that are accepted only if no other header matches the column.
    guidance : accepted values, in English; translated when displayed.
    words : key in ``coded_words.WORDS`` of the accepted words, if the column accepts a fixed list.
    several : whether a cell may contain several of these words.
    """

    key: str
    names: Names
    others: tuple[str, ...] = ()
    needed: bool = False
    weak: tuple[str, ...] = ()
    guidance: str = ""
    holds: Holds = Holds.TEXT
    words: str = ""
    several: bool = False

    @property
    def headers(self) -> tuple[str, ...]:
        return (*in_every_language(self.names).values(), *self.others, *self.weak)


Prepare = Callable[["Table", "ReferenceData", list[Finding], "Answers"], "tuple[pa.Table, Table]"]
"""Check and type the rows of a sheet. Return them in the form of ``ImportPayload``, and the remaining rows."""


@dataclass(frozen=True, eq=False)
class SheetKind:
    """A kind of sheet: the complete definition for the intake and the template.

    Attributes
    ----------
    form : key of the kind.
    order : position in the template.
    names : sheet name by language; ``others`` are accepted too.
    row : meaning of one row, in English.
    prepare : function that checks and types the rows.
    example : example row of the template, by column; ``example_column`` carries the mark of the example.
    subject : subject of the data.
    plural : plural of the rows, in English.
    by_hand : singular of the rows, in English, if a user can map a file to this kind manually.
    payload : field of ``ImportPayload`` for the rows, if it differs from the key. The store knows the table.
    also : columns that are read too, but are not in the template.
    """

    form: str
    order: int
    names: Names
    columns: tuple[Column, ...]
    row: str
    prepare: Prepare
    example: Callable[[Wording], Mapping[str, Any]]
    example_column: str
    subject: Subject
    plural: str
    by_hand: str = ""
    others: tuple[str, ...] = ()
    payload: str = ""
    also: tuple[Column, ...] = ()

    @property
    def key(self) -> str:
        return self.form

    @property
    def stored_as(self) -> str:
        """Field of ``ImportPayload`` for the rows."""
        return self.payload or self.form

    @property
    def titles(self) -> tuple[str, ...]:
        """All accepted names of a sheet of this kind."""
        return (*in_every_language(self.names).values(), *self.others)

    def column(self, key: str) -> Column:
        """Return the column with this key. Raises ``KeyError``."""
        for column in (*self.columns, *self.also):
            if column.key == key:
                return column
        raise KeyError(key)


KINDS = Registry("analysis.intake.formats", SheetKind)
"""Every kind of sheet by key, in the order of the template."""


def theme_day_forms() -> tuple[str, ...]:
    """Return the keys of the kinds of sheets with theme-day data."""
    return tuple(form for form, kind in KINDS.items() if kind.subject is Subject.THEME_DAYS)


def first_group(dimension: str, language: str) -> str:
    """Return the label of the first group of a reference dimension, for examples."""
    return reference_dimensions()[dimension].groups[0].label(language)


def example_mark(wording: Wording) -> str:
    """Return the word at the start of the template's example rows."""
    return name_in(EXAMPLES, wording.code)


def _dimension(key: str, *others: str) -> Column:
    """Return the column of a dimension. Its header is the label of the dimension."""
    guidance = N_("The citizen's group. Choose from the list.")
    return Column(key, reference_dimensions()[key].labels, others, guidance=guidance)


MUNICIPALITY = Column(
    "municipality",
    {"da": "Kommune", "en": "Municipality", "nb": "Kommune", "sv": "Kommun", "fi": "Kunta"},
    others=("Kommunenavn", "Kommune navn", "Kommunnamn", "Kunnan nimi"),
    weak=(
        *(
            "Kommunenr",
            "Kommunenummer",
            "Kommunekode",
            "Kommune nr",
            "Kom.kode",
            "Komkode",
            "Kom.nr",
            "Komnr",
            "Kom nr",
        ),
        *("Municipality code", "Municipality number", "Municipality no", "Kommunkod", "Kommunnummer", "Kommunnr"),
        *("Kuntanumero", "Kuntakoodi", "Kunnan numero", "Kunnan koodi"),
    ),
    needed=True,
    guidance=N_("The municipality's name or number."),
)

OFFER = Column(
    "offer",
    {"da": "Tilbud", "en": "Offer", "nb": "Tilbud", "sv": "Insats", "fi": "Palvelu"},
    others=("Tilbudsnavn", "Insatsens namn", "Palvelun nimi"),
    weak=(
        *(
            "Hold",
            "Kursus",
            "Kursusnavn",
            "Indsats",
            "Ydelse",
            "Sundhedstilbud",
            "Forløb",
            "Forløbsnavn",
            "Forløbstype",
        ),
        *("Aktivitet", "Aktivitetsnavn", "Activity", "Aktiviteetti"),
        *("Programme", "Program", "Course", "Service", "Kurs", "Tiltak", "Verksamhet", "Kurssi", "Ohjelma"),
    ),
    needed=True,
    guidance=N_("The offer's name, written alike everywhere."),
)

CITIZEN = Column(
    "citizen",
    {"da": "Borger-id", "en": "Citizen id", "nb": "Innbygger-id", "sv": "Invånar-id", "fi": "Asukastunniste"},
    others=(
        "Borger",
        "Innbygger",
        "Invånare",
        "Asukas",
        "Asukastunnus",
        "Id",
        "Løbenummer",
        "Løpenummer",
        "Löpnummer",
        *(
            "Borgernr.",
            "Borgernummer",
            "Løbenr.",
            "Løpenr.",
            "Löpnr.",
            "Deltager",
            "Deltager-id",
            "Deltagernr.",
        ),
        *(
            "Deltagernr.",
            "Kursist",
            "Kursist-id",
            "Kursistnr.",
            "Participant",
            "Participant id",
            "Deltaker",
            "Deltaker-id",
        ),
        *("Deltagare", "Deltagar-id", "Osallistuja", "Osallistujatunnus"),
    ),
    needed=True,
    guidance=N_("An id of your own that tells citizens apart. Not a CPR number."),
)

HELD_ON = Column(
    "held_on",
    {"da": "Temadag", "en": "Theme day", "nb": "Temadag", "sv": "Temadag", "fi": "Teemapäivä"},
    others=("Temadagens dato",),
    needed=True,
    guidance=N_("The date of the theme day."),
    holds=Holds.DATE,
)

TABLE = Column(
    "table",
    {"da": "Bord", "en": "Table", "nb": "Bord", "sv": "Bord", "fi": "Pöytä"},
    guidance=N_("The number or name of the table, where there were several."),
)

ADJUSTMENT = Column(
    "title",
    {"da": "Justering", "en": "Adjustment", "nb": "Justering", "sv": "Justering", "fi": "Mukautus"},
    others=("Justeringens titel", "Titel", "Title", "Tittel", "Otsikko"),
    needed=True,
    guidance=N_("The title of the adjustment, written as in the sheet of adjustments."),
)

DRAFT = Column(
    "draft",
    {
        "da": "Upubliceret",
        "en": "Unpublished",
        "nb": "Upublisert",
        "sv": "Opublicerad",
        "fi": "Julkaisematon",
    },
    words="yes_no",
)

ACTION = Column(
    "action",
    {"da": "Indsats", "en": "Action", "nb": "Tiltak", "sv": "Åtgärd", "fi": "Toimenpide"},
    others=("Indsatsens navn", "Handling"),
    needed=True,
    guidance=N_("The action's name, written alike in every municipality: by it actions are ranked together."),
)

DIMENSIONS = (
    _dimension(
        "education",
        *("Uddannelsesniveau", "Educational level", "Utdanningsnivå", "Utbildningsnivå", "Koulutustaso"),
        *("Højest fuldførte uddannelse", "Højeste fuldførte uddannelse", "Højeste uddannelse", "Highest education"),
        *("Højest gennemførte uddannelse", "Høyeste utdanning", "Høyeste fullførte utdanning", "Högsta utbildning"),
        "Korkein koulutus",
    ),
    _dimension("labour market", "Labour market", "Beskæftigelse", "Employment", "Sysselsetting", "Sysselsättning"),
    _dimension("income"),
    _dimension("origin", "Herkomst", "Origin", "Etnicitet", "Innvandrerbakgrunn", "Ursprung", "Syntyperä"),
    _dimension("cohabitation", "Samliv", "Civilstand", "Sivilstand", "Civilstånd", "Siviilisääty"),
    _dimension("sex", "Gender"),
    _dimension("age", "Aldersgruppe", "Age group", "Åldersgrupp", "Ikäryhmä"),
)
DIMENSION_KEYS = frozenset(column.key for column in DIMENSIONS)

AREA_NAMES = {
    "da": "Politikområde",
    "en": "Policy area",
    "nb": "Politikkområde",
    "sv": "Politikområde",
    "fi": "Politiikan ala",
}
AREA_OTHERS = ("Forvaltningsområde", "Fagområde", "Forvaltning", "Förvaltningsområde", "Hallinnonala")

GUIDANCE_SHEETS = {"da": "Vejledning", "en": "Guidance", "nb": "Veiledning", "sv": "Vägledning", "fi": "Ohjeet"}
"""Sheets that explain the workbook and contain no data."""

LIST_SHEETS = {"da": "Lister", "en": "Lists", "nb": "Lister", "sv": "Listor", "fi": "Luettelot"}
"""The template's hidden sheet with the words of the drop-down lists."""

SYNTHETIC_SHEETS = {"da": "Syntetisk", "en": "Synthetic", "nb": "Syntetisk", "sv": "Syntetisk", "fi": "Synteettinen"}
SYNTHETIC_OTHERS = ("Keinotekoinen",)
"""A sheet with one of these names marks all numbers of the workbook as synthetic."""

FINDINGS_SHEETS = {"da": "Fund", "en": "Findings", "nb": "Funn", "sv": "Anmärkningar", "fi": "Huomautukset"}
"""The first sheet of an annotated copy. It lists the findings to correct."""

EXAMPLES = {"da": "Eksempel", "en": "Example", "nb": "Eksempel", "sv": "Exempel", "fi": "Esimerkki"}
"""If the ``example_column`` of a row begins with this word, the row is the template's example and is left out."""

EXAMPLE_DAY = dt.date(2016, 3, 10)
"""Date of the theme day in the example rows."""
