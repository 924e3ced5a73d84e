"""Whom the theme days have reached and whom not: by region and size, by role and policy area, the largest left."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.charts.bars import Bar, bars
from analysis.measures.spread import reach as measured
from analysis.wording import Wording
from pages.parts import session
from pages.parts.exhibit import exhibit
from pages.parts.themes import Themes

MOST_NOT_REACHED = 12


def group_names(wording: Wording) -> dict[str, str]:
    """What Statistics Denmark's groups of municipalities are called."""
    return {
        "Hovedstadskommuner": wording.text("Capital municipalities"),
        "Storbykommuner": wording.text("Metropolitan municipalities"),
        "Provinsbykommuner": wording.text("Provincial town municipalities"),
        "Oplandskommuner": wording.text("Commuter municipalities"),
        "Landkommuner": wording.text("Rural municipalities"),
    }


def size_names(wording: Wording) -> dict[int, str]:
    """The sizes of municipalities, in people."""
    said = [wording.integer(one) for one in measured.SIZES]
    names = [wording.text("Fewer than {most} people", most=said[0])]
    names += [
        wording.text("{least} to {most} people", least=least, most=wording.integer(one - 1))
        for least, one in zip(said, measured.SIZES[1:], strict=False)
    ]
    return dict(enumerate([*names, wording.text("{least} people and more", least=said[-1])]))


def divided(view: Themes, by: str, asks: str, labels: Mapping[Any, str]) -> None:
    """How many municipalities were reached in each region, or of each size."""
    wording = view.wording
    reach = view.reach.assign(size=measured.size_of(view.reach["population"]))
    found = measured.coverage(reach, [by]).sort_values("size" if by == "size" else "share", ascending=False)
    rows = [
        Bar(
            str(row[by]),
            row["reached"],
            wording.text(
                "{reached} of {whole} ({share})",
                reached=wording.integer(row["reached"]),
                whole=wording.integer(row["municipalities"]),
                share=wording.percent(row["share"], digits=0),
            ),
            row["municipalities"],
        )
        for row in found.to_dict("records")
    ]
    by_share = found.sort_values("share")
    least, most = by_share.iloc[0], by_share.iloc[-1]
    title = wording.text("Region") if by == "region" else wording.text("Size of municipality")
    exhibit(
        view,
        bars(
            rows,
            labels={str(key): name for key, name in labels.items()},
            unit=wording.text("Municipalities"),
            wording=wording,
            theme=session.theme(),
        ),
        key=f"reached_by_{by}",
        asks=asks,
        answers=wording.text(
            "The largest share in {most} ({high}), the smallest in {least} ({low}).",
            most=labels[most[by]],
            high=wording.percent(most["share"], digits=0),
            least=labels[least[by]],
            low=wording.percent(least["share"], digits=0),
        ),
        numbers=pd.DataFrame(
            {
                title: found[by].map(labels),
                wording.text("Reached"): found["reached"],
                wording.text("Municipalities"): found["municipalities"],
                wording.text("Share, per cent"): 100 * found["share"],
                wording.text("Share of the population, per cent"): 100 * found["population_share"],
                wording.text("Participants"): found["participants"],
            }
        ).reset_index(drop=True),
    )


def who_took_part(view: Themes, by: str, asks: str) -> None:
    """The participants by their role, or by their policy area."""
    wording = view.wording
    kind = "role" if by == "role" else "area"
    found = view.days.assign(unit=view.days[by].fillna("")).groupby("unit")["participants"].sum()
    found = found.sort_values(ascending=False)
    labels = {key: view.word(kind, key or None) for key in found.index}
    whole = int(found.sum())
    rows = [
        Bar(
            key,
            number,
            wording.text(
                "{number} ({share})", number=wording.integer(number), share=wording.percent(number / whole, digits=0)
            ),
        )
        for key, number in found.items()
    ]
    exhibit(
        view,
        bars(rows, labels=labels, unit=wording.text("Participants"), wording=wording, theme=session.theme()),
        key=f"participants_by_{by}",
        asks=asks,
        answers=wording.text(
            "The largest group: {most}, {text}.", most=labels[rows[0].unit].lower(), text=rows[0].text
        ),
        numbers=pd.DataFrame(
            {
                wording.text("Role") if by == "role" else wording.text("Policy area"): list(labels.values()),
                wording.text("Participants"): found.to_numpy(),
                wording.text("Share, per cent"): 100 * found.to_numpy() / whole,
            }
        ),
    )


def not_reached(view: Themes) -> None:
    """The largest municipalities that have not taken part."""
    wording = view.wording
    left = view.reach[~view.reach["is_reached"]].sort_values("population", ascending=False)
    if left.empty:
        return
    largest = left.head(MOST_NOT_REACHED)
    people = dict(zip(largest["name"], largest["population"], strict=True))
    rows = [Bar(name, number, wording.integer(number)) for name, number in people.items()]
    exhibit(
        view,
        bars(
            rows,
            labels={name: name for name in people},
            unit=wording.text("People"),
            wording=wording,
            theme=session.theme(),
        ),
        key="not_reached",
        asks=wording.text("Where has the work not come?"),
        answers=wording.texts(
            "{count} municipality with {people} people is not reached.",
            "{count} municipalities with {people} people are not reached. The largest of them:",
            len(left),
            people=wording.integer(left["population"].sum()),
        ),
        numbers=pd.DataFrame(
            {
                wording.text("Municipality"): left["name"],
                wording.text("Region"): left["region"],
                wording.text("Kind of municipality"): left["group"].map(group_names(wording)),
                wording.text("Population"): left["population"],
            }
        ).reset_index(drop=True),
        drill=("municipality",),
    )
