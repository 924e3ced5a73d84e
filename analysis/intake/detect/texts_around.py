"""Texts around the tables of a sheet that say what their numbers are: legends, parts of years and remarks."""

from collections.abc import Mapping

from analysis.intake.detect.beside_tables import columns_beside
from analysis.intake.detect.contradictions import NOTHING, contradictions
from analysis.intake.detect.legends import with_legends
from analysis.intake.detect.marked_rows import without_marked_rows
from analysis.intake.detect.one_table import OF_CITIZENS
from analysis.intake.detect.parts_of_years import with_parts_of_years
from analysis.intake.detect.remarks import remarks
from analysis.intake.findings.findings import Finding
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.sheets import RawSheet
from analysis.intake.tables import Table


def with_texts_around(
    tables: list[Table],
    sheet: RawSheet,
    whole: RawSheet,
    known: ReferenceData,
    given: Mapping[str, str],
    above: Mapping[str, str] = NOTHING,
) -> tuple[list[Table], list[Finding]]:
    """Return the tables as the texts around them say, and the findings.

    ``whole`` is the sheet with all rows, ``given`` what the user states for all rows, ``above`` what rows above the
    tables state.
    """
    if not any(table.form in OF_CITIZENS for table in tables):
        return tables, []
    beside = columns_beside(sheet, tables)
    tables, of_marks = without_marked_rows(tables, sheet, beside)
    tables, of_legends = with_legends(tables, sheet)
    tables, of_parts = with_parts_of_years(tables, whole, beside)
    said = [*remarks(sheet, known, tables, beside), *contradictions(given, sheet, known, tables, above)]
    return tables, [*said, *of_legends, *of_parts, *of_marks]
