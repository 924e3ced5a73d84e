"""What a file holds after it was recognised, checked and typed."""

import datetime as dt
from dataclasses import dataclass

import pyarrow as pa

from analysis.intake.findings.findings import Finding, blocks
from analysis.intake.tables import LeftOut, Table
from analysis.store import ImportPayload

NOT_KEPT = {
    *("personal_column", "names_replaced", "no_cpr_column", "no_cpr_ids", "long_number_elsewhere"),
    *("embedded_file", "unsearched_part", "macros"),
}
"""Findings that prevent storing of the original file, independently of its rows."""


@dataclass(frozen=True)
class Prepared:
    """The import payload of a file and the findings. ``contents`` may be stored only if ``faultless``.

    ``counts`` are the contents as a table of counts. ``tables`` contain the rows to be stored, ``understood`` those
    with errors too.
    """

    contents: ImportPayload
    findings: list[Finding]
    tables: list[Table]
    synthetic: bool = False
    counts: pa.Table | None = None
    understood: tuple[Table, ...] = ()
    shows_on: dt.date | None = None
    """The day on which the file shows its courses, if it says so itself, as packages do."""

    @property
    def faultless(self) -> bool:
        return bool(self.tables) and not blocks(self.findings)

    @property
    def left_out(self) -> list[LeftOut]:
        """Omitted rows of the tables, with the reason."""
        return [one for table in self.tables for one in table.left_out]

    @property
    def personal(self) -> bool:
        """Whether the file contains, or may contain, personal data, so that the original file must not be stored."""
        return any(finding.check in NOT_KEPT for finding in self.findings)
