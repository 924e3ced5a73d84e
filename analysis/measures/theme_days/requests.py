"""Requests of municipalities: state and waiting time of each."""

import datetime as dt

import pandas as pd

from analysis.model.theme_day_terms import RequestState

KEY = ["municipality", "requested_on", "request"]
WAITING = [state.value for state in RequestState if state.is_waiting]


def request_states(events: pd.DataFrame, until: dt.date) -> pd.DataFrame:
    """Return the current state of each request, the longest wait first.

    Parameters
    ----------
    events
        One row per event: ``municipality``, ``requested_on``, ``request``, ``state``, ``state_on``, ``next_step``, with
        the latest event of a request last.

    Returns
    -------
    The same columns; ``is_waiting``; ``waited``, days from the request until it was done or withdrawn, or until
    ``until``; ``events``, their number.
    """
    ordered = events.sort_values([*KEY, "state_on"], kind="stable")
    number = ordered.groupby(KEY)["state"].transform("size")
    last = ordered.assign(events=number).drop_duplicates(KEY, keep="last")
    is_waiting = last["state"].isin(WAITING)
    end = last["state_on"].where(~is_waiting, pd.Timestamp(until))
    waited = (pd.to_datetime(end) - pd.to_datetime(last["requested_on"])).dt.days.clip(lower=0)
    found = last.assign(is_waiting=is_waiting, waited=waited.astype("int64"))
    return found.sort_values(["is_waiting", "waited"], ascending=False).reset_index(drop=True)
