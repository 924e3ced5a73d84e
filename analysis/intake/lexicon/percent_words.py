"""Words that say that numbers are percentages, thousands, rates or of something else, and not counts of citizens."""

import re

from analysis.intake.tables import normalised

_PERCENT = re.compile(
    r"(?:\bi )?%|\b(?:i )?(?:pct|\w*procent\w*|\w*prosent\w*|per ?cent\w*|percentages?"
    r"|(?:\w*(?<![hv]))?andel(?:en?|ar|er)?|share|proportions?|\w*osuus|\w*osuudet)\b"
)
_COUNTED = re.compile(r"\b(?:antal\w*|antall\w*|number|count|lukumäär\w*)\b")
_PERSONS = (
    r"(?:personer|borgere|deltagere|deltakere|deltagare|indbyggere|innbyggere|invånare|medborgare|individer|indb|innb"
    r"|stk|st|kpl|persons|people|citizens|participants|inhabitants|henkilöä?|asukasta|osallistujaa|kansalaista)"
)
_MULTIPLE = r"(?:100|1[., ]?000|10[., ]?000|100[., ]?000|1[., ]?000[., ]?000)"
_THOUSANDS = re.compile(
    r"\b(?:i|in|in the|per|pr\.?) (?:hele )?(?:1[. ]?000|hundreder?|hundratal|hundreds)\b"
    rf"|\b(?:per|pr\.?) {_MULTIPLE}\b|\b(?:tusinde?r?|tusener?|tusen|tusental|thousands?)\b"
    r"|\b(?:ganget|multipliceret|multiplisert|multiplicerade?|multiplied) (?:med|by)\b"
    r"|\(1[. ]?000\)|\btuhat|\btuhansi|\btuhannet|\b(?:mio|millioner?|miljoner?|millions?|miljoona\w*)\b"
    rf"|(?:^|[ (,])[x×*] ?{_MULTIPLE}\b|\b1[., ]?000 ?'?(?:er|s)\b"
    rf"|(?:^|[(:,]|\b(?:enhed|enhet|unit|yksikkö)) ?{_MULTIPLE} {_PERSONS}(?:$|[).])"
    rf"|\b(?:enhed|enhet|unit|yksikkö):? {_MULTIPLE}\b"
)

_MEASURE = re.compile(
    r"\b(?:gennemsnit\w*|gns|gjennomsnitt\w*|snitt|genomsnitt\w*|medel\w*|keskiarvo\w*|mean|average|avg|median\w*"
    r"|mediaani|inde[kx]s?\w*|\w*rater?|ratio|score\w*|incidens|incidence|prævalens|prevalen\w*|kr|dkk|nok|sek|eur|euro"
    r"|beløb|udgift\w*|utgift\w*|kostnad\w*|omkostning\w*|pris\w*|budget\w*|indtægt\w*|inntekt\w*|intäkt\w*"
    r"|amount|cost\w*|price\w*|expenditure|revenue|menot|hinta|kilometer|km|minutter|timer|hours|ventetid\w*"
    r"|(?:relativ[eat]?|suhteellinen|suhteelliset) (?:\w*fordeling|\w*fördelning|tal|distribution|frequenc\w*|jakauma"
    r"|numbers|luvut|antal)|hyppighed\w*|hyppighet\w*|frekven\w*|frequenc\w*|esiintyvyys|yleisyys|kvotient\w*|kvot"
    r"|quotients?|osamäärä|(?:standardisere(?:de|t)|standardiserte?|standardiserade|standardi[sz]ed|vakioidut)"
    r" (?:tal|numbers?|rates?|antal|antall|luvut)|(?:alders|ålders|age )standard\w+|ikävakioi\w+)\b|€|\$"
)

_NOT_COUNTED = re.compile(
    r"\b(?:gennemsnit\w*|gjennomsnitt\w*|genomsnitt\w*|keskim\w*|average|forvente\w*|förvänta\w*|expected|odotet\w*|måltal\w*"
    r"|målsætning\w*|målet|target\w*|mål for|ændring\w*|endring\w*|förändring\w*|change|muutos|udvikling i|stigning"
    r"|fald i|difference|forskel\w*|kapacitet|pladser|prognose\w*|fremskriv\w*|forecast|relativ[eat]? antal\w*)\b"
)
"""Words for numbers that are no counts of citizens, also beside a word for a number."""

_PLAN = re.compile(
    r"(?:mål|måltal|plan|planlagt|planerat|prognose|prognos|budget|budsjett|forventet|forventede|forventning|estimat"
    r"|skøn|skønnet|anslag|target|forecast|expected|tavoite|ennuste|suunniteltu)(?: (?:19|20)\d\d)?"
)
"""A header of numbers that were not counted."""

_OF_OTHERS = re.compile(
    r"\b(?:antal|antall|antalet|antallet|number of|no of|lukumäärä)"
    r" (?:(?:afholdte|avholdte|gennemførte|gjennomførte|genomförda|leverede|planlagte|registrerede|alle|held|given) )?"
    r"(?:timer|timar|timmar|hours|tunnit|fremmøder?|frammøter?|oppmøter?|närvarotillfällen|attendances|besøg\w*|besøk"
    r"|besök|visits|käynnit|hold|grupper|groups|ryhmät|ydelser|tjenester|tjänster|services|palvelut|kontakter|contacts"
    r"|yhteydenotot|konsultation\w*|konsultasjon\w*|consultations|samtaler|samtal|conversations|keskustelut|sessioner"
    r"|sesjoner|sessions|mødegange|møder|møter|möten|meetings|tapaamiset|tilbud|erbjudanden|offers|tarjoukset"
    r"|aktivitet\w*|activities|arrangementer|arrangemang|events|tapahtumat|opkald|calls|dage|dager|dagar|days|päivät"
    r"|minutter|minuter|minutes|uger|uker|veckor|weeks)\b"
    r"|\b(?:käyntien|tuntien|ryhmien|tapaamisten|palvelujen|palveluiden|osallistumiskertojen|päivien|tapahtumien)"
    r" (?:luku)?määrä\b"
)
"""Numbers of something else than citizens, such as “number of visits”."""
_OF_CITIZENS = re.compile(
    rf"\b(?:antal|antall|antalet|antallet|number of|no of) (?:\w+ )?{_PERSONS}\b|\b(?:henkilöiden|osallistujien) "
)
_DENIED = re.compile(
    r"\b(?:ikke|ikkje|inte|ej|not|no|ei|eivät|eikä|instead of|i stedet for|snarare än) (?:antal |antall )?"
    rf"(?:unikke |unike |unika |unique )?(?:{_PERSONS}|henkilö\w*|osallistuj\w*|cpr)\b"
    r"|\b(?:tal\w*|opgørelse\w*|oversigt\w*|tabel\w*|numbers|figures|table|siffr\w*|luvut|taulukko) "
    r"(?:er|viser|angiver|dækker|opgør|is|are|shows?|give|visar|är|anger|ovat|ilmaisevat|näyttävät) "
)
"""Words of a note that says that numbers are those of something else, or not of citizens."""


def says_percent(text: str) -> bool:
    """Return whether a text says that numbers are percentages and not counts."""
    return _PERCENT.search(normalised(text)) is not None and _COUNTED.search(normalised(text)) is None


def says_thousands(text: str) -> bool:
    """Return whether a text says that numbers are thousands, or for so many inhabitants."""
    return _THOUSANDS.search(normalised(text)) is not None


def without_percent(word: str) -> str:
    """Return a normalised header without the words for a percentage; unchanged if it says nothing else."""
    rest = _PERCENT.sub("", word).strip(" .,:()[]")
    return rest if rest else word


def says_measure(text: str) -> bool:
    """Return whether a text says that numbers are averages, rates, indices, times or amounts of money."""
    word = normalised(text)
    if _NOT_COUNTED.search(word):
        return True
    return _MEASURE.search(word) is not None and _COUNTED.search(word) is None


def says_plan(text: str) -> bool:
    """Return whether a text only says that numbers are planned, expected or estimated, and were not counted."""
    return _PLAN.fullmatch(normalised(text)) is not None


def says_others(text: str) -> bool:
    """Return whether a title says that numbers count something else than citizens, such as visits or hours."""
    word = normalised(text)
    return _OF_OTHERS.search(word) is not None and _OF_CITIZENS.search(word) is None


def says_no_count(text: str) -> bool:
    """Return whether a text says that numbers are no counts of citizens."""
    return says_percent(text) or says_thousands(text) or says_measure(text) or says_others(text) or says_plan(text)


def notes_others(text: str) -> bool:
    """Return whether a sentence in a note says that the numbers count something else than citizens."""
    return says_others(text) and _DENIED.search(normalised(text)) is not None
