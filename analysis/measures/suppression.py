"""Secondary suppression: hiding enough that nothing hidden can be worked out from what is shown."""

from enum import StrEnum
from itertools import product

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import linprog

from analysis.measures.frame import Flags, concealing
from analysis.measures.intervals import Floats
from analysis.model import Stage

ALL = "total"
"""In the place of a municipality, an offer, a phase or a group: all of them added up."""
KEYS = ["municipality", "offer", "phase", "basis"]
NOTHING_LEFT = 1e-7
UNBOUNDED = 3
APART = 0.5
NUMBERS = 3
"""Invited only, took part only, completed."""

Levels = tuple[tuple[str, ...], ...]
LEVELS: tuple[Levels, ...] = (((), ("offer",), ("municipality", "offer")), ((), ("phase",)))
Members = NDArray[np.float64]
"""Cells × atoms: 1 where the atom is part of the cell."""


class Basis(StrEnum):
    """Whether it is known who was invited. Where it is known of all, there is no other basis."""

    INVITED = "invited"
    NOT_KNOWN = "not known"


class Cover(StrEnum):
    """Whether a cell may be shown, and why not."""

    SHOWN = "shown"
    SMALL = "small"
    """One of its counts, or what remains of one, points at a person."""
    PROTECTING = "protecting"
    """Another hidden cell could be worked out from it."""


def suppress(counts: pd.DataFrame, smallest_count: int) -> pd.DataFrame:
    """Every cell that the counts can be added up to, with what of it may be shown.

    ``counts`` has the columns ``model.COUNTS_COLUMNS``, in citizens, of any number of dimensions. A cell is an offer, a
    municipality or all, in one phase or all, of one group or all of a dimension. Its row has ``municipality``,
    ``offer``, ``phase``, ``dimension``, ``group`` (``total`` where added up); ``basis``: ``invited`` where it is known
    who was, ``not known``, or ``total`` of both, which only occur where some is not known; ``invited``,
    ``participated``, ``completed`` (Int64); ``cover``, a ``Cover``. Hidden cells have no numbers, and ``invited`` is
    also missing on any other basis than ``invited``. Cells without citizens are zero, and shown.

    A cell is hidden whole, as ``small``, where those who were invited and did not take part, took part and did not
    complete, or completed, or any two of these together, are at least 1 and below ``smallest_count``. More are hidden,
    as ``protecting``, until no count of at least 1 in a hidden cell follows from all that is shown: from totals over
    offers, municipalities, phases and groups, from the same total in another dimension, or from rates, each of which is
    two of the three counts. That a count is 0 is no secret, and can follow from a total of 0.

    The largest cells are shown first, as those are asked for most. A cell is refused if a hidden one would then be made
    up of published ones added and subtracted, counting what a published 0 tells of its parts.

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
            covered[totals.tobytes()] = _hidden(members, totals, _told(places), small, nowhere, nowhere)
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
    hidden = _hidden(every, flat, _told(frame), secret, closed, given)
    frame["group"] = [*groups * len(places), *[ALL] * len(places)]
    frame["cover"] = np.select([small, hidden], [Cover.SMALL, Cover.PROTECTING], Cover.SHOWN)
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


def _hidden(members: Members, values: Floats, told: Flags, secret: Flags, closed: Flags, given: Flags) -> Flags:
    """The cells that must not be shown: the secret ones, and as many more as protect every number in a hidden cell.

    ``given`` are shown whatever they tell. ``closed`` are only shown where all they tell follows from others: the
    groups where their total is hidden, so that no dimension tells more of a total than the totals themselves.
    """
    hidden = secret
    while True:
        attempt = _Publishing(members, values, told, hidden, closed, given)
        more = attempt.hidden | attempt.half_told()
        if not attempt.worked_out().any():
            more |= attempt.audit()
            if np.array_equal(more, attempt.hidden):
                return attempt.hidden | (closed & ~attempt.follows())
        if np.array_equal(more, hidden):  # What is given tells it: nothing is left to hide.
            return attempt.hidden | (closed & ~attempt.follows())
        hidden = more


class _Publishing:
    """One pass over the cells, the largest first: what stays hidden, and what would have to be hidden as well.

    What is published spans a space, which ``basis`` holds as orthonormal rows for each of the three numbers. A hidden
    cell can be worked out once nothing of it lies outside, that is once the square length of what is ``left`` is 0.
    """

    def __init__(
        self, members: Members, values: Floats, told: Flags, hidden: Flags, closed: Flags, given: Flags
    ) -> None:
        self.members, self.values, self.told, self.hidden = members, values, told, hidden.copy()
        self.closed, self.given = closed & ~hidden, given
        self.numbers = np.where(told, members @ values, 0)
        atoms = members.shape[1]
        self.basis = np.zeros((NUMBERS, atoms, atoms))
        self.size = [0] * NUMBERS
        self.open = np.ones((NUMBERS, atoms))
        self.watched = np.flatnonzero(hidden)
        self.watched_members = members[hidden]
        self.left = np.repeat(self.watched_members.sum(axis=1)[:, None], NUMBERS, axis=1)
        order = np.lexsort((-(members @ values).sum(axis=1), ~given))
        for cell in order[~(hidden | closed)[order]]:
            self._publish_or_hide(int(cell))

    def worked_out(self) -> Flags:
        """The hidden cells, in the order watched, of which a number of at least 1 follows from what is published."""
        return np.any((self.numbers[self.watched] > 0) & (self.left < NOTHING_LEFT), axis=1) | self.half_told().any()

    def follows(self) -> Flags:
        """Every cell of which all that it tells follows from what is published."""
        return np.all((self._left_of_all() < NOTHING_LEFT) | ~self.told, axis=1)

    def half_told(self) -> Flags:
        """The closed cells of which one number of at least 1 follows from what is published, and another does not."""
        gone = (self._left_of_all() < NOTHING_LEFT) & self.told
        return self.closed & ~self.follows() & np.any(gone & (self.numbers > 0), axis=1)

    def _left_of_all(self) -> Floats:
        outside = [self._outside(self.members.T, number) for number in range(NUMBERS)]
        return np.column_stack([np.sum(one**2, axis=0) for one in outside])

    def _publish_or_hide(self, cell: int) -> None:
        steps = [self._step(cell, number) for number in range(NUMBERS)]
        taken = [self._taken(step) for step in steps]
        if not self.given[cell] and any(self._tells(one, number) for number, one in enumerate(taken)):
            self.hidden[cell] = True
            self.watched = np.append(self.watched, cell)
            self.watched_members = np.vstack([self.watched_members, self.members[cell]])
            of_cell = [self._outside(self.members[cell], number) @ self.members[cell] for number in range(NUMBERS)]
            self.left = np.vstack([self.left, of_cell])
            return
        for number, (step, one) in enumerate(zip(steps, taken, strict=True)):
            self._take(step, one, number)

    def _step(self, cell: int, number: int) -> Floats:
        """The directions (atoms × k) that publishing this number takes out of what is unknown.

        A published 0 tells that every atom of the cell is 0; any other number tells only their sum.
        """
        if not self.told[cell, number]:
            return np.zeros((self.members.shape[1], 0))
        if self.numbers[cell, number] == 0:
            return self._of_atoms(self.members[cell] > 0, number)
        direction = self._outside(self.members[cell], number)
        length = direction @ self.members[cell]
        return (direction / np.sqrt(length))[:, None] if length > NOTHING_LEFT else direction[:, None][:, :0]

    def _outside(self, vector: Floats, number: int) -> Floats:
        """What of a vector, or of every column, lies outside of what is published."""
        known = self.basis[number, : self.size[number]]
        return np.asarray(vector - known.T @ (known @ vector))

    def _of_atoms(self, atoms: Flags, number: int) -> Floats:
        """The directions that telling each of these atoms takes."""
        columns = self._outside(np.eye(len(atoms))[:, atoms], number)
        lengths, turned = np.linalg.eigh(columns[atoms])
        some = lengths > NOTHING_LEFT
        return np.asarray(columns @ turned[:, some] / np.sqrt(lengths[some]))

    def _taken(self, step: Floats) -> Floats:
        """How much of the square length of each watched cell the step takes."""
        return np.asarray(np.sum((self.watched_members @ step) ** 2, axis=1))

    def _tells(self, taken: Floats, number: int) -> bool:
        """Whether nothing would be left of a hidden number of at least 1."""
        left = self.left[:, number]
        gone = (left > NOTHING_LEFT) & (left - taken < NOTHING_LEFT)
        return bool(np.any(gone & (self.numbers[self.watched, number] > 0)))

    def _take(self, step: Floats, taken: Floats, number: int) -> None:
        size = self.size[number]
        self.size[number] += step.shape[1]
        self.basis[number, size : self.size[number]] = step.T
        self.open[number] -= np.sum(step**2, axis=1)
        self.left[:, number] -= taken

    def audit(self) -> Flags:
        """Published cells to hide as well, since with them a hidden number has only one value that is not negative.

        Numbers are free as long as they could change without any that is 0 doing so; a linear program tries the others.
        """
        blamed = np.zeros(len(self.members), dtype=np.bool_)
        left = self._left_of_all()
        for number in range(NUMBERS):
            is_open = self.open[number] > NOTHING_LEFT
            step = self._of_atoms(is_open & (self.values[:, number] == 0), number)
            held = left[:, number] - np.sum((self.members @ step) ** 2, axis=1) < NOTHING_LEFT
            tried = (
                (self.hidden | self.closed) & held & (left[:, number] > NOTHING_LEFT) & (self.numbers[:, number] > 0)
            )
            for cell in np.flatnonzero(tried):
                blamed |= self._blame(int(cell), number, is_open)
        return blamed

    def _blame(self, cell: int, number: int, is_open: Flags) -> Flags:
        """The published cells that leave this number one value alone: the smallest that need not be shown."""
        blamed = np.zeros(len(self.members), dtype=np.bool_)
        target = self.members[cell, is_open]
        rest = self.members[:, is_open]
        published = np.flatnonzero(~(self.hidden | self.closed) & self.told[:, number] & (rest.sum(axis=1) > 0))
        values = rest[published] @ self.values[is_open, number]
        ends = [linprog(sign * target, A_eq=rest[published], b_eq=values, bounds=(0, None)) for sign in (1, -1)]
        if any(end.status == UNBOUNDED for end in ends) or -ends[1].fun - ends[0].fun > APART:
            return blamed
        binding = np.any([np.abs(end.eqlin.marginals) > NOTHING_LEFT for end in ends], axis=0)
        of_binding = published[binding & ~self.given[published]]
        beside = np.flatnonzero((self.members @ self.members[cell] > 0) & ~(self.hidden | self.closed | self.given))
        for possible in (of_binding, beside):
            if len(possible):
                blamed[possible[np.argmin(self.numbers[possible].sum(axis=1))]] = True
                break
        return blamed
