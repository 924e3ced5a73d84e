"""Words that say that numbers are percentages or thousands, and not counts."""

import re

from analysis.intake.tables import normalised

_PERCENT = re.compile(
    r"(?:\bi )?%|\b(?:i )?(?:pct|procent\w*|prosent\w*|per ?cent\w*|percentages?|andel(?:en?|ar|er)?|share|proportion"
    r"|osuus|osuudet)\b"
)
_COUNTED = re.compile(r"\b(?:antal\w*|antall\w*|number|count|lukumäär\w*)\b")
_THOUSANDS = re.compile(
    r"\b(?:i|in|in the|per|pr\.?) (?:hele )?(?:1[. ]?000|tusinde?r?|tusener?|tusen|tusental|thousands?|hundreder?"
    r"|hundratal|hundreds)\b|\b(?:ganget|multipliceret|multiplisert|multiplicerade?|multiplied) (?:med|by)\b"
    r"|\(1[. ]?000\)|\btuhat|\btuhansi"
)

_MEASURE = re.compile(
    r"\b(?:gennemsnit\w*|gns|gjennomsnitt\w*|snitt|genomsnitt\w*|medel\w*|keskiarvo\w*|mean|average|avg|median\w*"
    r"|mediaani|inde[kx]s?\w*|\w*rater?|ratio|score\w*|incidens|incidence|prævalens|prevalen\w*|kr|dkk|nok|sek|eur|euro"
    r"|beløb|udgift\w*|utgift\w*|kostnad\w*|omkostning\w*|pris\w*|budget\w*|indtægt\w*|inntekt\w*|intäkt\w*"
    r"|amount|cost\w*|price\w*|expenditure|revenue|menot|hinta|kilometer|km|minutter|timer|hours|ventetid\w*)\b|€|\$"
)

_NOT_COUNTED = re.compile(
    r"\b(?:gennemsnit\w*|gjennomsnitt\w*|genomsnitt\w*|keskim\w*|average|forvente\w*|förvänta\w*|expected|odotet\w*|måltal\w*"
    r"|målsætning\w*|målet|target\w*|mål for|ændring\w*|endring\w*|förändring\w*|change|muutos|udvikling i|stigning"
    r"|fald i|difference|forskel\w*|kapacitet|pladser|prognose\w*|fremskriv\w*|forecast)\b"
)
"""Words for numbers that are no counts of citizens, also beside a word for a number."""


def says_percent(text: str) -> bool:
    """Return whether a text says that numbers are percentages and not counts."""
    return _PERCENT.search(normalised(text)) is not None and _COUNTED.search(normalised(text)) is None


def says_thousands(text: str) -> bool:
    """Return whether a text says that numbers are thousands."""
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
