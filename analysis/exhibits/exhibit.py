"""An exhibit: a question, the sentence that answers it, its chart and its numbers, for pages and exports."""

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
    """Colours of a chart, and its text size in pixels."""

    theme: Theme
    text_size: int


class Provenance(Protocol):
    """Selection and data source of an exhibit."""

    @property
    def wording(self) -> Wording: ...

    @property
    def source(self) -> str:
        """The data source."""

    @property
    def in_words(self) -> str:
        """The selection in one line."""

    @property
    def synthetic(self) -> bool:
        """Whether the numbers are synthetic."""

    @property
    def notes(self) -> list[str]:
        """Notes needed to read the numbers, one line each."""

    @property
    def foot(self) -> list[str]:
        """The notes that every copy and export of a number includes."""


@dataclass(frozen=True)
class Plan:
    """How to draw the numbers of an exhibit as a native PowerPoint chart.

    ``category``, ``value``, ``series`` and ``interval`` are columns of ``Exhibit.numbers``. ``category`` is the axis;
    several columns are joined. ``value`` is the plotted value; several columns mean one column per series. ``series``
    splits the values into series. ``interval`` is the lower and the upper bound of each value. ``bars`` are horizontal,
    ``stacked`` bars add up to a whole, ``lines`` have an ordered axis, and ``points`` have a numeric axis.
    ``categories`` and ``names`` select and order the categories and the series; if empty, all are drawn in table order.
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
    """A question, the sentence that answers it, its chart and its numbers.

    ``key`` is the name in links and files. ``draw`` returns a Plotly figure. ``numbers`` is a table of
    ``exhibits.tables.readable`` and the only data that exports contain. Without a ``Plan``, PowerPoint exports show a
    picture or a table. ``drill`` names the choices that a click on a mark sets, in the order of the mark's
    ``customdata``. ``tellable`` is true if the choices alone can rebuild the exhibit. ``caution`` warns against a wrong
    interpretation.
    """

    provenance: Provenance
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
        """Return the chart for a page. It is drawn once per theme and text size."""
        known = look["theme"], look["text_size"]
        if known not in self._charts:
            self._charts[known] = self.draw(look)
        return self._charts[known]

    @cached_property
    def texts(self) -> pd.DataFrame:
        """The numbers, formatted in the exhibit's language."""
        return as_texts(self.numbers, self.provenance.wording)

    @property
    def foot(self) -> list[str]:
        """The notes that every copy and export of the numbers includes."""
        return [self.caution, *self.provenance.foot] if self.caution else self.provenance.foot


@dataclass(frozen=True)
class StorySlide:
    """A slide of a story. If it has no exhibit, ``missing`` states why."""

    exhibit: Exhibit | None
    heading: str = ""
    note: str = ""
    missing: str = ""

    @property
    def title(self) -> str:
        """The user's heading, or the question of the exhibit."""
        return self.heading or (self.exhibit.asks if self.exhibit else "")

    def in_its_place(self, wording: Wording) -> str:
        """Return the message shown instead of a missing exhibit."""
        return self.missing or wording.text(
            "This view cannot be shown any more: what it was made of is no longer stored."
        )
