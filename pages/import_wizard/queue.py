"""Queue of file readings: a limited number run at once, the others wait in order of arrival."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st

from analysis.config import ServerLimits
from analysis.web import metrics

LOOK_EVERY = 0.1


class LineTooLong(Exception):
    """The queue is full: a further person would give up before being served."""


class Turns:
    """A queue of readings; those at the front run, the others wait."""

    def __init__(self, at_once: int, waiting: int) -> None:
        self.at_once, self.waiting = at_once, waiting
        self._line: list[object] = []
        self._moved = threading.Condition()

    @contextmanager
    def turn(self, report_waiting: Callable[[int], None] = lambda before: None) -> Iterator[None]:
        """Wait for a place at the front and hold it. Raise ``LineTooLong`` immediately if the queue is full.

        ``report_waiting`` is called repeatedly with the number of readings that must finish first; if it
        raises an exception, the waiting ends.
        """
        ticket = object()
        with self._moved:
            if len(self._line) >= self.at_once + self.waiting:
                raise LineTooLong
            self._line.append(ticket)
            metrics.readings.set(len(self._line))
        try:
            while before := self._before(ticket):
                report_waiting(before)
                with self._moved:
                    self._moved.wait(LOOK_EVERY)
            report_waiting(0)
            yield
        finally:
            with self._moved:
                self._line.remove(ticket)
                metrics.readings.set(len(self._line))
                self._moved.notify_all()

    def _before(self, ticket: object) -> int:
        with self._moved:
            return max(0, self._line.index(ticket) - self.at_once + 1)


@st.cache_resource(show_spinner=False)
def turns() -> Turns:
    """Return the single queue of the process."""
    serving = ServerLimits()
    return Turns(serving.readings, serving.readings_waiting)
