"""Fields of an adjustment and of its story, and what is wrong with the entries."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import streamlit as st

from analysis.exhibits.adjustments.adjustment import Adjustment
from analysis.exhibits.adjustments.filters import aim_name, practice_name, tag_name
from analysis.i18n import Wording
from analysis.i18n.coded_words import WORDS
from analysis.i18n.vocabulary import word_in
from analysis.intake.findings.findings import Finding, sentence
from analysis.intake.values.dates import EARLIEST, latest_planned
from analysis.model.terms import Aim, Practice
from analysis.text.identity_numbers import holds_identity_number
from analysis.text.person_names import persons_in
from pages.components import formatting

LONGEST_TITLE, LONGEST_TEXT = 120, 1000
"""Numbers of characters. A field that is limited to them would ignore a longer text that is pasted, without a word."""
ACCEPTED = "accepted_texts"
"""Session key of the texts that may name a person and that the last warning was about."""
FIRST_DAY, LAST_DAY = dt.date(1800, 1, 1), dt.date(2399, 12, 31)
"""Days that a field takes. The checks refuse most of them: a field that refuses a day itself keeps the day before."""
Key = Callable[[str], str]
Row = dict[str, Any]


def values_of(made: Adjustment) -> Row:
    """Return an adjustment as the values of the fields."""
    yes_no = {True: "yes", False: "no", None: None}
    return {
        "adjusted_on": made.adjusted_on,
        "what_changed": made.what_changed,
        "aim": made.aim.value,
        "citizens_involved": yes_no[made.citizens],
        "staff_involved": yes_no[made.staff],
        **made.texts,
        "tags": list(made.tags),
        "practice": made.practice.value if made.practice else None,
    }


def ask_day(wording: Wording, key: Key, values: Mapping[str, Any]) -> dt.date | None:
    """Ask for the day of the change."""
    return date_field(wording.text("Date it began, or is to begin"), values.get("adjusted_on"), key("on"))


def date_field(label: str, day: dt.date | None, key: str) -> dt.date | None:
    """Ask for a day. ``wrong_day`` checks it."""
    chosen: dt.date | None = st.date_input(
        label, value=day, min_value=FIRST_DAY, max_value=LAST_DAY, format="DD-MM-YYYY", key=key
    )
    return chosen


def wrong_day(day: dt.date, wording: Wording) -> Iterator[str]:
    """Yield why a day is refused."""
    if not EARLIEST <= day <= latest_planned():
        yield wording.text(
            "{date} is not between {first} and {last}. Choose another date.",
            date=wording.date(day),
            first=wording.date(EARLIEST),
            last=wording.date(latest_planned()),
        )


def ask_change(wording: Wording, key: Key, values: Mapping[str, Any]) -> Row:
    """Ask for what was changed, its aim, and who was involved."""
    what = st.text_area(
        wording.text("What was changed (optional)"), values.get("what_changed") or "", height=68, key=key("what")
    )
    aims = [aim.value for aim in Aim]
    aim = st.radio(
        wording.text("Aim"),
        aims,
        index=aims.index(values["aim"]) if values.get("aim") else None,
        format_func=lambda aim: aim_name(Aim(aim), wording),
        horizontal=True,
        key=key("aim"),
    )
    yes_no = {code: word_in("yes_no", code, wording.code).capitalize() for code in WORDS["yes_no"]}
    asked = {
        "citizens_involved": wording.text("Citizens involved (optional)"),
        "staff_involved": wording.text("Staff involved (optional)"),
    }
    involved = {}
    for column, (name, label) in zip(st.columns(2), asked.items(), strict=True):
        involved[name] = column.segmented_control(
            label, list(yes_no), format_func=yes_no.__getitem__, default=values.get(name), key=key(name)
        )
    return {"what_changed": what.strip() or None, "aim": aim, **involved}


def ask_story(wording: Wording, key: Key, values: Mapping[str, Any]) -> Row:
    """Ask for the story: everything is optional."""
    st.caption(
        formatting.plain(
            wording.text(
                "Everybody who sees the pages can read this. Write no names, and nothing that points to one person."
            )
        )
    )
    row: Row = {
        "challenge": _text(wording.text("Challenge: what did not work for citizens?"), "challenge", key, values)
    }
    row["target_group"] = _line(wording.text("Target group"), "target_group", key, values)
    row["tags"] = _tags(wording, key, values)
    row["practice"] = st.pills(
        wording.text("How far"),
        [one.value for one in Practice],
        format_func=lambda one: practice_name(Practice(one), wording),
        default=values.get("practice"),
        key=key("practice"),
    )
    row["partners"] = _line(wording.text("Partners who took part"), "partners", key, values)
    row["took"] = _line(wording.text("What it takes: hours, money, materials"), "took", key, values)
    row["barriers"] = _text(wording.text("Barriers: what stood in the way?"), "barriers", key, values)
    row["experiences"] = _text(wording.text("Experiences of citizens and staff"), "experiences", key, values)
    row["advice"] = _text(wording.text("Advice to others"), "advice", key, values)
    row["contact"] = _line(wording.text("Whom to ask: a role, not a person"), "contact", key, values)
    row["link"] = _line(wording.text("Link (https://…)"), "link", key, values)
    return row


def _tags(wording: Wording, key: Key, values: Mapping[str, Any]) -> list[str]:
    own = [tag for tag in values.get("tags", ()) if tag not in WORDS["tag"]]
    return st.multiselect(
        wording.text("Tags: what kind of change is it?"),
        [*WORDS["tag"], *own],
        values.get("tags", ()),
        format_func=lambda tag: tag_name(tag, wording),
        accept_new_options=True,
        placeholder=wording.text("choose, or write your own"),
        key=key("tags"),
    )


def _text(label: str, name: str, key: Key, values: Mapping[str, Any]) -> str | None:
    return st.text_area(label, values.get(name) or "", height=68, key=key(name)).strip() or None


def _line(label: str, name: str, key: Key, values: Mapping[str, Any]) -> str | None:
    return st.text_input(label, values.get(name) or "", key=key(name)).strip() or None


def mistakes(row: Row, wording: Wording) -> Iterator[str]:
    """Yield what is missing or too long in an adjustment, before it is checked like a file."""
    if row["adjusted_on"] is None:
        yield wording.text("Choose the date on which the change began, or is to begin.")
    else:
        yield from wrong_day(row["adjusted_on"], wording)
    if not row["title"]:
        yield wording.text("Write a title: a short name for the change.")
    if (length := len(row["title"])) > LONGEST_TITLE:
        yield wording.text(
            "The title has {length} characters and may have {most}. Shorten it.",
            length=wording.integer(length),
            most=wording.integer(LONGEST_TITLE),
        )
    if (length := len(row["what_changed"] or "")) > LONGEST_TEXT:
        yield wording.text(
            "What was changed is described in {length} characters and may have {most}. Shorten it.",
            length=wording.integer(length),
            most=wording.integer(LONGEST_TEXT),
        )
    if row["aim"] is None:
        yield wording.text("Choose what the change aims at.")


def mistakes_of_texts(row: Row, stored: Mapping[str, Any], wording: Wording) -> Iterator[str]:
    """Yield what is wrong with the texts that differ from those that are ``stored``.

    A text that may name a person is accepted when it is sent again.
    """
    texts = [text for name, text in row.items() if isinstance(text, str) and text != stored.get(name)]
    if holds_identity_number(texts):
        yield sentence(Finding("cpr_typed"), wording)
        return
    for text in texts:
        if len(text) > LONGEST_TEXT:
            yield wording.text(
                "“{text}…” has {length} characters; a text may have {most}. Shorten it.",
                text=text[:40],
                length=wording.integer(len(text)),
                most=wording.integer(LONGEST_TEXT),
            )
    found = {text: persons for text in texts if (persons := persons_in(text))}
    if not found.keys() <= st.session_state.get(ACCEPTED, set()):
        st.session_state[ACCEPTED] = set(found)
        quoted = [wording.text("“{text}”", text=one) for persons in found.values() for one in persons]
        yield wording.text(
            "This may name a person or say how to reach one: {found}. Take it out, or press once more if it does not.",
            found=", ".join(quoted),
        )
