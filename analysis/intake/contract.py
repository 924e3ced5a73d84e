"""The workbook format: its sheets, their columns, and the names by which each is known in every language."""

from dataclasses import dataclass, replace
from enum import StrEnum

from analysis.model.languages import LANGUAGES
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
    """A column of the format. ``names`` are its header in each of the ``LANGUAGES``, ``others`` are taken too.

    ``weak`` are taken where no other header names the column.
    """

    key: str
    names: tuple[str, ...]
    others: tuple[str, ...] = ()
    needed: bool = False
    weak: tuple[str, ...] = ()

    @property
    def headers(self) -> tuple[str, ...]:
        return (*self.names, *self.others, *self.weak)


@dataclass(frozen=True, eq=False)
class Sheet:
    """A sheet of the format. ``names`` are its name in each of the ``LANGUAGES``, then others that are taken."""

    form: Form
    names: tuple[str, ...]
    columns: tuple[Column, ...]


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
            (
                *("Henvist", "Referred", "Remitterad", "Lähetteen saanut", "Kutsupäivä", "Dato inviteret"),
                *("Dato henvist", "Invitationsdato"),
            ),
        ),
        Column(
            "started_on",
            ("Startet", "Started", "Startet", "Påbörjat", "Aloittanut"),
            ("Start", "Startdato", "Dato startet", "Startdatum", "Start date", "Aloitti", "Alkamispäivä"),
            needed=True,
        ),
        Column(
            "completed_on",
            ("Gennemført", "Completed", "Gjennomført", "Fullföljt", "Suorittanut loppuun"),
            (
                *("Dato gennemført", "Gennemført dato", "Gennemførelsesdato", "Date completed", "Completion date"),
                *("Dato gjennomført", "Gjennomføringsdato", "Suoritti loppuun"),
            ),
            weak=ENDED,
        ),
        Column(
            "outcome",
            ("Udfald", "Outcome", "Utfall", "Utfall", "Tulos"),
            ("Resultat", "Result", "Lopputulos", "Status", "Tila"),
            weak=REASONS,
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
            ("Deltaget", "Participated", "Deltatt", "Deltog", "Osallistui"),
            ("Deltagere", "Deltakere", "Deltagare", "Osallistuneet", "Deltok", "Deltagit", "Antal deltaget"),
            needed=True,
        ),
        Column(
            "completed",
            ("Gennemført", "Completed", "Gjennomført", "Fullföljde", "Suoritti loppuun"),
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

AREA_NAMES = ("Politikområde", "Policy area", "Politikkområde", "Politikområde", "Politiikan ala")
AREA_OTHERS = ("Forvaltningsområde", "Fagområde", "Forvaltning", "Förvaltningsområde", "Hallinnonala")

HELD_ON = Column("held_on", ("Temadag", "Theme day", "Temadag", "Temadag", "Teemapäivä"), ("Temadagens dato",), True)
TABLE = Column("table", ("Bord", "Table", "Bord", "Bord", "Pöytä"))
ACTION = Column(
    "action",
    ("Indsats", "Action", "Tiltak", "Åtgärd", "Toimenpide"),
    ("Indsatsens navn", "Handling"),
    needed=True,
)

THEME_DAYS = Sheet(
    Form.THEME_DAYS,
    ("Temadage", "Theme days", "Temadager", "Temadagar", "Teemapäivät"),
    (
        Column(
            "held_on", ("Dato", "Date", "Dato", "Datum", "Päivämäärä"), ("Temadag", "Theme day", "Teemapäivä"), True
        ),
        Column("place", ("Sted", "Place", "Sted", "Plats", "Paikka"), ("By", "Stad"), needed=True),
        Column("day_kind", ("Type", "Kind", "Type", "Typ", "Tyyppi"), ("Art",), needed=True),
        MUNICIPALITY,
        Column("role", ("Rolle", "Role", "Rolle", "Roll", "Rooli"), ("Funktion", "Stilling"), needed=True),
        Column("area", AREA_NAMES, AREA_OTHERS),
        Column(
            "participants",
            ("Deltagere", "Participants", "Deltakere", "Deltagare", "Osallistujat"),
            ("Antal deltagere", "Antall deltakere", "Antal deltagare", "Osallistujia"),
        ),
    ),
)

UNDERSTANDINGS = Sheet(
    Form.UNDERSTANDINGS,
    ("Forståelser", "Understandings", "Forståelser", "Förståelser", "Käsitykset"),
    (
        MUNICIPALITY,
        HELD_ON,
        Column("asked", ("Spurgt", "Asked", "Spurt", "Frågat", "Kysytty"), ("Hvornår", "When", "När", "Når"), True),
        Column(
            "holder",
            ("Hvis forståelse", "Whose understanding", "Hvem sin forståelse", "Vems förståelse", "Kenen käsitys"),
            ("Hvem", "Whose", "Vems", "Kenen"),
            needed=True,
        ),
        TABLE,
        Column(
            "disadvantaged",
            (
                *("Udsatte grupper", "Disadvantaged groups", "Utsatte grupper", "Utsatta grupper"),
                "Haavoittuvat ryhmät",
            ),
            needed=True,
        ),
        Column("gap", ("Kløft", "Gap", "Kløft", "Klyfta", "Kuilu"), needed=True),
        Column("gradient", ("Gradient", "Gradient", "Gradient", "Gradient", "Gradientti"), needed=True),
    ),
)

ACTIONS = Sheet(
    Form.ACTIONS,
    ("Indsatser", "Actions", "Tiltak", "Åtgärder", "Toimenpiteet"),
    (
        MUNICIPALITY,
        ACTION,
        Column("area", AREA_NAMES, AREA_OTHERS),
        Column("level", ("Niveau", "Level", "Nivå", "Nivå", "Taso")),
        Column("priority", ("Prioritet", "Priority", "Prioritet", "Prioritet", "Tärkeysjärjestys"), ("Prioritering",)),
        Column("status", ("Status", "Status", "Status", "Status", "Vaihe"), needed=True),
        Column(
            "responsible",
            ("Ansvarligt område", "Responsible area", "Ansvarlig område", "Ansvarigt område", "Vastuuala"),
            ("Ansvarlig", "Ansvarig"),
        ),
        Column(
            "involved",
            ("Involverede områder", "Areas involved", "Involverte områder", "Involverade områden", "Muut alat"),
            ("Samarbejde med", "Samarbeid med", "Samarbete med"),
        ),
        Column("proposed_on", ("Foreslået", "Proposed", "Foreslått", "Föreslagen", "Ehdotettu")),
        Column("decided_on", ("Besluttet", "Decided", "Besluttet", "Beslutad", "Päätetty")),
        Column("translated_on", ("Omsat", "Translated", "Omsatt", "Omsatt", "Muutettu toiminnaksi")),
        Column("running_on", ("I gang", "Running", "I gang", "Pågår", "Käynnissä"), ("I gang fra", "Igangsat")),
        Column("evaluated_on", ("Evalueret", "Evaluated", "Evaluert", "Utvärderad", "Arvioitu")),
    ),
)

REQUESTS = Sheet(
    Form.REQUESTS,
    ("Henvendelser", "Requests", "Henvendelser", "Förfrågningar", "Pyynnöt"),
    (
        MUNICIPALITY,
        Column("requested_on", ("Dato", "Date", "Dato", "Datum", "Päivämäärä"), ("Modtaget", "Received"), True),
        Column("request", ("Henvendelse", "Request", "Henvendelse", "Förfrågan", "Pyyntö"), ("Ønske",), needed=True),
        Column("state", ("Tilstand", "State", "Tilstand", "Läge", "Tila")),
        Column("state_on", ("Siden", "Since", "Siden", "Sedan", "Alkaen")),
        Column("next_step", ("Næste skridt", "Next step", "Neste steg", "Nästa steg", "Seuraava askel")),
    ),
)

VOTES = Sheet(
    Form.VOTES,
    ("Stemmer", "Votes", "Stemmer", "Röster", "Äänet"),
    (
        HELD_ON,
        replace(MUNICIPALITY, needed=False),
        TABLE,
        ACTION,
        Column("votes", ("Stemmer", "Votes", "Stemmer", "Röster", "Äänet"), ("Point", "Poeng", "Poäng"), needed=True),
    ),
)

SHEETS = (COURSES, COUNTS, OFFERS, ADJUSTMENTS, THEME_DAYS, UNDERSTANDINGS, ACTIONS, REQUESTS, VOTES)

GUIDANCE_SHEETS = ("Vejledning", "Guidance", "Veiledning", "Vägledning", "Ohjeet")
"""Sheets that explain the workbook and hold no data."""

LIST_SHEETS = ("Lister", "Lists", "Lister", "Listor", "Luettelot")
"""The template's hidden sheet with the words of its drop-down lists."""

SYNTHETIC_SHEETS = ("Syntetisk", "Synthetic", "Syntetisk", "Syntetisk", "Synteettinen", "Keinotekoinen")
"""A sheet of this name marks every number in the workbook as made up."""

FINDINGS_SHEETS = ("Fund", "Findings", "Funn", "Anmärkningar", "Huomautukset")
"""The first sheet of a copy that was annotated here: it lists what is to be mended."""

EXAMPLES = ("Eksempel", "Example", "Eksempel", "Exempel", "Esimerkki")
"""A row in which the name of an offer, a place, an action or the like begins so is the template's example: left out."""

EXAMPLE_COLUMNS = ("offer", "place", "action", "table", "next_step")
"""The columns that may begin so: of each sheet the first of these that it has."""
