"""What a story is told with and taken away as: the stage, PowerPoint, PDF, one HTML file, numbers, the story itself."""

from collections.abc import Callable

import streamlit as st

from analysis.story import Story, as_json
from analysis.wording import Wording
from pages.parts import session, show
from pages.parts.exhibit import can_draw
from pages.parts.telling import making

# The window opens at the click, or the browser would block it, and waits for the page, which is large and made only
# then. The page opens from the browser's own memory: the stage needs nothing of the server any more.
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
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

stage = st.components.v2.component("stage", html="<button></button><p role='alert'></p>", css=LOOK, js=OPEN)


def present(story: Story, wording: Wording) -> None:
    """The button that opens the stage."""
    wait = wording.text("Making the story ready in every language …")
    page, times = "", st.session_state.get(TIMES, 0)
    if st.session_state.pop(ASKED, False):
        with st.spinner(wait):
            page = making.page(story, wording, session.theme())
    # The browser hears of data only where they are others than before: the same story is asked for more than once.
    blocked = wording.text("The browser did not allow a second window: allow pop-ups for this page.")
    data = {"label": wording.text("Present"), "wait": wait, "blocked": blocked, "page": page, "times": times}
    stage(data=data, key="stage", height="content", on_asked_change=_remember_asked)


def _remember_asked() -> None:
    st.session_state[ASKED] = True
    st.session_state[TIMES] = st.session_state.get(TIMES, 0) + 1


def downloads(story: Story, wording: Wording) -> None:
    """Everything that it can be taken away as, made when it is asked for."""
    text = wording.text
    with st.popover(text("Take away"), icon=":material/download:", key="take_away", on_change=_get_ready):
        _one(text("PowerPoint"), lambda: making.powerpoint(story, wording), story, "pptx", POWERPOINT)
        _one(text("PDF"), lambda: making.pdf(story, wording), story, "pdf", "application/pdf", there=can_draw())
        if not can_draw():
            st.caption(show.plain(text("PDF needs Chromium, Chrome or Edge on the computer that runs the program.")))
        _one(
            text("One file for any browser (HTML)"),
            lambda: making.page(story, wording, "light").encode(),
            story,
            "html",
            "text/html",
        )
        _one(text("Numbers (Excel)"), lambda: making.workbook(story, wording), story, "xlsx", EXCEL)
        _one(text("The story, to import elsewhere"), lambda: as_json(story).encode(), story, "json", "application/json")


def _get_ready() -> None:
    from analysis.handouts import images

    images.get_ready()


def _one(label: str, make: Callable[[], bytes], story: Story, ending: str, mime: str, *, there: bool = True) -> None:
    st.download_button(
        label,
        make,
        file_name=making.file_name(story, ending),
        mime=mime,
        key=f"take_{ending}",
        on_click="ignore",
        disabled=not there,
        width="stretch",
    )
