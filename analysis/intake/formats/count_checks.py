"""Checks of counts that compare many rows."""

import numpy as np
import pandas as pd

from analysis.intake.findings.findings import Finding
from analysis.intake.parsing.questions import Answers
from analysis.intake.tables import Table, cleaned
from analysis.model.terms import Stage

STAGES = tuple(Stage)
FEWEST_HUNDREDS = 6
"""Minimum number of rows for a suspicion of percentages."""
FEWEST_CUMULATED, FEWEST_STEPS, GROWTH = 4, 6, 2
"""Minimum number of periods per year, of steps, and growth factor for a suspicion of cumulative counts."""
KEY = ["municipality", "offer", "period_start", "period_end", "dimension", "group"]
WITH_OTHERS = [*KEY, "others"]
"""The columns that no two counts share."""
MISSING_CODES = {"999", "9999", "99999"}
MUCH_LARGER, LONGEST_CODE = 5, 10
"""Minimum ratio of a missing code to every other number, and the length limit of the numbers to compare."""


def check_hundreds(table: Table, frame: pd.DataFrame, findings: list[Finding]) -> None:
    """Report a sheet with 100 in every row of the first stage and nothing above: the counts may be percentages."""
    stages = [stage for stage in STAGES if stage in table.columns]
    if len(frame) < FEWEST_HUNDREDS or not stages or (frame[list(STAGES)] > 100).any(axis=None):
        return
    if (frame[stages[0]] == 100).fillna(value=False).all():
        findings.append(table.finding("all_hundred", stages[0], np.ones(len(table.rows), dtype=bool), "100"))


def missing_codes(table: Table, findings: list[Finding], answers: Answers) -> np.ndarray:
    """Find rows with 999 or similar if all other numbers are much smaller; ask the user, or apply the answer."""
    missing = np.zeros(len(table.rows), dtype=bool)
    columns = {str(stage): table.columns[stage] for stage in STAGES if stage in table.columns}
    texts = {cleaned(column.values[code]) for column in columns.values() for code in column.row_counts()}
    codes = texts & MISSING_CODES
    largest = max((int(text) for text in texts - codes if text.isdecimal() and len(text) < LONGEST_CODE), default=0)
    for code in sorted(codes, key=len):
        for stage, column in columns.items() if int(code) >= MUCH_LARGER * largest else ():
            here = np.array([cleaned(value) == code for value in column.values], dtype=bool)[column.codes]
            if here.any() and "missing_code" not in answers:
                findings.append(table.finding("missing_code", stage, here, code))
            missing |= here
    return missing if answers.get("missing_code") == "missing" else np.zeros_like(missing)


def check_cumulated(table: Table, frame: pd.DataFrame, findings: list[Finding]) -> None:
    """Report offers whose counts never fall within a year in any group: the counts may be cumulative."""
    whole = frame[frame[[*KEY, "participated"]].notna().all(axis=1) & ~frame.duplicated(KEY, keep=False)]
    if whole.empty:
        return
    year = pd.to_datetime(whole["period_start"]).dt.year
    whole = whole.assign(year=year).sort_values("period_start")
    keys = ["municipality", "offer", "dimension", "group", "year"]
    steps = whole.groupby(keys)["participated"].diff().fillna(0)
    summary = (
        whole.assign(fallen=steps < 0, risen=steps > 0)
        .groupby(keys)
        .agg(
            periods=("participated", "size"),
            first=("participated", "first"),
            last=("participated", "last"),
            fallen=("fallen", "any"),
            rises=("risen", "sum"),
        )
    )
    summary["steps"] = summary["periods"] - 1
    often = (summary["periods"] >= FEWEST_CUMULATED) & (2 * summary["rises"] >= summary["periods"])
    summary["grown"] = often & (summary["last"] >= GROWTH * summary["first"])
    of_offer = summary.groupby(["municipality", "offer"])
    many = (of_offer["periods"].max() >= FEWEST_CUMULATED) & ~of_offer["fallen"].any()
    enough = of_offer["steps"].sum() >= FEWEST_STEPS
    for _, offer in many.index[many & enough & (of_offer["grown"].mean() >= 0.5)]:
        mask = np.isin(table.rows, frame.loc[frame["offer"] == offer, "row"])
        findings.append(table.finding("counts_cumulated", "participated", mask, offer))


def crossing(frame: pd.DataFrame) -> np.ndarray:
    """Return a mask of rows whose period overlaps a different period of the same offer and dimension."""
    spans = frame[["municipality", "offer", "dimension", "period_start", "period_end"]].drop_duplicates().dropna()
    spans = spans.sort_values(["municipality", "offer", "dimension", "period_start", "period_end"])
    same = (spans[["municipality", "offer", "dimension"]] == spans[["municipality", "offer", "dimension"]].shift()).all(
        axis=1
    )
    crossing = spans[same & (spans["period_start"] < spans["period_end"].shift())]
    return frame.index.isin(crossing.index)
