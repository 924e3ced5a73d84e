"""Words of titles that say nothing about whose or which numbers stand below, in the languages of the program."""

import re
from collections.abc import Iterable

from analysis.intake.contract import KINDS
from analysis.intake.layout.labels import header_words
from analysis.intake.values.dates import month_numbers
from analysis.model.registry import derived

WORD = re.compile(r"[^\W\d_]{2,}")
LEAST = 5
"""Minimum number of letters of a word that a longer one begins with."""
_PLAIN = (
    "og eller af for til fra med om ved på pr efter fordelt opdelt inddelt som der den det de en et er var har hver"
    " hvert sheet blad taul rådata dataark eksport export query pivot antal tal data tabel tabeller figur bilag"
    " oversigt oversigten opgørelse statistik udtræk rapport liste ark side"
    " nr nummer note kilde borgere borger borgerne personer deltagere deltager kommune kommunen kommunens kommunes"
    " tilbud tilbuddet hold forløb forløbet kursus kurser sundhed sundhedstilbud sundhedscenter center afdeling"
    " forvaltning år året årene årlig årligt periode perioden måned måneden måneder månedligt kvartal kvartaler uge"
    " uger gruppe grupper sociale social niveau laks projekt projektet resultat resultater registrering registreringer"
    " inviterede invitation invitationer deltagelse gennemførelse gennemført gennemførte frafald fremmøde mødegang"
    " mødegange titel navn emne version"
    " och eller av från till per efter fördelat indelat som är antal siffror tabell figur bilaga översikt statistik"
    " rapport lista invånare personer deltagare kommun kommunens insats insatser kurs grupp grupper månad månader"
    " kvartal vecka veckor källa inbjudna fullföljt deltagande året"
    " etter fordelt antall tabell oversikt innbyggere deltakere kommunens tiltak kurs måned måneder uke uker kilde"
    " inviterte fullført deltakelse ikke"
    " ja tai ja taulukko kuva liite lukumäärä kunta kunnan palvelu palvelut ryhmä ryhmät vuosi vuonna kuukausi viikko"
    " lähde kutsutut osallistuneet suorittaneet asukkaat henkilöt"
    " and or of for to from with by at in on the per each number numbers table figure appendix overview statistics"
    " report list citizens persons people participants municipality offer offers course courses group groups year"
    " month months quarter week weeks source invited participated completed participation completion health"
)


def without_plain(text: str, known: frozenset[str]) -> list[str]:
    """Return the words of a text that are neither plain nor ``known``, also as the beginning of a longer word."""
    words = dict.fromkeys(word.casefold() for word in WORD.findall(text))
    return [word for word in words if word not in _plain() and word not in known and not _begins(word, known)]


def words_of(texts: Iterable[str]) -> frozenset[str]:
    """Return the words of these texts."""
    return frozenset(word.casefold() for text in texts for word in WORD.findall(text))


def _begins(word: str, known: frozenset[str]) -> bool:
    return any(word[:end] in known for end in range(LEAST, len(word)))


@derived
def _plain() -> frozenset[str]:
    titles = (title for kind in KINDS.values() for title in kind.titles)
    return words_of([_PLAIN, *month_numbers(), *header_words(), *titles])
