"""Phases in a chart: before and after an adjustment, or now, where nothing was adjusted."""

import pandas as pd

from analysis.i18n import Wording
from analysis.model.terms import Phase


def phases_in(frame: pd.DataFrame) -> tuple[Phase, ...]:
    """Return the phases to draw, in order. The last one is drawn filled."""
    is_now = "phase" in frame and bool((frame["phase"] == Phase.NOW).any())
    return (Phase.NOW,) if is_now else (Phase.BEFORE, Phase.AFTER)


def phase_title(phase: Phase, wording: Wording) -> str:
    """Return the name of a phase for a legend."""
    return {
        Phase.BEFORE: wording.text("Before"),
        Phase.AFTER: wording.text("After"),
        Phase.NOW: wording.text("Now"),
    }[phase]
