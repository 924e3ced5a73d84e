"""Presentation and export of a story: stage, PowerPoint, PDF, one HTML file, numbers, and the story itself."""

from collections.abc import Callable

import streamlit as st

from analysis.exports.story_export import StoryExport, file_name
from analysis.i18n import Wording
from analysis.model.story import as_json
from pages.components import audit_log, formatting, session
from pages.components.server_browser import can_draw
from pages.components.stories.service import StoredStory

# Open the window at the click, otherwise the browser blocks it. The window waits for the page, which is large and
# created only then. The page opens from the browser's memory: the stage needs no more data from the server.
OPEN = """const waiting = new WeakMap();
export default function ({ data, parentElement, setTriggerValue }) {
    const button = parentElement.querySelector("button");
    button.textContent = data.label;
    const said = parentElement.querySelector("p");
    button.onclick = () => {
        const stage = window.open("", "_blank");
        said.textContent = stage ? "" : data.blocked;
        if (!stage) return;
        stage.document.body.textContent = data.wait;
        waiting.set(parentElement, stage);
        setTriggerValue("asked", Date.now());
    };
    const stage = waiting.get(parentElement);
    if (!stage || !data.page) return;
    waiting.delete(parentElement);
    stage.location = URL.createObjectURL(new Blob([data.page], { type: "text/html" })) + "#stage";
}"""
LOOK = """button {
    font: 600 1rem var(--st-font); color: var(--st-background-color); background: var(--st-primary-color);
    border: 0; border-radius: var(--st-button-radius); padding: .6rem 1.6rem; cursor: pointer;
}
button:focus-visible { outline: 3px solid var(--st-primary-color); outline-offset: 2px; }
p { font: 1rem var(--st-font); color: var(--st-text-color); margin: .6rem 0 0; }
p:empty { display: none; }"""
ASKED, TIMES = "stage_asked", "stage_times"
POWERPOINT = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

stage = st.components.v2.component("stage", html="<button></button><p role='alert'></p>", css=LOOK, js=OPEN)


def exporter() -> StoryExport:
    """Return the exporter of stories, limited to data that the person may see."""
    return StoryExport(session.data(), session.disclosure_level())


def present(kept: StoredStory, wording: Wording) -> None:
    """Show the button that opens the stage."""
    wait = wording.text("Making the story ready in every language …")
    page, times = "", st.session_state.get(TIMES, 0)
    if st.session_state.pop(ASKED, False):
        with st.spinner(wait):
            page = exporter().page(kept.story, wording, session.theme())
        audit_log.leaves("story", format="stage", story=kept.story_id)
    # The browser receives data only if they changed, but the same story may be requested repeatedly.
    blocked = wording.text("The browser did not allow a second window: allow pop-ups for this page.")
    data = {"label": wording.text("Present"), "wait": wait, "blocked": blocked, "page": page, "times": times}
    stage(data=data, key="stage", height="content", on_asked_change=_remember_asked)


def _remember_asked() -> None:
    st.session_state[ASKED] = True
    st.session_state[TIMES] = st.session_state.get(TIMES, 0) + 1


def downloads(kept: StoredStory, wording: Wording) -> None:
    """Show all exports of the story, each created on request."""
    text, story, export = wording.text, kept.story, exporter()
    with st.popover(text("Take away"), icon=":material/download:", key="take_away"):
        _one(text("PowerPoint"), lambda: export.powerpoint(story, wording), kept, "pptx", POWERPOINT)
        _one(text("PDF"), lambda: export.pdf(story, wording), kept, "pdf", "application/pdf", there=can_draw())
        if not can_draw():
            st.caption(
                formatting.plain(text("PDF needs Chromium, Chrome or Edge on the computer that runs the program."))
            )
        _one(
            text("One file for any browser (HTML)"),
            lambda: export.page(story, wording, "light").encode(),
            kept,
            "html",
            "text/html",
        )
        _one(text("Numbers (Excel)"), lambda: export.workbook(story, wording), kept, "xlsx", audit_log.EXCEL)
        _one(text("The story, to import elsewhere"), lambda: as_json(story).encode(), kept, "json", "application/json")


def _one(
    label: str, make: Callable[[], bytes], kept: StoredStory, ending: str, mime: str, *, there: bool = True
) -> None:
    audit_log.download(
        label,
        make,
        file_name=file_name(kept.story, ending),
        mime=mime,
        key=f"take_{ending}",
        what="story",
        format=ending,
        story=kept.story_id,
        able=there,
        width="stretch",
    )
