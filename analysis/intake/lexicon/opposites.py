"""Words with similar spelling and different meaning: ikke dansk and dansk, dreng and pige, antal and andel.

String similarity gives such pairs 85 to 95 of 100, so they are excluded before a similar word is suggested.
"""

import re
from itertools import product

from rapidfuzz import fuzz

from analysis.intake.tables import normalised

_TOKEN = re.compile(r"[^\W_]+|%")
_NUMBER = re.compile(r"\d+")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NEGATIONS = _words(
    "ikke ikkje ej ingen intet inga inget uden utan uten without not no non never none neither inte icke ei eikä ilman"
    " aldrig aldri aldrig mangler manglende missing saknar saknas mangel puuttuu udeblevet"
)
ONE_SIDED = (
    NEGATIONS,
    _words("tidligere tidl forhenværende ex former formerly previously tidigare före detta entinen aiemmin aiempi"),
    _words("delvis delvist partly partially partial osittain næsten almost nästan nesten lähes"),
    _words("forventet planlagt expected planned forväntad förväntat planerad planerat odotettu suunniteltu"),
    _words("% pct procent prosent percent prosenttia andel andelen rate share osuus ratio proportion"),
    _words("opfølgning followup oppfølging uppföljning seuranta"),
)
"""Words that change the meaning of a text: a text with one never matches a text without."""

AXES: tuple[tuple[frozenset[str], ...], ...] = (
    (
        _words(
            "mand mænd mandlig dreng drenge mann menn gutt gutter man män men male males boy boys pojke pojkar mies"
            " miehet poika pojat herre herrer"
        ),
        _words(
            "kvinde kvinder kvindelig pige piger kvinne kvinner jente jenter kvinna kvinnor woman women female females"
            " girl girls flicka flickor nainen naiset tyttö tytöt dame damer"
        ),
    ),
    (
        _words("høj højt højeste høy høyt høyeste hög högt högst högsta high higher highest korkea korkein ylin rig"),
        _words("lav lavt laveste låg lågt lägst lägsta low lower lowest matala matalin alin fattig"),
    ),
    (
        _words("kort korte short lyhyt"),
        _words("mellemlang mellomlang medellång medium keskipitkä mellem"),
        _words("lang lange lång långa long pitkä"),
    ),
    (
        _words(
            "ældre ældste gammel gamle older oldest old eldre eldste äldre äldst vanhempi vanha vanhin voksen adult"
        ),
        _words("yngre yngste ung unge younger youngest young yngst nuorempi nuori nuorin barn child"),
    ),
    (_words("før inden before prior före innan ennen"), _words("efter after etter jälkeen")),
    (
        _words("start startet startede started begin begun begyndt begynt påbegyndt påbörjat alku aloittanut"),
        _words("slut sluttet end ended finish stop stoppet afsluttet avsluttet avslutat loppu päättynyt ophørt"),
    ),
    (
        _words("mere mer more flere fler most mest enemmän"),
        _words("mindre less færre färre fewer least mindst vähemmän"),
    ),
    (_words("over above över yli"), _words("under below alle")),
    (
        _words("første first första ensimmäinen nederste"),
        _words("anden andre second andra toinen"),
        _words("tredje third kolmas"),
        _words("fjerde fourth fjärde neljäs"),
        _words("femte fifth viides"),
        _words("sidste siste last sista viimeinen øverste"),
    ),
    (_words("ja yes kyllä true sand"), _words("nej nei no ei false falsk")),
    (_words("aktiv active aktiivinen"), _words("passiv passive inaktiv inactive passiivinen")),
    (_words("offentlig public julkinen"), _words("privat private yksityinen")),
    (
        _words("gift married naimisissa samlevende samboende samboer sammanboende sambo cohabiting avoliitossa"),
        _words(
            "ugift skilt fraskilt divorced enke enkemand widow widowed enlig single alene alone ensam yksin eronnut"
        ),
    ),
    (
        _words("dansk danske danish danskt tanskalainen norsk svensk suomalainen"),
        _words("udenlandsk foreign indvandrer innvandrer invandrare immigrant efterkommer utländsk ulkomaalainen"),
    ),
    (
        _words("beskæftiget beskæftigelse employed employment arbejde arbeid arbete työllinen työssä job"),
        _words("ledig arbejdsløs unemployed unemployment jobless arbeidsledig arbetslös työtön ledighed"),
    ),
    (_words("antal antall number count lukumäärä"), _words("andel share rate procent prosent percent osuus %")),
    (_words("inviteret invited invitert inbjuden henvist"), _words("inviterende afvist rejected declined avvist")),
    (_words("indskrevet innskrevet inskriven admitted"), _words("udskrevet utskrevet utskriven discharged")),
)
"""Scales with several ends: a text at one end never matches a text at another end."""

_IN_COMPOUNDS = {word for axis in (AXES[1], AXES[2], AXES[5]) for end in axis for word in end if len(word) >= 3}
"""Words that can begin a compound: lavtuddannet, korttidssygemeldt, slutdato."""

_PREFIXES = ("u", "o", "un", "non", "in", "im", "dis", "mis", "ikke", "icke", "ej", "ei", "epä")
_ENDINGS = ("løs", "løse", "lös", "lösa", "less", "ton", "tön")
_LIKE = 85


def opposed(one: str, other: str) -> bool:
    """Return whether two texts differ by a word or prefix that reverses the meaning, or by a number."""
    here, there = _tokens(one), _tokens(other)
    if any(bool(here & words) != bool(there & words) for words in ONE_SIDED):
        return True
    if any(_at_other_ends(here, there, axis) for axis in AXES):
        return True
    numbers = [_NUMBER.findall(text) for text in (one, other)]
    if all(numbers) and numbers[0] != numbers[1]:
        return True
    pairs = list(product(here - there, there - here))
    return any(_negates(a, b) or _negates(b, a) for a, b in pairs)


def negated(text: str) -> bool:
    """Return whether a header contains a negation, such as “Ej gennemført” or “Not completed”."""
    return bool(_tokens(text) & NEGATIONS)


def _tokens(text: str) -> frozenset[str]:
    return frozenset(_TOKEN.findall(normalised(text)))


def _at_other_ends(here: frozenset[str], there: frozenset[str], axis: tuple[frozenset[str], ...]) -> bool:
    one, other = (_ends(tokens, axis) for tokens in (here, there))
    return bool(one - other) and bool(other - one)


def _ends(tokens: frozenset[str], axis: tuple[frozenset[str], ...]) -> set[int]:
    return {number for number, words in enumerate(axis) if any(_has(token, words) for token in tokens)}


def _has(token: str, words: frozenset[str]) -> bool:
    return token in words or any(token.startswith(word) for word in words & _IN_COMPOUNDS)


def _negates(word: str, plain: str) -> bool:
    """Return whether a word negates the other by a prefix or an ending: ufaglært, non-danish, arbejdsløs."""
    starts = [word[len(prefix) :] for prefix in _PREFIXES if word.startswith(prefix) and not plain.startswith(prefix)]
    ends = [word[: -len(ending)] for ending in _ENDINGS if word.endswith(ending)]
    likely = [*((rest, plain) for rest in starts), *((rest, plain[: len(rest)]) for rest in ends)]
    return any(len(rest) >= 3 and fuzz.ratio(rest, against) >= _LIKE for rest, against in likely)
