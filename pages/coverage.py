"""Coverage page: what somebody should ask about, the data by offer and month, and the newest file of each offer."""

import datetime as dt

import streamlit as st

from analysis.auth.roles import DisclosureLevel
from analysis.exhibits.coverage import coverage, files, questions
from analysis.exhibits.unstated import unstated_groups
from analysis.exports.data_tables import data_files
from analysis.exports.package import make_package
from pages.components import audit_log, formatting, session
from pages.components.breadcrumbs import breadcrumbs
from pages.components.exhibit_card import exhibit
from pages.components.filter_sidebar import choose
from pages.components.process import settings
from pages.components.sign_in import signed_in_person

MOST_SHOWN = 8
"""Number of questions that are shown without expanding."""
FILE_LABELS = {"csv": "CSV", "parquet": "Parquet", "duckdb": "DuckDB"}
FILE_NAMES = {kind: f"counts.{kind}" for kind in FILE_LABELS} | {"codebook": "codebook.csv"}


def show_package() -> None:
    """Show the download of a package for another installation."""
    st.header(wording.text("A package for another installation"))
    st.markdown(
        wording.text(
            "A municipality that may not send data on citizens sends a package instead: all its own counts, rounded as "
            "above, with its offers and adjustments. The other installation uploads it like a workbook."
        )
    )
    now = dt.datetime.now().replace(microsecond=0)
    audit_log.download(
        wording.text("Download the package"),
        lambda: make_package(session.database(), level, wording, synthetic=view.selection.synthetic, made_at=now),
        file_name=wording.text("package-{day}.xlsx", day=now.date().isoformat()),
        icon=":material/package_2:",
        key="package",
        what="package",
        format="xlsx",
    )


wording = session.language()
view = choose(wording)
breadcrumbs(view)
formatting.heading(wording.text("Where are data missing?"), wording, synthetic=view.selection.synthetic)
imports = session.data().imports(session.database().version(), signed_in_person())
asked = questions(view, frozenset((one.import_id, one.person) for one in imports if one.person))
if not asked:
    st.success(
        wording.text("No holes, no jumps, and no offer without new data in the last three months."),
        icon=":material/check_circle:",
    )
else:
    st.header(wording.texts("{count} thing to ask about", "{count} things to ask about", len(asked)))
    st.markdown("\n".join(f"- {formatting.plain(one)}" for one in asked[:MOST_SHOWN]))
    if others := asked[MOST_SHOWN:]:
        label = wording.texts("Show {count} more", "Show {count} more", len(others))
        with st.expander(label, key="more_questions", on_change="rerun") as opened:
            if opened.open:
                st.markdown("\n".join(f"- {formatting.plain(one)}" for one in others))
exhibit(coverage(view))
st.header(wording.text("Which file does it come from?"))
rows = files(view)
formatting.table(rows, key=f"files_{len(rows)}", text_columns=4, alt=wording.text("The newest file of each offer"))
st.header(wording.text("How many are without a stated group?"))
unstated = unstated_groups(view)
alt = wording.text("The participants without a stated group, by offer and dimension")
formatting.table(unstated, key=f"unstated_{len(unstated)}_{len(unstated.columns)}", text_columns=2, alt=alt)
st.header(wording.text("Counts for other programs"))
st.markdown(
    wording.text(
        "Every count by offer, period, dimension and group, rounded as on the pages of others. The codebook has the "
        "meaning of each column, and the names of the groups."
    )
)
level = DisclosureLevel(settings().smallest_count)
with st.container(horizontal=True):
    for kind, make in data_files(session.data(), level, synthetic=view.selection.synthetic).items():
        audit_log.download(
            FILE_LABELS.get(kind) or wording.text("Codebook"),
            make,
            file_name=FILE_NAMES[kind],
            icon=":material/download:",
            key=f"counts_{kind}",
            what="counts",
            format=kind,
        )
packed_elsewhere = {one.municipality for one in view.rounded_elsewhere}
if set(view.everywhere["municipality"].unique()) - packed_elsewhere:
    show_package()
st.caption("  \n".join(map(formatting.plain, [*view.of_protection, view.source])))
