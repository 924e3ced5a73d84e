"""Offers and adjustments: the small sheets that say what an offer is and what was changed in it."""

import pyarrow as pa

from analysis.intake import cells
from analysis.intake.findings import Finding
from analysis.intake.known import Known
from analysis.intake.lists import column, places
from analysis.intake.nearest import misspelt
from analysis.intake.tables import Table, normalised


def prepare_offers(table: Table, known: Known, findings: list[Finding]) -> pa.Table:
    """The offers of a sheet as ``store.Contents`` wants them."""
    columns = _place_and_offer(table, known, findings)
    columns["kind"] = column(table, "kind", cells.word("kind"), findings)
    columns["theme"] = column(table, "theme", cells.as_text, findings)
    columns["completion_rule"] = column(table, "completion_rule", cells.as_text, findings)
    return pa.table(columns)


def prepare_adjustments(table: Table, known: Known, findings: list[Finding]) -> pa.Table:
    """The adjustments of a sheet as ``store.Contents`` wants them."""
    columns = _place_and_offer(table, known, findings)
    date = cells.date(table, "adjusted_on")
    columns["adjusted_on"] = column(table, "adjusted_on", date, findings, needed=True, kind=pa.date32())
    columns["title"] = column(table, "title", cells.as_text, findings, needed=True)
    columns["what_changed"] = column(table, "what_changed", cells.as_text, findings)
    columns["aim"] = column(table, "aim", cells.word("aim"), findings, needed=True)
    for key in ("citizens_involved", "staff_involved"):
        columns[key] = column(table, key, cells.yes_no, findings, kind=pa.bool_())
    return pa.table(columns)


def check_adjusted_offers(
    table: Table, adjustments: pa.Table, offers: set[tuple[str, str]], findings: list[Finding]
) -> None:
    """An adjustment must belong to an offer that is in the file or in the data; a second one at an offer is told.

    Where an offer of that name stands in a municipality that was not understood, that is what is to be mended.
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
    """Offers of the file that differ from a stored one of the same municipality by a few letters only."""
    found = []
    for municipality, offer in sorted(offers - stored, key=str):
        others = {normalised(name): name for place, name in stored if place == municipality}
        near = misspelt(normalised(offer or ""), others)
        if near and not any(letter.isdecimal() for letter in offer):
            found.append(Finding("offer_spelling", sheet, value=offer, values={"nearest": others[near[0]]}))
    return found


def _place_and_offer(table: Table, known: Known, findings: list[Finding]) -> dict[str, pa.Array]:
    return places(table) | {
        "municipality": column(table, "municipality", cells.municipality(known), findings, needed=True),
        "offer": column(table, "offer", cells.as_text, findings, needed=True),
    }
