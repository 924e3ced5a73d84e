"""Work in a thread of its own, with progress, which can be cancelled."""

import threading
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

from analysis.intake.read_file import Cancelled, Progress
from pages.import_wizard.queue import Turns


class Job:
    """Work in its own thread, with progress, which can be cancelled.

    With ``turns`` it waits in the queue before it begins.
    """

    def __init__(self, key: Any, action: Callable[[Progress], Any], turns: Turns | None = None) -> None:
        self.key = key
        self.rows = self.before = 0
        self.result: Any = None
        self.error: BaseException | None = None
        self._called_off = threading.Event()
        self.thread = threading.Thread(target=self._run, args=(action, turns), daemon=True)
        self.thread.start()

    @property
    def done(self) -> bool:
        return not self.thread.is_alive()

    def cancel(self) -> None:
        self._called_off.set()

    def _run(self, action: Callable[[Progress], Any], turns: Turns | None) -> None:
        try:
            with turns.turn(self._stand_in_line) if turns else nullcontext():
                self.result = action(self._progress)
        except BaseException as error:  # The caller that waits for the result raises any error again.
            self.error = error

    def _progress(self, rows: int) -> None:
        self.rows = rows
        self._stop_if_called_off()

    def _stand_in_line(self, before: int) -> None:
        self.before = before
        self._stop_if_called_off()

    def _stop_if_called_off(self) -> None:
        if self._called_off.is_set():
            raise Cancelled
