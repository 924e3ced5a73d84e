"""Recognise headers of columns that tell who dropped out of a course: “Afbrudt”, “Frafald”, “Dropped out”."""

from analysis.i18n.vocabulary import spellings
from analysis.intake.lexicon.typos import compact
from analysis.intake.values.footnotes import without_question
from analysis.model.registry import derived
from analysis.model.terms import Outcome

_MORE = (
    *("afbrud", "afbrydelse", "faldet fra", "falt fra", "udmeldelse", "udmeldt", "sluttet før tid"),
    *("dropped", "withdrew", "discontinued", "avbrudd", "avbrott", "avhopp", "hoppat av", "keskeytys", "keskeyttänyt"),
)
_DAY = ("", "dato", "dato for ", "den", "date", "date of ", "datum", "datum för ", "pvm")


@derived
def _headers() -> frozenset[str]:
    words = {*spellings("outcome")[Outcome.DROPPED_OUT], *_MORE} - set(spellings("yes_no")["no"])
    return frozenset(compact(text) for word in words for day in _DAY for text in (f"{day}{word}", f"{word}{day}"))


def is_drop_out_header(header: str) -> bool:
    """Return whether a header asks about dropping out, so that “yes” below it means dropped out."""
    return compact(without_question(header.lower())) in _headers()
