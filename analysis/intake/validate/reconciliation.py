"""Reconcile a file with the database: rows in the file, stored rows, omitted rows, and sums on both sides.

The sums of the file come from the raw sheets, independently of the code that types and stores them.
"""

import re
from collections import Counter
from dataclasses import dataclass

from analysis.intake.contract import KINDS, Form
from analysis.intake.read_file import Reading
from analysis.intake.sheets import TextColumn
from analysis.intake.tables import Reason, Table, cleaned
from analysis.intake.validate.prepared import Prepared
from analysis.intake.values.numbers import NotACount, NotANumber, Separators, TwoMeanings, count
from analysis.model.terms import Stage
from analysis.store import Sums

_DECIMAL = re.compile(r"(\d+)[.,](\d+)")


@dataclass(frozen=True)
class Account:
    """Reconciliation of one sheet.

    Attributes
    ----------
    sheet : name of the sheet.
    form : key of its kind; None for a sheet that was not read.
    rows_in_file : rows with any value, below the headers if they were found.
    rows_stored : stored rows.
    left_out : number of omitted rows by reason.
    ignored : rows of a sheet that was not read.
    in_file : sums by stage, of the rows to be stored, in the file.
    stored : sums by stage in the database.
    """

    sheet: str
    form: str | None
    rows_in_file: int
    rows_stored: int
    left_out: dict[Reason, int]
    ignored: int
    in_file: dict[str, int]
    stored: dict[str, int]

    @property
    def balances(self) -> bool:
        """Return whether every row and every citizen is accounted for."""
        accounted = self.rows_stored + sum(self.left_out.values()) + self.ignored
        return self.rows_in_file == accounted and self.in_file == self.stored


def reconcile(reading: Reading, prepared: Prepared, stored: list[Sums]) -> list[Account]:
    """Reconcile every sheet that is not empty; ``stored`` are the sums read back from the database."""
    by_sheet = {(one.sheet, one.form): one for one in stored}
    accounts = []
    for sheet in reading.sheets:
        filled = int(sheet.filled.sum())
        tables = [table for table in prepared.tables if table.sheet == sheet.name]
        if filled and not tables:
            accounts.append(Account(sheet.name, None, filled, 0, {}, filled, {}, {}))
        for form in dict.fromkeys(table.form for table in tables):
            of_form = [table for table in tables if table.form == form]
            accounts.append(_account(of_form, by_sheet.get((sheet.name, KINDS[form].stored_as))))
    return accounts


def _account(tables: list[Table], stored: Sums | None) -> Account:
    """Return the account of the tables of one kind on a sheet."""
    in_file: Counter[str] = Counter()
    for table in tables:
        in_file.update(_sums(table))
    left_out, again = _left_out(tables)
    found = {stage: getattr(stored, stage) if stored else 0 for stage in in_file}
    rows_in_file = sum(table.rows_in_file for table in tables) - again
    rows = stored.rows if stored else 0
    return Account(tables[0].sheet, tables[0].form, rows_in_file, rows, left_out, 0, dict(in_file), found)


def _left_out(tables: list[Table]) -> tuple[dict[Reason, int], int]:
    """Return the number of omitted rows by reason, and of rows that a table shares with one beside it."""
    left_out: Counter[Reason] = Counter()
    if len(tables) == 1:
        for one in tables[0].left_out:
            left_out[one.reason] += len(one.rows)
        return dict(left_out), 0
    kept = {row for table in tables for row in table.rows.tolist()}
    counted: set[int] = set()
    again = 0
    for table in tables:
        of_table = set(table.rows.tolist())
        for one in table.left_out:
            left_out[one.reason] += len(set(one.rows) - kept - counted)
            of_table.update(one.rows)
        again += len(of_table & counted)
        counted |= of_table
    return {reason: number for reason, number in left_out.items() if number}, again


def _sums(table: Table) -> dict[str, int]:
    """Sum the stages over the rows to be stored, from the sheet's own columns."""
    if table.form == Form.COURSES:
        return {Stage.PARTICIPATED: int((~table.columns["started_on"].blank()).sum())}
    if table.form != Form.COUNTS:
        return {}
    return {
        stage: _sum(table.columns[stage], table.separators, is_rounded=stage == Stage.INVITED)
        for stage in Stage
        if stage in table.columns
    }


def _sum(column: TextColumn, separators: Separators, *, is_rounded: bool) -> int:
    """Sum a column of counts, ignoring invalid values. Estimates of the invited are rounded before they are stored."""
    total = 0
    for code, rows in column.row_counts().items():
        try:
            total += rows * count(cleaned(column.values[code]), column.kind(code), separators).number
        except (NotACount, NotANumber, TwoMeanings):
            if is_rounded and (decimal := _DECIMAL.fullmatch(cleaned(column.values[code]))):
                total += rows * round(float(".".join(decimal.groups())))
    return total
