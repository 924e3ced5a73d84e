"""What is said where a link or a slide asks for what is not there: which choice it is, and the way on without it."""

import streamlit as st

from analysis.i18n import Wording
from analysis.model.choices import CHOICES, OWN, SAMPLE, Values, with_dependent
from pages.components import formatting, session
from pages.components.choice_widgets import Gone, clear


def choice_name(key: str, wording: Wording) -> str:
    """What a choice is called on the page."""
    return {
        "lang": wording.text("Language"),
        "municipality": wording.text("Municipality"),
        "offer": wording.text("Offer"),
        "kind": wording.text("Kind of offer"),
        "aim": wording.text("Aim of the adjustment"),
        "from": wording.text("From"),
        "to": wording.text("To"),
        "window": wording.text("Months on either side of the adjustment"),
        "dimension": wording.text("Dimension"),
        "rate": wording.text("Stage"),
        "group": wording.text("Group"),
        "reference": wording.text("Compared with"),
        "comparison": wording.text("Set against comparison offers"),
        "understanding": wording.text("How inequality is understood"),
        "data": wording.text("Data"),
        "within": wording.text("Crossed with"),
        "every": wording.text("Periods"),
        "aligned": wording.text("Time"),
        "closed": wording.text("Part of the gap closed, per cent"),
        "map": wording.text("Shown as"),
        "region": wording.text("Region"),
        "about": wording.text("Municipality"),
        "area": wording.text("Policy area"),
        "level": wording.text("Level"),
        "holder": wording.text("Whose understanding"),
        "shape": wording.text("Shown as"),
        "ranked": wording.text("Ranked by"),
        "method": wording.text("Method"),
        "action": wording.text("Action"),
        "search": wording.text("Search in the adjustments"),
        "order": wording.text("Sorted by"),
        "voted": wording.text("What is voted on"),
        "day": wording.text("Theme day"),
        "story": wording.text("Story"),
        "term": wording.text("Search for a word"),
    }[key]


def said(gone: Gone, wording: Wording) -> str:
    """Which choice it is, and whether it is not there any more or can never have been."""
    choice = CHOICES[gone.key]
    values = {"choice": choice_name(gone.key, wording), "value": _value(gone, wording)}
    if choice.values is Values.CODES and not choice.is_code(gone.value):
        return wording.text("{choice}: “{value}” is none of the possible choices.", **values)
    return wording.text("{choice}: “{value}” is not here, or no longer.", **values)


def said_of_slide(gone: Gone, wording: Wording) -> str:
    """What stands on a slide in place of its chart."""
    return wording.text("This view cannot be shown. {reason}", reason=said(gone, wording))


def show_gone(gone: Gone) -> None:
    """What is gone, and the button that shows the page without it."""
    wording = session.language_before_signing_in()
    st.title(wording.text("This cannot be shown"))
    way_on = wording.text("Nothing else is shown in its place. The link may be old or mistyped.")
    st.warning(formatting.plain(f"{said(gone, wording)} {way_on}"), icon=":material/link_off:")
    st.button(
        wording.text("Show the page without this choice"),
        key="without_gone",
        type="primary",
        icon=":material/filter_alt_off:",
        on_click=clear,
        args=(with_dependent(gone.key),),
    )


def _value(gone: Gone, wording: Wording) -> str:
    if gone.key == "data":
        names = {OWN: wording.text("Own data"), SAMPLE: wording.text("Demonstration data")}
        return names.get(gone.value, gone.value)
    return gone.value
