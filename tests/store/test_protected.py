"""Counts as they leave the store: rounded so that no sum and no difference of them tells a small count."""

from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest

from analysis import store
from analysis.auth.roles import AS_THEY_ARE, NOBODY_SIGNED_IN, DisclosureLevel
from analysis.store import Database
from tests.support.counts import counts_by_phase
from tests.support.redrawing import BASE, Redrawing, only_courses, redrawings

STRANGER = DisclosureLevel(BASE)
PARTS = ["left_out", "dropped_out", "completed"]
OFFER = ["municipality", "offer"]
MOST_STEPS = 400


def by_month(database: Database, disclosure_level: DisclosureLevel, dimension: str = "education") -> pd.DataFrame:
    """The counts by month with the three parts that they are made of; 0 where there is no row."""
    counts = store.counts_by_month(database, disclosure_level, dimension=dimension, synthetic=False)
    return _in_parts(counts).set_index([*OFFER, "period_start", "phase", "group"])[PARTS]


def _in_parts(counts: pd.DataFrame) -> pd.DataFrame:
    return counts.assign(
        left_out=(counts["invited"] - counts["participated"]).astype(float),
        dropped_out=(counts["participated"] - counts["completed"]).astype(float),
        completed=counts["completed"].astype(float),
    )


def errors(database: Database, dimension: str) -> pd.DataFrame:
    """By how much each part of each month is off."""
    exact, seen = by_month(database, AS_THEY_ARE, dimension), by_month(database, STRANGER, dimension)
    return seen.sub(exact, fill_value=0.0)


def by_year(found: pd.DataFrame, *keys: str) -> Any:
    """Offers, or what of them the keys tell apart, each year by itself."""
    found = found.sort_index(level="period_start")
    year = found.index.get_level_values("period_start").year
    return found.groupby([*(found.index.get_level_values(key) for key in (*OFFER, *keys)), year])


def test_every_part_is_a_multiple_and_nothing_is_told_by_an_empty_row(own: Database) -> None:
    seen = by_month(own, STRANGER)
    assert (seen.to_numpy() % BASE == 0).all()
    assert (seen.to_numpy() >= 0).all()
    assert (seen.sum(axis=1) > 0).all()
    assert len(seen) < len(by_month(own, AS_THEY_ARE))


@pytest.mark.parametrize("dimension", ["education", "labour market", "sex", "age"])
def test_a_group_is_seldom_more_than_one_multiple_off_whatever_months_of_a_year_are_added_up(
    own: Database, dimension: str
) -> None:
    so_far = by_year(errors(own, dimension), "group").cumsum().to_numpy()
    print(
        f"{dimension}: at most {np.abs(so_far).max():.0f} off, {np.mean(np.abs(so_far) >= BASE):.2%} by {BASE} or more"
    )
    assert np.abs(so_far).max() < 2 * BASE
    assert np.mean(np.abs(so_far) >= BASE) < 0.02


@pytest.mark.parametrize("dimension", ["education", "labour market", "sex", "age"])
def test_all_groups_together_are_less_than_one_multiple_off(own: Database, dimension: str) -> None:
    so_far = by_year(errors(own, dimension).groupby([*OFFER, "period_start"]).sum()).cumsum()
    assert (so_far.abs() < BASE).to_numpy().all()


def test_on_average_nothing_is_added_or_taken_away(own: Database) -> None:
    phases = pd.concat([errors(own, key) for key in ("education", "labour market", "age", "income", "origin")])
    off = phases.groupby([*OFFER, "phase", "group"]).sum().to_numpy()
    standard_error = off.std() / np.sqrt(off.size)
    assert off.size > 1000
    assert abs(off.mean()) < 3 * standard_error


def test_an_offers_own_municipality_is_seen_as_it_is_and_others_as_by_everybody(own: Database) -> None:
    seen = by_month(own, DisclosureLevel(BASE, frozenset({"Holbæk"})))
    exact, rounded = by_month(own, AS_THEY_ARE), by_month(own, STRANGER)
    pd.testing.assert_frame_equal(seen.loc[["Holbæk"]], exact.loc[["Holbæk"]])
    others = [name for name in exact.index.get_level_values(0).unique() if name != "Holbæk"]
    pd.testing.assert_frame_equal(seen.loc[others], rounded.loc[others])


def test_what_is_made_up_is_seen_as_it_is(demonstration_database: Database) -> None:
    seen, exact = (
        store.counts_by_month(demonstration_database, disclosure_level, dimension="education", synthetic=True)
        for disclosure_level in (STRANGER, AS_THEY_ARE)
    )
    pd.testing.assert_frame_equal(seen, exact)


def test_phases_and_groups_within_groups_are_protected_too(own: Database) -> None:
    phases = counts_by_phase(own, STRANGER, dimension="education", synthetic=False)
    months = store.counts_by_month(own, STRANGER, dimension="education", synthetic=False)
    assert phases["completed"].sum() == months["completed"].sum()
    for one, other in (("education", "sex"), ("sex", "education")):
        crossed = _in_parts(store.crossed_counts(own, STRANGER, dimension=one, other=other, synthetic=False))
        assert (crossed[PARTS].to_numpy() % BASE == 0).all()
    again = store.crossed_counts(own, STRANGER, dimension="education", other="sex", synthetic=False)
    keys = [*OFFER, "period_start"]
    turned = crossed.rename(columns={"group": "within", "within": "group"})[[*keys, "group", "within", "completed"]]
    merged = again.merge(turned, on=[*keys, "group", "within"], how="outer", suffixes=("", "_turned"))
    assert (merged["completed"] == merged["completed_turned"]).all()


def test_taking_back_what_another_municipality_stored_moves_nothing(own: Database) -> None:
    before = by_month(own, STRANGER).loc[["Holbæk"]]
    other = next(one for one in store.history(own) if one.file_name.startswith("koebenhavn"))
    store.undo_import(own, other.import_id, by=NOBODY_SIGNED_IN)
    after = by_month(own, STRANGER)
    store.redo_import(own, other.import_id, by=NOBODY_SIGNED_IN)
    assert "København" not in after.index.get_level_values(0)
    pd.testing.assert_frame_equal(after.loc[["Holbæk"]], before)


@pytest.fixture(scope="module")
def population(tmp_path_factory: pytest.TempPathFactory, demonstration_file) -> Redrawing:
    """The citizens of one offer and year, and others who are rounded alike."""
    path = tmp_path_factory.mktemp("redrawn") / "redrawn.duckdb"
    path.write_bytes(demonstration_file.read_bytes())
    only_courses(path, [("Halsnæs", "Sund aldring")])
    with duckdb.connect(str(path)) as connection:
        return max(redrawings(connection, np.random.default_rng(3)), key=lambda one: len(one.month))


@pytest.mark.slow
def test_small_counts_of_a_month_could_be_others_in_a_population_of_the_same_citizens(population: Redrawing) -> None:
    small = (population.first > 0) & (population.first < BASE)
    assert small.sum() > 150
    for _ in range(MOST_STEPS):
        population.step()
        if population.was_other[small].mean() > 0.9:
            break
    assert population.cells().sum() == population.first.sum()
    assert population.was_other[small].mean() > 0.9
