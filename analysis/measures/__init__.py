"""Statistics on the table of counts: pure functions, counts in, tidy frames out. Formulas and sources in README.md."""

from analysis.measures.disclosure import hidden
from analysis.measures.gaps import change_in_gap, gaps
from analysis.measures.intervals import Interval, log_ratio, mover_change, newcombe_difference, wilson
from analysis.measures.rates import State, rates

__all__ = [
    "Interval",
    "State",
    "change_in_gap",
    "gaps",
    "hidden",
    "log_ratio",
    "mover_change",
    "newcombe_difference",
    "rates",
    "wilson",
]
