"""Validate counts from an external engine and store them as an import."""

import hashlib
import io
import itertools
from pathlib import PurePosixPath

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from analysis.auth.roles import Person, users_name
from analysis.model.terms import MISSING
from analysis.store.counts import dimensions, municipalities
from analysis.store.counts_engines import NotCounted
from analysis.store.counts_statement import COUNTS
from analysis.store.database import Database
from analysis.store.imports.importing import ImportRecord, add_import
from analysis.store.payload import ImportMode, ImportPayload, Source
from analysis.text.identity_numbers import holds_identity_number

KEYS = COUNTS.names[:6]
MOST_NAMED = 5


def store_counts(
    database: Database, counts: pa.Table, source: str, *, by: Person, synthetic: bool = False, replacing: bool = False
) -> ImportRecord:
    """Store counts as an import of counts by period. ``source`` is their origin; its last part becomes the file name.

    Raise ``NotCounted`` for counts that no workbook could contain either, and the exceptions of ``add_import``.
    """
    counts = counts.sort_by([(key, "ascending") for key in KEYS])
    name = PurePosixPath(source).name or source
    _check(database, counts, name)
    where = {"sheet": pa.repeat(name, counts.num_rows), "row": pa.array(range(1, counts.num_rows + 1), pa.int32())}
    contents = ImportPayload(
        counts=pa.table({**where, **dict(zip(counts.column_names, counts.columns, strict=True))}),
        periods=counts.group_by(KEYS[:5]).aggregate([]),
    )
    text = io.BytesIO()
    pyarrow.csv.write_csv(counts, text)
    digest = hashlib.sha256(text.getvalue()).hexdigest()
    made_of = Source(name, digest, synthetic=synthetic, person=by.name or users_name())
    return add_import(database, contents, made_of, by=by, mode=ImportMode.REPLACE if replacing else ImportMode.NEW)


def _check(database: Database, counts: pa.Table, name: str) -> None:
    """Raise ``NotCounted`` for the first error.

    The message contains only names of places and groups, no other values.
    """
    if not counts.num_rows:
        raise NotCounted("There is nothing to count in it.")
    for key in (*KEYS, "participated", "completed"):
        missing = counts[key].null_count
        if missing:
            raise NotCounted(
                f"{missing} counts have no {key}. Every course needs a municipality, an offer, a day on which it was "
                "invited or started, and a group in each dimension that it has."
            )
    stages = (pc.fill_null(counts["invited"], counts["participated"]), counts["participated"], counts["completed"])
    for more, fewer in itertools.pairwise(stages):
        if pc.any(pc.less(more, fewer)).as_py():
            raise NotCounted(
                "More have completed than participated, or participated than were invited. Mend the courses."
            )
    if holds_identity_number([name, *counts["offer"].unique().to_pylist()]):
        raise NotCounted("The name of the source or of an offer looks like a CPR number. Give it another name.")
    unknown = sorted(set(counts["municipality"].unique().to_pylist()) - set(municipalities(database)))
    if unknown:
        raise NotCounted(f"These municipalities are not known: {', '.join(unknown[:MOST_NAMED])}.")
    listed = dimensions(database, with_joined=True).values()
    known = {(one.key, key) for one in listed for key in (MISSING, *(group.key for group in one.groups))}
    pairs = counts.group_by(["dimension", "group"]).aggregate([]).to_pylist()
    strange = sorted(f"{one['dimension']}: {one['group']}" for one in pairs if tuple(one.values()) not in known)
    if strange:
        raise NotCounted(
            f"These groups are not known: {', '.join(strange[:MOST_NAMED])}. Write them as the column group of "
            "data/reference/dimensions.csv, or add them once by a workbook."
        )
