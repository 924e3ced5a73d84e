"""Tables of a municipality's offers: description, adjustments and results."""

import pandas as pd

from analysis.exhibits.adjustments.filters import aim_name
from analysis.exhibits.cache import cached
from analysis.exhibits.cell_texts import state_text
from analysis.exhibits.gap_data import GapData
from analysis.exhibits.offer_changes import offer_changes
from analysis.exhibits.tables import NOTHING
from analysis.i18n.sentences import time_to_complete
from analysis.measures.result_frame import State
from analysis.model.terms import Aim


@cached
def offers_table(view: GapData) -> pd.DataFrame:
    """Return the offers with their description, the date of adjustment and the definition of completion."""
    text, made = view.wording.text, view.adjustments
    rows = []
    for (municipality, name), offer in view.offers.items():
        if municipality != view.selection.municipality:
            continue
        own = made[(made["municipality"] == municipality) & (made["offer"] == name)]
        dated = [f"{view.wording.date(row.adjusted_on)}: {row.title}" for row in own.itertuples()]
        rows.append(
            {
                text("Offer"): name,
                text("Theme"): offer.theme or "",
                text("Adjustment"): "; ".join(dated) or text("none: comparison offer"),
                text("What counts as completed"): offer.completion_rule or text("not stated"),
                text("Time to complete"): time_to_complete(offer, view.wording),
            }
        )
    return pd.DataFrame(rows)


@cached
def changes_by_offer(found: GapData) -> list[dict[str, str]]:
    """Return the adjustments of each offer with their aim, and the measure before and after."""
    wording, name = found.wording, found.selection.municipality
    changes = {row["offer"]: row for row in offer_changes(found).to_dict("records")}
    made = found.adjustments
    made = made[made["municipality"] == name]
    known = found.offers
    offers = wording.in_order(offer for municipality, offer in known if municipality == name)
    rows = []
    for offer in offers:
        own = made[made["offer"] == offer].sort_values("adjusted_on").to_dict("records")
        titles = "; ".join(f"{row['title']} ({wording.date(row['adjusted_on'].date())})" for row in own)
        aims = ", ".join(dict.fromkeys(aim_name(Aim(row["aim"]), wording) for row in own))
        rows.append(
            {
                wording.text("Offer"): offer,
                wording.text("Adjusted"): titles or wording.text("not adjusted"),
                wording.text("Aim"): aims or NOTHING,
                **_change(changes.get(offer), found),
            }
        )
    return rows


def _change(row: dict[str, object] | None, found: GapData) -> dict[str, str]:
    wording = found.wording
    titles = (wording.text("Before"), wording.text("After"), wording.text("Change, 95% interval"))
    if row is None:
        return dict.fromkeys(titles, NOTHING)
    if row["state"] != State.SHOWN:
        return dict.fromkeys(titles, state_text(row, wording) or NOTHING)
    before, after, change, lower, upper = (
        100 * float(str(row[key])) for key in ("before", "after", "estimate", "lower", "upper")
    )
    interval = wording.text("{lower} to {upper}", lower=wording.decimal(lower), upper=wording.decimal(upper))
    return dict(
        zip(
            titles,
            (wording.decimal(before), wording.decimal(after), f"{wording.signed(change)} ({interval})"),
            strict=True,
        )
    )
