"""Empty states: why a page has nothing to show, and the next step. Most of them stop the page."""

from collections.abc import Iterable
from typing import NoReturn

import streamlit as st

from analysis.auth.roles import Action
from analysis.exhibits.gap_data import GapData
from analysis.i18n import Wording
from analysis.model.choices import NARROWING, ChoiceGroup, keys_of
from analysis.model.terms import Rate, Selection
from pages.components import permissions, session
from pages.components.choice_state import choose_instead, clear
from pages.components.sign_in import signed_in_person


def no_data(wording: Wording) -> NoReturn:
    """Show that there are no data, offer an upload or the demonstration data, and stop the page."""
    st.title(wording.text("No data yet"))
    st.markdown(
        wording.text(
            "Upload a workbook with courses or counts, or start from the template on the upload page. To look around "
            "first, load the demonstration data: six municipalities and two dozen offers, all of it synthetic."
        )
    )
    _upload_or_demonstration(wording)
    st.stop()


def _upload_or_demonstration(wording: Wording) -> None:
    left, right = st.columns(2)
    left.page_link("upload.py", label=wording.text("Go to upload"), icon=":material/upload_file:")
    # Only people with all permissions may load demonstration data.
    why = permissions.reason_not_allowed(Action.WATCH, wording)
    label = wording.text("Load demonstration data")
    if right.button(label, type="primary", key="load_demonstration", **permissions.disabled_if(why)):
        from analysis.intake.demonstration import load

        with st.spinner(wording.text("Loading the demonstration data …")):
            load(session.database(), by=signed_in_person())
        st.rerun()


def no_theme_days(wording: Wording) -> NoReturn:
    """Show that there are no theme days, offer an upload or the demonstration data, and stop the page."""
    st.title(wording.text("No theme days yet"))
    st.markdown(
        wording.text(
            "Upload a workbook with theme days, understandings, actions or requests: the template on the upload page "
            "has a sheet for each. To look around first, load the demonstration data, all of it synthetic."
        )
    )
    _upload_or_demonstration(wording)
    st.stop()


def not_finished(wording: Wording) -> None:
    """Show that the courses have not had time to complete, and offer participation instead."""
    st.info(
        wording.text(
            "The courses before or after the adjustment have not had time to complete. See who took part in the "
            "meantime."
        ),
        icon=":material/hourglass_top:",
    )
    _show_participation(wording)


def _show_participation(wording: Wording) -> None:
    st.button(
        wording.text("Show participation"),
        key="show_participation",
        on_click=choose_instead,
        kwargs={"rate": Rate.PARTICIPATION.value},
    )


def more_citizens(view: GapData) -> None:
    """Offer what makes numbers larger: another stage, joined groups, all places and months."""
    with st.container(horizontal=True):
        if view.rate is not Rate.PARTICIPATION:
            _show_participation(view.wording)
        if view.dimension.halves:
            st.button(
                view.wording.text("Join neighbouring groups"),
                key="join_groups",
                on_click=choose_instead,
                kwargs={"joined": True},
            )
        if view.selection != Selection(net_of_trend=view.selection.net_of_trend, synthetic=view.selection.synthetic):
            _widen(view.wording)


def one_group(wording: Wording) -> NoReturn:
    """Show that fewer than two groups are large enough to compare, and stop the page."""
    st.title(wording.text("Only one group"))
    _next(
        wording.text("Fewer than two groups have enough citizens to compare. Choose another dimension."),
        wording.text("Back to the first dimension"),
        ("dimension",),
    )


def nothing_left(wording: Wording) -> NoReturn:
    """Show that no citizen matches the filters, and stop the page."""
    st.title(wording.text("Nothing left to show"))
    _next(
        wording.text("No citizen is left with these choices together."),
        wording.text("Clear all choices"),
        NARROWING,
    )


def everything_hidden(view: GapData) -> None:
    """Report that every number of the page is too small to show, and what would help."""
    st.info(
        view.wording.text(
            "Every number of this selection is so small that it could point at a person. Choose more citizens."
        ),
        icon=":material/visibility_off:",
    )
    more_citizens(view)


def now(wording: Wording, *, adjusted: bool) -> None:
    """Report that the page shows the present state, because there is no before and after, and the next step."""
    if adjusted:
        st.info(
            wording.text("There are months from only one side of the adjustment. The page shows how it stands."),
            icon=":material/contrast:",
        )
        _widen(wording)
        return
    st.info(
        wording.text(
            "Nothing has been adjusted here yet. The page shows how it stands now. Add an adjustment, and it shows "
            "before and after."
        ),
        icon=":material/tune:",
    )
    if permissions.reason_not_allowed(Action.ADJUST, wording) is None and "add" not in st.query_params:
        st.page_link(
            "adjustments.py",
            label=wording.text("Add an adjustment"),
            icon=":material/add_circle:",
            query_params={**st.query_params, "add": "adjustment"},
        )


def _widen(wording: Wording) -> None:
    st.button(
        wording.text("Show all municipalities and all months"),
        key="widen",
        on_click=clear,
        args=(keys_of(ChoiceGroup.WHERE, ChoiceGroup.WHEN),),
    )


def _next(said: str, button: str, keys: Iterable[str]) -> NoReturn:
    st.info(said, icon=":material/filter_alt_off:")
    st.button(button, key="next_step", type="primary", on_click=clear, args=(keys,))
    st.stop()
