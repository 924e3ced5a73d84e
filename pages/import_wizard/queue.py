"""Who reads next: as many files at once as the computer bears, the others in the order in which they came."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st

from analysis.config import ServerLimits
from analysis.web import metrics

LOOK_EVERY = 0.1


class LineTooLong(Exception):
    """So many wait already that another one would not be served before the person gives up."""


class Turns:
    """A line of whoever reads and whoever waits; those in front read."""

    def __init__(self, at_once: int, waiting: int) -> None:
        self.at_once, self.waiting = at_once, waiting
        self._line: list[object] = []
        self._moved = threading.Condition()

    @contextmanager
    def turn(self, told: Callable[[int], None] = lambda before: None) -> Iterator[None]:
        """Waits until it is one's turn, and holds it. Raises ``LineTooLong`` at once where there is no place to wait.

        ``told`` learns now and then how many must finish before; what it raises leaves the line.
        """
        ticket = object()
        with self._moved:
            if len(self._line) >= self.at_once + self.waiting:
                raise LineTooLong
            self._line.append(ticket)
            metrics.readings.set(len(self._line))
        try:
            while before := self._before(ticket):
                told(before)
                with self._moved:
                    self._moved.wait(LOOK_EVERY)
            told(0)
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
    """The one line of the process."""
    serving = ServerLimits()
    return Turns(serving.readings, serving.readings_waiting)
