"""A chart as it always stands: a question, a sentence that answers, the chart, its table, and what to take away."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import pandas as pd
import streamlit as st

from analysis.handouts.tables import as_texts, column_titles, readable
from analysis.wording import Wording
from pages.parts import session, show
from pages.parts.choices import choose_instead
from pages.parts.view import KEY, View

PICTURE_WIDTH = 1000
"""Pixels."""


class Standing(Protocol):
    """What an exhibit must know of the page it stands on."""

    @property
    def wording(self) -> Wording: ...

    @property
    def source(self) -> str:
        """Where the numbers come from."""

    @property
    def in_words(self) -> str:
        """What is chosen, in a line."""


def exhibit(
    view: Standing,
    figure: Any,
    *,
    key: str,
    asks: str,
    answers: str,
    numbers: pd.DataFrame,
    drill: Sequence[str] = (),
) -> None:
    """The chart under its question and its answer; below it the table, and the downloads.

    ``numbers`` is a table of ``handouts.tables.readable``. ``drill`` names the choices that a click on a mark makes,
    in the order of the mark's ``customdata``.
    """
    with st.container(key=f"exhibit_{key}"):
        st.header(show.plain(asks))
        st.markdown(show.plain(answers))
        st.plotly_chart(
            figure,
            theme=None,
            key=key,
            alt=f"{asks} {answers}",
            on_select=_go_to(key, drill) if drill else "ignore",
            selection_mode="points",
            config={"displayModeBar": False, "responsive": True},
        )
        with st.container(horizontal=True, gap="small"):
            with st.expander(view.wording.text("The numbers as a table"), icon=":material/table:"):
                show.table(as_texts(numbers, view.wording), key=f"{key}_table", alt=asks)
            _downloads(view, figure, key, asks, answers, numbers)


def measured_table(view: View, frame: pd.DataFrame, columns: Sequence[str], *, unit: str | None = None) -> pd.DataFrame:
    """The frame of a measure in words: these columns of it, in the unit of the answer unless another is given."""
    wording = view.wording
    titles = column_titles(wording, unit=unit or show.unit(view))
    groups = {group: view.label(group) for group in [*view.labels(), "missing"]}
    return readable(frame, names={"group": groups}, columns={name: titles[name] for name in columns}, wording=wording)


def _go_to(key: str, choices: Sequence[str]) -> Callable[[], None]:
    def go() -> None:
        points = st.session_state[key]["selection"]["points"]
        if points:
            keys = [part for key in points[0].get("customdata") or [] for part in str(key).split(KEY)]
            choose_instead(**{choice: key for choice, key in zip(choices, keys, strict=False) if key})

    return go


def _downloads(view: Standing, figure: Any, key: str, asks: str, answers: str, numbers: pd.DataFrame) -> None:
    """A picture in two formats and a workbook, each made when it is asked for."""
    wording = view.wording
    source = view.source
    theme = session.theme()

    def picture(kind: Any) -> Callable[[], bytes]:
        def make() -> bytes:
            from analysis.charts.framed import framed
            from analysis.handouts.images import image

            drawn = framed(figure, title=asks, sentence=answers, source=source, theme=theme, width=PICTURE_WIDTH)
            return image(drawn, kind)

        return make

    def workbook() -> bytes:
        from analysis.handouts.workbook import numbers as written

        about = [(wording.text("Question"), asks), (wording.text("Answer"), answers)]
        about += [(wording.text("Selection"), view.in_words), (wording.text("Source"), source)]
        return written({wording.text("Numbers"): numbers}, about, about_name=wording.text("About"))

    with st.popover(wording.text("Download"), icon=":material/download:", width="content"):
        # What draws takes a fifth of a second to import: the first page does not wait for it.
        can_draw = session.is_first_run() or _can_draw()
        for kind in ("png", "svg"):
            st.download_button(
                wording.text("Picture ({format})", format=kind.upper()),
                picture(kind),
                file_name=f"{key}.{kind}",
                key=f"{key}_{kind}",
                on_click="ignore",
                disabled=not can_draw,
                width="stretch",
            )
        if not can_draw:
            needed = wording.text("Pictures need Chromium, Chrome or Edge on the computer that runs the program.")
            st.caption(show.plain(needed))
        st.download_button(
            wording.text("Numbers (Excel)"),
            workbook,
            file_name=f"{key}.xlsx",
            key=f"{key}_xlsx",
            on_click="ignore",
            width="stretch",
        )


@st.cache_resource(show_spinner=False)
def _can_draw() -> bool:
    from analysis.handouts.images import can_draw

    return can_draw()
