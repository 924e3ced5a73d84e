"""Words for a total, in the languages of the program and in the ways of spreadsheets."""

import re

from analysis.intake.tables import normalised

_WORDS = (
    r"i ?alt|(?:grand |sub ?|hoved)?total(?:t|sum|summa|en|er|er i alt)?|delsum|sammanlagt|sammenlagt|til ?sammens?"
    r"|yhteensä|summa?|sum|all[ea]?|samlet|samtlig[ae]|kaikki|tot|[σς∑]"
)
WHOLE = re.compile(
    rf"(?:{_WORDS}|all[ea]? (?:grupper|tilbud|borgere|deltagere|kommuner|offers|groups|citizens)|samtlig[ae] \w+"
    r"|(?:kommunen|kommunerne|alle) under [eé]t|kommunen? (?:samlet|totalt)"
    r"|hel[ea] (?:kommunen|landet|regionen|gruppen|perioden|året)|koko (?:kunta|maa)|whole (?:municipality|country)"
    r"|begge(?: køn)?|mænd ?(?:og|\+|&|/) ?kvinder|kvinder ?(?:og|\+|&|/) ?mænd|[mk] ?\+ ?[mk]|both(?: sexes)?"
    r"|båda(?: könen)?|begge kjønn|molemmat(?: sukupuolet)?)"
)
"""A text that is a total as a whole."""
PART = re.compile(rf"(?:.*\W)?(?:{_WORDS}|hel[ea]|koko)(?:\W.*)?")
"""A text that has the word for a total among others."""
LONGEST = 100


def is_total(text: str) -> bool:
    """Return whether a text only says “total”."""
    return len(text) < LONGEST and WHOLE.fullmatch(normalised(text)) is not None
