"""The result frame of every measure: units, phase, estimate, lower, upper, method, n and state."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.measures.intervals import Floats, Interval, mover_difference, pair

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]
States = NDArray[np.str_]

CHANGE = "change"
"""Value of column ``phase``: after minus before; for two ratios, the difference of their logarithms."""
PHASES = ("before", "after", CHANGE)


class State(StrEnum):
    """Whether a row of a measure has a number to show; if not, the reason."""

    SHOWN = "shown"
    HIDDEN = "hidden"
    """A count is small enough to identify a person."""
    EMPTY = "empty"
    """There are no citizens to compute it from."""
    UNDEFINED = "undefined"
    """It would divide by 0, take the logarithm of 0, or compare with an empty group."""
    TOO_FEW = "too few"
    """Fewer groups, offers or periods than the method requires."""


class Measured(NamedTuple):
    """One measure before, after and their change (last axis, length 3) in each unit (first axis)."""

    name: str
    interval: Interval
    method: str
    state: States


def tidy(
    units: pd.DataFrame, numbers: Mapping[str, Floats], method: str | States, n: Whole, state: States
) -> pd.DataFrame:
    """Return the units with their numbers, nan unless shown, and ``n``, missing if hidden."""
    shown = {name: np.where(state == State.SHOWN, values, np.nan) for name, values in numbers.items()}
    columns = {name: units[name] for name in units} | shown
    columns |= {"method": method, "n": with_missing(n, state == State.HIDDEN), "state": state}
    return pd.DataFrame(columns, index=units.index)


def by_phase(units: pd.DataFrame, found: Sequence[Measured], n: Whole) -> pd.DataFrame:
    """Return one row per measure, phase (before, after, change) and unit. ``n``: citizens by unit, before and after."""
    citizens = np.column_stack([n, n.sum(axis=1)])
    keys = repeated(units, 3 * len(found)).assign(
        measure=np.repeat([one.name for one in found], 3 * len(units)),
        phase=np.tile(np.repeat(PHASES, len(units)), len(found)),
    )
    numbers = {
        name: np.concatenate([getattr(one.interval, name).T.ravel() for one in found]) for name in Interval._fields
    }
    methods = np.repeat([one.method for one in found], 3 * len(units))
    state = np.concatenate([one.state.T.ravel() for one in found])
    return tidy(keys, numbers, methods, np.tile(citizens.T.ravel(), len(found)), state)


def repeated(units: pd.DataFrame, times: int) -> pd.DataFrame:
    """Repeat the sequence of units this many times."""
    return units.iloc[np.tile(np.arange(len(units)), times)].reset_index(drop=True)


def and_change(phases: Interval) -> Interval:
    """Append after minus before to the last axis (before, after)."""
    before, after = pair(phases)
    change = mover_difference(after, before)
    return Interval(*(np.concatenate([one, new[..., None]], axis=-1) for one, new in zip(phases, change, strict=True)))


def difference(name: str, phases: Interval, state: States, method: str) -> Measured:
    """Return a measure before and after (last axis), and its change; undefined if it is not finite."""
    return Measured(name, and_change(phases), method, with_change(where_defined(state, phases.estimate)))


def ratio(name: str, logs: Interval, state: States, method: str) -> Measured:
    """Return a ratio before and after, from its logarithms (last axis); the change stays a difference of logarithms."""
    is_change = np.array([False, False, True])
    with np.errstate(over="ignore"):  # A limit may be infinite.
        found = Interval(*(np.where(is_change, one, np.exp(one)) for one in and_change(logs)))
    return Measured(name, found, method, with_change(where_defined(state, logs.estimate)))


def with_change(state: States) -> States:
    """Append the state of the change to those before and after (last axis): the first reason found in either."""
    reasons = (State.EMPTY, State.HIDDEN, State.TOO_FEW, State.UNDEFINED)
    change = np.select([np.any(state == reason, axis=-1) for reason in reasons], reasons, State.SHOWN)
    return np.concatenate([state, change[..., None]], axis=-1)


def where_defined(state: States, *values: Floats) -> States:
    """Return the states, undefined for a shown value that is not finite."""
    undefined = ~np.all([np.isfinite(one) for one in values], axis=0)
    return np.where((state == State.SHOWN) & undefined, State.UNDEFINED, state)


def with_missing(values: Whole, concealed: Flags) -> pd.arrays.IntegerArray:
    """Return the numbers as Int64, missing where concealed."""
    return pd.arrays.IntegerArray(np.where(concealed, 0, values), concealed)
