"""Check offer names: adjustments of unknown offers, and names that differ only by a typing error or notation."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import compress, groupby

import numpy as np
import pyarrow as pa

from analysis.intake.findings.findings import Finding
from analysis.intake.lexicon.fuzzy_match import any_misspelt, misspelt_header
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.lexicon.word_index import SlipIndex
from analysis.intake.tables import Table, cleaned, normalised


def check_adjusted_offers(
    table: Table, adjustments: pa.Table, offers: set[tuple[str, str]], findings: list[Finding]
) -> None:
    """Report adjustments of offers that are neither in the file nor stored, and repeated adjustments of an offer.

    Skip an offer whose municipality is invalid: that finding must be corrected first.
    """
    somewhere = {offer for municipality, offer in offers if municipality is None}
    seen: set[tuple[str, str]] = set()
    for row in adjustments.select(["row", "municipality", "offer"]).to_pylist():
        place = (row["municipality"], row["offer"])
        if None in place or (place not in offers and row["offer"] in somewhere):
            continue
        mask = table.rows == row["row"]
        if place not in offers:
            findings.append(table.finding("adjustment_unknown_offer", "offer", mask, row["offer"]))
        elif place in seen:
            findings.append(table.finding("several_adjustments", "offer", mask, row["offer"]))
        seen.add(place)


def check_offer_names(sheet: str, offers: set[tuple[str, str]], stored: frozenset[tuple[str, str]]) -> list[Finding]:
    """Report offers of the file whose name differs by a few letters from a stored offer of the same municipality."""
    found = []
    stored_in: dict[str, dict[str, str]] = {}
    for place, name in stored:
        stored_in.setdefault(place, {})[normalised(name)] = name
    new = [one for one in sorted(offers - stored, key=str) if one[1] and not _numbered(one[1])]
    for municipality, of_place in groupby(new, key=lambda one: one[0]):
        others = stored_in.get(municipality, {})
        names = [offer for _, offer in of_place]
        for offer in compress(names, any_misspelt(list(map(normalised, names)), list(others))):
            if near := misspelt_header(normalised(offer), others):
                found.append(Finding("offer_spelling", sheet, value=offer, values={"nearest": others[near[0]]}))
    return found


def offers_alike(offers: set[tuple[str, str]]) -> list[Finding]:
    """Report offers of one municipality that differ by a typing error. Skip names with numbers."""
    found = []
    named = sorted(((municipality, offer) for municipality, offer in offers if offer), key=str)
    for _, of_place in groupby(named, key=lambda one: one[0]):
        pairs = alike_pairs([offer for _, offer in of_place])
        found += [Finding("offers_alike", value=offer, values={"nearest": nearest}) for offer, nearest in pairs]
    return found


def alike_pairs(names: Sequence[str]) -> list[tuple[str, str]]:
    """Return the pairs of names that differ by a typing error, or only by case, spaces and hyphens.

    Names with numbers differ by typing errors from no other.
    """
    words = list(map(normalised, names))
    found = []
    index = None if all(map(_numbered, names)) else SlipIndex(words)
    compact: dict[str, str] = {}
    for number, offer in enumerate(names):
        if (first := compact.setdefault(_compact(offer), offer)) != offer:
            found.append((first, offer))
            continue
        if index is None or _numbered(offer):
            continue
        others = {words[other]: names[other] for other in index.candidates(number) if names[other] > offer}
        near = misspelt_header(words[number], others)
        if near and not _numbered(others[near[0]]) and _compact(others[near[0]]) != _compact(offer):
            found.append((offer, others[near[0]]))
    return found


def _numbered(offer: str) -> bool:
    return any(letter.isdecimal() for letter in offer)


def with_one_spelling(tables: list[Table], known: ReferenceData, findings: list[Finding]) -> list[Table]:
    """Unify offer names that differ only by case, spaces and hyphens, and report the changes.

    The stored spelling takes precedence. Otherwise the most frequent spelling is used.
    """
    rows: dict[str, Counter[str]] = {}
    for table in tables:
        for written, number in _offers(table):
            rows.setdefault(_compact(written), Counter())[written] += number
    stored = {offer for _, offer in known.offers}
    meant: dict[str, str] = {}
    for spellings in rows.values():
        kept = [one for one in spellings if one in stored] or [max(spellings, key=lambda one: spellings[one])]
        meant |= {one: kept[0] for one in spellings if one not in kept}
    return [_written(table, meant, findings) if "offer" in table.columns else table for table in tables]


def _offers(table: Table) -> Iterator[tuple[str, int]]:
    """Yield each offer of a table and its number of rows."""
    if "offer" in table.columns:
        offers = table.columns["offer"]
        yield from ((cleaned(offers.values[code]), number) for code, number in offers.row_counts().items())


def _written(table: Table, meant: dict[str, str], findings: list[Finding]) -> Table:
    """Replace offer names in the table, so that each name has one code."""
    column = table.columns["offer"]
    for code in column.row_counts():
        written = cleaned(column.values[code])
        if written in meant:
            mask = column.codes == code
            findings.append(table.finding("offer_written", "offer", mask, written, meant=meant[written]))
    values = [meant.get(cleaned(value), value) for value in column.values]
    first = {value: code for code, value in reversed(list(enumerate(values)))}
    codes = np.array([first[value] for value in values], dtype=column.codes.dtype)[column.codes]
    result = replace(table, columns={**table.columns, "offer": replace(column, values=values, codes=codes)})
    return replace(result, beside=_told_apart(table, codes != column.codes))


def _told_apart(table: Table, replaced: np.ndarray) -> np.ndarray | None:
    """Return ``beside`` so that rows whose offer was replaced are not the same as those with that name."""
    if not replaced.any():
        return table.beside
    rows = table.rows - 1
    beside = np.zeros(rows.max() + 1, dtype=np.int64) if table.beside is None else table.beside.astype(np.int64)
    others = np.unique(rows[replaced])
    beside[others] += beside.max() + 1
    return beside


def _compact(offer: str) -> str:
    """Normalise a name for comparison. Spaces and hyphens count only in names with digits."""
    word = normalised(offer)
    return word if _numbered(word) else word.replace(" ", "")
