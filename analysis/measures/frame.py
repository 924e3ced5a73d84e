"""What every measure returns: units, phase, estimate, lower, upper, method, n and whether there is a number to show."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.measures.intervals import Floats, Interval

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]
States = NDArray[np.str_]

CHANGE = "change"
"""In the column ``phase``: after minus before; of two ratios, the difference of their logarithms."""
PHASES = ("before", "after", CHANGE)


class State(StrEnum):
    """Whether a row of a measure has a number to show, and why not."""

    SHOWN = "shown"
    HIDDEN = "hidden"
    """A count is small enough to point at a person."""
    EMPTY = "empty"
    """There is nobody to compute it from."""
    UNDEFINED = "undefined"
    """It would divide by a rate of 0, or take the logarithm of one."""
    TOO_FEW = "too few"
    """Fewer groups, offers or periods than the method takes."""


class Measured(NamedTuple):
    """One measure before, after and their change (the last axis, 3 long) in every unit (the first)."""

    name: str
    interval: Interval
    method: str
    state: States


def tidy(
    units: pd.DataFrame, numbers: Mapping[str, Floats], method: str | States, n: Whole, state: States
) -> pd.DataFrame:
    """The units with their numbers, which only rows that are shown have, and ``n``, missing where hidden."""
    shown = {name: np.where(state == State.SHOWN, values, np.nan) for name, values in numbers.items()}
    return units.assign(**shown, method=method, n=concealing(n, state == State.HIDDEN), state=state)


def by_phase(units: pd.DataFrame, found: Sequence[Measured], n: Whole) -> pd.DataFrame:
    """One row per measure, phase (before, after, change) and unit. ``n``: citizens before and after in every unit."""
    repeated = units.iloc[np.tile(np.arange(len(units)), 3 * len(found))].reset_index(drop=True)
    citizens = np.column_stack([n, n.sum(axis=1)])
    keys = repeated.assign(
        measure=np.repeat([one.name for one in found], 3 * len(units)),
        phase=np.tile(np.repeat(PHASES, len(units)), len(found)),
    )
    numbers = {
        name: np.concatenate([getattr(one.interval, name).T.ravel() for one in found]) for name in Interval._fields
    }
    methods = np.repeat([one.method for one in found], 3 * len(units))
    state = np.concatenate([one.state.T.ravel() for one in found])
    return tidy(keys, numbers, methods, np.tile(citizens.T.ravel(), len(found)), state)


def with_change(state: States) -> States:
    """The states before and after (last axis), and that of their change: the first reason found in either."""
    reasons = (State.EMPTY, State.HIDDEN, State.TOO_FEW, State.UNDEFINED)
    change = np.select([np.any(state == reason, axis=-1) for reason in reasons], reasons, State.SHOWN)
    return np.concatenate([state, change[..., None]], axis=-1)


def where_defined(state: States, *values: Floats) -> States:
    """The states, undefined where they would show a value that is not a finite number."""
    undefined = ~np.all([np.isfinite(one) for one in values], axis=0)
    return np.where((state == State.SHOWN) & undefined, State.UNDEFINED, state)


def concealing(values: Whole, concealed: Flags) -> pd.arrays.IntegerArray:
    """The numbers as Int64, missing where concealed."""
    return pd.arrays.IntegerArray(np.where(concealed, 0, values), concealed)
