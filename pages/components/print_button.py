"""Button that prints the page; a browser can also save it as PDF."""

import streamlit as st

from analysis.i18n import Wording

PRINT = """export default function ({ data, parentElement }) {
    const button = parentElement.querySelector("button");
    button.textContent = data.label;
    button.onclick = () => window.print();
}"""
LOOK = """button {
    font: 1rem var(--st-font); color: var(--st-text-color); background: var(--st-background-color);
    border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius);
    padding: .4rem .9rem; cursor: pointer;
}
button:focus-visible { outline: 3px solid var(--st-primary-color); outline-offset: 2px; }"""

_button = st.components.v2.component("print", html="<button></button>", css=LOOK, js=PRINT)


def print_button(wording: Wording) -> None:
    _button(data={"label": wording.text("Print, or save as PDF")}, key="print", height="content")
