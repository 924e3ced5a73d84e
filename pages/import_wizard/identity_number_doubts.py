"""CPR numbers in the file: the person states which columns have none, and reads how to replace them."""

import streamlit as st

from analysis.i18n import Wording
from analysis.intake.detect.identity_number_columns import AmbiguousColumn
from analysis.intake.pseudonyms.guide import guide, needs_guide
from pages.components import formatting
from pages.import_wizard.job import ImportJob


def ask_about_ambiguous_columns(work: ImportJob, wording: Wording) -> None:
    """Ask the person which ambiguous columns have no CPR numbers; then read the file without these columns."""
    doubts = work.reading.doubts if work.reading else ()
    if not doubts:
        return
    formatting.label(wording.text("Do these columns hold something else than CPR numbers?"))
    st.markdown(
        formatting.plain(
            wording.text(
                "Production units, area codes and telephone numbers can look like CPR numbers. Tick a column only if "
                "you know that it holds such numbers. It is then left out, and the original file is not kept."
            )
        )
    )
    if any(one.has_ids for one in doubts):
        said = wording.text("Ids of citizens are not left out but replaced by other ids.")
        st.markdown(formatting.plain(said))
    with st.form("doubts", border=False):
        ticked = {one.name: st.checkbox(_question_text(one, wording), key=f"no_cpr_{one.name}") for one in doubts}
        label = wording.text("Read the file without the ticked columns")
        if st.form_submit_button(label, icon=":material/playlist_remove:") and any(ticked.values()):
            work.read_without({name for name, is_ticked in ticked.items() if is_ticked})
            st.rerun()


def _question_text(doubt: AmbiguousColumn, wording: Wording) -> str:
    said = wording.text(
        "Sheet “{sheet}”, column {letters} “{header}” holds no CPR numbers",
        sheet=doubt.sheet or wording.text("The file"),
        letters=doubt.letters,
        header=doubt.header,
    )
    return formatting.plain(said)


def show_how_to_replace(work: ImportJob, wording: Wording) -> None:
    """Show how to replace CPR numbers if the file was refused for them: with the command, or in Excel."""
    if work.reading is None or not needs_guide(work.reading.findings):
        return
    own = guide(work.file_name, wording)
    label = wording.text("How to replace CPR numbers")
    with st.expander(label, icon=":material/person_off:", key="replace_cpr"):
        first, *others = own.steps
        st.markdown(f"{formatting.plain(own.why)}\n\n1. {formatting.plain(first)}")
        st.code(own.command, language="bash", wrap_lines=True)
        st.markdown(_numbered(others, first=2))
        st.markdown(formatting.plain(own.key))
        formatting.label(own.in_excel)
        st.markdown(_numbered(own.excel_steps))


def _numbered(steps: list[str], first: int = 1) -> str:
    return "\n".join(f"{number}. {formatting.plain(step)}" for number, step in enumerate(steps, first))
