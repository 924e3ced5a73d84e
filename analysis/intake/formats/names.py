"""Other names of groups, adjustments and actions, and ranks of groups: the sheet and the preparation of its rows."""

from typing import Any

import numpy as np
import pyarrow as pa

from analysis.i18n import Wording
from analysis.i18n.vocabulary import word_in
from analysis.intake.contract import MUNICIPALITY, Column, Form, Holds, SheetKind, example_mark
from analysis.intake.findings.check import N_
from analysis.intake.findings.findings import Finding
from analysis.intake.formats.count_groups import keys_of_dimensions
from analysis.intake.formats.lists import column, places
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.parsing import columns as cells
from analysis.intake.parsing import municipality_columns
from analysis.intake.parsing.questions import Answers
from analysis.intake.tables import Table, normalised
from analysis.model.terms import MISSING, Named, Subject
from analysis.store.reference import reference_dimensions

SAME = ("municipality", "kind", "belongs_to")


def prepare(table: Table, known: ReferenceData, findings: list[Finding], answers: Answers) -> tuple[pa.Table, Table]:
    """Prepare the names of a sheet for ``ImportPayload``: those of groups as keys of the groups."""
    place = municipality_columns.municipality(known, table)
    columns = places(table) | {
        "municipality": column(table, "municipality", place, findings, needed=True),
        "kind": column(table, "named", cells.word("named"), findings, needed=True),
        "belongs_to": column(table, "belongs_to", cells.as_text, findings),
        "name": column(table, "name", cells.as_text, findings, needed=True),
        "new_name": column(table, "same_as", cells.as_text, findings),
        "rank": column(table, "group_rank", cells.priority, findings, kind=pa.int32()),
    }
    rows = pa.table(columns).to_pylist()
    ranked = ~table.columns["group_rank"].blank() if "group_rank" in table.columns else np.zeros(len(rows), bool)
    for row, has_rank in zip(rows, ranked, strict=True):
        for check, key, values in _faults(row, known, has_rank=bool(has_rank)):
            findings.append(table.finding(check, key, table.rows == row["row"], row.get(key) or "", **values))
    rows = [_with_keys(row, known) for row in rows]
    for row in rows:
        findings += [
            table.finding(check, key, table.rows == row["row"], row["name"], other=other)
            for check, key, other in _conflicts(row, rows)
        ]
    schema = pa.schema([(name, array.type) for name, array in columns.items()])
    return pa.Table.from_pylist(rows, schema), table


def _conflicts(row: dict[str, Any], rows: list[dict[str, Any]]) -> list[tuple[str, str, int]]:
    """Return the checks that a row fails beside others of the same municipality and kind, with the row of the other."""
    of = [one for one in rows if one["row"] != row["row"] and all(one[key] == row[key] for key in SAME)]
    found = []
    for other in of:
        if other["name"] == row["name"] and other["row"] < row["row"]:
            found.append(("name_twice", "name", other["row"]))
        elif row["new_name"] and other["name"] == row["new_name"] and other["new_name"]:
            found.append(("name_chain", "same_as", other["row"]))
        if row["rank"] and other["rank"] == row["rank"] and other["row"] < row["row"]:
            found.append(("rank_twice", "group_rank", other["row"]))
    return found


def _faults(row: dict[str, Any], known: ReferenceData, *, has_rank: bool) -> list[tuple[str, str, dict[str, Any]]]:
    """Return the checks that a row fails, each with its column and the values of its message."""
    found: list[tuple[str, str, dict[str, Any]]] = []
    if row["kind"] in (Named.GROUP, Named.ADJUSTMENT) and not row["belongs_to"]:
        found.append(("cell_empty", "belongs_to", {}))
    if row["name"] and not row["new_name"] and not (row["kind"] == Named.GROUP and has_rank):
        found.append(("cell_empty", "same_as", {}))
    if row["kind"] != Named.GROUP or not row["belongs_to"] or not row["name"]:
        return found
    dimension = keys_of_dimensions(known).get(normalised(row["belongs_to"]))
    if dimension is None:
        return [*found, ("unknown_dimension", "belongs_to", {"known": tuple(known.dimensions.values())})]
    named = known.dimensions[dimension]
    group = known.groups[dimension].get(normalised(row["name"]), MISSING)
    if group == MISSING:
        found.append(("unknown_group", "name", {"dimension": named, "known": named.groups}))
    elif group in _listed(dimension):
        found.append(("group_of_list", "name", {}))
    return found


def _listed(dimension: str) -> set[str]:
    """Return the groups of a dimension on the reference list."""
    listed = reference_dimensions().get(dimension)
    return {group.key for group in listed.groups} if listed else set()


def _with_keys(row: dict[str, Any], known: ReferenceData) -> dict[str, Any]:
    """Return the row with the keys of its dimension and groups in place of their labels."""
    if row["kind"] != Named.GROUP or not row["belongs_to"]:
        return row
    dimension = keys_of_dimensions(known).get(normalised(row["belongs_to"]), "")
    words = known.groups.get(dimension, {})
    keys = {key: words.get(normalised(row[key]), row[key]) for key in ("name", "new_name") if row[key]}
    return {**row, "belongs_to": dimension, **keys}


def _example(wording: Wording) -> dict[str, Any]:
    return {
        "named": word_in("named", Named.ADJUSTMENT, wording.code),
        "belongs_to": wording.text("Stop smoking"),
        "name": example_mark(wording) + ": " + wording.text("Reminders by text message"),
        "same_as": wording.text("Reminders"),
    }


NAMES = SheetKind(
    form=Form.NAMES,
    order=15,
    names={"da": "Ens navne", "en": "Same names", "nb": "Like navn", "sv": "Samma namn", "fi": "Samat nimet"},
    row=N_("One row for each group, adjustment or action that files call otherwise, or group that gets a rank."),
    columns=(
        MUNICIPALITY,
        Column(
            "named",
            {"da": "Navnet på", "en": "The name of", "nb": "Navnet på", "sv": "Namnet på", "fi": "Minkä nimi"},
            needed=True,
            guidance=N_("A group, an adjustment or an action."),
            words="named",
        ),
        Column(
            "belongs_to",
            {"da": "Hører til", "en": "Belongs to", "nb": "Hører til", "sv": "Hör till", "fi": "Kuuluu kohteeseen"},
            guidance=N_("The dimension of a group, or the offer of an adjustment."),
        ),
        Column(
            "name",
            {
                "da": "Navn i filerne",
                "en": "Name in files",
                "nb": "Navn i filene",
                "sv": "Namn i filerna",
                "fi": "Nimi tiedostoissa",
            },
            needed=True,
            guidance=N_("The name as it is stored."),
        ),
        Column(
            "same_as",
            {"da": "Samme som", "en": "The same as", "nb": "Samme som", "sv": "Samma som", "fi": "Sama kuin"},
            guidance=N_("Its name from now on. Two with one name are one."),
        ),
        Column(
            "group_rank",
            {"da": "Rang", "en": "Rank", "nb": "Rang", "sv": "Rang", "fi": "Järjestysnumero"},
            guidance=N_("The place of a group in the order of its dimension: 1 is the least advantaged."),
            holds=Holds.COUNT,
        ),
    ),
    prepare=prepare,
    example=_example,
    example_column="name",
    subject=Subject.GAPS,
    plural=N_("names"),
)
