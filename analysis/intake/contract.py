"""The workbook format: its sheets, their columns, and the names by which each is known in every language."""

from dataclasses import dataclass
from enum import StrEnum

from analysis.store.reference import reference_dimensions
from analysis.wording import LANGUAGES


class Form(StrEnum):
    """What a sheet holds."""

    COURSES = "courses"
    COUNTS = "counts"
    OFFERS = "offers"
    ADJUSTMENTS = "adjustments"


@dataclass(frozen=True)
class Column:
    """A column of the format. ``names`` are its header in each of the ``LANGUAGES``, ``others`` are taken too."""

    key: str
    names: tuple[str, ...]
    others: tuple[str, ...] = ()
    needed: bool = False

    @property
    def headers(self) -> tuple[str, ...]:
        return (*self.names, *self.others)


@dataclass(frozen=True)
class Sheet:
    """A sheet of the format. ``names`` are its name in each of the ``LANGUAGES``, then others that are taken."""

    form: Form
    names: tuple[str, ...]
    columns: tuple[Column, ...]


def by_language(names: tuple[str, ...]) -> dict[str, str]:
    """The standard name in each language, of the names of a sheet, a column or a word."""
    return dict(zip(LANGUAGES, names, strict=False))


def _dimension(key: str, *others: str) -> Column:
    """The column of a dimension: its header is the dimension's own label."""
    return Column(key, tuple(reference_dimensions()[key].label(code) for code in LANGUAGES), others)


MUNICIPALITY = Column(
    "municipality",
    ("Kommune", "Municipality", "Kommune", "Kommun", "Kunta"),
    ("Kommunenavn", "Kommune navn", "Kommunnamn", "Kunnan nimi"),
    needed=True,
)
OFFER = Column(
    "offer",
    ("Tilbud", "Offer", "Tilbud", "Insats", "Palvelu"),
    ("Tilbudsnavn", "Hold", "Insatsens namn", "Palvelun nimi"),
    needed=True,
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

COURSES = Sheet(
    Form.COURSES,
    ("Forløb", "Courses", "Forløp", "Insatsperioder", "Jaksot"),
    (
        MUNICIPALITY,
        OFFER,
        Column(
            "citizen",
            ("Borger-id", "Citizen id", "Innbygger-id", "Invånar-id", "Asukastunniste"),
            (
                "Borger",
                "Innbygger",
                "Invånare",
                "Asukas",
                "Asukastunnus",
                "Id",
                "Løbenummer",
                "Løpenummer",
                "Löpnummer",
            ),
            needed=True,
        ),
        Column(
            "invited_on",
            ("Inviteret", "Invited", "Invitert", "Inbjuden", "Kutsuttu"),
            ("Henvist", "Referred", "Remitterad", "Lähetteen saanut", "Kutsupäivä", "Dato inviteret", "Dato henvist"),
        ),
        Column(
            "started_on",
            ("Startet", "Started", "Startet", "Påbörjat", "Aloittanut"),
            ("Start", "Startdato", "Dato startet", "Startdatum", "Aloitti", "Alkamispäivä"),
            needed=True,
        ),
        Column(
            "completed_on",
            ("Gennemført", "Completed", "Gjennomført", "Fullföljt", "Suorittanut loppuun"),
            ("Afsluttet", "Avsluttet", "Avslutat", "Päättymispäivä", "Dato gennemført", "Suoritti loppuun"),
        ),
        Column(
            "outcome",
            ("Udfald", "Outcome", "Utfall", "Utfall", "Tulos"),
            ("Resultat", "Result", "Lopputulos", "Status", "Tila"),
        ),
        *DIMENSIONS,
    ),
)

COUNTS = Sheet(
    Form.COUNTS,
    ("Optælling", "Counts", "Opptellinger", "Antalsuppgifter", "Lukumäärät", "Optællinger", "Opptelling", "Tal"),
    (
        MUNICIPALITY,
        OFFER,
        Column(
            "period",
            ("Periode", "Period", "Periode", "Period", "Ajanjakso"),
            ("Måned", "Month", "Månad", "Kuukausi", "Kvartal", "Quarter", "Neljännesvuosi"),
            needed=True,
        ),
        Column(
            "dimension", ("Dimension", "Dimension", "Dimensjon", "Dimension", "Ulottuvuus"), ("Opdeling",), needed=True
        ),
        Column("group", ("Gruppe", "Group", "Gruppe", "Grupp", "Ryhmä"), needed=True),
        Column(
            "invited",
            ("Inviteret", "Invited", "Invitert", "Inbjudna", "Kutsuttu"),
            ("Henvist", "Referred", "Remitterade", "Kutsutut", "Antal inviteret", "Antall invitert", "Antal inbjudna"),
        ),
        Column(
            "participated",
            ("Deltaget", "Participated", "Deltatt", "Deltog", "Osallistui"),
            ("Deltagere", "Deltakere", "Deltagare", "Osallistuneet", "Deltok", "Deltagit", "Antal deltaget"),
            needed=True,
        ),
        Column(
            "completed",
            ("Gennemført", "Completed", "Gjennomført", "Fullföljde", "Suoritti loppuun"),
            ("Gjennomførte", "Fullföljt", "Suorittanut loppuun", "Loppuun suorittaneet", "Antal gennemført"),
            needed=True,
        ),
    ),
)

OFFERS = Sheet(
    Form.OFFERS,
    ("Tilbud", "Offers", "Tilbud", "Insatser", "Palvelut"),
    (
        MUNICIPALITY,
        OFFER,
        Column("kind", ("Type", "Kind", "Type", "Typ", "Tyyppi"), ("Art",)),
        Column("theme", ("Tema", "Theme", "Tema", "Tema", "Aihe"), ("Emne", "Ämne")),
        Column(
            "completion_rule",
            (
                *("Gennemførelsesregel", "Completion rule", "Gjennomføringsregel"),
                *("Regel för fullföljande", "Loppuun suorittamisen sääntö"),
            ),
            ("Regel for gennemførelse", "Regel for gjennomføring"),
        ),
    ),
)

ADJUSTMENTS = Sheet(
    Form.ADJUSTMENTS,
    ("Justeringer", "Adjustments", "Justeringer", "Justeringar", "Mukautukset"),
    (
        MUNICIPALITY,
        OFFER,
        Column("adjusted_on", ("Dato", "Date", "Dato", "Datum", "Päivämäärä"), ("Justeringsdato",), needed=True),
        Column("title", ("Titel", "Title", "Tittel", "Titel", "Otsikko"), needed=True),
        Column(
            "what_changed",
            ("Hvad blev ændret", "What was changed", "Hva ble endret", "Vad ändrades", "Mitä muutettiin"),
            ("Beskrivelse", "Description", "Beskrivning", "Kuvaus"),
        ),
        Column("aim", ("Sigte", "Aim", "Mål", "Syfte", "Tavoite"), ("Formål",), needed=True),
        Column(
            "citizens_involved",
            ("Borgere inddraget", "Citizens involved", "Innbyggere involvert", "Invånare delaktiga", "Asukkaat mukana"),
        ),
        Column(
            "staff_involved",
            ("Medarbejdere inddraget", "Staff involved", "Ansatte involvert", "Personal delaktig", "Henkilöstö mukana"),
        ),
    ),
)

SHEETS = (COURSES, COUNTS, OFFERS, ADJUSTMENTS)

GUIDANCE_SHEETS = ("Vejledning", "Guidance", "Veiledning", "Vägledning", "Ohjeet")
"""Sheets that explain the workbook and hold no data."""

LIST_SHEETS = ("Lister", "Lists", "Lister", "Listor", "Luettelot")
"""The template's hidden sheet with the words of its drop-down lists."""

SYNTHETIC_SHEETS = ("Syntetisk", "Synthetic", "Syntetisk", "Syntetisk", "Synteettinen", "Keinotekoinen")
"""A sheet of this name marks every number in the workbook as made up."""

FINDINGS_SHEETS = ("Fund", "Findings", "Funn", "Anmärkningar", "Huomautukset")
"""The first sheet of a copy that was annotated here: it lists what is to be mended."""

EXAMPLE_OFFERS = ("Eksempel", "Example", "Eksempel", "Exempel", "Esimerkki")
"""An offer whose name begins so is the template's example row and is left out."""

WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "outcome": {
        "completed": ("gennemført", "completed", "gjennomført", "fullföljt", "suoritti loppuun"),
        "dropped out": ("frafaldet", "dropped out", "falt fra", "avhopp", "keskeytti"),
        "running": ("i gang", "running", "i gang", "pågår", "käynnissä"),
    },
    "aim": {
        "recruitment": ("rekruttering", "recruitment", "rekruttering", "rekrytering", "rekrytointi"),
        "completion": ("gennemførelse", "completion", "gjennomføring", "fullföljande", "loppuun suorittaminen"),
        "both": ("begge", "both", "begge deler", "båda", "molemmat"),
    },
    "kind": {
        "social": ("socialt", "social", "sosialt", "social", "sosiaalipalvelu"),
        "health": ("sundhed", "health", "helse", "hälsa", "terveyspalvelu"),
    },
    "yes_no": {
        "yes": ("ja", "yes", "ja", "ja", "kyllä"),
        "no": ("nej", "no", "nei", "nej", "ei"),
    },
}
"""The words of the columns that take one of a few, each in every one of the ``LANGUAGES``."""

OTHER_WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "outcome": {
        "completed": ("fuldført", "fullført", "fullföljde", "suorittanut loppuun", "ja", "yes", "kyllä"),
        "dropped out": (
            *("afbrudt", "avbrutt", "avbrutet", "frafalt", "hoppade av", "keskeyttänyt", "udeblevet", "withdrawn"),
            *("nej", "no", "nei", "ei"),
        ),
        "running": ("igangværende", "ongoing", "pågående", "kesken"),
    },
    "aim": {
        "both": (
            *("rekruttering og gennemførelse", "recruitment and completion", "rekruttering og gjennomføring"),
            *("rekrytering och fullföljande", "rekrytointi ja loppuun suorittaminen"),
        ),
    },
    "kind": {
        "social": ("sociale", "sosialt tilbud", "social insats", "sosiaali", "sosiaalinen"),
        "health": ("sundhedstilbud", "helsetilbud", "hälsoinsats", "terveys"),
    },
    "yes_no": {"yes": ("j", "y", "k", "x", "1", "true"), "no": ("n", "e", "0", "false")},
}
"""Other words that are taken for these."""

MISSING_WORDS = (
    *("uoplyst", "not stated", "uoppgitt", "uppgift saknas", "ei tietoa"),
    *("ukendt", "unknown", "ukjent", "okänd", "okänt", "tuntematon", "ved ikke", "vet ikke", "vet ej", "vet inte"),
    *("", "?", "-", "h90", "h90 uoplyst", "n/a"),
)
"""What stands for a group that is not stated."""
