"""What the texts in headers and row labels say: a stage, a group, a period, a municipality or a total."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterable

from analysis.i18n.vocabulary import missing_words
from analysis.intake.contract import KINDS, Form
from analysis.intake.lexicon.percent_words import says_percent
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.lexicon.total_words import PART, is_total
from analysis.intake.tables import normalised
from analysis.intake.values.dates import NotADate, OutOfBounds
from analysis.intake.values.footnotes import plain_label, without_footnote
from analysis.intake.values.periods import Ambiguous, period
from analysis.model.registry import derived
from analysis.model.terms import MISSING, UNDIVIDED, Stage

STAGE, GROUP, DIMENSION, PERIOD = "stage", "group", "dimension", "period"
MUNICIPALITY, OFFER, SESSION = "municipality", "offer", "session"
STAGE_AND_GROUP = "stage and group"
"""Field of a header that names both, such as “Participated women”."""
STAGE_AND_PERIOD = "stage and period"
"""Field of a header that names both, such as “Participated 2021”."""
TWO_GROUPS = "two groups"
"""Field of a header or label that names groups of two dimensions, such as “Women 25-34”."""
AMOUNT = "amount"
"""Field of a header that only says that numbers follow, such as “Number”."""
OVER_NUMBERS = frozenset({STAGE, GROUP, PERIOD, STAGE_AND_GROUP, STAGE_AND_PERIOD, TWO_GROUPS})
"""Fields of headers that stand over columns of numbers."""

CONSTANT_FIELDS = (MUNICIPALITY, OFFER, PERIOD, DIMENSION, GROUP, STAGE, "started_on")
"""Fields that can have the same value in all rows of a table."""
LABEL_FIELDS = (STAGE, GROUP, PERIOD, MUNICIPALITY, DIMENSION)
"""Fields that are recognised by their texts."""
STAGE_HEADERS = {"trin", "trinn", "stage", "fase", "steg", "vaihe", "status", "forløbsstatus"}
"""Headers of a column with stages."""
AMOUNTS = {"antal", "antall", "number", "count", "n", "lukumäärä", "personer", "borgere", "persons", "citizens"}
_OF_WHICH = re.compile(r"(?:heraf|herav|hvoraf|deraf|derav|därav|varav|of which|joista)\b")
_WITH = re.compile(r"^(?:med|fra|with|from|antal|antall|number of) ")
_AMOUNT = re.compile(
    r"^(?:(?:sum|antal|antall|count) (?:af|av|of)|summa(?: av| /)?|antal|antall|number of|no of|no\. of|lukumäärä"
    r"|antalet|heraf|herav|of which|personer)(?:\b|(?<=/)) ?"
)
_COUNT_OF = re.compile(r"(?:antal|antall|count) (?:af|av|of) ")
_QUALIFIER = re.compile(
    r" \(?(?:antal|antall|number|n|lkm|estimeret|estimert|estimated|uppskattat|arvio|skønnet|anslået"
    r"|(?:antal )?(?:borgere|personer|deltagere)|persons|citizens|henkilöä)\)?$"
)
"""What may stand after a stage without changing it, such as “(number)” or “(estimated)”."""

_AGES = re.compile(
    r"(?P<open>under |over |[<>≥] ?)?(?P<first>\d{1,2})(?:(?: | til | to )(?P<last>\d{2,3}))?(?P<plus> ?\+)?"
    r"(?P<unit> ?(?:år|years?|yrs|v|vuotta|vuotiaat|åringer|åringar)\b)?(?: old)?"
    r"(?P<more> ?\+| (?:og|eller|och|or|and|ja) (?:derover|opefter|ældre|over|older|äldre|eldre|vanhemmat))?"
)
OLDEST, YOUNGEST_WITHOUT_UNIT = 120, 15
LONGEST_PAIR = 60
_IN = re.compile(r"^(?:i|in|på|år|året|for|vuonna)\b ?", re.IGNORECASE)
_IN_AFTER = re.compile(r" (?:i|in|for|år|året|vuonna)$", re.IGNORECASE)
ANY_YEAR = "2020"


@derived
def header_words() -> frozenset[str]:
    """Return all headers of all kinds of sheets, normalised."""
    columns = (column for kind in KINDS.values() for column in (*kind.columns, *kind.also))
    return frozenset(normalised(header) for column in columns for header in column.headers)


@derived
def municipality_headers() -> frozenset[str]:
    """Return the headers of a column of municipalities, normalised."""
    return frozenset(map(normalised, KINDS[Form.COUNTS].column(MUNICIPALITY).headers))


@derived
def stage_words() -> dict[str, str]:
    """Return the stage of each header of a column of counts."""
    stages = (column for column in KINDS[Form.COUNTS].columns if column.key in tuple(Stage))
    return {normalised(header): column.key for column in stages for header in column.headers}


def stage_of(text: str) -> str | None:
    """Return the stage that a text names, also after “number of”."""
    word = normalised(text)
    possible = (word, _AMOUNT.sub("", word), _QUALIFIER.sub("", word), _QUALIFIER.sub("", _AMOUNT.sub("", word)))
    return next((stage_words()[one] for one in possible if one in stage_words()), None)


def is_amount(text: str) -> bool:
    """Return whether a text only says that numbers follow."""
    word = normalised(text)
    return word in AMOUNTS or _AMOUNT.sub("", word) in AMOUNTS or _COUNT_OF.match(word) is not None


def is_of_which(text: str) -> bool:
    """Return whether a text names a part of the numbers beside or above it."""
    return _OF_WHICH.match(normalised(text)) is not None


def group_of_which(text: str, known: ReferenceData) -> str:
    """Return the group in a text such as “of which women”; empty if it names none."""
    word = normalised(text)
    match = _OF_WHICH.match(word)
    rest = _WITH.sub("", word[match.end() :].strip(" :,")) if match else ""
    return rest if rest and dimensions_of(rest, known) else ""


def is_part(text: str) -> bool:
    """Return whether a text names a part of other numbers, their total, or a percentage of them."""
    word = normalised(text)
    return is_of_which(text) or PART.fullmatch(word) is not None or says_percent(text)


def stage_and_group(text: str, known: ReferenceData) -> tuple[str, str] | None:
    """Split a text that begins or ends with a stage; None if the rest is no group."""
    word = normalised(text)
    for stage_word, stage in stage_words().items():
        rest = ""
        if word.startswith(stage_word + " "):
            rest = word[len(stage_word) :]
        elif word.endswith(" " + stage_word):
            rest = word[: -len(stage_word)]
        rest = rest.strip(" ,:()")
        if rest and (dimensions_of(rest, known) or is_missing(rest)):
            return stage, rest
    return None


def stage_and_period(text: str) -> tuple[str, str] | None:
    """Split a text into a stage and a period, in either order, such as “Participated in 2021”; None if it is not."""
    if len(text) > LONGEST_PAIR or not any(map(str.isdecimal, text)):
        return None
    words = text.split()
    for place in range(1, len(words)):
        sides = (" ".join(words[:place]), " ".join(words[place:]))
        for named, rest in (sides, sides[::-1]):
            when = _IN.sub("", rest).strip(" ,:()")
            if (stage := stage_of(_IN_AFTER.sub("", named).strip(" ,:-"))) and is_period(when):
                return stage, when
    return None


def dimensions_of(text: str, known: ReferenceData) -> list[str]:
    """Return the dimensions that have a group of this name. An age band is one of age, whether it is known or not."""
    word = normalised(plain_label(text))
    found = [key for key, words in known.groups.items() if key != UNDIVIDED and words.get(word, MISSING) != MISSING]
    return found or (["age"] if is_age_band(word) and "age" in known.dimensions else [])


def is_age_band(word: str) -> bool:
    """Return whether a normalised text is a range of ages, such as “18 29 år”, “under 30 år” or “65+”."""
    found = _AGES.fullmatch(word)
    if found is None or not (found["last"] or found["open"] or found["plus"] or found["more"]):
        return False
    first, last = int(found["first"]), int(found["last"] or OLDEST)
    return first < last <= OLDEST and (first >= YOUNGEST_WITHOUT_UNIT or bool(found["unit"]))


def two_groups(text: str, known: ReferenceData) -> dict[str, str] | None:
    """Split a text into groups of two dimensions, such as “women 25-34”: the texts by dimension; None if it is not."""
    if len(text) > LONGEST_PAIR or dimensions_of(text, known):
        return None
    words = plain_label(text).replace(",", " ").replace(";", " ").split()
    for place in range(1, len(words)):
        first, last = " ".join(words[:place]), " ".join(words[place:]).strip("()")
        one, other = dimensions_of(first, known), dimensions_of(last, known)
        if one and other and one[0] != other[0]:
            return {one[0]: first, other[0]: last}
    return None


def is_missing(text: str) -> bool:
    """Return whether a text says that the group is not stated."""
    return normalised(plain_label(text)) in _missing()


@derived
def _missing() -> frozenset[str]:
    return frozenset(map(normalised, missing_words()))


def dimension_named(text: str, known: ReferenceData) -> str | None:
    """Return the key of the dimension with this name."""
    word = normalised(text)
    for key, dimension in known.dimensions.items():
        if word in {normalised(name) for name in (key, *dimension.labels.values())}:
            return key
    return None


def is_period(text: str) -> bool:
    """Return whether a text is a period, also one with two readings."""
    try:
        period(without_footnote(text))
    except Ambiguous:
        return True
    except (NotADate, OutOfBounds):
        return False
    return True


def is_part_of_year(text: str) -> bool:
    """Return whether a text is a month, a quarter or a week without its year. Days are those of sessions."""
    if not any(map(str.isalpha, text)) or is_period(text):
        return False
    try:
        first, last = period(f"{text} {ANY_YEAR}")
    except (NotADate, OutOfBounds, Ambiguous):
        return False
    return last - first > dt.timedelta(days=1)


def field_of(texts: Iterable[str], known: ReferenceData) -> str:
    """Return the field that all texts belong to, apart from totals; empty if there is none."""
    distinct = list(dict.fromkeys(text for text in texts if text and not is_total(text) and not is_missing(text)))
    tests = _tests(known)
    fits = [field for field in LABEL_FIELDS if distinct and all(map(tests[field], distinct))]
    return fits[0] if fits else ""


def fields_of(text: str, known: ReferenceData) -> list[str]:
    """Return every field that a text may belong to."""
    return [field for field, test in _tests(known).items() if text and test(text)]


def _tests(known: ReferenceData) -> dict[str, Callable[[str], object]]:
    return {
        STAGE: stage_of,
        GROUP: lambda text: dimensions_of(text, known),
        PERIOD: is_period,
        MUNICIPALITY: lambda text: _municipality(text, known),
        DIMENSION: lambda text: dimension_named(text, known),
        STAGE_AND_GROUP: lambda text: stage_and_group(text, known),
        STAGE_AND_PERIOD: stage_and_period,
        TWO_GROUPS: lambda text: two_groups(text, known),
        AMOUNT: is_amount,
    }


def _municipality(text: str, known: ReferenceData) -> str | None:
    return None if text.isdecimal() else known.municipalities.get(normalised(text))


def common_dimension(texts: Iterable[str], known: ReferenceData) -> str | None:
    """Return the dimension with the most of these groups; None if no text is a group."""
    found = Counter(dimension for text in texts for dimension in dimensions_of(text, known))
    return found.most_common(1)[0][0] if found else None
