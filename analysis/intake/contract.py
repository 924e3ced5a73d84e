"""The workbook format: what a kind of sheet is, the columns that several kinds share, and the names of other sheets.

Each kind of sheet is one file in ``formats/``: add a kind with a file there. ``KINDS`` finds it.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Any

from analysis.i18n import Wording
from analysis.intake.findings.checks import N_
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
    """The keys of the kinds of sheets that other code names. A kind that none names needs no key here."""

    COURSES = "courses"
    COUNTS = "counts"
    OFFERS = "offers"
    ADJUSTMENTS = "adjustments"
    THEME_DAYS = "theme_days"
    UNDERSTANDINGS = "understandings"
    ACTIONS = "actions"
    REQUESTS = "requests"
    VOTES = "votes"


class Holds(Enum):
    """What the cells of a column hold."""

    TEXT = "text"
    DATE = "date"
    """The key of such a column ends in ``_on``."""
    COUNT = "count"
    NUMBER = "number"


@dataclass(frozen=True)
class Column:
    """A column of the format.

    Attributes
    ----------
    names : its header by language.
    others : other headers that are taken.
    needed : whether a sheet without it is refused.
    weak : headers that are taken where no other names the column.
    guidance : what it takes, in English: translated where it is shown.
    words : the key in ``vocabulary.WORDS`` of the words that it takes, if it takes one of a few.
    several : whether a cell may hold several of these words.
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
"""Checks and types the rows of a sheet; returns them as ``ImportPayload`` wants them, and the rows that are left."""


@dataclass(frozen=True, eq=False)
class SheetKind:
    """A kind of sheet: everything that the intake and the template need to know of it.

    Attributes
    ----------
    form : its key.
    order : where it comes in the template.
    names : its name by language; ``others`` are taken too.
    row : what a row of it is, in English.
    prepare : checks and types its rows.
    example : the example row of the template, by column; ``example_column`` is the one that is marked as an example.
    subject : what its data are about.
    plural : its rows, in English.
    by_hand : one row of it, in English, where a file can be mapped to it by hand.
    payload : the field of ``ImportPayload`` that takes its rows, if it is not its key. The store knows the table.
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

    @property
    def key(self) -> str:
        return self.form

    @property
    def stored_as(self) -> str:
        """The field of ``ImportPayload`` that takes its rows."""
        return self.payload or self.form

    @property
    def titles(self) -> tuple[str, ...]:
        """Every name that a sheet of this kind may have."""
        return (*in_every_language(self.names).values(), *self.others)

    def column(self, key: str) -> Column:
        """The column with this key. Raises ``KeyError``."""
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(key)


KINDS = Registry("analysis.intake.formats", SheetKind)
"""Every kind of sheet by its key, in the order of the template."""


def theme_day_forms() -> tuple[str, ...]:
    """The keys of the kinds of sheets that theme days have."""
    return tuple(form for form, kind in KINDS.items() if kind.subject is Subject.THEME_DAYS)


def first_group(dimension: str, language: str) -> str:
    """The first group of a dimension of the reference list, for examples."""
    return reference_dimensions()[dimension].groups[0].label(language)


def example_mark(wording: Wording) -> str:
    """The word that the template's example rows begin with."""
    return name_in(EXAMPLES, wording.code)


def _dimension(key: str, *others: str) -> Column:
    """The column of a dimension: its header is the dimension's own label."""
    guidance = N_("The citizen's group. Choose from the list.")
    return Column(key, reference_dimensions()[key].labels, others, guidance=guidance)


MUNICIPALITY = Column(
    "municipality",
    {"da": "Kommune", "en": "Municipality", "nb": "Kommune", "sv": "Kommun", "fi": "Kunta"},
    others=("Kommunenavn", "Kommune navn", "Kommunnamn", "Kunnan nimi"),
    needed=True,
    guidance=N_("The municipality's name or number."),
)

OFFER = Column(
    "offer",
    {"da": "Tilbud", "en": "Offer", "nb": "Tilbud", "sv": "Insats", "fi": "Palvelu"},
    others=("Tilbudsnavn", "Hold", "Insatsens namn", "Palvelun nimi"),
    needed=True,
    guidance=N_("The offer's name, written alike everywhere."),
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

ACTION = Column(
    "action",
    {"da": "Indsats", "en": "Action", "nb": "Tiltak", "sv": "Åtgärd", "fi": "Toimenpide"},
    others=("Indsatsens navn", "Handling"),
    needed=True,
    guidance=N_("The action's name, written alike in every municipality: by it actions are ranked together."),
)

DIMENSIONS = (
    _dimension(
        "education", "Uddannelsesniveau", "Educational level", "Utdanningsnivå", "Utbildningsnivå", "Koulutustaso"
    ),
    _dimension("labour market", "Labour market", "Beskæftigelse", "Employment", "Sysselsetting", "Sysselsättning"),
    _dimension("income"),
    _dimension("origin", "Herkomst", "Origin", "Etnicitet", "Innvandrerbakgrunn", "Ursprung", "Syntyperä"),
    _dimension("cohabitation", "Samliv", "Civilstand", "Sivilstand", "Civilstånd", "Siviilisääty"),
    _dimension("sex", "Gender"),
    _dimension("age", "Aldersgruppe", "Age group", "Åldersgrupp", "Ikäryhmä"),
)

AREA_NAMES = {
    "da": "Politikområde",
    "en": "Policy area",
    "nb": "Politikkområde",
    "sv": "Politikområde",
    "fi": "Politiikan ala",
}
AREA_OTHERS = ("Forvaltningsområde", "Fagområde", "Forvaltning", "Förvaltningsområde", "Hallinnonala")

GUIDANCE_SHEETS = {"da": "Vejledning", "en": "Guidance", "nb": "Veiledning", "sv": "Vägledning", "fi": "Ohjeet"}
"""Sheets that explain the workbook and hold no data."""

LIST_SHEETS = {"da": "Lister", "en": "Lists", "nb": "Lister", "sv": "Listor", "fi": "Luettelot"}
"""The template's hidden sheet with the words of its drop-down lists."""

SYNTHETIC_SHEETS = {"da": "Syntetisk", "en": "Synthetic", "nb": "Syntetisk", "sv": "Syntetisk", "fi": "Synteettinen"}
SYNTHETIC_OTHERS = ("Keinotekoinen",)
"""A sheet of one of these names marks every number in the workbook as made up."""

FINDINGS_SHEETS = {"da": "Fund", "en": "Findings", "nb": "Funn", "sv": "Anmärkningar", "fi": "Huomautukset"}
"""The first sheet of a copy that was annotated here: it lists what is to be mended."""

EXAMPLES = {"da": "Eksempel", "en": "Example", "nb": "Eksempel", "sv": "Exempel", "fi": "Esimerkki"}
"""A row of which the ``example_column`` begins so is the template's example: left out."""

EXAMPLE_DAY = dt.date(2016, 3, 10)
"""The day of the theme day in the example rows."""
