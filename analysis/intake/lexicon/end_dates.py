"""Recognise headers for the end date of a course, completed or not, in any notation."""

import re

from analysis.intake.contract import KINDS, Form
from analysis.intake.lexicon.fuzzy_match import misspelt_header
from analysis.intake.lexicon.typos import compact
from analysis.intake.tables import normalised
from analysis.model.registry import derived

ENDED = (
    *("Afsluttet", "Ended", "Avsluttet", "Avslutat", "Päättymispäivä", "Afsluttet dato", "Dato afsluttet", "Slutdato"),
    *("Afslutningsdato", "Ophørt", "Ophørsdato", "End date", "Date ended", "Sluttdato", "Avslutningsdato", "Slutdatum"),
    *("Avslutad", "Avslutningsdatum", "Päättynyt", "Loppupäivä"),
)
"""Headers for the end date of a course, completed or not."""

REASONS = (
    *("Årsag", "Reason", "Årsak", "Orsak", "Syy", "Afslutningsårsag", "Årsag til afslutning", "Ophørsårsag"),
    *("Reason for ending", "End reason", "Reason ended", "Avslutningsårsak", "Sluttårsak", "Avslutsorsak", "Slutorsak"),
    *("Avslutningsorsak", "Päättymisen syy", "Päättymissyy", "Begrundelse", "Begrunnelse", "Motivering", "Perustelu"),
    *("Årsager", "Årsaker", "Orsaker", "Reasons", "Syyt", "Afslutningsgrund", "Årsag til ophør", "Ophørsgrund"),
    *("Slutårsag", "Afslutningsbegrundelse", "Grund til afslutning", "Årsak til avslutning", "Orsak till avslut"),
    *("Begrundelse for afslutning", "Reason for end", "Lopettamisen syy"),
)
"""Headers for the reason why a course ended."""

_STEM = (
    r"afslut(?:t?et|tede|ning(?:en|s)?)?|oph(?:ø|oe)r(?:t|te|s|et)?|slut(?:tet|tede|tade|ade)?|slutt(?:et|ede)?"
    r"|avslut(?:t?et|tede|ade?|at|t?ning(?:en|s)?)?|end(?:ed|ing)?|finish(?:ed)?|stop(?:pet|ped|pede)?"
    r"|päätty(?:nyt|mis|minen|i)?|päätös|loppu(?:i|nut|mis)?|lopetus|lopettanut"
)
_DAY = r"(?:dato(?:en|er)?|date|datum(?:et)?|dag(?:en)?|day|d|den|on|pvm|päivä(?:määrä)?)"
_COURSE = r"(?:forløb(?:et|ets|s)?|forløp(?:et|ets|s)?|course|insats(?:en|ens)?|jakson?)"
_DAY_OF_END = re.compile(rf"{_DAY}?(?:for|of|av|af)?{_COURSE}?(?:{_STEM}){_COURSE}?{_DAY}?")
_SAYS_END = re.compile(rf"(?:.*[\W_])?(?:{_STEM})(?:[\W_].*)?|(?:.*[\W_])?(?:afslut|ophør|avslut|päätty|slutd)\w*.*")
_REASONS = {normalised(header) for header in REASONS}


@derived
def _completed() -> dict[str, bool]:
    """Return, for each header of the completion date, whether it means any end, completed or not."""
    ended = set(map(normalised, ENDED))
    completed = next(column for column in KINDS[Form.COURSES].columns if column.key == "completed_on")
    return {word: word in ended for word in map(normalised, completed.headers)}


def is_reason(header: str) -> bool:
    """Return whether a header names the reason for an end. In such a column, yes and no are not valid."""
    return normalised(header) in _REASONS


def is_day_of_end(header: str) -> bool:
    """Return whether a header names only an end date: "Slut dato", "Afsluttet (dato)", "Ophør"."""
    return _DAY_OF_END.fullmatch(compact(normalised(header))) is not None


def is_end_date_header(header: str) -> bool:
    """Return whether a header refers to an end, so that its date is not necessarily a completion date."""
    word = normalised(header)
    completed = _completed()
    if word in completed:
        return completed[word]
    near = misspelt_header(word, completed)
    return is_day_of_end(header) or _SAYS_END.fullmatch(word) is not None or (near is not None and completed[near[0]])
