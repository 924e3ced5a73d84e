"""What it would mean: how much higher the rate, how many citizens more, had every group done as the reference does."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.measures.aggregate import Cell, compared_groups, is_key, known, small_or_empty, standing, tabulate, tally
from analysis.measures.gradients import share_of_sum
from analysis.measures.intervals import Interval, mover_sum, newcombe_difference, remainder, wilson
from analysis.measures.result_frame import (
    Measured,
    State,
    States,
    and_change,
    by_phase,
    concealing,
    tidy,
    where_defined,
    with_change,
)
from analysis.model.terms import Dimension, Phase, Rate


def impact(
    counts: pd.DataFrame,
    rate: Rate,
    dimension: Dimension,
    reference: str,
    by: Sequence[str],
    smallest_count: int,
    level: float = 0.95,
) -> pd.DataFrame:
    """What the reference group's rate would mean for all, before, after and its change, in each unit of ``by``.

    ``counts`` has the columns ``model.COUNTS_COLUMNS``, in citizens, and holds this dimension alone; citizens whose
    group is not stated, or has no rank in an ordered dimension, are left out. Returns ``by``; ``measure``; ``phase``
    (before, after, change); ``estimate``, ``lower``, ``upper``; ``method``; ``n``, the citizens; ``state``.
    With μ the overall rate and y the reference's, the measures are

    - ``PAR``, the population attributable risk: y − μ, a proportion;
    - ``PAF``, the population attributable fraction: PAR / μ, a proportion, how much higher the rate would be;
    - ``PAF of the shortfall``: PAR / (1 − μ), how much of the shortfall would go;
    - ``citizens``: PAR times the citizens, how many more would have reached the stage. Its change also follows how many
      citizens there were in each phase.

    Before and after are 0 where the reference does worse than the whole: the measure only counts what could be won. The
    change is that of the figures before they were cut off.
    Hidden where any group's count is small; undefined without citizens in the reference. Raises as ``tabulate``, and
    ``ValueError`` where the dimension has no such reference. It is arithmetic, not a forecast.

    Source: Schlotheuber & Hosseinpoor 2022, IJERPH 19:3697; limits by MOVER from Wilson's, Zou, Huang & Zhang 2009,
    Comput Stat Data Anal 53:1080, and of fractions by the delta method.
    """
    groups = compared_groups(dimension)
    if reference not in groups:
        raise ValueError(f"{dimension.key} has no group {reference} to compare with")
    table = tabulate(counts, rate, by, groups)
    size = table.denominator.astype(np.float64)
    total = size.sum(axis=-1, keepdims=True)
    share = size / np.where(total > 0, total, 1)
    gain = np.where(np.array(groups) == reference, 1, 0) - share
    values = wilson(table.numerator, table.denominator, level)
    rest = remainder(values)
    risk = mover_sum(gain, values)
    many = Interval(*(total[..., 0] * one for one in risk))
    state = standing(table, smallest_count)
    found = [
        _measured(name, phases, method, with_change(where_defined(state, phases.estimate)))
        for name, phases, method in (
            ("PAR", risk, "MOVER"),
            ("PAF", share_of_sum(gain, share, values, level), "delta method"),
            ("PAF of the shortfall", share_of_sum(-gain, share, rest, level), "delta method"),
            ("citizens", many, "MOVER"),
        )
    ]
    return by_phase(table.units, found, table.denominator.sum(axis=-1))


def more_citizens(
    counts: pd.DataFrame, rate: Rate, reference: str, smallest_count: int, *, closed: float, level: float = 0.95
) -> pd.DataFrame:
    """How many more citizens of each group would have reached the stage after, with part of its gap closed.

    ``counts`` as in ``gaps.gaps``; ``closed`` is the part of each group's gap to the reference, 0 to 1. Returns
    ``group``; ``reached``, those who did (Int64, missing where hidden); ``estimate``, ``lower`` and ``upper``, the
    citizens more: the gap times the group's citizens times ``closed``, below 0 where the group does better than the
    reference; ``method``; ``n``, the group's citizens; ``state``. The reference itself is left out. It is arithmetic,
    not a forecast.

    Source: the population attributable risk of each group by itself, Schlotheuber & Hosseinpoor 2022, IJERPH 19:3697;
    limits of the gap, Newcombe 1998, Stat Med 17:873.
    """
    after = counts[is_key(counts["phase"], Phase.AFTER) & known(counts, rate)]
    units, [(numerator, denominator)] = tally(after, rate, ["group"], [np.ones(len(after), dtype=np.bool_)])
    ahead = is_key(units["group"], reference)
    best = Cell(numerator[ahead].sum(), denominator[ahead].sum())
    own = Cell(numerator[~ahead], denominator[~ahead])
    small, empty = small_or_empty(
        [Cell(*(np.broadcast_to(one, own.numerator.shape) for one in best)), own], smallest_count
    )
    gap = newcombe_difference(*best, *own, level)
    state = np.select([small, empty], [State.HIDDEN, State.EMPTY], State.SHOWN)
    many = {name: closed * own.denominator * one for name, one in gap._asdict().items()}
    rows = units[~ahead].reset_index(drop=True)
    return tidy(rows.assign(reached=concealing(own.numerator, small)), many, "Newcombe", own.denominator, state)


def _measured(name: str, phases: Interval, method: str, state: States) -> Measured:
    """Before and after cut off at 0; their change is taken before that, for a limit of 0 says nothing of its chance."""
    floor = np.array([0, 0, -np.inf])
    return Measured(name, Interval(*(np.maximum(one, floor) for one in and_change(phases))), method, state)
