"""Reconcile a file with the database: rows in the file, stored rows, omitted rows, and sums on both sides.

The sums of the file come from the raw sheets, independently of the code that types and stores them.
"""

from collections import Counter
from dataclasses import dataclass

from analysis.intake.contract import KINDS, Form
from analysis.intake.read_file import Reading
from analysis.intake.sheets import RawSheet, TextColumn
from analysis.intake.tables import Reason, Table, cleaned
from analysis.intake.validate.validation import Prepared
from analysis.intake.values.numbers import NotACount, NotANumber, Separators, TwoMeanings, count
from analysis.model.terms import Stage
from analysis.store import Sums


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
        for table in tables:
            accounts.append(_account(sheet, table, by_sheet.get((sheet.name, KINDS[table.form].stored_as))))
    return accounts


def _account(sheet: RawSheet, table: Table, stored: Sums | None) -> Account:
    left_out: Counter[Reason] = Counter()
    for one in table.left_out:
        left_out[one.reason] += len(one.rows)
    in_file = _sums(sheet, table)
    found = {stage: getattr(stored, stage) if stored else 0 for stage in in_file}
    rows = stored.rows if stored else 0
    return Account(sheet.name, table.form, table.rows_in_file, rows, dict(left_out), 0, in_file, found)


def _sums(sheet: RawSheet, table: Table) -> dict[str, int]:
    """Sum the stages over the rows to be stored, from the sheet's own columns."""
    if table.form == Form.COURSES:
        return {Stage.PARTICIPATED: int((~table.columns["started_on"].blank()).sum())}
    if table.form != Form.COUNTS:
        return {}
    sums: Counter[str] = Counter()
    parts = [(stage, table.columns[stage]) for stage in Stage if stage in table.columns]
    for stage, column in (*parts, *((one.stage, one.column) for one in table.wide)):
        sums[stage] += _sum(column, table.separators)
    return dict(sums)


def _sum(column: TextColumn, separators: Separators) -> int:
    """Sum a column of counts, ignoring invalid values."""
    total = 0
    for code, rows in column.row_counts().items():
        try:
            total += rows * count(cleaned(column.values[code]), column.kind(code), separators).number
        except (NotACount, NotANumber, TwoMeanings):
            continue
    return total
