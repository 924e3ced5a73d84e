"""What every measure returns: units, phase, estimate, lower, upper, method, n and whether there is a number to show."""

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
    """It would divide by 0, take the logarithm of 0, or compare with a group that has nobody."""
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
    columns = {name: units[name] for name in units} | shown
    columns |= {"method": method, "n": concealing(n, state == State.HIDDEN), "state": state}
    return pd.DataFrame(columns, index=units.index)


def by_phase(units: pd.DataFrame, found: Sequence[Measured], n: Whole) -> pd.DataFrame:
    """One row per measure, phase (before, after, change) and unit. ``n``: citizens before and after in every unit."""
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
    """The units one after the other, as many times over."""
    return units.iloc[np.tile(np.arange(len(units)), times)].reset_index(drop=True)


def and_change(phases: Interval) -> Interval:
    """Before and after (last axis), and after minus before."""
    before, after = pair(phases)
    change = mover_difference(after, before)
    return Interval(*(np.concatenate([one, new[..., None]], axis=-1) for one, new in zip(phases, change, strict=True)))


def difference(name: str, phases: Interval, state: States, method: str) -> Measured:
    """A measure before and after (last axis), and its change; undefined where it is not a number."""
    return Measured(name, and_change(phases), method, with_change(where_defined(state, phases.estimate)))


def ratio(name: str, logs: Interval, state: States, method: str) -> Measured:
    """A ratio before and after, from its logarithms (last axis); their change stays a difference of logarithms."""
    is_change = np.array([False, False, True])
    with np.errstate(over="ignore"):  # A limit may be without end.
        found = Interval(*(np.where(is_change, one, np.exp(one)) for one in and_change(logs)))
    return Measured(name, found, method, with_change(where_defined(state, logs.estimate)))


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
