"""The store: the only layer that speaks SQL. Everything stored goes in as an import and comes out as counts."""

from analysis.store.database import Database, DatabaseInUse, DatabaseTooNew
from analysis.store.imports import (
    AlreadyImported,
    Contents,
    ImportRecord,
    NotStored,
    Overlap,
    PeriodsOverlap,
    add_import,
    already_imported,
    history,
    overlaps,
    undo_import,
)
from analysis.store.reading import (
    Coverage,
    adjustments,
    counts_by_month,
    counts_by_phase,
    coverage,
    dimensions,
    municipalities,
    offers,
)
from analysis.store.reference import danish_municipalities, group_spellings, municipality_spellings

__all__ = [
    "AlreadyImported",
    "Contents",
    "Coverage",
    "Database",
    "DatabaseInUse",
    "DatabaseTooNew",
    "ImportRecord",
    "NotStored",
    "Overlap",
    "PeriodsOverlap",
    "add_import",
    "adjustments",
    "already_imported",
    "counts_by_month",
    "counts_by_phase",
    "coverage",
    "danish_municipalities",
    "dimensions",
    "group_spellings",
    "history",
    "municipalities",
    "municipality_spellings",
    "offers",
    "overlaps",
    "undo_import",
]
