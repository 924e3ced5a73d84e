"""The periods of each offer that the rows of a file cover."""

import pyarrow as pa
import pyarrow.compute as pc


def covered_periods(courses: pa.Table | None, *of_counts: pa.Table | None) -> pa.Table | None:
    """Return the periods that a file covers; those of courses are without a dimension."""
    parts = []
    if courses is not None:
        start = pc.cast(pc.floor_temporal(courses["counted_on"], unit="month"), pa.date32())
        months = courses.select(["municipality", "offer"]).append_column("period_start", start)
        months = months.group_by(["municipality", "offer", "period_start"]).aggregate([])
        end = pc.cast(
            pc.ceil_temporal(months["period_start"], unit="month", ceil_is_strictly_greater=True), pa.date32()
        )
        months = months.append_column("period_end", end)
        parts.append(months.append_column("dimension", pa.nulls(len(months), pa.string())))
    keys = ["municipality", "offer", "period_start", "period_end", "dimension"]
    for counts in of_counts:
        parts += [] if counts is None else [counts.select(keys), *_further_dimensions(counts, keys)]
    if not parts:
        return None
    return pa.concat_tables(parts, promote_options="default").group_by(keys).aggregate([]).select(keys)


def _further_dimensions(counts: pa.Table, keys: list[str]) -> list[pa.Table]:
    """Return the keys of crossed counts with each of their further dimensions."""
    if "others" not in counts.column_names:
        return []
    found = {key for one in counts["others"].to_pylist() if one for key, _ in one}
    crossed = counts.filter(pc.is_valid(counts["others"])).select(keys[:-1])
    return [crossed.append_column("dimension", pa.array([key] * len(crossed), pa.string())) for key in sorted(found)]
