"""Secondary suppression: hiding enough that nothing hidden can be worked out from what is shown."""

from enum import StrEnum
from itertools import product

import numpy as np
import pandas as pd

from analysis.measures.frame import Flags, concealing
from analysis.measures.intervals import Floats
from analysis.measures.publishing import Members, hidden_cells
from analysis.model import Stage

ALL = "total"
"""In the place of a municipality, an offer, a phase or a group: all of them added up."""
KEYS = ["municipality", "offer", "phase", "basis"]

Levels = tuple[tuple[str, ...], ...]
LEVELS: tuple[Levels, ...] = (((), ("offer",), ("municipality", "offer")), ((), ("phase",)))


class Basis(StrEnum):
    """Whether it is known who was invited. Where it is known of all, there is no other basis."""

    INVITED = "invited"
    NOT_KNOWN = "not known"


class Cover(StrEnum):
    """Whether a cell may be shown. Whether it is small itself or protects another is not told: that would be a clue."""

    SHOWN = "shown"
    HIDDEN = "hidden"


def suppress(counts: pd.DataFrame, smallest_count: int) -> pd.DataFrame:
    """Every cell that the counts can be added up to, with what of it may be shown.

    ``counts`` has the columns ``model.COUNTS_COLUMNS``, in citizens, of any number of dimensions. A cell is an offer, a
    municipality or all, in one phase or all, of one group or all of a dimension. Its row has ``municipality``,
    ``offer``, ``phase``, ``dimension``, ``group`` (``total`` where added up); ``basis``: ``invited`` where it is known
    who was, ``not known``, or ``total`` of both, which only occur where some is not known; ``invited``,
    ``participated``, ``completed`` (Int64); ``cover``, a ``Cover``. Hidden cells have no numbers, and ``invited`` is
    also missing on any other basis than ``invited``.

    A cell is hidden whole where those who were invited and did not take part, took part and did not complete, or
    completed, or any two of these together, are at least 1 and below ``smallest_count``. More are hidden until no count
    of at least 1 in a hidden cell follows from all that is shown: from totals over offers, municipalities, phases and
    groups, from the same total in another dimension, or from rates, each of which is two of the three counts. That a
    count is 0 is no secret and can follow from a total of 0; a 0 is hidden only where another count would follow from
    it.

    The largest cells are shown first, as those are asked for most. A cell is refused if a hidden one would then be made
    up of published ones added and subtracted. Where a hidden number could not change without one that is 0 doing so, a
    linear program tries whether, none being negative, it has one value alone; then more is hidden. Where the total of
    a place and phase is hidden its groups are too, unless they follow from what is shown, so that no two dimensions
    together tell more of a total than the totals do.

    Only the phases given are looked at. Months, and periods in transition beside the other phases, are other tables:
    give them as ``phase`` to have them covered, or leave them out here and do not show them.

    Raises ``ValueError`` where a stage has more citizens than the one before it.

    Source: the order and the test of Langsrud 2024, Secondary Cell Suppression by Gaussian Elimination, in Privacy in
    Statistical Databases, LNCS 14915; the threshold is Statistics Denmark's rule of thumb (at least 3).
    """
    atoms = _atoms(counts)
    units = atoms[KEYS].drop_duplicates(ignore_index=True)
    places, members = _places(units)
    covered: dict[bytes, Flags] = {}
    frames = []
    for dimension, of_dimension in atoms.groupby("dimension", sort=False):
        groups, values = _by_group(of_dimension, units)
        totals = values.sum(axis=1)
        if totals.tobytes() not in covered:
            nowhere = np.zeros(len(places), dtype=np.bool_)
            small = _small(members @ totals, smallest_count)
            covered[totals.tobytes()] = hidden_cells(members, totals, _told(places), small, nowhere, nowhere)
        hidden_totals = covered[totals.tobytes()]
        frames.append(
            _table(places, groups, members, values, hidden_totals, smallest_count).assign(dimension=dimension)
        )
    columns = ["municipality", "offer", "phase", "dimension", "group", "basis", *Stage, "cover"]
    return pd.concat(frames, ignore_index=True)[columns] if frames else pd.DataFrame(columns=columns)


def _atoms(counts: pd.DataFrame) -> pd.DataFrame:
    """Those who were invited only, took part only, and completed, in each place, phase, basis, dimension and group."""
    numbers = counts[list(Stage)].to_numpy(dtype=np.float64, na_value=np.nan)
    unknown = np.isnan(numbers[:, 0])
    invited, participated, completed = np.where(np.isnan(numbers), numbers[:, 1:2], numbers).T
    if np.any((invited < participated) | (participated < completed)):
        raise ValueError("a stage has more citizens than the one before it")
    atoms = counts[["municipality", "offer", "phase", "dimension", "group"]].assign(
        basis=np.where(unknown, Basis.NOT_KNOWN, Basis.INVITED),
        left_out=invited - participated,
        dropped_out=participated - completed,
        completed=completed,
    )
    return atoms.groupby([*KEYS, "dimension", "group"], as_index=False, sort=True).sum()


def _places(units: pd.DataFrame) -> tuple[pd.DataFrame, Members]:
    """Every place, phase and basis that units add up to, and which units are part of each."""
    bases: Levels = ((), ("basis",)) if units["basis"].nunique() > 1 else ((),)
    places, members = [], []
    for added_up in product(*LEVELS, bases):
        keys = units.assign(**{key: ALL for keys in added_up for key in keys})
        code = keys.groupby(KEYS, sort=True).ngroup().to_numpy()
        places.append(keys.drop_duplicates().sort_values(KEYS))
        members.append(np.arange(len(places[-1]))[:, None] == code)
    return pd.concat(places, ignore_index=True), np.concatenate(members).astype(np.float64)


def _by_group(atoms: pd.DataFrame, units: pd.DataFrame) -> tuple[list[str], Floats]:
    """The groups, and units × groups × (left out, dropped out, completed)."""
    unit = units.reset_index(names="unit").merge(atoms, on=KEYS)
    codes, groups = pd.factorize(unit["group"], sort=True)
    values = np.zeros((len(units), len(groups), 3))
    values[unit["unit"], codes] = unit[["left_out", "dropped_out", "completed"]]
    return list(groups), values


def _small(values: Floats, smallest_count: int) -> Flags:
    """Where any of the last axis, or any neighbours of them added up, is at least 1 and too small to show."""
    one, two, three = np.moveaxis(values, -1, 0)
    sums = np.stack([one, two, three, one + two, two + three, one + two + three])
    return np.asarray(np.any((sums > 0) & (sums < smallest_count), axis=0))


def _table(
    places: pd.DataFrame, groups: list[str], members: Members, values: Floats, hidden_totals: Flags, smallest_count: int
) -> pd.DataFrame:
    """The cells of one dimension, its totals last, with their cover."""
    of_groups = np.kron(members, np.eye(len(groups)))
    of_all = np.kron(members, np.ones(len(groups)))
    every = np.concatenate([of_groups, of_all])
    flat = values.reshape(-1, 3)
    numbers = every @ flat
    small = _small(numbers, smallest_count)
    secret = small | np.concatenate([np.zeros(len(of_groups), dtype=np.bool_), hidden_totals])
    closed = np.concatenate([np.repeat(hidden_totals, len(groups)), hidden_totals])
    given = np.zeros(len(every), dtype=np.bool_)
    given[len(of_groups) :] = ~hidden_totals
    frame = pd.concat([places.loc[np.repeat(places.index, len(groups))], places], ignore_index=True)
    hidden = hidden_cells(every, flat, _told(frame), secret, closed, given)
    frame["group"] = [*groups * len(places), *[ALL] * len(places)]
    frame["cover"] = np.where(hidden, Cover.HIDDEN, Cover.SHOWN)
    stages = np.cumsum(numbers[:, ::-1], axis=1)[:, ::-1].astype(np.int64)
    for stage, number in zip(Stage, stages.T, strict=True):
        missing = hidden | ((stage is Stage.INVITED) & ~_told(frame)[:, 0])
        frame[stage] = concealing(number, missing)
    return frame


def _told(cells: pd.DataFrame) -> Flags:
    """Which of the three numbers each cell tells: who was only invited, where it is known who was."""
    invited = (cells["basis"] == Basis.INVITED).to_numpy(dtype=np.bool_)
    everywhere = np.ones(len(cells), dtype=np.bool_)
    return np.column_stack([invited, everywhere, everywhere])
