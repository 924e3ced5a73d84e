"""Values that hold for every row of a table: stated by the user, or named by the sheet or the title above the table."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from analysis.intake.contract import KINDS, Form
from analysis.intake.findings.findings import Finding
from analysis.intake.layout import labels
from analysis.intake.lexicon.opposites import negated
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.parsing.questions import NO_GROUPS
from analysis.intake.sheets import RawSheet
from analysis.intake.tables import cleaned, normalised
from analysis.intake.values.period_texts import says_season
from analysis.model.languages import in_every_language
from analysis.model.terms import EVERYBODY, UNDIVIDED

SHEET, TITLE, FILE = "@sheet", "@title", "@file"
"""Constants that stand for the name of the sheet, the title above the table and the name of the file."""
_MUNICIPAL = r"(?:kommune[ns]?s?|kommun(?:en)?s?|municipality|kunta|kunnan|kaupunki)"
_PERIOD = re.compile(
    r"\b(?:(?:skoleåret|skoleår|läsåret|lukuvuosi|school year) ?)?(?:19[89]|20\d)\d"
    r"(?: ?[KQ][1-4]|-\d\d|/\d\d(?:\d\d)?)?\b",
    re.IGNORECASE,
)
WITHOUT_GROUPS = {labels.DIMENSION: UNDIVIDED, labels.GROUP: EVERYBODY}
"""The dimension and the group of totals."""
MOST_WORDS = 3
"""Maximum number of words beside a year that are a period with it, as “1. kvartal” is."""
_PART_OF_YEAR = re.compile(
    r"\W(?:uger?|ugen|kvartal\w*|kv|halvår\w*|måned\w*|weeks?|quarters?|months?|half|veck\w+|månad\w*|uke\w*|viikk\w+"
    r"|kuukau\w+|neljännes\w*|jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec"
    r"|(?:janua|februa|marts|april|juni|juli|august|septem|oktob|novem|decem)\w*)[\W]",
    re.IGNORECASE,
)
"""A word for a part of a year beside a year: the year alone is not the period."""
_END_OF_PART = re.compile(
    r"\b(?:til og med|till och med|t ?\.? ?o ?\.? ?m|indtil|inntil|fram til|frem til|fram till|until|up to|through|thru"
    r"|asti|saakka|mennessä|foreløbig til|primo|medio|ultimo|i?starten af|begyndelsen af|slutningen af"
    r"|beginning of|end of|i början av|i slutet av|alussa|lopussa|tertial\w*|trimest\w*|semest\w*|sæson(?:en)?"
    r"|sesong(?:en)?|säsong(?:en)?|season|halvdel|første del|sidste del|year to date|resten af|rest of|loppuvuosi"
    r"|alkuvuosi|årsskiftet|påske|easter|jul)\b",
    re.IGNORECASE,
)
"""Words for a part of a year, also far from its number."""
_WINTER = re.compile(r"\b(?:vinter\w*|winter|talv\w+)\b", re.IGNORECASE)
_MADE = re.compile(
    r"\b(?:opgjort|trukket|pr|as of|made|dato|kilde|hentet|lavet|laget|gjord|sendt|modtaget|deadline|frist|powered by"
    r"|excel|nexus|stand"
    r"|(?:opdater|oppdater|uppdater|updat|päivit|udtr[uæ]k|uttrekk|uttag|extract|poimi|eksport|export|udskr|utskr|print"
    r"|tulost|møde|möte|meeting|kokou|bilag|vedlegg|appendix|liite|version|rettet|revid|revis|korrig|godkend|godkjen"
    r"|godkän|approv|udarbejd|utarbeid|oprett|created|dannet|genereret|generated|kørt|kørsel|dater|dated)\w*)\b.{0,60}$",
    re.IGNORECASE,
)
"""Words before a date on which an export was made, printed or discussed."""
_DAY = re.compile(r"\b(?:\d{1,2}[-./]\d{1,2}[-./](?:\d{2}|\d{4})|\d{4}-\d{2}-\d{2})\b")
"""A day, which is no period of all rows."""
_LIMIT = re.compile(
    r"(?:\b(?:fra og med|fra|siden|før|efter|etter|version|model\w*|skabelon|from|since|before|after|until|sedan"
    r"|från|ennen|jälkeen|udgivet|udgivelse|sammenlignet|sammenlign|compared|lokale|rum|room|published|utgitt|utgiven)"
    r"|\w*(?:rapport|politik|report|publikation|strategi|lov|act))"
    r"\W*(?:\w+\W+)?$"
    r"|\btil\W*(?:(?:jan|feb|mar|apr|maj|mai|jun|jul|aug|sep|okt|nov|dec|des|uge|kvartal|år|og med)\w*\W+)?$",
    re.IGNORECASE,
)
"""Words before a year that is the first or the last of several, or that of a version, a report or a policy."""
_OTHERS = re.compile(
    r"\b(?:frafald\w*|frafalt\w*|afbr[uy]d\w*|venteliste\w*|väntelista\w*|waiting|afslag|manglende|mangler|dropped"
    r"|drop outs?|avbrott\w*|keskeyt\w*|afbud|takke\w*|afslog|frameld\w*|aflys\w*|declined|tackade|ikke|inte|icke|not"
    r"|non|ei|ej|uden|without)\b"
)
"""Words in a title that make its numbers others than those of the stage that it names."""
_NEUTRAL_BEFORE = re.compile(
    r"(?:^|\d|\W)(?:(?:antal|antall|antalet|number of|no of|lukumäärä|tal for|alle|all|alla|kaikki|som har|der har"
    r"|who|borgere|personer|citizens|persons|har) ?)*$"
)
"""What may stand before a stage in a title."""
_NEUTRAL_AFTER = re.compile(
    r" ?(?:$|\W|\d|(?:til(?! nu)|fordelt|efter|etter|efter|by|i|in|på|at|opgjort|opdelt|indelad\w*|inddelt"
    r"|fördela\w*|per år|pr år|borgere|personer|citizens|mukaan)\b)"
)
"""What may stand after a stage in a title."""
_ELSEWHERE = re.compile(
    r"\b(?:sammenlign\w*|kontakt\w*|kilde|jämför\w*|compar\w*|contact\w*|source|yhteys\w*|undtag\w*|ekskl\w*|uden|ikke"
    r"|udarbejd\w*|utarbeid\w*|lavet|laget|forfatter\w*|author|samarbejd\w*|samarbeid\w*|samarbet\w*|utan|utom"
    r"|inte|ikkje|unntatt|except|without|excluding|not|paitsi)\b"
)
"""Words in a title that names a municipality other than that of its numbers, or leaves one out."""


@dataclass(frozen=True)
class Named:
    """A value that the name of the sheet or the title gives, and the check that reports it."""

    value: str
    check: str
    text: str


def stated(
    constants: Mapping[str, str], sheet: RawSheet, title: str, file_name: str, known: ReferenceData
) -> dict[str, str]:
    """Return the user's constants for a table, with names in place of their marks.

    A name that is a municipality and a period, such as “Randers 2021”, gives each of them its part.
    """
    names = {SHEET: cleaned(sheet.name), TITLE: title, FILE: file_name.rsplit(".", 1)[0]}
    found: dict[str, str] = {}
    for key, text in constants.items():
        name = names.get(text, text)
        if text in names and key in {labels.MUNICIPALITY, labels.PERIOD}:
            name = _place_and_period(name, known).get(key, name)
        found |= {key: name} if name else {}
    if found.get(labels.DIMENSION) == UNDIVIDED or sheet.answers.get(NO_GROUPS) == "totals":
        found = {**WITHOUT_GROUPS, **found}
    return found


def named_values(missing: Iterable[str], sheet: RawSheet, title: str, known: ReferenceData) -> dict[str, Named]:
    """Return the missing values that the name of the sheet or the title leaves no doubt about: they do not differ."""
    found = {}
    for key in missing:
        texts = ((cleaned(sheet.name), "constant_from_sheet"), (title, "constant_from_title"))
        said = [(_value(key, text, known, whole=check == "constant_from_sheet"), check, text) for text, check in texts]
        values = {value for value, _, _ in said if value}
        if len(values) == 1:
            found[key] = next(Named(*one) for one in said if one[0])
    return found


def crossed_group(sheet: RawSheet, title: str, known: ReferenceData, dimensions: Collection[str]) -> dict[str, Named]:
    """Return the group that the name of the sheet or the title is, by its dimension, if that is none of the table's."""
    found = named_values([labels.GROUP, labels.DIMENSION], sheet, title, known)
    if len(found) < 2 or found[labels.DIMENSION].value in dimensions:
        return {}
    return {found[labels.DIMENSION].value: found[labels.GROUP]}


def findings_of(found: Mapping[str, Named], sheet: RawSheet, names: Mapping[str, object]) -> list[Finding]:
    """Report the values that were taken from a name."""
    return [
        Finding(
            one.check,
            sheet.name,
            value=one.value,
            values={"meant": names[key], "text": one.text, **_stage_names(key, one)},
        )
        for key, one in found.items()
        if key != labels.DIMENSION or labels.GROUP not in found
    ]


def says_made(before: str) -> bool:
    """Return whether the words before a date say that something was made, printed or discussed then."""
    return _MADE.search(before) is not None


def years_named(*texts: str) -> dict[int, str]:
    """Return each year that stands alone in one of these texts, with the text."""
    periods = {text: _named_in(text) for text in texts}
    return {int(period): text for text, period in periods.items() if period.isdecimal()}


def _stage_names(key: str, one: Named) -> dict[str, object]:
    """Return the names of a stage, to be shown in place of its key."""
    return {"value": in_every_language(KINDS[Form.COUNTS].column(one.value).names)} if key == labels.STAGE else {}


def _value(key: str, text: str, known: ReferenceData, *, whole: bool) -> str:
    if whole and key in {labels.MUNICIPALITY, labels.PERIOD} and (both := _place_and_period(text, known)):
        return both[key]
    match key:
        case labels.MUNICIPALITY:
            return _municipality(text, known, whole=whole)
        case labels.PERIOD:
            return period_in(text)
        case labels.GROUP | labels.DIMENSION:
            group = text.rpartition(": ")[2]
            if whole and (period := period_in(text)) and period != text:  # The name of a sheet, such as “Women 2021”.
                group = text.replace(period, " ").strip(" ,:;-–/()")
            dimensions = labels.dimensions_of(group, known)
            return (group if key == labels.GROUP else dimensions[0]) if len(dimensions) == 1 else ""
        case labels.STAGE:
            return labels.stage_of(text) or "" if whole else _stage(text)
    return ""


def _place_and_period(text: str, known: ReferenceData) -> dict[str, str]:
    """Return both parts of the name of a sheet that is a municipality and a period, such as “Randers 2021”."""
    period = period_in(text)
    place = normalised(text.replace(period, " ").strip(" ,;:-–/()")) if period else ""
    if place not in known.municipalities or place.isdecimal():
        return {}
    return {labels.MUNICIPALITY: known.municipalities[place], labels.PERIOD: period}


def _municipality(text: str, known: ReferenceData, *, whole: bool) -> str:
    """Return the municipality in a text: the whole text, or the name next to the word for municipality."""
    word = normalised(text)
    if not word or word.isdecimal():
        return ""
    if word in known.municipalities:
        return known.municipalities[word]
    if whole or _ELSEWHERE.search(word):
        return ""
    pieces = re.findall(r"[\w-]+", word)
    spans = {
        " ".join(pieces[first:last]) for first in range(len(pieces)) for last in range(first + 1, first + MOST_WORDS)
    }
    if len({known.municipalities[one] for one in spans if one in known.municipalities and not one.isdecimal()}) > 1:
        return ""
    before = re.findall(rf"((?:[\w-]+ ){{0,2}}[\w-]+) {_MUNICIPAL}\b", word)
    before += [part[:-1] for part in before if part.endswith("s")]
    after = re.findall(rf"\b{_MUNICIPAL}:? ((?:[\w-]+ ?){{1,3}})", word)
    names = set()
    for part in (*before, *after):
        words = part.split()
        pieces = [
            " ".join(words[first:last]) for first in range(len(words)) for last in range(first + 1, len(words) + 1)
        ]
        of_part = [known.municipalities[piece] for piece in sorted(pieces, key=len) if piece in known.municipalities]
        names |= set(of_part[-1:])
    return names.pop() if len(names) == 1 else ""


def period_in(text: str) -> str:
    """Return the period that a title is, begins with or ends with; none if it names several or says more of it."""
    found = _named_in(text)
    says_part = _PART_OF_YEAR.search(f" {text} ") or _END_OF_PART.search(text) or says_season(text)
    return "" if found.isdecimal() and says_part else found


def year_in(text: str) -> str:
    """Return the year in a title, also beside a part of the year; else another period in it. A winter has two years."""
    return "" if _WINTER.search(text) else _named_in(text)


def _named_in(text: str) -> str:
    if len(_DAY.findall(text)) == 1:
        return ""
    if labels.is_period(text):
        return text
    matches = list(_PERIOD.finditer(text))
    found = {match[0].strip() for match in matches}
    stands_apart = all(not text[: one.start()].strip() or not text[one.end() :].strip(" .:;)]*") for one in matches)
    is_limit = any(says_made(text[: one.start()]) or _LIMIT.search(text[: one.start()]) for one in matches)
    if len(found) != 1 or not stands_apart or is_limit:
        return ""
    before = text[: matches[0].start()].split()[-MOST_WORDS:]
    after = text[matches[-1].end() :].split()[:MOST_WORDS]
    longer = [" ".join([*before[at:], *found]) for at in range(len(before))]
    longer += [" ".join([*found, *after[:end]]) for end in range(len(after), 0, -1)]
    part = next((one for one in (text.strip("(),:;") for text in longer) if labels.is_period(one)), "")
    says_part = _PART_OF_YEAR.search(f" {' '.join([*before, *after])} ")
    return part or ("" if says_part else found.pop())


def _stage(text: str) -> str:
    """Return the stage that is the only one named in a title, if no word beside it can make it another."""
    word = f" {normalised(re.sub(r' [-–—] ', ', ', text))} "
    if negated(text) or any(negated(part) for part in word.split()) or _OTHERS.search(word):
        return ""
    stages = {stage for said, stage in labels.stage_words().items() if f" {said} " in word}
    said = max((one for one in labels.stage_words() if f" {one} " in word), key=len, default="")
    before, _, after = word.partition(f" {said} ") if said else ("", "", "")
    is_plain = _NEUTRAL_BEFORE.search(before) and _NEUTRAL_AFTER.match(after)
    return stages.pop() if len(stages) == 1 and is_plain else ""
