"""Words in headers of record systems that hint at a column of courses. They are never certain: a user confirms them."""

from collections.abc import Iterable

from analysis.intake.lexicon.neutral_words import OF_CITIZENS, OF_EVENTS, OF_GROUPS, OF_IDS, OF_NAMES
from analysis.intake.lexicon.opposites import negated
from analysis.intake.tables import normalised

HINTS: dict[str, tuple[str, ...]] = {
    "citizen": (
        *(
            "løbenr",
            "løbenummer",
            "sagsnr",
            "sagsnummer",
            "borgernr",
            "borgernummer",
            "borger nr",
            "klientnr",
            "kursistnr",
        ),
        *("deltagernr", "deltager id", "case no", "client id", "participant id", "id student", "id nr", "patientnr"),
        *("löpnr", "ärendenr", "deltagarnr", "asiakasnumero", "tunniste", "saksnr", "brukernr", "nr"),
    ),
    "invited_on": (
        *("henvisningsdato", "henvist", "visitationsdato", "visiteret", "tilmeldt", "tilmeldingsdato", "tilmelding"),
        *("referral date", "invitation date", "remissdatum", "anmäld", "påmeldt", "henvisning", "lähetepäivä"),
    ),
    "started_on": (
        *(
            "første fremmøde",
            "første møde",
            "første gang",
            "opstart",
            "opstartsdato",
            "fremmøde",
            "mødedato",
            "startdag",
        ),
        *(
            "first meeting",
            "first session",
            "date of start",
            "oppstart",
            "första träff",
            "uppstart",
            "ensimmäinen kerta",
        ),
    ),
    "completed_on": ("slutdato", "slut", "afslutningsdato", "end date", "sluttdato", "slutdatum", "päättymispäivä"),
    "outcome": (
        "slutårsag",
        "afslutningsårsag",
        "årsag",
        "slutstatus",
        "final result",
        "end reason",
        "avslutningsårsak",
    ),
    "offer": (
        *(
            "forløbstype",
            "kursus",
            "kursusnavn",
            "ydelse",
            "aktivitet",
            "holdnavn",
            "indsatstype",
            "programme",
            "program",
        ),
        *("code module", "course", "kurs", "aktivitet", "tjänst", "tjeneste", "kurssi", "toiminta"),
    ),
    "municipality": ("bopælskommune", "hjemkommune", "bopæl", "region", "kommunenr", "kommunekode", "bostadskommun"),
    "birth_year": (
        "fødselsår",
        "født år",
        "født",
        "fødeår",
        "birth year",
        "year of birth",
        "födelseår",
        "syntymävuosi",
    ),
    "education": ("skoleuddannelse", "udd", "udd niveau", "highest education", "skolegang", "utdanning", "utbildning"),
    "sex": ("kønskode", "køn kode", "gender", "kjønn", "kön", "sukupuoli"),
    "age": ("age band", "aldersinterval", "aldersgruppe"),
    "origin": ("oprindelse", "herkomst", "etnicitet", "statsborgerskab"),
    "labour market": (
        "tilknytning",
        "arbejdsmarkedstilknytning",
        "forsørgelse",
        "forsørgelsesgrundlag",
        "beskæftigelsesstatus",
    ),
}
"""Hints by field. The likeliest headers come first."""
SURE, LIKELY = 85, 70
"""Confidence of a header that is a hint, and of one that begins or ends with it."""


def hint(header: str, fields: set[str]) -> tuple[str, int] | None:
    """Return the field that a header hints at among ``fields``, and a confidence; None without a hint."""
    word = normalised(header).replace(".", "")
    if not word or negated(header):
        return None
    for field, words in HINTS.items():
        if field in fields and word in words:
            return field, SURE
    for field, words in HINTS.items():
        long = [one for one in words if len(one) > 4]
        if field in fields and any(_is_hint_with_neutral_words(word, one) for one in long):
            return field, LIKELY
    return None


def hinted(headers: Iterable[str], field: str) -> tuple[str, int] | None:
    """Return the header that is a hint of a field, and the confidence; None if none or several are."""
    found = [(header, sure[1]) for header in headers if (sure := hint(header, {field})) is not None]
    return found[0] if len(found) == 1 else None


def _is_hint_with_neutral_words(word: str, one: str) -> bool:
    """Return whether a header begins or ends with a hint, and its other words say nothing of their own."""
    if not (word.startswith(f"{one} ") or word.endswith(f" {one}")):
        return False
    rest = word.removeprefix(f"{one} ").removesuffix(f" {one}")
    return set(rest.split()) <= OF_EVENTS | OF_NAMES | OF_GROUPS | OF_CITIZENS | OF_IDS
