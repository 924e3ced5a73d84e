"""Exhibit card: a question, a sentence with the answer, the chart, its table and its downloads."""

from collections.abc import Callable, Sequence

import streamlit as st

from analysis.auth.roles import Action
from analysis.exhibits.exhibit import Exhibit
from analysis.exhibits.gap_data import KEY
from analysis.exports.exhibit_export import SIZES, PictureFormat, picture, workbook
from pages.components import audit_log, formatting, permissions, session
from pages.components.choice_state import choose_instead
from pages.components.server_browser import can_draw

PICTURES: tuple[PictureFormat, ...] = ("png", "svg")


def exhibit(one: Exhibit) -> None:
    """Show the question, the answer and the chart, then the table and the downloads."""
    with st.container(key=f"exhibit_{one.key}"):
        st.header(formatting.plain(one.asks))
        st.markdown(formatting.plain(one.answers))
        st.plotly_chart(
            one.chart(session.chart_style()),
            theme=None,
            key=one.key,
            alt=f"{one.asks} {one.answers}",
            on_select=_go_to(one.key, one.drill) if one.drill else "ignore",
            selection_mode="points",
            config={"displayModeBar": False, "responsive": True},
        )
        _table(one)
        with st.container(horizontal=True, gap="small"):
            _downloads(one)
            if one.tellable:
                _add_to_story(one)


@st.fragment
def _table(one: Exhibit) -> None:
    """Show the numbers, sent only when opened: the browser would otherwise build each closed table at every choice."""
    label, key = one.provenance.wording.text("The numbers as a table"), f"{one.key}_numbers"
    numbers = st.expander(label, icon=":material/table:", key=key, on_change="rerun")
    if numbers.open:
        with numbers:
            formatting.table(one.texts, key=f"{one.key}_table", alt=one.asks)


def _add_to_story(one: Exhibit) -> None:
    if st.session_state.pop(f"{one.key}_added", False):
        st.toast(one.provenance.wording.text("The view is added to the story."), icon=":material/check:")
    label, why = (
        one.provenance.wording.text("Add to story"),
        permissions.reason_not_allowed(Action.TELL, one.provenance.wording),
    )
    if st.button(label, icon=":material/playlist_add:", key=f"{one.key}_story", **permissions.disabled_if(why)):
        from pages.components.stories.add_view import choose_story

        choose_story(one)


def _go_to(key: str, choices: Sequence[str]) -> Callable[[], None]:
    def go() -> None:
        points = st.session_state[key]["selection"]["points"]
        if points:
            keys = [part for key in points[0].get("customdata") or [] for part in str(key).split(KEY)]
            choose_instead(**{choice: key for choice, key in zip(choices, keys, strict=False) if key})

    return go


def _downloads(one: Exhibit) -> None:
    """Show downloads of a picture in two formats and a workbook, each created on request."""
    wording = one.provenance.wording
    with st.popover(wording.text("Download"), icon=":material/download:", width="content"):
        # Importing the drawing library takes 0.2 seconds: do not delay the first page.
        drawable = session.is_first_run() or can_draw()
        names = {
            "document": wording.text("For a document"),
            "column": wording.text("For a column"),
            "slide": wording.text("For a slide"),
        }
        size = st.selectbox(
            wording.text("Size of the picture"),
            list(names),
            format_func=lambda key: wording.text("{name}, {width} pixels", name=names[key], width=SIZES[key].width),
            key=f"{one.key}_size",
        )
        for kind in PICTURES:
            _download(one, kind, wording.text("Picture ({format})", format=kind.upper()), drawable, size)
        if not drawable:
            needed = wording.text("Pictures need Chromium, Chrome or Edge on the computer that runs the program.")
            st.caption(formatting.plain(needed))
        _download(one, "xlsx", wording.text("Numbers (Excel)"))


def _download(one: Exhibit, kind: str, label: str, able: bool = True, size: str = "") -> None:
    theme = session.theme()
    audit_log.download(
        label,
        (lambda: picture(one, kind, SIZES[size], theme)) if kind in PICTURES else (lambda: workbook(one)),
        file_name=f"{one.key}.{kind}",
        key=f"{one.key}_{kind}",
        what=one.key,
        format=kind,
        able=able,
        width="stretch",
    )
