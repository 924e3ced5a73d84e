"""Compare the stated follow-up times of offers with the courses of the same file."""

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.intake.findings.findings import Finding
from analysis.intake.tables import Table

FEWEST = 5
"""Minimum number of completed courses that took longer than stated."""
SHARE = 0.95
"""The measured time is that which this share of the completed courses took."""


def check_follow_up(table: Table, offers: pa.Table, courses: pa.Table | None, findings: list[Finding]) -> None:
    """Report offers whose courses took longer than their stated follow-up time.

    ``offers`` and ``courses`` are those of ``ImportPayload``; ``table`` is the sheet of the offers.
    """
    if courses is None or not offers.num_rows:
        return
    days = _days(courses)
    for row in offers.select(["row", "municipality", "offer", "follow_up_days"]).to_pylist():
        own = days.get((row["municipality"], row["offer"]))
        stated = row["follow_up_days"]
        if own is None or stated is None or (own > stated).sum() < FEWEST:
            continue
        measured = int(np.ceil(np.quantile(own, SHARE, method="inverted_cdf")))
        if measured > stated:
            mask = table.rows == row["row"]
            findings.append(
                table.finding("follow_up_short", "follow_up_days", mask, str(stated), offer=row["offer"], days=measured)
            )


def _days(courses: pa.Table) -> dict[tuple[str, str], pd.Series]:
    """Return the days from the beginning of each completed course to its completion, by municipality and offer."""
    frame = courses.select(["municipality", "offer", "completed", "counted_on", "completed_on"]).to_pandas()
    took = pd.to_datetime(frame["completed_on"]) - pd.to_datetime(frame["counted_on"])
    frame = frame.assign(days=took.dt.days)[frame["completed"] & (took >= pd.Timedelta(0))]
    return {(str(place), str(offer)): days for (place, offer), days in frame.groupby(["municipality", "offer"])["days"]}
