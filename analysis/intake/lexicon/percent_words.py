"""Words that say that numbers are percentages or thousands, and not counts."""

import re

from analysis.intake.tables import normalised

_PERCENT = re.compile(
    r"%|\b(?:i )?(?:pct|procent\w*|prosent\w*|per ?cent\w*|percentages?|andel(?:en?|ar|er)?|share|proportion"
    r"|osuus|osuudet)\b"
)
_COUNTED = re.compile(r"\b(?:antal\w*|antall\w*|number|count|lukumäär\w*)\b")
_THOUSANDS = re.compile(
    r"\b(?:i|in|in the|per|pr\.?) (?:hele )?(?:1[. ]?000|tusinde?r?|tusener?|tusen|tusental|thousands?)\b"
    r"|\(1[. ]?000\)|\btuhat|\btuhansi"
)

_MEASURE = re.compile(
    r"\b(?:gennemsnit\w*|gns|gjennomsnitt\w*|snitt|genomsnitt\w*|medel\w*|keskiarvo\w*|mean|average|avg|median\w*"
    r"|mediaani|inde[kx]s?\w*|\w*rater?|ratio|score\w*|incidens|incidence|prævalens|prevalen\w*|kr|dkk|nok|sek|eur|euro"
    r"|beløb|udgift\w*|utgift\w*|kostnad\w*|omkostning\w*|pris\w*|budget\w*|indtægt\w*|inntekt\w*|intäkt\w*"
    r"|amount|cost\w*|price\w*|expenditure|revenue|menot|hinta|kilometer|km|minutter|timer|hours|ventetid\w*)\b|€|\$"
)


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
    return _MEASURE.search(normalised(text)) is not None and _COUNTED.search(normalised(text)) is None
