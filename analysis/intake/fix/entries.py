"""Entries of the list of what must be put right: the errors of a file, those with the same solution together."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from analysis.intake.findings.check import Severity
from analysis.intake.findings.file_checks import FILE_CHECKS
from analysis.intake.findings.findings import Finding
from analysis.intake.findings.sheet_checks import SHEET_CHECKS
from analysis.intake.parsing.questions import ASKED_BY, ASKING
from analysis.model.terms import Dimension

MOST_COLUMNS = 5
"""Maximum number of columns with an entry each. The same fault in more columns is one entry."""
NO_SINGLE_VALUE = {"more_participated", "more_completed", "more_running", *ASKING}
"""Checks whose value is not the text of a single cell."""
NEW_GROUPS = {"unknown_group", "unknown_group_near"}
"""Checks whose value can become a group of its own."""


class Kind(StrEnum):
    """Where the user solves an entry, in the order of the list."""

    FILE = "file"
    """In the file or in the mapping."""
    CONSTANT = "constant"
    """With one value for all rows."""
    QUESTION = "question"
    """With the answer to a question."""
    VALUES = "values"
    """With a replacement of each value."""
    ROWS = "rows"
    """In the cells of single rows."""


FOR_ALL_ROWS = {"missing_constant", "missing_year", "sessions_undated"}
"""Checks that one value for all rows can solve, if their finding names its field."""


@dataclass(frozen=True)
class WrongValue:
    """An invalid value in the columns of an entry."""

    value: str
    findings: tuple[Finding, ...]

    @property
    def number(self) -> int:
        """Number of rows with the value."""
        return sum(len(finding.rows) for finding in self.findings)


@dataclass(frozen=True)
class Entry:
    """Errors that the user puts right in one place. ``subject`` tells entries of one kind apart."""

    kind: Kind
    subject: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def key(self) -> str:
        """Identifier for widgets: short, and without texts of the file."""
        return digest(self.kind, *self.subject)

    @property
    def values(self) -> list[WrongValue]:
        """Return each invalid value once, the most frequent first, except values that only a common finding reports."""
        by_value: dict[str, list[Finding]] = {}
        for finding in self.findings:
            if finding.more:
                continue
            by_value.setdefault(finding.value, []).append(finding)
        values = [WrongValue(value, tuple(findings)) for value, findings in by_value.items()]
        return sorted(values, key=lambda wrong: -wrong.number)

    @property
    def unlisted(self) -> int:
        """Number of values that only a common finding reports."""
        return sum(1 + finding.more for finding in self.findings if finding.more)

    @property
    def number(self) -> int:
        """Number of decisions that the entry needs."""
        return len(self.values) + self.unlisted if self.kind is Kind.VALUES else 1


def digest(*texts: str) -> str:
    """Return a short hash of texts, as an identifier that does not reveal them."""
    return hashlib.sha256("\0".join(texts).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def entries(findings: Iterable[Finding], *, by_hand: bool) -> list[Entry]:
    """Return the entries of the errors among the findings. ``by_hand``: the user matches the columns by hand."""
    groups: dict[tuple[Kind, tuple[str, ...]], list[Finding]] = {}
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    crowded = _crowded(errors, by_hand=by_hand)
    for finding in errors:
        kind = kind_of(finding, by_hand=by_hand)
        subject = _subject(kind, finding)
        if kind is Kind.VALUES and (shared := _shared(finding)) in crowded:
            subject = shared
        groups.setdefault((kind, subject), []).append(finding)
    found = [Entry(kind, subject, tuple(group)) for (kind, subject), group in groups.items()]
    order = list(Kind)
    return sorted(found, key=lambda entry: (order.index(entry.kind), -_rows_of(entry.findings)))


def rows_by_sheet(findings: Iterable[Finding]) -> dict[str, frozenset[int]]:
    """Return the rows of the findings."""
    rows: dict[str, frozenset[int]] = {}
    for finding in findings:
        rows[finding.sheet] = rows.get(finding.sheet, frozenset()) | frozenset(finding.rows)
    return rows


def kind_of(finding: Finding, *, by_hand: bool) -> Kind:
    """Return where the user solves a finding."""
    if finding.check in ASKING:
        return Kind.QUESTION
    if finding.check in FOR_ALL_ROWS and finding.value and not by_hand:
        return Kind.CONSTANT
    is_of_file = finding.check in {*FILE_CHECKS, *SHEET_CHECKS, *FOR_ALL_ROWS} or finding.check.startswith("cpr_")
    if is_of_file or not finding.rows:
        return Kind.FILE
    is_value = finding.value and finding.letters and finding.check not in NO_SINGLE_VALUE
    return Kind.VALUES if is_value else Kind.ROWS


def dimension_of(finding: Finding) -> str:
    """Return the key of the dimension that can have the value as a new group; empty for none."""
    dimension = finding.values.get("dimension")
    return dimension.key if isinstance(dimension, Dimension) and finding.check in NEW_GROUPS else ""


def _subject(kind: Kind, finding: Finding) -> tuple[str, ...]:
    match kind:
        case Kind.QUESTION:
            return (next(question for question, checks in ASKED_BY.items() if finding.check in checks),)
        case Kind.CONSTANT:
            return (finding.value,)
        case Kind.VALUES:
            return (*_shared(finding), finding.sheet, finding.letters)
        case Kind.ROWS:
            return (finding.check, finding.sheet)
    return (_family(finding),)


def _shared(finding: Finding) -> tuple[str, ...]:
    """Return what findings of several columns have in common."""
    return _family(finding), dimension_of(finding)


def _family(finding: Finding) -> str:
    """Return the check, without telling apart whether a similar value is known."""
    return finding.check.removesuffix("_near")


def _crowded(errors: Iterable[Finding], *, by_hand: bool) -> set[tuple[str, ...]]:
    """Return the faults of values in several columns that are one entry.

    They are in many columns, or they are groups that are headers over numbers: one value in each column.
    """
    columns: dict[tuple[str, ...], dict[tuple[str, str], set[str]]] = {}
    for finding in errors:
        if kind_of(finding, by_hand=by_hand) is Kind.VALUES:
            place = (finding.sheet, finding.letters)
            columns.setdefault(_shared(finding), {}).setdefault(place, set()).add(finding.value)
    return {
        shared
        for shared, values in columns.items()
        if len(values) > MOST_COLUMNS or (shared[1] and all(len(one) == 1 for one in values.values()))
    }


def _rows_of(findings: Iterable[Finding]) -> int:
    return sum(len(finding.rows) for finding in findings)
