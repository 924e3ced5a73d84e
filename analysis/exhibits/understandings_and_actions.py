"""How inequality is understood in each municipality, beside how far its actions have come."""

import pandas as pd

from analysis.exhibits.actions import DONE
from analysis.exhibits.tables import NOTHING
from analysis.exhibits.theme_day_data import ThemeDayData
from analysis.exhibits.understandings import as_last_asked, names
from analysis.measures.theme_days.understanding_shares import shares


def leading_with_actions(view: ThemeDayData) -> pd.DataFrame:
    """Return each municipality whose understanding is known.

    Returns
    -------
    Columns municipality, leading (the understanding that weighs most as last asked; empty if two weigh the same), share
    (of its votes), actions, done (of them, running or evaluated), consequence (what the understanding means for
    carrying them out; empty if not written).
    """
    found = shares(view.understandings, ["municipality", "asked"])
    latest = as_last_asked(found).sort_values("municipality")
    actions = view.actions.assign(done=view.actions["status"].isin(DONE)).groupby("municipality")["done"]
    counted = pd.DataFrame({"actions": actions.size(), "done": actions.sum()})
    written = view.consequences.set_index("municipality")["consequence"]
    rows = latest[["municipality", "leading", *names(view.wording)]].join(counted, on="municipality")
    rows = rows.join(written, on="municipality").astype({"consequence": object})
    return pd.DataFrame(
        {
            "municipality": rows["municipality"],
            "leading": rows["leading"].fillna(""),
            "share": rows[list(names(view.wording))].max(axis="columns"),
            "actions": rows["actions"].fillna(0).astype("int64"),
            "done": rows["done"].fillna(0).astype("int64"),
            "consequence": rows["consequence"].fillna(""),
        }
    ).reset_index(drop=True)


def by_leading(view: ThemeDayData, found: pd.DataFrame) -> str:
    """State how many actions are running or evaluated where each understanding weighs most."""
    wording = view.wording
    counted = found[found["leading"] != ""].groupby("leading")[["actions", "done"]].sum()
    said = [
        wording.text(
            "Where “{name}” weighs most, {done} of {count} actions are running or evaluated.",
            name=name,
            done=wording.integer(counted.loc[key, "done"]),
            count=wording.integer(counted.loc[key, "actions"]),
        )
        for key, name in names(wording).items()
        if key in counted.index and counted.loc[key, "actions"]
    ]
    if not said:
        return wording.text("No actions of these municipalities are stored.")
    return " ".join([*said, wording.text("That does not show that one follows from the other.")])


def texts(view: ThemeDayData, found: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of ``leading_with_actions`` but what is written, as texts with column titles."""
    wording, named = view.wording, names(view.wording)
    return pd.DataFrame(
        [
            {
                wording.text("Municipality"): row["municipality"],
                wording.text("Weighs most"): wording.text(
                    "{name} ({share})", name=named[row["leading"]], share=wording.percent(row["share"], digits=0)
                )
                if row["leading"]
                else wording.text("two alike"),
                wording.text("Actions"): wording.integer(row["actions"]) if row["actions"] else NOTHING,
                wording.text("Running or evaluated"): wording.integer(row["done"]) if row["actions"] else NOTHING,
            }
            for row in found.to_dict("records")
        ]
    )
