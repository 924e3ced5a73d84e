"""Which cells of a table can be published without giving any hidden cell away: the algebra behind suppression."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import OptimizeResult, linprog

from analysis.measures.frame import Flags, Whole
from analysis.measures.intervals import Floats

NOTHING_LEFT = 1e-7
TRIALS = 4
FEW = 4
APART = 0.5
NUMBERS = 3
"""Invited only, took part only, completed."""

Members = NDArray[np.float64]
"""Cells × atoms: 1 where the atom is part of the cell."""


def hidden_cells(members: Members, values: Floats, told: Flags, secret: Flags, closed: Flags, given: Flags) -> Flags:
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
            for cell in self._pinned(np.flatnonzero(tried), number, is_open):
                blamed |= self._blame(cell, number, is_open)
        return blamed

    def _pinned(self, cells: Whole, number: int, is_open: Flags) -> list[int]:
        """Those of the cells whose least and largest possible number are the same.

        A few programs over all of them show that most can differ; only the others are tried one by one.
        """
        targets = self.members[np.ix_(cells, is_open)]
        lowest, highest = np.full(len(cells), np.inf), np.full(len(cells), -np.inf)

        def widen(objective: Floats) -> None:
            values = targets @ self._program(objective, number, is_open)[1].x
            np.minimum(lowest, values, out=lowest)
            np.maximum(highest, values, out=highest)

        rng = np.random.default_rng(0)
        for sign in (1, -1) * TRIALS if len(cells) > FEW else ():
            widen(sign * (rng.random(len(cells)) @ targets))
        for place in np.flatnonzero(~(highest - lowest > APART)):
            widen(targets[place])
            widen(-targets[place])
        return [int(cell) for cell in cells[highest - lowest < APART]]

    def _program(self, objective: Floats, number: int, is_open: Flags) -> tuple[Whole, OptimizeResult]:
        """The published cells with open atoms, and the numbers of those, from 0 up, that make the objective least."""
        rest = self.members[:, is_open]
        published = np.flatnonzero(~(self.hidden | self.closed) & self.told[:, number] & (rest.sum(axis=1) > 0))
        values = rest[published] @ self.values[is_open, number]
        most = 10 * self.values[:, number].sum() + 1
        return published, linprog(objective, A_eq=rest[published], b_eq=values, bounds=(0, most))

    def _blame(self, cell: int, number: int, is_open: Flags) -> Flags:
        """The published cell that leaves this number one value alone: the smallest that need not be shown."""
        blamed = np.zeros(len(self.members), dtype=np.bool_)
        target = self.members[cell, is_open]
        (published, least), (_, largest) = (self._program(sign * target, number, is_open) for sign in (1, -1))
        binding = np.any([np.abs(end.eqlin.marginals) > NOTHING_LEFT for end in (least, largest)], axis=0)
        of_binding = published[binding & ~self.given[published]]
        beside = np.flatnonzero((self.members @ self.members[cell] > 0) & ~(self.hidden | self.closed | self.given))
        for possible in (of_binding, beside):
            if len(possible):
                blamed[possible[np.argmin(self.numbers[possible].sum(axis=1))]] = True
                break
        return blamed
