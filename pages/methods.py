"""Methods page: measures, limits, imports, a glossary in five languages, and the data."""

import csv

import pandas as pd
import streamlit as st

from analysis.config import ROOT
from analysis.exhibits.gap_data import GapData
from analysis.exhibits.tables import NOTHING, as_csv, as_texts, column_titles, readable
from analysis.i18n import LANGUAGES
from analysis.i18n.methods import limits, methods
from analysis.i18n.sentences import exactness, time_to_complete, understanding_asks, understanding_name
from analysis.intake.contract import theme_day_forms
from analysis.measures.disclosure import hidden
from analysis.measures.result_frame import State
from analysis.model.languages import name_in
from analysis.model.terms import Understanding
from analysis.store import ImportRecord
from pages.components import audit_log, exact_counts, formatting, process, session
from pages.components.choice_widgets import pick_text
from pages.components.gap_page import begin
from pages.components.sign_in import signed_in_person


def the_understandings(view: GapData) -> None:
    """Show the three understandings, each with its question and its measure."""
    wording = view.wording
    st.header(wording.text("The three understandings"))
    measured = {
        Understanding.DISADVANTAGED: wording.text(
            "Measured by the rate of the least advantaged group, and its change."
        ),
        Understanding.GAP: wording.text("Measured by the reference's rate minus the group's, and its change."),
        Understanding.GRADIENT: wording.text("Measured by the slope through all ranked groups, and its change."),
    }
    for one in Understanding:
        st.markdown(
            f"**{formatting.plain(understanding_name(one, wording))}.** "
            f"{formatting.plain(understanding_asks(one, wording))} "
            f"{formatting.plain(measured[one])}"
        )
    st.markdown(
        formatting.plain(
            wording.text(
                "They can disagree: a group can rise while the gap widens, because the others rose more. None of them "
                "is the right one; say which you speak of."
            )
        )
    )


def the_measures(view: GapData) -> None:
    """Show the definition, formula and source of each measure."""
    wording = view.wording
    st.header(wording.text("What each measure means"))
    for one in methods(wording):
        with st.expander(f"{formatting.plain(one.name)}: {formatting.plain(one.asks)}"):
            st.markdown(formatting.plain(one.reading))
            st.code(one.formula, language=None, wrap_lines=True)
            st.caption(formatting.plain(one.source))


def the_limits(view: GapData) -> None:
    """Show the limits of a comparison before and after."""
    st.header(view.wording.text("The limits of before and after"))
    st.markdown("\n".join(f"- {formatting.plain(line)}" for line in limits(view.wording, view.smallest_count())))


def the_imports(view: GapData) -> None:
    """Show the files that the numbers come from, without the people who stored them.

    Only people who may store a file see its number of rows and its digest: a small file can be guessed from them.
    """
    wording, text = view.wording, view.wording.text
    st.header(text("What the numbers rest on"))
    st.markdown("  \n".join(map(formatting.plain, [view.source, *view.of_protection])))

    def rows_of(one: ImportRecord, *forms: str) -> str:
        number, smallest = sum(getattr(one, form) for form in forms), process.settings().smallest_count
        if one.is_outline:
            return NOTHING
        return wording.integer(number) if number == 0 or number >= smallest else f"< {smallest}"

    records = [
        one
        for one in session.data().imports(session.database().version(), signed_in_person())
        if one.undone_at is None and one.synthetic == view.selection.synthetic
    ]
    rows = [
        {
            text("File"): one.file_name,
            text("Stored"): wording.moment(one.imported_at),
            text("Courses"): rows_of(one, "courses"),
            text("Counts"): rows_of(one, "counts"),
            text("Theme days"): rows_of(one, *theme_day_forms()),
            text("Digest (SHA-256)"): one.sha256[:12] or NOTHING,
        }
        for one in records
    ]
    formatting.table(pd.DataFrame(rows), key="imports_table", alt=text("What the numbers rest on"))
    if not view.selection.synthetic and any(not one.is_outline for one in records):
        st.caption(formatting.plain(text("How many courses and counts a file has is exact. Do not pass it on.")))
        exact_counts.hide_table_downloads()
    rules = [
        {
            text("Municipality"): municipality,
            text("Offer"): name,
            text("What counts as completed"): offer.completion_rule or text("not stated"),
            text("Time to complete"): time_to_complete(offer, wording),
        }
        for (municipality, name), offer in view.offers.items()
    ]
    formatting.label(text("What counts as completed"))
    formatting.table(pd.DataFrame(rules), key="rules_table", text_columns=4, alt=text("What counts as completed"))


def glossary(view: GapData) -> None:
    """Show the glossary, the reader's language first, limited to rows that match the search."""
    wording = view.wording
    st.header(wording.text("The words in five languages"))
    st.caption(formatting.plain(wording.text("Written for this program, and not yet proof-read by native speakers.")))
    wanted = pick_text("term", wording.text("Search for a word")).casefold()
    codes = sorted(LANGUAGES, key=lambda code: code != wording.code)
    found = [row for row in _glossary() if wanted in " ".join(row.values()).casefold()]
    rows = [{LANGUAGES[code].name: name_in(row, code) for code in codes} for row in found]
    if rows:
        formatting.table(
            pd.DataFrame(rows), key="glossary", text_columns=5, alt=wording.text("The words in five languages")
        )
    else:
        st.info(wording.text("No word like that."), icon=":material/search_off:")


@st.cache_data(max_entries=1, show_spinner=False)
def _glossary() -> list[dict[str, str]]:
    with (ROOT / "data" / "reference" / "glossary.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def the_data(view: GapData) -> None:
    """Show a download of the selected counts."""
    wording = view.wording
    st.header(wording.text("The data to take away"))
    st.markdown(
        formatting.plain(
            wording.text(
                "The counts behind the pages, for what is chosen at the side: by municipality, offer, phase and group. "
                "Rows with a small count are there without their numbers, and nothing is added up."
            )
        )
    )
    table = counts_table(view)

    def workbook() -> bytes:
        from analysis.exports.workbook import numbers

        about = [
            (wording.text("Selection"), view.in_words),
            (wording.text("Source"), view.source),
        ]
        return numbers({wording.text("Counts"): table}, about, about_name=wording.text("About"))

    with st.container(horizontal=True):
        audit_log.download(
            wording.text("Numbers (Excel)"),
            workbook,
            file_name="counts.xlsx",
            key="counts_xlsx",
            what="counts",
            format="xlsx",
        )
        audit_log.download(
            wording.text("Numbers (CSV)"),
            lambda: as_csv(table, foot="" if view.smallest_count() > 1 else exactness(wording)),
            file_name="counts.csv",
            mime="text/csv",
            key="counts_csv",
            what="counts",
            format="csv",
        )
    with st.expander(wording.text("The numbers as a table"), icon=":material/table:"):
        formatting.table(as_texts(table, wording), key="counts_table", text_columns=4, alt=wording.text("Counts"))


def counts_table(view: GapData) -> pd.DataFrame:
    """Return the selected counts; a row is empty if its counts, or differences between them, are small."""
    wording, smallest = view.wording, view.smallest_count()
    counts = view.counts.reset_index(drop=True)
    invited, participated, completed = (counts[name].fillna(0) for name in ("invited", "participated", "completed"))
    of_invited = hidden(participated, invited, smallest) & counts["invited"].notna()
    small = of_invited | hidden(completed, participated, smallest) | hidden(invited - completed, invited, smallest)
    stages = ["invited", "participated", "completed"]
    counts[stages] = counts[stages].mask(small)
    counts["state"] = pd.Series(State.HIDDEN.value, index=counts.index).where(small, State.SHOWN.value)
    titles = column_titles(wording, unit="")
    names = {name: titles[name] for name in ("municipality", "offer", "phase", "group")}
    names |= {
        "invited": wording.text("Invited"),
        "participated": wording.text("Took part"),
        "completed": wording.text("Completed"),
    }
    groups = {group: view.label(group) for group in counts["group"].unique()}
    return readable(counts, names={"group": groups}, columns=names, wording=wording)


wording = session.language()
view = begin(wording.text("How is it measured, and on what does it rest?"))
the_understandings(view)
the_measures(view)
the_limits(view)
the_imports(view)
glossary(view)
the_data(view)
