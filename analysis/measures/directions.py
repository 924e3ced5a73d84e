"""Direction of a change in a gap or a gradient: did it narrow, widen, close, turn, or only level down?"""

import numpy as np
from numpy.typing import NDArray

from analysis.measures.intervals import Floats, Interval, mover_sum
from analysis.measures.result_frame import Flags
from analysis.model.terms import Direction

CLOSED_WITHIN = 0.05
"""A gap is closed if its whole interval is nearer to 0 than this."""

BETTER = (Direction.NARROWED, Direction.CLOSED, Direction.ROSE)
WORSE = (Direction.WIDENED, Direction.FELL)
NEITHER = (Direction.TURNED, Direction.LEVELLED_DOWN)
"""Clear changes that are neither better nor worse."""


def gap_directions(
    before: Interval,
    after: Interval,
    change: Interval,
    reference: Interval | None = None,
    group: Interval | None = None,
) -> NDArray[np.str_]:
    """Return the direction of each change from its size and its sign.

    Parameters
    ----------
    before, after, change
        A signed gap or gradient, above 0 if the reference is ahead.
    reference, group
        Changes of the two rates. Without them no change is levelled down.

    Returns
    -------
    ``Direction``. Turned: the sign changed, and the intervals before and after exclude 0. Narrowed or widened: the
    size clearly fell or rose. Closed: narrowed from more than ``CLOSED_WITHIN``, and the whole interval after is within
    it of 0.
    Levelled down: narrowed or closed because the rate that was ahead fell, while the other did not rise, or rose by
    less and not clearly. Unclear: everything else.
    """
    sign = np.where(before.estimate != 0, np.sign(before.estimate), np.sign(after.estimate))
    has_other_sign = sign * after.estimate < 0
    is_clear = _excludes_zero(change)
    is_larger = np.abs(after.estimate) > np.abs(before.estimate)
    turned = is_clear & has_other_sign & _excludes_zero(before) & _excludes_zero(after)
    both = mover_sum(np.ones(2), Interval(*(np.stack(pair, axis=-1) for pair in zip(before, after, strict=True))))
    other_size = np.where(has_other_sign, _excludes_zero(both), is_clear)
    narrowed = is_clear & other_size & ~is_larger & ~turned
    was_open = np.abs(before.estimate) > CLOSED_WITHIN
    closed = narrowed & was_open & (after.lower > -CLOSED_WITHIN) & (after.upper < CLOSED_WITHIN)
    levelled = narrowed & _levelled_down(sign, reference, group)
    widened = is_clear & other_size & is_larger & ~turned
    return np.select(
        [turned, levelled, closed, narrowed, widened],
        [Direction.TURNED, Direction.LEVELLED_DOWN, Direction.CLOSED, Direction.NARROWED, Direction.WIDENED],
        Direction.UNCLEAR,
    )


def _excludes_zero(interval: Interval) -> Flags:
    return np.asarray((interval.lower > 0) | (interval.upper < 0))


def rate_directions(change: Interval) -> NDArray[np.str_]:
    """Return whether a rate clearly rose or fell."""
    return np.select([change.lower > 0, change.upper < 0], [Direction.ROSE, Direction.FELL], Direction.UNCLEAR)


def _levelled_down(sign: Floats, reference: Interval | None, group: Interval | None) -> Flags:
    if reference is None or group is None:
        return np.zeros(np.shape(sign), dtype=np.bool_)
    ahead, behind = (
        Interval(*(np.where(sign >= 0, one, other) for one, other in zip(*pair, strict=True)))
        for pair in ((reference, group), (group, reference))
    )
    rose_too_little = (behind.lower <= 0) & (ahead.upper < 0) & (behind.estimate < -ahead.estimate)
    return np.asarray((ahead.estimate < 0) & ((behind.estimate <= 0) | rose_too_little))
