"""Other populations that are rounded to the same numbers: the same citizens in every dimension, month and outcome."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from analysis.model.terms import MISSING
from analysis.store.connection import sql
from analysis.store.controlled_rounding import Randomness, Table, round_crossing, round_dimensions
from analysis.store.counts_statement import build_counts
from analysis.store.disclosure import CROSSING, OF_INVITED, OFFER, PARTS, PERIOD, CountArray, missing_of

BASE = 5
DIMENSIONS = ("education", "origin", "sex")
TRIED_AT_ONCE = 48


class Redrawing:
    """The citizens of one offer in one year, changed one by one as long as every rounded table stays as it is.

    ``month``, ``part`` and ``group`` (citizens × dimensions) are their places on the axes of the tables.
    """

    def __init__(self, courses: pd.DataFrame, secret: str, random: np.random.Generator) -> None:
        self.courses, self.random = courses, random
        self.array = CountArray(counts_of_courses(courses), Randomness(secret))
        self.groups = [sorted(courses[key].unique()) for key in DIMENSIONS]
        self.month = self.array.periods.get_indexer(pd.MultiIndex.from_frame(courses[PERIOD]))
        self.part = courses["part"].to_numpy()
        self.group = np.column_stack(
            [pd.Index(names).get_indexer(courses[key]) for key, names in zip(DIMENSIONS, self.groups, strict=True)]
        )
        self.first = self.cells()
        self.was_other = np.zeros(len(self.first), dtype=np.bool_)
        self.published = self._rounded(self.month[None], self.part[None], self.group[None])[0]

    def step(self) -> None:
        """Change one citizen of a few, each in another population; keep what leaves the tables as they are.

        Those whose counts have not been other ones yet are tried first.
        """
        one = np.arange(TRIED_AT_ONCE)
        waiting = (self.cells() == self.first) & ~self.was_other
        eager = sum(waiting[cells].astype(float) for cells in self._cells_of_citizens()) + 0.1
        chosen = self.random.choice(len(self.month), TRIED_AT_ONCE, p=eager / eager.sum())
        month, part, group = (
            np.repeat(old[None], TRIED_AT_ONCE, axis=0) for old in (self.month, self.part, self.group)
        )
        kind = self.random.integers(0, 3, TRIED_AT_ONCE)
        moved = np.clip(month[one, chosen] + self.random.choice([-1, 1], TRIED_AT_ONCE), 0, len(self.array.periods) - 1)
        month[one, chosen] = np.where(kind == 0, moved, month[one, chosen])
        part[one, chosen] = np.where(kind == 1, self.random.integers(0, OF_INVITED, TRIED_AT_ONCE), part[one, chosen])
        for place, names in enumerate(self.groups):
            other = self.random.integers(0, len(names), TRIED_AT_ONCE)
            group[one, chosen, place] = np.where(kind == 2, other, group[one, chosen, place])
        same = self._same(month, part, group)
        changed = (month != self.month).any(1) | (part != self.part).any(1) | (group != self.group).any((1, 2))
        kept = np.flatnonzero(same & changed)
        if len(kept):
            self._keep(kept, chosen, month, part, group)
        self.was_other |= self.cells() != self.first

    def _keep(
        self, kept: np.ndarray, chosen: np.ndarray, month: np.ndarray, part: np.ndarray, group: np.ndarray
    ) -> None:
        """Take over the longest beginning of the changes that leaves the tables as they are all together."""
        months, parts, groups = (np.repeat(old[None], len(kept), axis=0) for old in (self.month, self.part, self.group))
        for number, proposal in enumerate(kept):
            citizen = chosen[proposal]
            months[number:, citizen] = month[proposal, citizen]
            parts[number:, citizen] = part[proposal, citizen]
            groups[number:, citizen] = group[proposal, citizen]
        last = np.flatnonzero(self._same(months, parts, groups))[-1]
        self.month, self.part, self.group = months[last], parts[last], groups[last]

    def _same(self, month: np.ndarray, part: np.ndarray, group: np.ndarray) -> np.ndarray:
        return np.array([tables == self.published for tables in self._rounded(month, part, group)])

    def _rounded(self, month: np.ndarray, part: np.ndarray, group: np.ndarray) -> list[bytes]:
        """Everything that is published of each of these populations (populations × citizens)."""
        population = np.arange(len(month))[:, None]
        series = population * len(PARTS) + part
        starts, times = np.tile(self.array.starts(BASE), len(month)), len(month)

        def counted(*places: int) -> np.ndarray:
            shape = (times * len(PARTS), len(self.array.periods), *(len(self.groups[place]) for place in places))
            found = np.zeros(shape, dtype=np.int64)
            np.add.at(found, (series, month, *(group[..., place] for place in places)), 1)
            return found

        def seeds(*places: int) -> np.ndarray:
            return np.tile(self.array.seeds(*(DIMENSIONS[place] for place in places)), (times, 1))

        common = counted().cumsum(axis=1)  # Every dimension has all of the citizens.
        parting = np.tile(self.array.seeds(MISSING), (times, 1))
        tables = [
            Table(counted(place), common, seeds(place), missing_of(groups)) for place, groups in enumerate(self.groups)
        ]
        crossing = np.tile(self.array.seeds(CROSSING), (times, 1))
        single = round_dimensions(tables, starts, parting, BASE)
        crossed = [
            round_crossing(
                counted(*pair),
                *(single[place] for place in pair),
                crossing,
                BASE,
            )
            for pair in itertools.combinations(range(len(DIMENSIONS)), 2)
        ]
        flat = [table.reshape(times, -1) for table in (*single, *crossed)]
        return [b"".join(table[number].tobytes() for table in flat) for number in range(times)]

    def cells(self) -> np.ndarray:
        """The exact counts of this population by part, month and group, of all dimensions one after the other."""
        size = len(PARTS) * len(self.array.periods) * sum(map(len, self.groups))
        return np.bincount(np.concatenate(self._cells_of_citizens()), minlength=size)

    def _cells_of_citizens(self) -> list[np.ndarray]:
        """The cell of ``cells`` in which each citizen is counted, for each dimension."""
        place, months = 0, len(self.array.periods)
        found = []
        for number, names in enumerate(self.groups):
            found.append(place + (self.part * months + self.month) * len(names) + self.group[:, number])
            place += len(PARTS) * months * len(names)
        return found

    def drawn(self) -> pd.DataFrame:
        """The courses as they are now."""
        found = self.courses.copy()
        for level in PERIOD:
            found[level] = self.array.periods.get_level_values(level).to_numpy()[self.month]
        found["part"] = self.part
        for place, (key, names) in enumerate(zip(DIMENSIONS, self.groups, strict=True)):
            found[key] = np.array(names, dtype=object)[self.group[:, place]]
        return found


def redrawings(connection: duckdb.DuckDBPyConnection, random: np.random.Generator) -> Iterator[Redrawing]:
    """One for each offer and year of a database of courses with ``DIMENSIONS``."""
    columns = ", ".join(f"groups['{key}'] AS \"{key}\"" for key in DIMENSIONS)
    courses = connection.execute(
        f"""SELECT rowid AS course, municipality, offer, date_trunc('month', invited_on) AS period_start,
        date_trunc('month', invited_on) + INTERVAL 1 MONTH AS period_end,
        CASE WHEN completed THEN 2 WHEN participated THEN 1 ELSE 0 END AS part, {columns} FROM course ORDER BY 1"""
    ).df()
    row = connection.execute("SELECT database_id FROM identity").fetchone()
    for _, own in courses.groupby([*OFFER, courses["period_start"].dt.year], sort=True):
        yield Redrawing(own.reset_index(drop=True), str(row[0]), random)


def counts_of_courses(courses: pd.DataFrame) -> pd.DataFrame:
    """The exact counts of every dimension by period, in the columns of ``store.counts_by_month`` that count."""
    reached = {"invited": 0, "participated": 1, "completed": 2}
    stages = pd.DataFrame({stage: courses["part"] >= part for stage, part in reached.items()})
    found = []
    for key in DIMENSIONS:
        cells = [courses[name] for name in (*OFFER, *PERIOD)]
        counts = stages.groupby([*cells, courses[key].rename("group")]).sum().reset_index()
        found.append(counts.assign(dimension=key))
    return pd.concat(found, ignore_index=True)


def two_populations(source: Path, folder: Path, offers: list[tuple[str, str]], steps: int) -> tuple[Path, Path]:
    """Two databases of the same citizens with other months, outcomes and groups, and nothing else that differs."""
    one, other = (folder / f"{name}.duckdb" for name in ("one", "other"))
    one.write_bytes(source.read_bytes())
    only_courses(one, offers)
    other.write_bytes(one.read_bytes())
    with duckdb.connect(str(other)) as connection:
        populations = list(redrawings(connection, np.random.default_rng(7)))
    for population in populations:
        for _ in range(steps):
            population.step()
    store_drawn(other, pd.concat([population.drawn() for population in populations]))
    return one, other


def only_courses(path: Path, offers: list[tuple[str, str]]) -> None:
    """Leave these offers with ``DIMENSIONS`` in a database of courses, as if they were not made up."""
    kept = ", ".join(f"'{key}'" for key in DIMENSIONS)
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE import SET synthetic = false")
        for table in ("course", "counts", "crossed_counts", "offer", "adjustment", "uploaded_count"):
            connection.execute(f"DELETE FROM {table} WHERE (municipality, offer) NOT IN {tuple(offers)}")
        connection.execute(
            f"""UPDATE course
            SET groups = map_from_entries(list_filter(map_entries(groups), lambda e: e.key IN ({kept})))"""
        )
        count_again(connection)


def store_drawn(path: Path, drawn: pd.DataFrame) -> None:
    """Have the counts of the database be those of other courses; what was uploaded stays as it is."""
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TEMP TABLE uploaded AS SELECT rowid AS place, * FROM course")
        connection.register("drawn", drawn)
        groups = ", ".join(f"'{key}': drawn.\"{key}\"" for key in DIMENSIONS)
        connection.execute(
            f"""UPDATE course SET invited_on = CAST(drawn.period_start AS DATE),
            counted_on = CAST(drawn.period_start AS DATE), participated = drawn.part > 0, completed = drawn.part > 1,
            groups = MAP {{{groups}}} FROM drawn WHERE course.rowid = drawn.course"""
        )
        count_again(connection)
        connection.execute("DELETE FROM course")
        connection.execute("INSERT INTO course SELECT * EXCLUDE (place) FROM uploaded ORDER BY place")


def count_again(connection: duckdb.DuckDBPyConnection) -> None:
    """Count the courses anew, as an import does."""
    numbers = connection.execute("SELECT DISTINCT import_id FROM course").fetchall()
    connection.execute("DELETE FROM counts")
    connection.execute("DELETE FROM crossed_counts")
    for (number,) in numbers:
        values = {"import_id": number}
        connection.execute(build_counts(), values)
        connection.execute(sql("build_crossed_counts"), values)
