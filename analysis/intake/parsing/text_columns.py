"""Parse columns of free texts and ids, which have many distinct values."""

from collections.abc import Sequence

from analysis.intake.findings.findings import Finding
from analysis.intake.parsing.columns import FORMULA_SIGNS, as_text, parse_column
from analysis.intake.tables import Table


def parse_texts(table: Table, key: str, findings: list[Finding]) -> Sequence[str | None]:
    """Return the text of each distinct value of a needed column, as ``parse_column`` with ``as_text`` does.

    If no text needs a change or a finding, as with most ids, the texts are checked all at once.
    """
    column = table.columns[key]
    if _are_plain([column.values[code] for code in column.present().tolist()]):
        return column.values
    return parse_column(table, key, as_text, findings, needed=True)


def _are_plain(texts: list[str]) -> bool:
    """Return whether no text is empty or looks like a formula, and none has a space or an invisible character."""
    together = "".join(texts)
    if not together.isascii() or not together.isprintable() or " " in together:
        return False
    return all(texts) and {text[0] for text in texts}.isdisjoint(FORMULA_SIGNS)
