"""Words of workbook cells: the values of coded columns, and texts for a group that is not stated."""

from analysis.model.languages import LANGUAGES, Names, in_every_language, name_in
from analysis.model.registry import derived

WORDS: dict[str, dict[str, Names]] = {
    "outcome": {
        "completed": {
            "da": "gennemført",
            "en": "completed",
            "nb": "gjennomført",
            "sv": "fullföljt",
            "fi": "suoritti loppuun",
        },
        "dropped out": {"da": "frafaldet", "en": "dropped out", "nb": "falt fra", "sv": "avhopp", "fi": "keskeytti"},
        "running": {"da": "i gang", "en": "running", "nb": "i gang", "sv": "pågår", "fi": "käynnissä"},
    },
    "aim": {
        "recruitment": {
            "da": "rekruttering",
            "en": "recruitment",
            "nb": "rekruttering",
            "sv": "rekrytering",
            "fi": "rekrytointi",
        },
        "completion": {
            "da": "gennemførelse",
            "en": "completion",
            "nb": "gjennomføring",
            "sv": "fullföljande",
            "fi": "loppuun suorittaminen",
        },
        "both": {"da": "begge", "en": "both", "nb": "begge deler", "sv": "båda", "fi": "molemmat"},
    },
    "kind": {
        "social": {"da": "socialt", "en": "social", "nb": "sosialt", "sv": "social", "fi": "sosiaalipalvelu"},
        "health": {"da": "sundhed", "en": "health", "nb": "helse", "sv": "hälsa", "fi": "terveyspalvelu"},
    },
    "yes_no": {
        "yes": {"da": "ja", "en": "yes", "nb": "ja", "sv": "ja", "fi": "kyllä"},
        "no": {"da": "nej", "en": "no", "nb": "nei", "sv": "nej", "fi": "ei"},
    },
    "named": {
        "group": {"da": "gruppe", "en": "group", "nb": "gruppe", "sv": "grupp", "fi": "ryhmä"},
        "adjustment": {"da": "justering", "en": "adjustment", "nb": "justering", "sv": "justering", "fi": "mukautus"},
        "action": {"da": "indsats", "en": "action", "nb": "tiltak", "sv": "åtgärd", "fi": "toimenpide"},
    },
    "day_kind": {
        "national": {"da": "national", "en": "national", "nb": "nasjonal", "sv": "nationell", "fi": "valtakunnallinen"},
        "local": {"da": "lokal", "en": "local", "nb": "lokal", "sv": "lokal", "fi": "paikallinen"},
    },
    "role": {
        "politician": {"da": "politiker", "en": "politician", "nb": "politiker", "sv": "politiker", "fi": "poliitikko"},
        "director": {"da": "direktør", "en": "director", "nb": "direktør", "sv": "direktör", "fi": "johtaja"},
        "leader": {"da": "leder", "en": "leader", "nb": "leder", "sv": "chef", "fi": "esihenkilö"},
        "consultant": {"da": "konsulent", "en": "consultant", "nb": "konsulent", "sv": "konsult", "fi": "konsultti"},
        "front-line": {
            "da": "frontmedarbejder",
            "en": "front-line staff",
            "nb": "førstelinjeansatt",
            "sv": "frontpersonal",
            "fi": "asiakastyöntekijä",
        },
    },
    "area": {
        "health": {"da": "sundhed", "en": "health", "nb": "helse", "sv": "hälsa", "fi": "terveys"},
        "social": {
            "da": "socialområdet",
            "en": "social services",
            "nb": "sosialområdet",
            "sv": "socialtjänst",
            "fi": "sosiaalipalvelut",
        },
        "children": {
            "da": "børn og skole",
            "en": "children and schools",
            "nb": "barn og skole",
            "sv": "barn och skola",
            "fi": "lapset ja koulu",
        },
        "employment": {
            "da": "beskæftigelse",
            "en": "employment",
            "nb": "arbeid",
            "sv": "arbetsmarknad",
            "fi": "työllisyys",
        },
        "care": {
            "da": "ældre og pleje",
            "en": "older people and care",
            "nb": "eldre og omsorg",
            "sv": "äldre och omsorg",
            "fi": "ikääntyneet ja hoiva",
        },
        "culture": {
            "da": "kultur og fritid",
            "en": "culture and leisure",
            "nb": "kultur og fritid",
            "sv": "kultur och fritid",
            "fi": "kulttuuri",
        },
        "technical": {
            "da": "teknik og miljø",
            "en": "planning and environment",
            "nb": "teknikk og miljø",
            "sv": "teknik och miljö",
            "fi": "ympäristö",
        },
        "management": {
            "da": "ledelse og stab",
            "en": "management",
            "nb": "ledelse og stab",
            "sv": "ledning och stab",
            "fi": "johto",
        },
        "other": {"da": "andet", "en": "other", "nb": "annet", "sv": "annat", "fi": "muu"},
    },
    "asked": {
        "before": {"da": "før", "en": "before", "nb": "før", "sv": "före", "fi": "ennen"},
        "after": {"da": "efter", "en": "after", "nb": "etter", "sv": "efter", "fi": "jälkeen"},
    },
    "holder": {
        "politicians": {
            "da": "politikere",
            "en": "politicians",
            "nb": "politikere",
            "sv": "politiker",
            "fi": "poliitikot",
        },
        "administration": {
            "da": "forvaltning",
            "en": "administration",
            "nb": "forvaltning",
            "sv": "förvaltning",
            "fi": "hallinto",
        },
        "practitioners": {
            "da": "praktikere",
            "en": "practitioners",
            "nb": "praktikere",
            "sv": "praktiker",
            "fi": "käytännön työntekijät",
        },
    },
    "level": {
        "universal": {"da": "universel", "en": "universal", "nb": "universell", "sv": "generell", "fi": "yleinen"},
        "targeted": {"da": "målrettet", "en": "targeted", "nb": "målrettet", "sv": "riktad", "fi": "kohdennettu"},
        "proportionate": {
            "da": "proportional",
            "en": "proportionate",
            "nb": "proporsjonal",
            "sv": "proportionell",
            "fi": "suhteutettu",
        },
    },
    "status": {
        "proposed": {"da": "foreslået", "en": "proposed", "nb": "foreslått", "sv": "föreslagen", "fi": "ehdotettu"},
        "decided": {"da": "besluttet", "en": "decided", "nb": "besluttet", "sv": "beslutad", "fi": "päätetty"},
        "translated": {
            "da": "omsat til aktiviteter",
            "en": "translated into activities",
            "nb": "omsatt til aktiviteter",
            "sv": "omsatt i aktiviteter",
            "fi": "muutettu toiminnaksi",
        },
        "running": {"da": "i gang", "en": "running", "nb": "i gang", "sv": "pågår", "fi": "käynnissä"},
        "evaluated": {"da": "evalueret", "en": "evaluated", "nb": "evaluert", "sv": "utvärderad", "fi": "arvioitu"},
    },
    "request": {
        "local theme day": {
            "da": "lokal temadag",
            "en": "local theme day",
            "nb": "lokal temadag",
            "sv": "lokal temadag",
            "fi": "paikallinen teemapäivä",
        },
        "advice": {"da": "rådgivning", "en": "advice", "nb": "rådgivning", "sv": "rådgivning", "fi": "neuvonta"},
    },
    "state": {
        "open": {"da": "åben", "en": "open", "nb": "åpen", "sv": "öppen", "fi": "avoin"},
        "planned": {"da": "planlagt", "en": "planned", "nb": "planlagt", "sv": "planerad", "fi": "suunniteltu"},
        "done": {"da": "afsluttet", "en": "done", "nb": "avsluttet", "sv": "avslutad", "fi": "valmis"},
        "withdrawn": {
            "da": "trukket tilbage",
            "en": "withdrawn",
            "nb": "trukket tilbake",
            "sv": "återtagen",
            "fi": "peruttu",
        },
    },
    "practice": {
        "planned": {"da": "planlagt", "en": "planned", "nb": "planlagt", "sv": "planerad", "fi": "suunniteltu"},
        "testing": {
            "da": "afprøves",
            "en": "being tested",
            "nb": "prøves ut",
            "sv": "testas",
            "fi": "kokeillaan",
        },
        "part of practice": {
            "da": "del af praksis",
            "en": "part of practice",
            "nb": "del av praksis",
            "sv": "del av praktiken",
            "fi": "osa käytäntöä",
        },
        "dropped": {"da": "opgivet", "en": "dropped", "nb": "avsluttet", "sv": "nedlagd", "fi": "lopetettu"},
    },
    "progress": {
        "not begun": {
            "da": "ikke begyndt",
            "en": "not begun",
            "nb": "ikke begynt",
            "sv": "inte påbörjad",
            "fi": "aloittamatta",
        },
        "under way": {"da": "i gang", "en": "under way", "nb": "i gang", "sv": "pågår", "fi": "käynnissä"},
        "done": {"da": "færdig", "en": "done", "nb": "ferdig", "sv": "klar", "fi": "valmis"},
        "dropped": {"da": "opgivet", "en": "dropped", "nb": "avsluttet", "sv": "nedlagd", "fi": "lopetettu"},
    },
    "decision": {
        "keep": {"da": "behold", "en": "keep", "nb": "behold", "sv": "behåll", "fi": "jatketaan"},
        "adapt": {"da": "tilpas", "en": "adapt", "nb": "tilpass", "sv": "anpassa", "fi": "muokataan"},
        "drop": {"da": "drop", "en": "drop", "nb": "dropp", "sv": "släpp", "fi": "luovutaan"},
    },
    "tag": {
        "reminders": {
            "da": "påmindelser",
            "en": "reminders",
            "nb": "påminnelser",
            "sv": "påminnelser",
            "fi": "muistutukset",
        },
        "call before the first meeting": {
            "da": "opkald før første møde",
            "en": "call before the first meeting",
            "nb": "telefon før første møte",
            "sv": "samtal före första mötet",
            "fi": "soitto ennen ensimmäistä tapaamista",
        },
        "letter in plain words": {
            "da": "brev i klart sprog",
            "en": "letter in plain words",
            "nb": "brev i klarspråk",
            "sv": "brev på klarspråk",
            "fi": "selkeä kirje",
        },
        "course in easy language": {
            "da": "forløb på let sprog",
            "en": "course in easy language",
            "nb": "kurs på enkelt språk",
            "sv": "kurs på lättläst språk",
            "fi": "kurssi selkokielellä",
        },
        "outreach in the neighbourhood": {
            "da": "opsøgende i boligområdet",
            "en": "outreach in the neighbourhood",
            "nb": "oppsøkende i nabolaget",
            "sv": "uppsökande i bostadsområdet",
            "fi": "jalkautuminen asuinalueelle",
        },
        "targeted recruitment": {
            "da": "målrettet rekruttering",
            "en": "targeted recruitment",
            "nb": "målrettet rekruttering",
            "sv": "riktad rekrytering",
            "fi": "kohdennettu rekrytointi",
        },
        "individual goals": {
            "da": "individuelle mål",
            "en": "individual goals",
            "nb": "individuelle mål",
            "sv": "individuella mål",
            "fi": "yksilölliset tavoitteet",
        },
        "accompaniment": {
            "da": "ledsagelse",
            "en": "accompaniment",
            "nb": "følge",
            "sv": "ledsagning",
            "fi": "saattaminen",
        },
        "differentiated effort": {
            "da": "differentieret indsats",
            "en": "differentiated effort",
            "nb": "differensiert innsats",
            "sv": "differentierad insats",
            "fi": "eriytetty tuki",
        },
        "peers as instructors": {
            "da": "ligestillede som undervisere",
            "en": "peers as instructors",
            "nb": "likepersoner som kursledere",
            "sv": "jämlikar som kursledare",
            "fi": "vertaisohjaajat",
        },
        "mentor": {"da": "mentor", "en": "mentor", "nb": "mentor", "sv": "mentor", "fi": "mentori"},
        "smaller groups": {
            "da": "mindre hold",
            "en": "smaller groups",
            "nb": "mindre grupper",
            "sv": "mindre grupper",
            "fi": "pienemmät ryhmät",
        },
        "other opening hours": {
            "da": "andre åbningstider",
            "en": "other opening hours",
            "nb": "andre åpningstider",
            "sv": "andra öppettider",
            "fi": "muut aukioloajat",
        },
        "drop-in": {
            "da": "åbent uden aftale",
            "en": "drop-in",
            "nb": "drop-in",
            "sv": "drop-in",
            "fi": "ilman ajanvarausta",
        },
        "meeting at the workplace": {
            "da": "møde på arbejdspladsen",
            "en": "meeting at the workplace",
            "nb": "møte på arbeidsplassen",
            "sv": "möte på arbetsplatsen",
            "fi": "tapaaminen työpaikalla",
        },
        "transport": {
            "da": "hjælp til transport",
            "en": "help with transport",
            "nb": "hjelp til transport",
            "sv": "hjälp med resor",
            "fi": "apua kulkemiseen",
        },
    },
}
"""Words of the coded columns, by language code."""

OTHER_WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "outcome": {
        "completed": (
            *("fuldført", "fullført", "fullföljde", "suorittanut loppuun", "ja", "yes", "kyllä"),
            *("planmæssigt afsluttet", "afsluttet planmæssigt", "afsluttet efter plan", "afsluttet som planlagt"),
        ),
        "dropped out": (
            *("afbrudt", "avbrutt", "avbrutet", "frafalt", "hoppade av", "keskeyttänyt", "udeblevet", "withdrawn"),
            *("nej", "no", "nei", "ei", "fortrudt", "framelding", "frameldt", "udmeldt", "afmeldt", "ophørt før tid"),
            *(
                "afbrudt forløb",
                "afbrudt før tid",
                "udeblivelse",
                "frafald",
                "fravalgt",
                "dropout",
                "drop out",
                "no show",
            ),
            *(
                "did not attend",
                "uteblitt",
                "uteblev",
                "avbröt",
                "ikke mødt op",
                "mødte ikke",
                "mødte ikke op",
                "ikke mødt",
                "kom ikke",
                "stoppet før tid",
                "stopped early",
            ),
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
    "named": {},
    "yes_no": {"yes": ("j", "y", "k", "x", "1", "true"), "no": ("n", "e", "0", "false")},
    "day_kind": {},
    "role": {
        "politician": ("udvalgsmedlem", "byrådsmedlem", "borgmester", "councillor", "mayor"),
        "director": ("direktion", "kommunaldirektør"),
        "leader": ("chef", "afdelingsleder", "manager", "ledare", "esimies"),
        "consultant": ("sundhedskonsulent", "medarbejder", "projektleder", "adviser"),
        "front-line": ("front", "praktiker", "front-line", "frontline", "førstelinje"),
    },
    "area": {
        "health": ("sundhedsområdet", "sundhed og forebyggelse", "folkesundhed", "folkehelse", "folkhälsa"),
        "social": ("social", "socialt", "sosial", "sosiaali"),
        "children": ("børn og unge", "skole", "dagtilbud", "børn", "undervisning", "children", "schools"),
        "employment": ("job", "jobcenter", "arbejdsmarked", "nav"),
        "care": ("ældre", "pleje", "omsorg", "sundhed og omsorg", "hoiva"),
        "culture": ("kultur", "fritid", "culture", "kulttuuri ja vapaa aika"),
        "technical": ("teknik", "miljø", "by og land", "planning", "teknikk", "miljö"),
        "management": ("stab", "ledelse", "økonomi", "direktion", "politisk ledelse"),
        "other": ("øvrige", "anden", "övrigt", "muut"),
    },
    "asked": {},
    "holder": {
        "politicians": ("byråd", "politisk"),
        "administration": ("administrationen", "administrasjon", "forvaltningen"),
        "practitioners": ("medarbejdere", "frontmedarbejdere", "praksis"),
    },
    "level": {"universal": ("for alle", "generel"), "targeted": ("særlig",), "proportionate": ("differentieret",)},
    "status": {
        "proposed": ("forslag", "ide", "idé"),
        "decided": ("vedtaget", "vedtatt"),
        "translated": ("omsat", "translated", "omsatt", "planlagt"),
        "running": ("igangværende", "igangsat", "startet", "ongoing", "pågående"),
        "evaluated": ("afsluttet", "avsluttet"),
    },
    "request": {"local theme day": ("temadag", "theme day", "teemapäivä"), "advice": ("sparring", "råd", "neuvo")},
    "state": {
        "open": ("ny", "ubesvaret", "new", "uusi"),
        "planned": ("aftalt", "avtalt", "agreed"),
        "done": ("lukket", "besvaret", "closed", "answered", "lukket"),
        "withdrawn": ("annulleret", "cancelled"),
    },
    "practice": {
        "planned": ("planlægges",),
        "testing": ("under afprøvning", "afprøvning", "testes", "testing", "utprøving", "kokeilussa"),
        "part of practice": ("fast praksis", "implementeret", "i drift", "in use", "vakiintunut"),
        "dropped": ("droppet", "stoppet", "stopped", "avsluttad"),
    },
    "progress": {
        "not begun": ("planlagt", "planned", "planerad", "mangler", "to do"),
        "under way": ("igang", "påbegyndt", "started", "ongoing", "påbegynt", "kesken"),
        "done": ("gjort", "udført", "afsluttet", "finished", "utført", "tehty"),
        "dropped": ("droppet", "stopped", "avslutad"),
    },
    "decision": {
        "keep": ("beholdes", "fortsæt", "fortsette", "fortsätt", "continue", "pidetään"),
        "adapt": ("tilpasses", "justér", "juster", "adjust", "justera"),
        "drop": ("droppes", "opgiv", "stop", "lopetetaan"),
    },
    "tag": {
        "reminders": (
            "påmindelse",
            "sms",
            "sms-påmindelse",
            "sms-påmindelser",
            "text message",
            "reminder",
            "muistutus",
        ),
        "call before the first meeting": ("telefonopkald", "opkald", "telephone call", "call"),
        "letter in plain words": ("brev", "klart sprog", "letter", "klarspråk"),
        "course in easy language": ("let sprog", "letlæst", "easy language", "selkokieli"),
        "outreach in the neighbourhood": ("opsøgende", "opsøgende arbejde", "outreach", "oppsøkende", "uppsökande"),
        "accompaniment": ("følgeskab", "følgeordning", "ledsager"),
        "peers as instructors": ("ligestillede", "peers", "peer", "likeperson", "likepersoner", "vertaistuki"),
        "smaller groups": ("små hold", "mindre grupper", "små grupper"),
        "other opening hours": ("åbningstider", "aftenåbent", "opening hours"),
        "drop-in": ("drop in", "åbent hus"),
        "meeting at the workplace": ("arbejdsplads", "workplace"),
        "transport": ("transport", "befordring", "kørsel"),
    },
}
"""Synonyms of these words."""

NOT_STATED = ("", "?", "-", "h90", "h90 uoplyst", "n/a", "(tom)", "(tomt)", "(blank)", "(tyhjä)")
"""Texts for a group that is not stated, in any language."""


@derived
def missing_words() -> frozenset[str]:
    """Return every text for a group that is not stated."""
    return frozenset((*NOT_STATED, *(word for one in LANGUAGES.values() for word in one.missing_words)))


@derived
def spellings(kind: str) -> dict[str, tuple[str, ...]]:
    """Return all accepted texts for each word of a kind, the word in each language first."""
    return {
        key: (*in_every_language(names).values(), *OTHER_WORDS[kind].get(key, ())) for key, names in WORDS[kind].items()
    }


def word_in(kind: str, key: str, language: str) -> str:
    """Return a coded value as a word of this language, capitalised."""
    said = name_in(WORDS[kind][key], language)
    return said[:1].upper() + said[1:]
