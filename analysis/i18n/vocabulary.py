"""The words that cells are known by: of the columns that take one of a few, and what stands for a group not stated."""

from analysis.model.languages import by_language

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
    "day_kind": {
        "national": ("national", "national", "nasjonal", "nationell", "valtakunnallinen"),
        "local": ("lokal", "local", "lokal", "lokal", "paikallinen"),
    },
    "role": {
        "politician": ("politiker", "politician", "politiker", "politiker", "poliitikko"),
        "director": ("direktør", "director", "direktør", "direktör", "johtaja"),
        "leader": ("leder", "leader", "leder", "chef", "esihenkilö"),
        "consultant": ("konsulent", "consultant", "konsulent", "konsult", "konsultti"),
        "front-line": (
            "frontmedarbejder",
            "front-line staff",
            "førstelinjeansatt",
            "frontpersonal",
            "asiakastyöntekijä",
        ),
    },
    "area": {
        "health": ("sundhed", "health", "helse", "hälsa", "terveys"),
        "social": ("socialområdet", "social services", "sosialområdet", "socialtjänst", "sosiaalipalvelut"),
        "children": ("børn og skole", "children and schools", "barn og skole", "barn och skola", "lapset ja koulu"),
        "employment": ("beskæftigelse", "employment", "arbeid", "arbetsmarknad", "työllisyys"),
        "care": (
            "ældre og pleje",
            "older people and care",
            "eldre og omsorg",
            "äldre och omsorg",
            "ikääntyneet ja hoiva",
        ),
        "culture": ("kultur og fritid", "culture and leisure", "kultur og fritid", "kultur och fritid", "kulttuuri"),
        "technical": (
            "teknik og miljø",
            "planning and environment",
            "teknikk og miljø",
            "teknik och miljö",
            "ympäristö",
        ),
        "management": ("ledelse og stab", "management", "ledelse og stab", "ledning och stab", "johto"),
        "other": ("andet", "other", "annet", "annat", "muu"),
    },
    "asked": {
        "before": ("før", "before", "før", "före", "ennen"),
        "after": ("efter", "after", "etter", "efter", "jälkeen"),
    },
    "holder": {
        "politicians": ("politikere", "politicians", "politikere", "politiker", "poliitikot"),
        "administration": ("forvaltning", "administration", "forvaltning", "förvaltning", "hallinto"),
        "practitioners": ("praktikere", "practitioners", "praktikere", "praktiker", "käytännön työntekijät"),
    },
    "level": {
        "universal": ("universel", "universal", "universell", "generell", "yleinen"),
        "targeted": ("målrettet", "targeted", "målrettet", "riktad", "kohdennettu"),
        "proportionate": ("proportional", "proportionate", "proporsjonal", "proportionell", "suhteutettu"),
    },
    "status": {
        "proposed": ("foreslået", "proposed", "foreslått", "föreslagen", "ehdotettu"),
        "decided": ("besluttet", "decided", "besluttet", "beslutad", "päätetty"),
        "translated": (
            *("omsat til aktiviteter", "translated into activities", "omsatt til aktiviteter"),
            *("omsatt i aktiviteter", "muutettu toiminnaksi"),
        ),
        "running": ("i gang", "running", "i gang", "pågår", "käynnissä"),
        "evaluated": ("evalueret", "evaluated", "evaluert", "utvärderad", "arvioitu"),
    },
    "request": {
        "local theme day": (
            "lokal temadag",
            "local theme day",
            "lokal temadag",
            "lokal temadag",
            "paikallinen teemapäivä",
        ),
        "advice": ("rådgivning", "advice", "rådgivning", "rådgivning", "neuvonta"),
    },
    "state": {
        "open": ("åben", "open", "åpen", "öppen", "avoin"),
        "planned": ("planlagt", "planned", "planlagt", "planerad", "suunniteltu"),
        "done": ("afsluttet", "done", "avsluttet", "avslutad", "valmis"),
        "withdrawn": ("trukket tilbage", "withdrawn", "trukket tilbake", "återtagen", "peruttu"),
    },
}
"""The words of the columns that take one of a few, each in every one of the ``LANGUAGES``."""

OTHER_WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "outcome": {
        "completed": ("fuldført", "fullført", "fullföljde", "suorittanut loppuun", "ja", "yes", "kyllä"),
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
            *("did not attend", "uteblitt", "uteblev", "avbröt", "ikke mødt op", "stoppet før tid", "stopped early"),
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
}
"""Other words that are taken for these."""

MISSING_WORDS = (
    *("ikke oplyst", "ej oplyst", "ikke angivet", "ikke registreret", "ikke oppgitt", "ei ilmoitettu", "ej angivet"),
    *("uoplyst", "not stated", "uoppgitt", "uppgift saknas", "ei tietoa"),
    *("ukendt", "unknown", "ukjent", "okänd", "okänt", "tuntematon", "ved ikke", "vet ikke", "vet ej", "vet inte"),
    *("", "?", "-", "h90", "h90 uoplyst", "n/a"),
)
"""What stands for a group that is not stated."""


def word_in(kind: str, key: str, language: str) -> str:
    """One of a few words as a cell of this language has it, its first letter large."""
    said = by_language(WORDS[kind][key])[language]
    return said[:1].upper() + said[1:]
