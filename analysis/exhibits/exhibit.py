"""An exhibit: a question, the sentence that answers it, its chart and its numbers, ready for a page or to take away."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, TypedDict

import pandas as pd
from propcache.api import cached_property

from analysis.charts.palette import Theme
from analysis.exhibits.tables import as_texts
from analysis.i18n import Wording

Kind = Literal["bars", "stacked", "lines", "points"]


class ChartStyle(TypedDict):
    """How a chart is drawn: its colours, and the size of its type in pixels."""

    theme: Theme
    text_size: int


class ResultState(Protocol):
    """What stands behind an exhibit: what was chosen, and where the numbers come from."""

    @property
    def wording(self) -> Wording: ...

    @property
    def source(self) -> str:
        """Where the numbers come from."""

    @property
    def in_words(self) -> str:
        """What is chosen, in a line."""

    @property
    def synthetic(self) -> bool:
        """Whether the numbers are made up."""

    @property
    def notes(self) -> list[str]:
        """What a reader must know to read the numbers, a line each."""

    @property
    def foot(self) -> list[str]:
        """Those of the notes that go wherever a number goes."""


@dataclass(frozen=True)
class Plan:
    """How the numbers of an exhibit become a chart of PowerPoint's own.

    ``category``, ``value``, ``series`` and ``interval`` are columns of ``Exhibit.numbers``: what stands along the axis
    (several are put together), what is drawn (several where each series has a column of its own), what divides it into
    series, and the ends of each value's interval. ``bars`` lie, ``stacked`` bars add up to a whole, ``lines`` run over
    an ordered axis, ``points`` have a number along the axis. ``categories`` and ``names`` say which categories and
    which series are drawn, and in what order; without them all are, as the table has them.
    """

    kind: Kind
    category: str | tuple[str, ...]
    value: str | tuple[str, ...]
    series: str | None = None
    interval: tuple[str, str] | None = None
    categories: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Exhibit:
    """``key`` is its name in links and files. ``draw`` gives a Plotly figure; ``numbers`` is a table of
    ``exhibits.tables.readable``, which is all that leaves with it. Without a ``plan`` it becomes a picture or a table
    where charts are PowerPoint's own. ``drill`` names the choices that a click on a mark makes, in the order of the
    mark's ``customdata``. ``tellable`` says whether it can be built again from its choices alone,
    and ``caution`` what must not be read out of it.
    """

    result_state: ResultState
    key: str
    asks: str
    answers: str
    draw: Callable[[ChartStyle], Any]
    numbers: pd.DataFrame
    plan: Plan | Literal["picture", "table"]
    drill: tuple[str, ...] = ()
    tellable: bool = True
    caution: str = ""
    _charts: dict[tuple[Theme, int], Any] = field(default_factory=dict, repr=False, compare=False)

    def chart(self, look: ChartStyle) -> Any:
        """The chart as a page shows it, drawn once for each look."""
        known = look["theme"], look["text_size"]
        if known not in self._charts:
            self._charts[known] = self.draw(look)
        return self._charts[known]

    @cached_property
    def texts(self) -> pd.DataFrame:
        """The numbers as this language writes them."""
        return as_texts(self.numbers, self.result_state.wording)

    @property
    def foot(self) -> list[str]:
        """What goes wherever the numbers go."""
        return [self.caution, *self.result_state.foot] if self.caution else self.result_state.foot


@dataclass(frozen=True)
class StorySlide:
    """A slide of a story with its exhibit. Without one it cannot be shown, and ``missing`` says why."""

    exhibit: Exhibit | None
    heading: str = ""
    note: str = ""
    missing: str = ""

    @property
    def title(self) -> str:
        """The heading that a person gave it, or what the exhibit asks."""
        return self.heading or (self.exhibit.asks if self.exhibit else "")

    def in_its_place(self, wording: Wording) -> str:
        """The message in place of a missing exhibit."""
        return self.missing or wording.text(
            "This view cannot be shown any more: what it was made of is no longer stored."
        )
