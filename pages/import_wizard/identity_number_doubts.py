"""Columns that may have CPR numbers: the person states whether they do."""

import streamlit as st

from analysis.i18n import Wording
from analysis.intake.detect.identity_number_columns import AmbiguousColumn
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
