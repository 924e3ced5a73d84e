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
    """A column of the format. ``headers`` are its header in each of the ``LANGUAGES``, then others that are taken."""

    key: str
    headers: tuple[str, ...]
    needed: bool = False


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
    return Column(key, (*(reference_dimensions()[key].label(code) for code in LANGUAGES), *others))


MUNICIPALITY = Column(
    "municipality",
    ("Kommune", "Municipality", "Kommune", "Kommun", "Kunta", "Kommunenavn", "Kommune navn", "Kommunnamn", "Kunnan nimi"),
    needed=True,
)
OFFER = Column(
    "offer",
    ("Tilbud", "Offer", "Tilbud", "Insats", "Palvelu", "Tilbudsnavn", "Hold", "Insatsens namn", "Palvelun nimi"),
    needed=True,
)

DIMENSIONS = (
    _dimension("education", "Uddannelsesniveau", "Educational level", "Utdanningsnivå", "Utbildningsnivå", "Koulutustaso"),
    _dimension(
        "labour market",
        *("Labour market", "Beskæftigelse", "Employment", "Arbeidsmarkedstilknytning", "Sysselsetting"),
        *("Arbetsmarknadsanknytning", "Sysselsättning", "Työllisyys"),
    ),
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
            ("Borger-id", "Citizen id", "Innbygger-id", "Invånar-id", "Asukastunnus")
            + ("Borger", "Innbygger", "Invånare", "Asukas", "Id", "Løbenummer", "Løpenummer", "Löpnummer"),
            needed=True,
        ),
        Column(
            "invited_on",
            ("Inviteret", "Invited", "Invitert", "Inbjuden", "Kutsuttu")
            + ("Henvist", "Referred", "Remitterad", "Lähetteen saanut", "Dato inviteret", "Dato henvist", "Kutsupäivä"),
        ),
        Column(
            "started_on",
            ("Startet", "Started", "Startet", "Påbörjat", "Aloittanut")
            + ("Start", "Startdato", "Dato startet", "Startdatum", "Aloitti", "Aloituspäivä"),
            needed=True,
        ),
        Column(
            "completed_on",
            ("Gennemført", "Completed", "Gjennomført", "Fullföljt", "Suorittanut loppuun")
            + ("Afsluttet", "Avsluttet", "Avslutat", "Päättynyt", "Dato gennemført", "Suoritti loppuun"),
        ),
        Column(
            "outcome",
            ("Udfald", "Outcome", "Utfall", "Utfall", "Lopputulos")
            + ("Resultat", "Result", "Tulos", "Status", "Tila"),
        ),
        *DIMENSIONS,
    ),
)

COUNTS = Sheet(
    Form.COUNTS,
    ("Optælling", "Counts", "Opptellinger", "Antalsuppgifter", "Lukumäärät", "Tal", "Optællinger", "Opptelling"),
    (
        MUNICIPALITY,
        OFFER,
        Column(
            "period",
            ("Periode", "Period", "Periode", "Period", "Ajanjakso")
            + ("Måned", "Month", "Månad", "Kuukausi", "Kvartal", "Quarter", "Neljännesvuosi"),
            needed=True,
        ),
        Column(
            "dimension", ("Dimension", "Dimension", "Dimensjon", "Dimension", "Ulottuvuus", "Opdeling"), needed=True
        ),
        Column("group", ("Gruppe", "Group", "Gruppe", "Grupp", "Ryhmä"), needed=True),
        Column(
            "invited",
            ("Inviteret", "Invited", "Invitert", "Inbjudna", "Kutsuttu")
            + ("Henvist", "Referred", "Remitterade", "Antal inviteret", "Antall invitert", "Antal inbjudna", "Kutsutut"),
        ),
        Column(
            "participated",
            ("Deltaget", "Participated", "Deltok", "Deltog", "Osallistui")
            + ("Deltagere", "Deltakere", "Deltagare", "Antal deltaget", "Deltatt", "Deltagit", "Osallistuneet"),
            needed=True,
        ),
        Column(
            "completed",
            ("Gennemført", "Completed", "Gjennomførte", "Fullföljde", "Suoritti loppuun")
            + ("Antal gennemført", "Gjennomført", "Fullföljt", "Suorittanut loppuun", "Loppuun suorittaneet"),
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
        Column("kind", ("Type", "Kind", "Type", "Typ", "Tyyppi", "Art")),
        Column("theme", ("Tema", "Theme", "Tema", "Tema", "Aihe", "Emne", "Ämne")),
        Column(
            "completion_rule",
            ("Gennemførelsesregel", "Completion rule", "Gjennomføringsregel", "Regel för fullföljande")
            + ("Loppuun suorittamisen sääntö", "Regel for gennemførelse", "Regel for gjennomføring"),
        ),
    ),
)

ADJUSTMENTS = Sheet(
    Form.ADJUSTMENTS,
    ("Justeringer", "Adjustments", "Justeringer", "Justeringar", "Mukautukset"),
    (
        MUNICIPALITY,
        OFFER,
        Column("adjusted_on", ("Dato", "Date", "Dato", "Datum", "Päivämäärä", "Justeringsdato"), needed=True),
        Column("title", ("Titel", "Title", "Tittel", "Titel", "Otsikko"), needed=True),
        Column(
            "what_changed",
            ("Hvad blev ændret", "What was changed", "Hva ble endret", "Vad ändrades", "Mitä muutettiin")
            + ("Beskrivelse", "Description", "Beskrivning", "Kuvaus"),
        ),
        Column("aim", ("Sigte", "Aim", "Mål", "Syfte", "Tavoite", "Formål"), needed=True),
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
        "completed": ("gennemført", "completed", "gjennomført", "fullföljt", "suoritti loppuun")
        + ("fuldført", "fullført", "fullföljde", "suorittanut loppuun", "ja", "yes", "kyllä"),
        "dropped out": ("frafaldet", "dropped out", "falt fra", "avhopp", "keskeytti")
        + ("afbrudt", "avbrutt", "avbrutet", "frafalt", "hoppade av", "keskeyttänyt", "udeblevet", "withdrawn")
        + ("nej", "no", "nei", "ei"),
        "running": ("i gang", "running", "i gang", "pågår", "kesken")
        + ("igangværende", "ongoing", "pågående", "käynnissä"),
    },
    "aim": {
        "recruitment": ("rekruttering", "recruitment", "rekruttering", "rekrytering", "rekrytointi"),
        "completion": ("gennemførelse", "completion", "gjennomføring", "fullföljande", "loppuun suorittaminen"),
        "both": ("begge", "both", "begge deler", "båda", "molemmat")
        + ("rekruttering og gennemførelse", "recruitment and completion", "rekruttering og gjennomføring")
        + ("rekrytering och fullföljande", "rekrytointi ja loppuun suorittaminen"),
    },
    "kind": {
        "social": ("socialt", "social", "sosialt", "social", "sosiaalinen")
        + ("sociale", "sosialt tilbud", "social insats", "sosiaali", "sosiaalipalvelu"),
        "health": ("sundhed", "health", "helse", "hälsa", "terveys")
        + ("sundhedstilbud", "helsetilbud", "hälsoinsats", "terveyspalvelu"),
    },
    "yes_no": {
        "yes": ("ja", "yes", "ja", "ja", "kyllä", "j", "y", "k", "x", "1", "true"),
        "no": ("nej", "no", "nei", "nej", "ei", "n", "e", "0", "false"),
    },
}
"""The words of the columns that take one of a few: in each of the ``LANGUAGES``, then others that are taken."""

MISSING_WORDS = (
    *("uoplyst", "not stated", "uoppgitt", "uppgift saknas", "ei tietoa"),
    *("ukendt", "unknown", "ukjent", "okänd", "okänt", "tuntematon", "ved ikke", "vet ikke", "vet ej", "vet inte"),
    *("", "?", "-", "h90", "h90 uoplyst", "n/a"),
)
"""What stands for a group that is not stated."""
