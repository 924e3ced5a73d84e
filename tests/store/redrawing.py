"""Counts drawn anew so that what leaves the store stays as it was."""

import duckdb
import numpy as np
import pandas as pd

BASE = 5


def redrawn(
    connection: duckdb.DuckDBPyConnection, series: pd.Series, counts: pd.Series, part: str, random: np.random.Generator
) -> np.ndarray:
    """Counts by month, drawn anew so that their sum up to each month is rounded to what it was.

    ``series`` is a category, in whose order the periods follow each other; ``part`` is one of "left out", "dropped out"
    and "completed".
    """
    names = pd.DataFrame({"series": list(series.cat.categories)})
    connection.register("names", names)
    starts = connection.execute(f"SELECT series, start_of(series || ' {part}', {BASE}) AS start FROM names").df()
    code = series.cat.codes.to_numpy()
    start = starts.set_index("series")["start"].loc[names["series"]].to_numpy()[code]
    so_far = counts.fillna(0).groupby(code).cumsum().to_numpy()
    least = np.maximum((so_far + start) // BASE * BASE - start, 0)
    most = (so_far + start) // BASE * BASE - start + BASE - 1
    wanted = pd.Series(random.integers(least, most + 1))
    other = np.clip(wanted.groupby(code).cummax().to_numpy(), least, most)
    return pd.Series(other).groupby(code).diff().fillna(pd.Series(other)).to_numpy().astype(int)
