"""The workbook format: its sheets, their columns, and the names by which each is known in every language."""

from dataclasses import dataclass, replace
from enum import StrEnum

from analysis.model.languages import Names, in_every_language
from analysis.store.reference import reference_dimensions


class Form(StrEnum):
    """What a sheet holds."""

    COURSES = "courses"
    COUNTS = "counts"
    OFFERS = "offers"
    ADJUSTMENTS = "adjustments"
    THEME_DAYS = "theme_days"
    UNDERSTANDINGS = "understandings"
    ACTIONS = "actions"
    REQUESTS = "requests"
    VOTES = "votes"


@dataclass(frozen=True)
class Column:
    """A column of the format. ``names`` are its header by language, ``others`` are taken too.

    ``weak`` are taken where no other header names the column.
    """

    key: str
    names: Names
    others: tuple[str, ...] = ()
    needed: bool = False
    weak: tuple[str, ...] = ()

    @property
    def headers(self) -> tuple[str, ...]:
        return (*in_every_language(self.names).values(), *self.others, *self.weak)


@dataclass(frozen=True, eq=False)
class Sheet:
    """A sheet of the format. ``names`` are its name by language, ``others`` are taken too."""

    form: Form
    names: Names
    columns: tuple[Column, ...]
    others: tuple[str, ...] = ()

    @property
    def titles(self) -> tuple[str, ...]:
        """Every name that a sheet of this kind may have."""
        return (*in_every_language(self.names).values(), *self.others)


def _dimension(key: str, *others: str) -> Column:
    """The column of a dimension: its header is the dimension's own label."""
    return Column(key, reference_dimensions()[key].labels, others)


MUNICIPALITY = Column(
    "municipality",
    {"da": "Kommune", "en": "Municipality", "nb": "Kommune", "sv": "Kommun", "fi": "Kunta"},
    ("Kommunenavn", "Kommune navn", "Kommunnamn", "Kunnan nimi"),
    needed=True,
)
OFFER = Column(
    "offer",
    {"da": "Tilbud", "en": "Offer", "nb": "Tilbud", "sv": "Insats", "fi": "Palvelu"},
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

ENDED = (
    *("Afsluttet", "Ended", "Avsluttet", "Avslutat", "Päättymispäivä", "Afsluttet dato", "Dato afsluttet", "Slutdato"),
    *("Afslutningsdato", "Ophørt", "Ophørsdato", "End date", "Date ended", "Sluttdato", "Avslutningsdato", "Slutdatum"),
    *("Avslutad", "Avslutningsdatum", "Päättynyt", "Loppupäivä"),
)
"""Headers of the day on which a course ended, completed or not."""

REASONS = (
    *("Årsag", "Reason", "Årsak", "Orsak", "Syy", "Afslutningsårsag", "Årsag til afslutning", "Ophørsårsag"),
    *("Reason for ending", "End reason", "Reason ended", "Avslutningsårsak", "Sluttårsak", "Avslutsorsak", "Slutorsak"),
    *("Avslutningsorsak", "Päättymisen syy", "Päättymissyy", "Begrundelse", "Begrunnelse", "Motivering", "Perustelu"),
    *("Årsager", "Årsaker", "Orsaker", "Reasons", "Syyt", "Afslutningsgrund", "Årsag til ophør", "Ophørsgrund"),
    *("Slutårsag", "Afslutningsbegrundelse", "Grund til afslutning", "Årsak til avslutning", "Orsak till avslut"),
    *("Begrundelse for afslutning", "Reason for end", "Lopettamisen syy"),
)
"""Headers of the reason for which a course ended."""

COURSES = Sheet(
    Form.COURSES,
    {"da": "Forløb", "en": "Courses", "nb": "Forløp", "sv": "Insatsperioder", "fi": "Jaksot"},
    (
        MUNICIPALITY,
        OFFER,
        Column(
            "citizen",
            {"da": "Borger-id", "en": "Citizen id", "nb": "Innbygger-id", "sv": "Invånar-id", "fi": "Asukastunniste"},
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
            {"da": "Inviteret", "en": "Invited", "nb": "Invitert", "sv": "Inbjuden", "fi": "Kutsuttu"},
            (
                *("Henvist", "Referred", "Remitterad", "Lähetteen saanut", "Kutsupäivä", "Dato inviteret"),
                *("Dato henvist", "Invitationsdato"),
            ),
        ),
        Column(
            "started_on",
            {"da": "Startet", "en": "Started", "nb": "Startet", "sv": "Påbörjat", "fi": "Aloittanut"},
            ("Start", "Startdato", "Dato startet", "Startdatum", "Start date", "Aloitti", "Alkamispäivä"),
            needed=True,
        ),
        Column(
            "completed_on",
            {
                "da": "Gennemført",
                "en": "Completed",
                "nb": "Gjennomført",
                "sv": "Fullföljt",
                "fi": "Suorittanut loppuun",
            },
            (
                *("Dato gennemført", "Gennemført dato", "Gennemførelsesdato", "Date completed", "Completion date"),
                *("Dato gjennomført", "Gjennomføringsdato", "Suoritti loppuun"),
            ),
            weak=ENDED,
        ),
        Column(
            "outcome",
            {"da": "Udfald", "en": "Outcome", "nb": "Utfall", "sv": "Utfall", "fi": "Tulos"},
            ("Resultat", "Result", "Lopputulos", "Status", "Tila"),
            weak=REASONS,
        ),
        *DIMENSIONS,
    ),
)

COUNTS = Sheet(
    Form.COUNTS,
    {"da": "Optælling", "en": "Counts", "nb": "Opptellinger", "sv": "Antalsuppgifter", "fi": "Lukumäärät"},
    (
        MUNICIPALITY,
        OFFER,
        Column(
            "period",
            {"da": "Periode", "en": "Period", "nb": "Periode", "sv": "Period", "fi": "Ajanjakso"},
            ("Måned", "Month", "Månad", "Kuukausi", "Kvartal", "Quarter", "Neljännesvuosi"),
            needed=True,
        ),
        Column(
            "dimension",
            {"da": "Dimension", "en": "Dimension", "nb": "Dimensjon", "sv": "Dimension", "fi": "Ulottuvuus"},
            ("Opdeling",),
            needed=True,
        ),
        Column("group", {"da": "Gruppe", "en": "Group", "nb": "Gruppe", "sv": "Grupp", "fi": "Ryhmä"}, needed=True),
        Column(
            "invited",
            {"da": "Inviteret", "en": "Invited", "nb": "Invitert", "sv": "Inbjudna", "fi": "Kutsuttu"},
            (
                "Henvist",
                "Referred",
                "Remitterade",
                "Kutsutut",
                "Antal inviteret",
                "Antall invitert",
                "Antal inbjudna",
                "Inviterede",
            ),
        ),
        Column(
            "participated",
            {"da": "Deltaget", "en": "Participated", "nb": "Deltatt", "sv": "Deltog", "fi": "Osallistui"},
            ("Deltagere", "Deltakere", "Deltagare", "Osallistuneet", "Deltok", "Deltagit", "Antal deltaget"),
            needed=True,
        ),
        Column(
            "completed",
            {"da": "Gennemført", "en": "Completed", "nb": "Gjennomført", "sv": "Fullföljde", "fi": "Suoritti loppuun"},
            (
                "Gjennomførte",
                "Fullföljt",
                "Suorittanut loppuun",
                "Loppuun suorittaneet",
                "Antal gennemført",
                "Gennemførte",
            ),
            needed=True,
        ),
    ),
    others=("Optællinger", "Opptelling", "Tal"),
)

OFFERS = Sheet(
    Form.OFFERS,
    {"da": "Tilbud", "en": "Offers", "nb": "Tilbud", "sv": "Insatser", "fi": "Palvelut"},
    (
        MUNICIPALITY,
        OFFER,
        Column("kind", {"da": "Type", "en": "Kind", "nb": "Type", "sv": "Typ", "fi": "Tyyppi"}, ("Art",)),
        Column("theme", {"da": "Tema", "en": "Theme", "nb": "Tema", "sv": "Tema", "fi": "Aihe"}, ("Emne", "Ämne")),
        Column(
            "completion_rule",
            {
                "da": "Gennemførelsesregel",
                "en": "Completion rule",
                "nb": "Gjennomføringsregel",
                "sv": "Regel för fullföljande",
                "fi": "Loppuun suorittamisen sääntö",
            },
            ("Regel for gennemførelse", "Regel for gjennomføring"),
        ),
    ),
)

ADJUSTMENTS = Sheet(
    Form.ADJUSTMENTS,
    {"da": "Justeringer", "en": "Adjustments", "nb": "Justeringer", "sv": "Justeringar", "fi": "Mukautukset"},
    (
        MUNICIPALITY,
        OFFER,
        Column(
            "adjusted_on",
            {"da": "Dato", "en": "Date", "nb": "Dato", "sv": "Datum", "fi": "Päivämäärä"},
            ("Justeringsdato",),
            needed=True,
        ),
        Column("title", {"da": "Titel", "en": "Title", "nb": "Tittel", "sv": "Titel", "fi": "Otsikko"}, needed=True),
        Column(
            "what_changed",
            {
                "da": "Hvad blev ændret",
                "en": "What was changed",
                "nb": "Hva ble endret",
                "sv": "Vad ändrades",
                "fi": "Mitä muutettiin",
            },
            ("Beskrivelse", "Description", "Beskrivning", "Kuvaus"),
        ),
        Column(
            "aim", {"da": "Sigte", "en": "Aim", "nb": "Mål", "sv": "Syfte", "fi": "Tavoite"}, ("Formål",), needed=True
        ),
        Column(
            "citizens_involved",
            {
                "da": "Borgere inddraget",
                "en": "Citizens involved",
                "nb": "Innbyggere involvert",
                "sv": "Invånare delaktiga",
                "fi": "Asukkaat mukana",
            },
        ),
        Column(
            "staff_involved",
            {
                "da": "Medarbejdere inddraget",
                "en": "Staff involved",
                "nb": "Ansatte involvert",
                "sv": "Personal delaktig",
                "fi": "Henkilöstö mukana",
            },
        ),
    ),
)

AREA_NAMES = {
    "da": "Politikområde",
    "en": "Policy area",
    "nb": "Politikkområde",
    "sv": "Politikområde",
    "fi": "Politiikan ala",
}
AREA_OTHERS = ("Forvaltningsområde", "Fagområde", "Forvaltning", "Förvaltningsområde", "Hallinnonala")

HELD_ON = Column(
    "held_on",
    {"da": "Temadag", "en": "Theme day", "nb": "Temadag", "sv": "Temadag", "fi": "Teemapäivä"},
    ("Temadagens dato",),
    True,
)
TABLE = Column("table", {"da": "Bord", "en": "Table", "nb": "Bord", "sv": "Bord", "fi": "Pöytä"})
ACTION = Column(
    "action",
    {"da": "Indsats", "en": "Action", "nb": "Tiltak", "sv": "Åtgärd", "fi": "Toimenpide"},
    ("Indsatsens navn", "Handling"),
    needed=True,
)

THEME_DAYS = Sheet(
    Form.THEME_DAYS,
    {"da": "Temadage", "en": "Theme days", "nb": "Temadager", "sv": "Temadagar", "fi": "Teemapäivät"},
    (
        Column(
            "held_on",
            {"da": "Dato", "en": "Date", "nb": "Dato", "sv": "Datum", "fi": "Päivämäärä"},
            ("Temadag", "Theme day", "Teemapäivä"),
            True,
        ),
        Column(
            "place",
            {"da": "Sted", "en": "Place", "nb": "Sted", "sv": "Plats", "fi": "Paikka"},
            ("By", "Stad"),
            needed=True,
        ),
        Column(
            "day_kind", {"da": "Type", "en": "Kind", "nb": "Type", "sv": "Typ", "fi": "Tyyppi"}, ("Art",), needed=True
        ),
        MUNICIPALITY,
        Column(
            "role",
            {"da": "Rolle", "en": "Role", "nb": "Rolle", "sv": "Roll", "fi": "Rooli"},
            ("Funktion", "Stilling"),
            needed=True,
        ),
        Column("area", AREA_NAMES, AREA_OTHERS),
        Column(
            "participants",
            {"da": "Deltagere", "en": "Participants", "nb": "Deltakere", "sv": "Deltagare", "fi": "Osallistujat"},
            ("Antal deltagere", "Antall deltakere", "Antal deltagare", "Osallistujia"),
        ),
    ),
)

UNDERSTANDINGS = Sheet(
    Form.UNDERSTANDINGS,
    {"da": "Forståelser", "en": "Understandings", "nb": "Forståelser", "sv": "Förståelser", "fi": "Käsitykset"},
    (
        MUNICIPALITY,
        HELD_ON,
        Column(
            "asked",
            {"da": "Spurgt", "en": "Asked", "nb": "Spurt", "sv": "Frågat", "fi": "Kysytty"},
            ("Hvornår", "When", "När", "Når"),
            True,
        ),
        Column(
            "holder",
            {
                "da": "Hvis forståelse",
                "en": "Whose understanding",
                "nb": "Hvem sin forståelse",
                "sv": "Vems förståelse",
                "fi": "Kenen käsitys",
            },
            ("Hvem", "Whose", "Vems", "Kenen"),
            needed=True,
        ),
        TABLE,
        Column(
            "disadvantaged",
            {
                "da": "Udsatte grupper",
                "en": "Disadvantaged groups",
                "nb": "Utsatte grupper",
                "sv": "Utsatta grupper",
                "fi": "Haavoittuvat ryhmät",
            },
            needed=True,
        ),
        Column("gap", {"da": "Kløft", "en": "Gap", "nb": "Kløft", "sv": "Klyfta", "fi": "Kuilu"}, needed=True),
        Column(
            "gradient",
            {"da": "Gradient", "en": "Gradient", "nb": "Gradient", "sv": "Gradient", "fi": "Gradientti"},
            needed=True,
        ),
    ),
)

ACTIONS = Sheet(
    Form.ACTIONS,
    {"da": "Indsatser", "en": "Actions", "nb": "Tiltak", "sv": "Åtgärder", "fi": "Toimenpiteet"},
    (
        MUNICIPALITY,
        ACTION,
        Column("area", AREA_NAMES, AREA_OTHERS),
        Column("level", {"da": "Niveau", "en": "Level", "nb": "Nivå", "sv": "Nivå", "fi": "Taso"}),
        Column(
            "priority",
            {"da": "Prioritet", "en": "Priority", "nb": "Prioritet", "sv": "Prioritet", "fi": "Tärkeysjärjestys"},
            ("Prioritering",),
        ),
        Column("status", {"da": "Status", "en": "Status", "nb": "Status", "sv": "Status", "fi": "Vaihe"}, needed=True),
        Column(
            "responsible",
            {
                "da": "Ansvarligt område",
                "en": "Responsible area",
                "nb": "Ansvarlig område",
                "sv": "Ansvarigt område",
                "fi": "Vastuuala",
            },
            ("Ansvarlig", "Ansvarig"),
        ),
        Column(
            "involved",
            {
                "da": "Involverede områder",
                "en": "Areas involved",
                "nb": "Involverte områder",
                "sv": "Involverade områden",
                "fi": "Muut alat",
            },
            ("Samarbejde med", "Samarbeid med", "Samarbete med"),
        ),
        Column(
            "proposed_on",
            {"da": "Foreslået", "en": "Proposed", "nb": "Foreslått", "sv": "Föreslagen", "fi": "Ehdotettu"},
        ),
        Column(
            "decided_on", {"da": "Besluttet", "en": "Decided", "nb": "Besluttet", "sv": "Beslutad", "fi": "Päätetty"}
        ),
        Column(
            "translated_on",
            {"da": "Omsat", "en": "Translated", "nb": "Omsatt", "sv": "Omsatt", "fi": "Muutettu toiminnaksi"},
        ),
        Column(
            "running_on",
            {"da": "I gang", "en": "Running", "nb": "I gang", "sv": "Pågår", "fi": "Käynnissä"},
            ("I gang fra", "Igangsat"),
        ),
        Column(
            "evaluated_on",
            {"da": "Evalueret", "en": "Evaluated", "nb": "Evaluert", "sv": "Utvärderad", "fi": "Arvioitu"},
        ),
    ),
)

REQUESTS = Sheet(
    Form.REQUESTS,
    {"da": "Henvendelser", "en": "Requests", "nb": "Henvendelser", "sv": "Förfrågningar", "fi": "Pyynnöt"},
    (
        MUNICIPALITY,
        Column(
            "requested_on",
            {"da": "Dato", "en": "Date", "nb": "Dato", "sv": "Datum", "fi": "Päivämäärä"},
            ("Modtaget", "Received"),
            True,
        ),
        Column(
            "request",
            {"da": "Henvendelse", "en": "Request", "nb": "Henvendelse", "sv": "Förfrågan", "fi": "Pyyntö"},
            ("Ønske",),
            needed=True,
        ),
        Column("state", {"da": "Tilstand", "en": "State", "nb": "Tilstand", "sv": "Läge", "fi": "Tila"}),
        Column("state_on", {"da": "Siden", "en": "Since", "nb": "Siden", "sv": "Sedan", "fi": "Alkaen"}),
        Column(
            "next_step",
            {"da": "Næste skridt", "en": "Next step", "nb": "Neste steg", "sv": "Nästa steg", "fi": "Seuraava askel"},
        ),
    ),
)

VOTES = Sheet(
    Form.VOTES,
    {"da": "Stemmer", "en": "Votes", "nb": "Stemmer", "sv": "Röster", "fi": "Äänet"},
    (
        HELD_ON,
        replace(MUNICIPALITY, needed=False),
        TABLE,
        ACTION,
        Column(
            "votes",
            {"da": "Stemmer", "en": "Votes", "nb": "Stemmer", "sv": "Röster", "fi": "Äänet"},
            ("Point", "Poeng", "Poäng"),
            needed=True,
        ),
    ),
)

SHEETS = (COURSES, COUNTS, OFFERS, ADJUSTMENTS, THEME_DAYS, UNDERSTANDINGS, ACTIONS, REQUESTS, VOTES)

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
"""A row in which the name of an offer, a place, an action or the like begins so is the template's example: left out."""

EXAMPLE_COLUMNS = ("offer", "place", "action", "table", "next_step")
"""The columns that may begin so: of each sheet the first of these that it has."""
