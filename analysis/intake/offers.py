"""Offers and adjustments: the small sheets that say what an offer is and what was changed in it."""

from collections.abc import Callable
from typing import Any

import pyarrow as pa

from analysis.intake import cells
from analysis.intake.findings import Finding
from analysis.intake.known import Known
from analysis.intake.recognising import Table


def prepare_offers(table: Table, known: Known) -> tuple[pa.Table, list[Finding]]:
    """The offers of a sheet as ``store.Contents`` wants them, with what the checks saw."""
    findings: list[Finding] = []
    columns = _place_and_offer(table, known, findings)
    columns["kind"] = _column(table, "kind", cells.word("kind"), findings)
    columns["theme"] = _column(table, "theme", str, findings)
    columns["completion_rule"] = _column(table, "completion_rule", str, findings)
    return pa.table(columns), findings


def prepare_adjustments(table: Table, known: Known) -> tuple[pa.Table, list[Finding]]:
    """The adjustments of a sheet as ``store.Contents`` wants them, with what the checks saw."""
    findings: list[Finding] = []
    columns = _place_and_offer(table, known, findings)
    columns["adjusted_on"] = _column(table, "adjusted_on", cells.date, findings, needed=True, kind=pa.date32())
    columns["title"] = _column(table, "title", str, findings, needed=True)
    columns["what_changed"] = _column(table, "what_changed", str, findings)
    columns["aim"] = _column(table, "aim", cells.word("aim"), findings, needed=True)
    yes_no = cells.word("yes_no")
    for key in ("citizens_involved", "staff_involved"):
        columns[key] = _column(table, key, lambda text: yes_no(text) == "yes", findings, kind=pa.bool_())
    return pa.table(columns), findings


def check_adjusted_offers(
    table: Table, adjustments: pa.Table, offers: set[tuple[str, str]], findings: list[Finding]
) -> None:
    """An adjustment must belong to an offer that is in the file or in the data; a second one at an offer is told."""
    seen: set[tuple[str, str]] = set()
    for row in adjustments.select(["row", "municipality", "offer"]).to_pylist():
        place = (row["municipality"], row["offer"])
        if None in place:
            continue
        check = "adjustment_unknown_offer" if place not in offers else "several_adjustments" if place in seen else None
        if check:
            findings.append(Finding(check, table.sheet, (row["row"],), table.header("offer"), row["offer"]))
        seen.add(place)


def _place_and_offer(table: Table, known: Known, findings: list[Finding]) -> dict[str, pa.Array]:
    return {
        "sheet": pa.array([table.sheet] * len(table.rows), pa.string()),
        "row": pa.array(table.rows, pa.int32()),
        "municipality": _column(table, "municipality", cells.municipality(known), findings, needed=True),
        "offer": _column(table, "offer", str, findings, needed=True),
    }


def _column(
    table: Table,
    key: str,
    parse: Callable[[str], Any],
    findings: list[Finding],
    *,
    needed: bool = False,
    kind: pa.DataType | None = None,
) -> pa.Array:
    kind = kind or pa.string()
    if key not in table.columns:
        return pa.nulls(len(table.rows), kind)
    meanings = cells.understand(table, key, parse, findings, needed=needed)
    return pa.array(meanings, kind).take(pa.array(table.columns[key].codes))
