"""Empty states: why a page has nothing to show, and the next step. Most of them stop the page."""

import datetime as dt
from collections.abc import Iterable
from typing import NoReturn

import pandas as pd
import streamlit as st

from analysis.auth.roles import Action
from analysis.exhibits.doubts import LateInvited, waiting
from analysis.exhibits.gap_data import GapData
from analysis.i18n import Wording
from analysis.measures.aggregate import has_known_stages
from analysis.model.choices import NARROWING, ChoiceGroup, keys_of
from analysis.model.terms import Dimension, Rate, RoundingBase
from pages.components import formatting, permissions, session
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


def not_finished(view: GapData) -> None:
    """Show that no course has had time to complete, or that no file tells who completed; offer participation."""
    wording, unknown = view.wording, _completion_is_unknown(view)
    if unknown and not has_known_stages(view.months, Rate.PARTICIPATION).any():
        _participants_only(wording)
        return
    if unknown:
        said = wording.text("The files do not say who completed. See who took part.")
    elif view.is_now:
        said = wording.text("The courses have not had time to complete. See who took part in the meantime.")
    else:
        said = wording.text(
            "The courses before or after the adjustment have not had time to complete. See who took part in the "
            "meantime."
        )
    st.info(said, icon=":material/hourglass_top:")
    _show_participation(wording)


def _completion_is_unknown(view: GapData) -> bool:
    return all(not offer.knows_completion for offer in view.shown_offers)


def _participants_only(wording: Wording) -> None:
    """Show that the files tell neither the invited nor the completed, so that there are no rates."""
    st.info(
        wording.text(
            "The files say only how many took part: neither out of how many invited, nor how many completed. A rate "
            "needs one of the two. Add it to the file, and upload that."
        ),
        icon=":material/help:",
    )


def nobody_invited(view: GapData) -> None:
    """Show that no file tells who was invited, and offer completion."""
    wording = view.wording
    if _completion_is_unknown(view):
        _participants_only(wording)
        return
    st.info(
        wording.text("The files do not say who was invited, so only completion can be shown."),
        icon=":material/help:",
    )
    st.button(
        wording.text("Show completion"),
        key="show_completion",
        on_click=choose_instead,
        kwargs={"rate": Rate.COMPLETION.value},
    )


def too_early(view: GapData, late: LateInvited) -> None:
    """Show that many citizens may start later, and offer to leave their months out."""
    st.warning(formatting.plain(" ".join(waiting(view))), icon=":material/hourglass_top:")
    before = late.month - dt.timedelta(days=1)
    if before.replace(day=1) >= view.coverage.first_day.replace(day=1):
        st.button(
            view.wording.text("Leave these months out"),
            key="leave_out_late",
            on_click=choose_instead,
            kwargs={"to": f"{before:%Y-%m}"},
        )


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
        if view.is_narrowed:
            _widen(view.wording)


def one_group(wording: Wording) -> NoReturn:
    """Show that fewer than two groups are large enough to compare, and stop the page."""
    st.title(wording.text("Only one group"))
    _next(
        wording.text("Fewer than two groups have enough citizens to compare. Choose another dimension."),
        wording.text("Back to the first dimension"),
        ("dimension",),
    )


def groups_not_chosen(dimension: Dimension, wording: Wording) -> NoReturn:
    """Say that the user has to choose the groups to compare, and stop the page."""
    st.title(wording.text("Which groups should be compared?"))
    st.markdown(formatting.plain(why_no_gap(dimension, wording)))
    st.stop()


def why_no_gap(dimension: Dimension, wording: Wording) -> str:
    """Return why there is no gap before the user has chosen two groups."""
    return wording.text(
        "The groups of “{dimension}” have no order, and nothing says which of them to compare. No gap is claimed. "
        "Choose “Group” and “Compared with” in the menu.",
        dimension=dimension.label(wording.code),
    )


def no_groups(wording: Wording) -> NoReturn:
    """Show that the numbers are totals without social groups, link to the pages that show them, and stop the page."""
    st.title(wording.text("No social groups in these numbers"))
    st.markdown(
        wording.text(
            "The numbers are totals of all citizens. They can be seen by municipality and over time. A gap needs "
            "numbers by education, sex or another division."
        )
    )
    left, right = st.columns(2)
    left.page_link("municipalities.py", label=wording.text("Municipalities"), icon=":material/map:")
    right.page_link("over_time.py", label=wording.text("Over time"), icon=":material/timeline:")
    st.stop()


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


def now(view: GapData, *, adjusted: bool) -> None:
    """Report that the page shows the present state, because there is no before and after, and the next step."""
    wording = view.wording
    if adjusted:
        st.info(formatting.plain(" ".join(_one_side(view))), icon=":material/contrast:")
        if view.is_narrowed:
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


def _one_side(view: GapData) -> list[str]:
    """State that one side of the adjustment is missing, and which adjustment divides the months of a single offer."""
    wording = view.wording
    dates = view.months["adjusted_on"].dropna().unique()
    if isinstance(view.smallest_count(), RoundingBase):
        said = wording.text(
            "On one side of the adjustment there are no months, or their numbers are too small to show. The page shows "
            "how it stands."
        )
    else:
        said = wording.text("There are months from only one side of the adjustment. The page shows how it stands.")
    if len(dates) != 1:
        return [said]
    day = wording.date(pd.Timestamp(dates[0]).date())
    return [said, wording.text("The adjustment that divides them is of {date}.", date=day)]


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
