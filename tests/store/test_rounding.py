"""Rounded tables of the same citizens agree with each other, stay as they are, and cannot be averaged or solved."""

import itertools

import numpy as np
import pandas as pd
import pytest

from analysis import store
from analysis.auth.roles import AS_THEY_ARE, DisclosureLevel
from analysis.store import Database
from analysis.store.controlled_rounding import Randomness, Table, round_crossing, round_dimensions
from analysis.store.disclosure import CountArray, rounded_counts, rounded_crossing
from tests.support.redrawing import BASE

pytestmark = pytest.mark.slow

CELL = ["municipality", "offer", "period_start"]
STAGES = ["invited", "participated", "completed"]
PARTS = ["left out", "dropped out", "completed"]
BY_PHASE = ["municipality", "offer", "phase"]


def in_parts(counts: pd.DataFrame) -> pd.DataFrame:
    parts = {
        "left out": counts["invited"] - counts["participated"],
        "dropped out": counts["participated"] - counts["completed"],
        "completed": counts["completed"],
    }
    return counts.assign(**{name: part.astype(float) for name, part in parts.items()})


@pytest.fixture(scope="module")
def tables(own: Database) -> dict[str, dict[tuple[str, ...], pd.DataFrame]]:
    """Every dimension and every crossing, exact and rounded."""
    keys = sorted(store.coverage(own)[False].dimensions)

    def seen(disclosure_level: DisclosureLevel) -> dict[tuple[str, ...], pd.DataFrame]:
        whole = in_parts(store.counts_by_month(own, disclosure_level, synthetic=False))
        found: dict[tuple[str, ...], pd.DataFrame] = {(key,): whole[whole["dimension"] == key] for key in keys}
        for one, other in itertools.combinations(keys, 2):
            crossed = store.crossed_counts(own, disclosure_level, dimension=one, other=other, synthetic=False)
            found[one, other] = in_parts(crossed)
        return found

    return {"exact": seen(AS_THEY_ARE), "rounded": seen(DisclosureLevel(BASE))}


def margin(crossed: pd.DataFrame, level: str, keys: list[str] = CELL) -> pd.DataFrame:
    return crossed.groupby([*keys, level])[PARTS].sum().rename_axis([*keys, "group"])


def test_every_dimension_adds_up_to_the_same_totals(tables) -> None:
    totals = [table.groupby(CELL)[PARTS].sum() for names, table in tables["rounded"].items() if len(names) == 1]
    assert len(totals) == 7
    for other in totals[1:]:
        pd.testing.assert_frame_equal(other, totals[0])


def test_every_crossing_adds_up_to_both_of_its_dimensions(tables) -> None:
    crossings = [names for names in tables["rounded"] if len(names) == 2]
    assert len(crossings) == 21
    for names in crossings:
        crossed = tables["rounded"][names]
        offers = crossed[["municipality", "offer"]].drop_duplicates()
        assert len(offers) > 10
        for key, level in zip(names, ("group", "within"), strict=True):
            whole = tables["rounded"][(key,)].merge(offers).set_index([*CELL, "group"])[PARTS].sort_index()
            pd.testing.assert_frame_equal(margin(crossed, level).sort_index(), whole)


def averaged(tables, keys: list[str]) -> pd.DataFrame:
    """For each group and part: its exact count, its own rounding, and the mean over every table that has it."""
    found = []
    for key in [names[0] for names in tables["exact"] if len(names) == 1]:
        exact = tables["exact"][(key,)].groupby([*keys, "group"])[PARTS].sum()
        roundings = [
            tables["rounded"][(key,)].groupby([*keys, "group"])[PARTS].sum().reindex(exact.index, fill_value=0)
        ]
        for names, crossed in tables["rounded"].items():
            if len(names) == 2 and key in names:
                level = ("group", "within")[names.index(key)]
                roundings.append(margin(crossed, level, keys).reindex(exact.index))
        mean = pd.concat(roundings).groupby(level=[*keys, "group"]).mean().reindex(exact.index)
        columns = {"exact": exact, "own": roundings[0], "mean": mean}
        found.append(pd.concat({name: frame.stack() for name, frame in columns.items()}, axis=1))
    return pd.concat(found)


def recovered(seen: pd.Series, exact: pd.Series) -> float:
    """How many of the small counts are guessed right, by the best guess for each number that is seen."""
    small = exact.between(1, BASE - 1)
    best = exact[small].groupby(seen[small]).agg(lambda counts: counts.value_counts().idxmax())
    return float((seen[small].map(best) == exact[small]).mean())


@pytest.mark.parametrize("keys", [CELL, BY_PHASE], ids=["months", "phases"])
def test_no_small_count_is_found_by_averaging_all_tables(tables, keys: list[str]) -> None:
    cells = averaged(tables, keys)
    by_own, by_mean = recovered(cells["own"], cells["exact"]), recovered(cells["mean"].round(2), cells["exact"])
    small = cells[cells["exact"].between(1, BASE - 1)]
    nearest = (small["mean"].round() == small["exact"]).mean()
    print(
        f"{len(small)} small counts: own rounding {by_own:.1%}, mean {by_mean:.1%}, nearest to the mean {nearest:.1%}"
    )
    assert len(small) > 50
    assert by_mean <= by_own + 0.05
    assert nearest <= by_own + 0.05


def test_no_small_count_is_found_from_its_neighbours(tables) -> None:
    """What else is shown of the same citizens: their total, how many other groups have any, the months beside them."""
    found = []
    for key in [names[0] for names in tables["exact"] if len(names) == 1]:
        exact, seen = (tables[kind][(key,)].set_index([*CELL, "group"])[PARTS].stack() for kind in ("exact", "rounded"))
        cells = pd.DataFrame({"exact": exact}).join(seen.rename("own")).fillna({"own": 0.0})
        cells.index = cells.index.set_names("part", level=-1)
        both = [*CELL, "part"]
        cells["total"] = cells.groupby(level=both)["own"].transform("sum")
        cells["others"] = (
            (cells["own"] > 0).groupby([cells.index.get_level_values(name) for name in both]).transform("sum")
        )
        cells = cells.sort_index()
        series = cells.groupby(level=[0, 1, 3, 4])["own"]
        cells["earlier"], cells["later"] = series.shift(1).fillna(0), series.shift(-1).fillna(0)
        found.append(cells.reset_index())
    cells = pd.concat(found)
    own = across(cells, ["own"])
    for more in (["total"], ["total", "others"], ["earlier", "later"]):
        all_of_it = across(cells, ["own", *more])
        print(f"own rounding {own:.1%}, with {', '.join(more)} {all_of_it:.1%}")
        assert all_of_it <= own + 0.05


def across(cells: pd.DataFrame, seen: list[str]) -> float:
    """How many small counts of each municipality are guessed right by what is known of all the others."""
    cells = cells[cells["exact"].between(1, BASE - 1)]
    key, right = cells[seen].astype(int).astype(str).agg("|".join, axis=1), 0
    for place in cells["municipality"].unique():
        known, wanted = cells["municipality"] != place, cells["municipality"] == place
        best = cells[known].groupby(key[known])["exact"].agg(lambda counts: counts.value_counts().idxmax())
        guess = key[wanted].map(best).fillna(cells.loc[known, "exact"].mode()[0])
        right += int((guess == cells.loc[wanted, "exact"]).sum())
    return right / len(cells)


def test_the_attack_succeeds_where_each_table_is_rounded_by_itself(tables) -> None:
    """So the tests above can fail: seven roundings of one count are averaged to it."""
    exact = tables["exact"][("education",)].drop(columns=PARTS[:2])
    roundings = [in_parts(rounded_counts(exact, Randomness(str(number)), BASE)) for number in range(7)]
    whole = in_parts(exact).set_index([*CELL, "group"])["completed"]
    each = [frame.set_index([*CELL, "group"])["completed"].reindex(whole.index, fill_value=0) for frame in roundings]
    by_own, by_mean = recovered(each[0], whole), recovered(pd.concat(each, axis=1).mean(axis=1).round(2), whole)
    assert by_mean > by_own + 0.05


def test_dimensions_of_other_citizens_have_no_totals_of_their_own(own: Database) -> None:
    """Five dimensions that lack 0 to 4 citizens of the first month, and are the same 1 to 4 citizens in all others."""
    months = pd.date_range("2014-01-01", periods=25, freq="MS")
    citizens = np.random.default_rng(0).integers(1, BASE, len(months))
    exact = pd.concat(
        [dimension_of(f"dimension {lacking}", months, np.r_[lacking, citizens[1:]]) for lacking in range(5)]
    )
    seen = rounded_counts(exact, Randomness("secret"), BASE)
    totals = seen.groupby(["dimension", "period_start"])["completed"].sum().unstack("period_start", fill_value=0)
    totals = totals.reindex(columns=months, fill_value=0)
    mean = totals.mean().to_numpy()[1:]
    right = np.mean(np.round(mean) == citizens[1:])
    print(f"mean of five dimensions: {right:.1%} right")
    assert right <= recovered(pd.Series(totals.to_numpy()[0][1:]), pd.Series(citizens[1:])) + 0.05


def dimension_of(key: str, months: pd.DatetimeIndex, citizens: np.ndarray) -> pd.DataFrame:
    """Exact counts of one offer: so many citizens a month, all of one group, all of whom completed."""
    fixed = {"municipality": "Aarhus", "offer": "Mentor", "phase": "before", "dimension": key, "group": "a"}
    fixed |= {"finished": True}
    stages = {stage: pd.array(citizens, "Int64") for stage in STAGES}
    days = {"period_start": months, "period_end": months + pd.offsets.MonthBegin(), "adjusted_on": pd.NaT}
    return pd.DataFrame({**fixed, **days, **stages})


def test_earlier_years_and_later_periods_leave_the_others_as_they_were(own: Database) -> None:
    exact = store.counts_by_month(own, AS_THEY_ARE, dimension="education", synthetic=False)
    chosen = (exact["period_start"] >= "2015-01-01") & (exact["period_end"] <= "2015-11-01")
    whole, part = (rounded_counts(frame, Randomness("secret"), BASE) for frame in (exact, exact[chosen]))
    same = whole[(whole["period_start"] >= "2015-01-01") & (whole["period_end"] <= "2015-11-01")]
    assert 500 < len(same) < len(whole)
    pd.testing.assert_frame_equal(same.sort_values(list(same), ignore_index=True), part)


def test_nobody_is_invited_less_than_took_part_where_some_came_without_an_invitation() -> None:
    months = pd.date_range("2015-01-01", periods=12, freq="MS")
    exact = dimension_of("sex", months, np.full(12, 9)).assign(invited=pd.array([2] * 12, "Int64"))
    seen = rounded_counts(exact, Randomness("secret"), BASE)
    assert len(seen) > 5
    assert (seen["invited"] >= seen["participated"]).all()


def test_other_offers_and_later_dimensions_leave_an_offer_as_it_was(own: Database) -> None:
    exact = store.counts_by_month(own, AS_THEY_ARE, synthetic=False)
    alone = exact[(exact["offer"] == "KOL-skole") & (exact["dimension"] == "age")]
    whole, part = (rounded_counts(frame, Randomness("secret"), BASE) for frame in (exact, alone))
    same = whole[(whole["offer"] == "KOL-skole") & (whole["dimension"] == "age")].reset_index(drop=True)
    pd.testing.assert_frame_equal(same, part)


def test_without_the_secret_nothing_is_known_of_the_rounding(own: Database) -> None:
    exact = store.counts_by_month(own, AS_THEY_ARE, dimension="sex", synthetic=False)
    starts = [CountArray(exact, Randomness(secret)).starts(BASE) for secret in "abcdefghij"]
    assert np.bincount(np.concatenate(starts), minlength=BASE).min() > 0
    one, other = (rounded_counts(exact, Randomness(secret), BASE) for secret in "ab")
    assert not one.equals(other)


def test_a_crossing_leaves_out_months_in_which_some_are_known_in_one_dimension_alone(own: Database) -> None:
    """The rest of the months still add up to less than one multiple beside their dimensions."""
    crossed = store.crossed_counts(own, AS_THEY_ARE, dimension="education", other="sex", synthetic=False)
    one, other = (
        store.counts_by_month(own, AS_THEY_ARE, dimension=key, synthetic=False) for key in ("education", "sex")
    )
    first = crossed["period_start"].min()
    one.loc[(one["period_start"] == first) & (one["group"] == "basic school"), STAGES] += 7
    found = rounded_crossing(crossed, pd.concat([one, other]), "sex", Randomness("secret"), BASE)
    assert first not in set(found["period_start"])
    assert found["period_start"].nunique() == crossed["period_start"].nunique() - 1


def test_citizens_missing_in_several_dimensions_are_rounded_once() -> None:
    random = np.random.default_rng(5)
    missing = random.integers(0, 4, (200, 12))
    others = random.integers(0, 20, missing.shape)
    groups = (2, 3, 5, 8)
    dimensions = [np.dstack([random.multinomial(others, np.full(many, 1 / many)), missing]) for many in groups]
    seen = rounded_together(dimensions, random, missing=True)
    for rounded, many in zip(seen, groups, strict=True):
        np.testing.assert_array_equal(rounded[:, :, many], seen[0][:, :, 2])


def test_the_same_citizens_in_a_group_of_several_dimensions_are_rounded_once() -> None:
    random = np.random.default_rng(6)
    same = random.integers(0, 8, (200, 12))
    others = random.integers(0, 20, same.shape)
    groups = (2, 3, 5, 8)
    dimensions = [np.dstack([same, random.multinomial(others, np.full(many, 1 / many))]) for many in groups]
    seen = rounded_together(dimensions, random, missing=False)
    for rounded in seen[1:]:
        assert np.mean(rounded[:, :, 0] == seen[0][:, :, 0]) > 0.99
    by_own, by_mean = (
        recovered(pd.Series(blocks.ravel()), pd.Series(same.ravel()))
        for blocks in (seen[0][:, :, 0], np.mean([rounded[:, :, 0] for rounded in seen], axis=0).round(3))
    )
    print(f"the same citizens in {len(groups)} dimensions: own rounding {by_own:.1%}, mean {by_mean:.1%}")
    assert by_mean < by_own + 0.01
    unlike = [np.array_equal(seen[0][:, :, 1], rounded[:, :, 1]) for rounded in seen[1:]]
    assert not any(unlike)


def test_citizens_who_become_the_same_group_later_in_the_year_are_then_rounded_once() -> None:
    """In the first three months some of them are still in other groups, others in each dimension."""
    random = np.random.default_rng(7)
    same = random.integers(0, 8, (200, 12))
    others = random.integers(0, 20, same.shape)
    dimensions = []
    for many in (2, 3, 5, 8):
        elsewhere = np.where(np.arange(12) < 3, random.binomial(same, 0.3), 0)
        apart = random.multinomial(others + elsewhere, np.full(many, 1 / many))
        dimensions.append(np.dstack([same - elsewhere, apart]))
    seen = rounded_together(dimensions, random, missing=False)
    late = slice(7, None)
    for rounded in seen[1:]:
        assert np.mean(rounded[:, late, 0] == seen[0][:, late, 0]) > 0.9
    mean = np.mean([rounded[:, late, 0] for rounded in seen], axis=0).round(3)
    by_own, by_mean = (
        recovered(pd.Series(blocks.ravel()), pd.Series(same[:, late].ravel())) for blocks in (seen[0][:, late, 0], mean)
    )
    print(f"the same citizens from the fourth month on: own rounding {by_own:.1%}, mean {by_mean:.1%}")
    assert by_mean < by_own + 0.05


def test_the_same_citizens_in_a_cell_of_several_crossings_are_not_found_by_averaging() -> None:
    """Some women are a group of seven dimensions; all others are divided at random."""
    random = np.random.default_rng(8)
    same, other_women, men = (random.integers(1, most, (1500, 1)) for most in (5, 20, 20))
    common = same + other_women + men
    starts = random.integers(0, BASE, len(common))
    parting, crossing, *own = (random.integers(0, 2**63, common.shape, dtype=np.uint64) for _ in range(10))
    cells = []
    for many in (2, 3, 4, 2, 3, 4, 5):
        divided = [random.multinomial(counts, np.full(many, 1 / many)) for counts in (other_women, men)]
        women, others = np.dstack([same, divided[0]]), np.dstack([np.zeros_like(men), divided[1]])
        cells.append(np.stack([women, others], axis=2))
    tables = [Table(cells[0].sum(axis=3), common, own[0], None)]
    tables += [Table(one.sum(axis=2), common, seeds, None) for one, seeds in zip(cells, own[1:], strict=True)]
    sex, *dimensions = round_dimensions(tables, starts, parting, BASE)
    seen = [
        round_crossing(one, sex, groups, crossing, BASE)[:, 0, 0, 0]
        for one, groups in zip(cells, dimensions, strict=True)
    ]
    exact = pd.Series(same[:, 0])
    by_own = np.mean([recovered(pd.Series(one), exact) for one in seen])
    by_mean = recovered(pd.Series(np.mean(seen, axis=0).round(3)), exact)
    print(f"the same citizens in a cell of seven crossings: own rounding {by_own:.1%}, mean {by_mean:.1%}")
    assert by_mean < by_own + 0.05


def rounded_together(dimensions: list[np.ndarray], random: np.random.Generator, *, missing: bool) -> list[np.ndarray]:
    """Dimensions of the same citizens, rounded; where some are missing they are the last group of each."""
    common = dimensions[0].sum(axis=2).cumsum(axis=1)
    starts = random.integers(0, BASE, len(common))
    parting, *own = (random.integers(0, 2**63, common.shape, dtype=np.uint64) for _ in range(len(dimensions) + 1))
    tables = [
        Table(counts, common, seeds, counts.shape[2] - 1 if missing else None)
        for counts, seeds in zip(dimensions, own, strict=True)
    ]
    seen = round_dimensions(tables, starts, parting, BASE)
    for rounded, counts in zip(seen, dimensions, strict=True):
        assert (rounded.sum(axis=2).cumsum(axis=1) == (common + starts[:, None]) // BASE).all()
        assert np.abs(rounded.cumsum(axis=1) * BASE - counts.cumsum(axis=1)).max() <= 2 * BASE
    return seen
