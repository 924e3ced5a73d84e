"""Columns of courses with yes and no in place of an outcome: “Afbrudt: ja”, “Gennemført: ja”."""

from dataclasses import replace

import numpy as np

from analysis.i18n.vocabulary import word_in
from analysis.intake.findings.findings import Finding
from analysis.intake.layout.cell_types import DAY, types_of
from analysis.intake.lexicon.drop_outs import is_drop_out_header
from analysis.intake.lexicon.end_dates import is_end_date_header
from analysis.intake.lexicon.opposites import negated
from analysis.intake.lexicon.yes_no import all_yes_no
from analysis.intake.sheets import TextColumn
from analysis.intake.tables import Table
from analysis.model.terms import Outcome


def with_outcomes(table: Table, findings: list[Finding]) -> Table:
    """Return the table with outcomes in the words of the format, if a column has yes and no about them.

    “Yes” or a date below “Dropped out” means dropped out; “no” leaves the outcome to the end date, if there is one.
    """
    column = table.columns.get("outcome")
    if column is None:
        return _of_completion(table)
    if not is_drop_out_header(table.header("outcome")):
        return table
    values = _values(column)
    meant = all_yes_no(values) or {}
    dropped = word_in("outcome", Outcome.DROPPED_OUT, "en")
    said = {value: dropped if word == "yes" else "" for value, word in meant.items()}
    if not meant and values:
        days = {column.values[code] for code in np.unique(column.codes[types_of(column) == DAY]).tolist()}
        said = dict.fromkeys(days, dropped)
    if "completed_on" not in table.columns:
        said = {value: word for value, word in said.items() if word}
    else:
        findings.append(
            Finding(
                "dropped_out_column",
                table.sheet,
                column=table.header("outcome"),
                letters=table.letters.get("outcome", ""),
            )
        )
    return replace(table, columns={**table.columns, "outcome": column.replaced(said)})


def _of_completion(table: Table) -> Table:
    """Return the table with the outcome from a column of completion dates that has yes and no instead of dates."""
    column = table.columns.get("completed_on")
    header = table.headers.get("completed_on", "")
    if column is None or is_end_date_header(header) or negated(header):
        return table
    meant = all_yes_no(_values(column))
    if not meant:
        return table
    columns, headers, places = (
        {"outcome" if key == "completed_on" else key: one for key, one in of_table.items()}
        for of_table in (table.columns, table.headers, table.letters)
    )
    words = {value: word_in("yes_no", meaning, "en") for value, meaning in meant.items()}
    columns["outcome"] = column.replaced(words)
    return replace(table, columns=columns, headers=headers, letters=places)  # type: ignore[arg-type]


def _values(column: TextColumn) -> set[str]:
    return {text for code in column.present().tolist() if (text := column.values[code]).strip()}
