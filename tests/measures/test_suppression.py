"""Nothing hidden can be worked out: a linear program that attacks with all that is shown comes away with nothing."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from analysis.measures.suppression import ALL, Cover, suppress
from analysis.model import COUNTS_COLUMNS

MOST = 1e6
STAGES = ["invited", "participated", "completed"]
PLACE = ["municipality", "offer", "phase", "basis"]

Row = tuple[str, str, str, str, str, int | None, int, int]


def counts_of(rows: list[Row]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=list(COUNTS_COLUMNS))
    return frame.astype({name: "Int64" if name in STAGES else "str" for name in COUNTS_COLUMNS})


def parts(frame: pd.DataFrame) -> np.ndarray:
    """Invited only, took part only, completed."""
    invited, participated, completed = (frame[name].to_numpy(np.float64, na_value=np.nan) for name in STAGES)
    return np.column_stack([invited - participated, participated - completed, completed])


def atoms_of(frame: pd.DataFrame) -> pd.DataFrame:
    whole = (frame[[*PLACE, "group"]] == ALL).any(axis=1)
    return frame[~whole].reset_index(drop=True)


def matches(frame: pd.DataFrame, atoms: pd.DataFrame) -> np.ndarray:
    """Which atoms each row of the frame adds up."""
    found = np.ones((len(frame), len(atoms)), dtype=bool)
    for key in [*PLACE, "dimension", "group"]:
        own, theirs = frame[key].to_numpy(object)[:, None], atoms[key].to_numpy(object)[None, :]
        found &= (own == theirs) if key == "dimension" else (own == ALL) | (own == theirs)
    return found


def recovered(shown: pd.DataFrame, counts: pd.DataFrame) -> list[tuple[int, int]]:
    """The hidden cells, and which of their three numbers, that follow from what is shown: what is shown is all it uses.

    The unknown are the numbers of every offer, phase and group, none below 0. What is shown says what some of them add
    up to; and every dimension adds up to the same citizens. ``counts`` only serve to tell which numbers are at least 1.
    """
    atoms = atoms_of(shown)
    member = matches(shown, atoms)
    visible = (shown["cover"] == Cover.SHOWN).to_numpy()
    linked = _same_citizens(atoms)
    found = []
    for number in range(3):
        told = parts(shown.assign(invited=shown["invited"].fillna(shown["participated"])))[:, number]
        read = visible & (shown["invited"].notna().to_numpy() | (number > 0))
        equal = csr_matrix(np.vstack([member[read].astype(float), linked]))
        known = np.concatenate([told[read], np.zeros(len(linked))])
        of_cell = (shown["basis"] == "invited").to_numpy() | (number > 0)
        wanted = np.flatnonzero(~visible & of_cell & (_truth(shown, counts)[:, number] > 0))
        found += [(int(cell), number) for cell in _pinned(member[wanted].astype(float), wanted, equal, known)]
    return found


def _pinned(targets: np.ndarray, names: np.ndarray, equal: csr_matrix, known: np.ndarray) -> list[int]:
    """The targets whose least and whose largest possible value are the same."""
    lowest, highest = np.full(len(targets), np.inf), np.full(len(targets), -np.inf)

    def solve(objective: np.ndarray) -> None:
        result = linprog(objective, A_eq=equal, b_eq=known, bounds=(0, MOST), method="highs")
        assert result.status == 0, result.message
        values = targets @ result.x
        np.minimum(lowest, values, out=lowest)
        np.maximum(highest, values, out=highest)

    rng = np.random.default_rng(0)
    for _ in range(6):
        solve(rng.normal(size=equal.shape[1]) ** 2)
        solve(-(targets.T @ rng.random(len(targets))) if len(targets) else rng.random(equal.shape[1]))
    for place in range(len(targets)):
        if highest[place] - lowest[place] < 0.5:
            solve(targets[place])
            solve(-targets[place])
    return [int(names[place]) for place in range(len(targets)) if highest[place] - lowest[place] < 0.5]


def _same_citizens(atoms: pd.DataFrame) -> np.ndarray:
    """Every offer and phase has as many citizens in each dimension as in the first."""
    rows = []
    dimensions = atoms["dimension"].unique()
    for _, unit in atoms.groupby(PLACE):
        for other in dimensions[1:]:
            row = np.zeros(len(atoms))
            row[unit.index[unit["dimension"] == dimensions[0]]] = 1
            row[unit.index[unit["dimension"] == other]] = -1
            rows.append(row)
    return np.array(rows).reshape(-1, len(atoms))


def _truth(shown: pd.DataFrame, counts: pd.DataFrame) -> np.ndarray:
    basis = np.where(counts["invited"].isna(), "not known", "invited")
    atoms = counts.assign(basis=basis, invited=counts["invited"].fillna(counts["participated"]))
    return matches(shown, atoms) @ parts(atoms)


def is_small(shown: pd.DataFrame, counts: pd.DataFrame, smallest_count: int = 5) -> np.ndarray:
    """Where a number, or two neighbours of the three together, are at least 1 and too small."""
    one, two, three = _truth(shown, counts).T
    sums = np.array([one, two, three, one + two, two + three, one + two + three])
    return np.any((sums > 0) & (sums < smallest_count), axis=0)


def only_primary(shown: pd.DataFrame, counts: pd.DataFrame) -> pd.DataFrame:
    """The same table with nothing but small cells hidden."""
    stages = np.cumsum(_truth(shown, counts)[:, ::-1], axis=1)[:, ::-1]
    small = is_small(shown, counts)
    open_again = shown.assign(cover=np.where(small, Cover.HIDDEN, Cover.SHOWN))
    for name, values in zip(STAGES, stages.T, strict=True):
        open_again[name] = pd.array(np.where(small, np.nan, values), dtype="Float64")
    return open_again


# An example of Statistics Norway's GaussSuppression: municipalities × education, five counts below 5. With only those
# hidden all five can be computed back; the package hides four more.
NORWEGIAN = {
    "K1": (12, 3, 7, 2, 5),
    "K2": (30, 22, 4, 15, 11),
    "K3": (25, 18, 16, 9, 3),
    "K4": (8, 0, 11, 6, 8),
    "K5": (41, 35, 28, 19, 14),
    "K6": (17, 9, 13, 1, 10),
}


def norwegian() -> pd.DataFrame:
    return counts_of(
        [
            (place, "Motion", "before", "education", f"U{level}", n, n, n)
            for place, row in NORWEGIAN.items()
            for level, n in enumerate(row, start=1)
        ]
    )


def test_the_attack_recovers_everything_where_only_small_cells_are_hidden() -> None:
    shown = suppress(norwegian(), 5)
    small = shown[is_small(shown, norwegian()) & (shown["offer"] != ALL) & (shown["phase"] != ALL)]
    assert small[["municipality", "group"]].values.tolist() == [
        ["K1", "U2"],
        ["K1", "U4"],
        ["K2", "U3"],
        ["K3", "U5"],
        ["K6", "U4"],
    ]
    attacked = {cell for cell, _ in recovered(only_primary(shown, norwegian()), norwegian())}
    assert attacked == set(np.flatnonzero(is_small(shown, norwegian())))


def test_the_attack_recovers_nothing_of_what_is_suppressed() -> None:
    shown = suppress(norwegian(), 5)
    assert recovered(shown, norwegian()) == []
    base = shown[(shown["offer"] != ALL) & (shown["phase"] != ALL) & (shown["municipality"] != ALL)]
    assert (base["cover"] == Cover.HIDDEN).sum() == 5 + 4
    assert shown.loc[shown["group"] == ALL, "cover"].eq(Cover.SHOWN).all()


def municipalities(seed: int) -> pd.DataFrame:
    """Three municipalities with six offers, two phases and two dimensions of the same citizens."""
    rng = np.random.default_rng(seed)
    rows: list[Row] = []
    for offer in range(6):
        for phase in ("before", "after"):
            size = int(rng.integers(20, 120))
            group = [rng.choice(list("abcde"), size, p=[0.3, 0.3, 0.2, 0.15, 0.05]), rng.choice(list("mw"), size)]
            took_part = rng.random(size) < 0.6
            completed = took_part & (rng.random(size) < 0.7)
            for dimension, values in zip(("education", "sex"), group, strict=True):
                for key in np.unique(values):
                    own = values == key
                    stages = (int(own.sum()), int((own & took_part).sum()), int((own & completed).sum()))
                    rows.append((f"M{offer // 2}", f"T{offer}", phase, dimension, str(key), *stages))
    return counts_of(rows)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_attack_on_two_dimensions_of_real_size(seed: int) -> None:
    counts = municipalities(seed)
    shown = suppress(counts, 5)
    assert len(recovered(only_primary(shown, counts), counts)) > 10
    assert recovered(shown, counts) == []


def test_the_attack_where_not_all_are_known_to_have_been_invited() -> None:
    counts = municipalities(11)
    counts["invited"] = counts["invited"].mask(counts["offer"].isin(["T1", "T4"]))
    walked_in = counts[counts["offer"] == "T0"].assign(invited=pd.array([pd.NA], dtype="Int64")[0])
    both = pd.concat([counts, walked_in.astype({"invited": "Int64"})], ignore_index=True)
    shown = suppress(both, 5)
    assert set(shown["basis"]) == {"invited", "not known", ALL}
    assert recovered(shown, both) == []


SMALL_TABLES = st.dictionaries(
    st.tuples(st.sampled_from(["A", "B"]), st.sampled_from(["x", "y"]), st.sampled_from(["before", "after"])),
    st.lists(
        st.tuples(st.sampled_from("abc"), st.sampled_from("mw"), st.integers(0, 2), st.integers(1, 6)), max_size=9
    ),
    min_size=2,
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SMALL_TABLES)
def test_the_attack_on_small_tables_full_of_zeros(
    tables: dict[tuple[str, str, str], list[tuple[str, str, int, int]]],
) -> None:
    """Of each table: education, sex, how far they came, and how many."""
    rows: list[Row] = []
    for place, citizens in tables.items():
        for dimension, groups in (("education", "abc"), ("sex", "mw")):
            for key in groups:
                own = [(reached, n) for *both, reached, n in citizens if key in both]
                stages = [sum(n for reached, n in own if reached >= stage) for stage in range(3)]
                rows.append((*place, dimension, key, *stages))
    counts = counts_of(rows)
    assert recovered(suppress(counts, 4), counts) == []


def cell(shown: pd.DataFrame, **keys: str) -> pd.Series:
    wanted = {
        "municipality": "A",
        "offer": ALL,
        "phase": ALL,
        "dimension": "sex",
        "group": ALL,
        "basis": "invited",
    } | keys
    rows = shown[np.logical_and.reduce([shown[key] == value for key, value in wanted.items()])]
    assert len(rows) == 1
    return rows.iloc[0]


def test_zero_missing_and_hidden_are_three_things() -> None:
    counts = counts_of(
        [
            ("A", "x", "before", "sex", "m", 0, 0, 0),
            ("A", "x", "before", "sex", "w", 60, 40, 20),
            ("A", "y", "before", "sex", "m", None, 3, 0),
            ("A", "y", "before", "sex", "w", None, 40, 20),
        ]
    )
    shown = suppress(counts, 5)
    zero = cell(shown, offer="x", phase="before", group="m")
    assert (zero["cover"], zero["invited"], zero["completed"]) == (Cover.SHOWN, 0, 0)
    hidden = cell(shown, offer="y", phase="before", group="m", basis="not known")
    assert hidden["cover"] == Cover.HIDDEN and hidden[STAGES].isna().all()
    total = cell(shown, offer="y", phase="before", basis="not known")
    assert (total["cover"], total["participated"]) == (Cover.SHOWN, 43) and pd.isna(total["invited"])
    assert recovered(shown, counts) == []


def test_a_phase_cannot_be_taken_from_both() -> None:
    counts = counts_of(
        [("A", "x", phase, "sex", key, 50 + n, 30, 10) for phase in ("before", "after") for n, key in enumerate("mw")]
    )
    counts.loc[0, "completed"] = 2
    shown = suppress(counts, 5)
    assert cell(shown, phase="before", group="m", offer="x")["cover"] == Cover.HIDDEN
    assert recovered(shown, counts) == []
    hidden = shown[(shown["offer"] == "x") & (shown["phase"] != ALL) & (shown["group"] != ALL)]["cover"] != Cover.SHOWN
    assert hidden.sum() == 4  # With every total shown it takes a square: both groups in both phases.


def test_it_is_not_told_which_hidden_cells_are_small() -> None:
    assert set(suppress(norwegian(), 5)["cover"]) == {Cover.SHOWN, Cover.HIDDEN}


def test_every_small_cell_is_hidden() -> None:
    counts = municipalities(4)
    shown = suppress(counts, 5)
    assert (shown["cover"][is_small(shown, counts)] == Cover.HIDDEN).all()
    assert shown.loc[shown["cover"] == Cover.HIDDEN, STAGES].isna().all(axis=None)


def test_nothing_small_hides_nothing_and_nothing_gives_nothing() -> None:
    counts = municipalities(1)
    large = counts.assign(**{name: counts[name] * 1000 for name in STAGES})
    assert suppress(large, 5)["cover"].eq(Cover.SHOWN).all()
    assert suppress(counts[:0], 5).empty
    assert list(suppress(counts[:0], 5)) == list(suppress(counts, 5))


def test_the_order_of_the_rows_does_not_matter() -> None:
    counts = municipalities(2)
    keys = [*PLACE, "dimension", "group"]
    one, other = (suppress(frame, 5).sort_values(keys, ignore_index=True) for frame in (counts, counts[::-1]))
    pd.testing.assert_frame_equal(one, other)


def test_more_completed_than_took_part_is_refused() -> None:
    with pytest.raises(ValueError, match="more citizens than the one before"):
        suppress(counts_of([("A", "x", "before", "sex", "m", 9, 8, 9)]), 5)
