"""The store: the only layer that speaks SQL. Everything stored goes in as an import and comes out as counts."""

from analysis.store.bringing_back import NothingToBringBack, purge, redo_import
from analysis.store.confirming import check_journal
from analysis.store.contents import Contents, Source, Sums, sums
from analysis.store.database import Database, DatabaseInUse, DatabaseTooNew, Readable
from analysis.store.geography import municipality_shapes, municipality_tiles
from analysis.store.imports import (
    AlreadyImported,
    ImportRecord,
    NotStored,
    Overlap,
    PeriodsOverlap,
    add_import,
    already_imported,
    counts_of,
    history,
    original,
    overlaps,
    stored_sums,
    undo_import,
)
from analysis.store.journal import Difference
from analysis.store.reading import (
    Coverage,
    adjustments,
    counts_by_month,
    counts_by_phase,
    coverage,
    crossed_counts,
    crossings,
    dimensions,
    municipalities,
    offers,
    trace,
)
from analysis.store.reference import danish_municipalities, group_spellings, municipality_spellings
from analysis.store.saved_mappings import SavedMapping, forget_mapping, save_mapping, saved_mappings
from analysis.store.theme_days import actions, requests, takes_the_place, theme_days, understandings, votes
from analysis.store.trying import with_import, with_undone

__all__ = [
    "AlreadyImported",
    "Contents",
    "Coverage",
    "Database",
    "DatabaseInUse",
    "DatabaseTooNew",
    "Difference",
    "ImportRecord",
    "NotStored",
    "NothingToBringBack",
    "Overlap",
    "PeriodsOverlap",
    "Readable",
    "SavedMapping",
    "Source",
    "Sums",
    "actions",
    "add_import",
    "adjustments",
    "already_imported",
    "check_journal",
    "counts_by_month",
    "counts_by_phase",
    "counts_of",
    "coverage",
    "crossed_counts",
    "crossings",
    "danish_municipalities",
    "dimensions",
    "forget_mapping",
    "group_spellings",
    "history",
    "municipalities",
    "municipality_shapes",
    "municipality_spellings",
    "municipality_tiles",
    "offers",
    "original",
    "overlaps",
    "purge",
    "redo_import",
    "requests",
    "save_mapping",
    "saved_mappings",
    "stored_sums",
    "sums",
    "takes_the_place",
    "theme_days",
    "trace",
    "understandings",
    "undo_import",
    "votes",
    "with_import",
    "with_undone",
]
