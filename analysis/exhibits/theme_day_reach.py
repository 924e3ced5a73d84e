"""Exhibits of the reach of theme days: by place, date, region, size, role and policy area."""

from typing import Any

import pandas as pd

from analysis import store
from analysis.charts.bars import Bar, bars
from analysis.charts.category_map import kinds_map, kinds_tiles
from analysis.charts.growth import Step
from analysis.charts.growth import growth as growth_chart
from analysis.exhibits.cache import cached
from analysis.exhibits.exhibit import ChartStyle, Exhibit, Plan
from analysis.exhibits.municipalities import TILES
from analysis.exhibits.theme_day_data import ThemeDayData
from analysis.i18n import Wording
from analysis.measures.theme_days import reach as measured

OWN_DAY, REACHED, NOT_REACHED = "own day", "reached", "not reached"
REGION, SIZE = "region", "size"
ROLE, AREA = "role", "area"
MOST_NOT_REACHED = 12


@cached
def reached_map(view: ThemeDayData, kind: str) -> Exhibit:
    """Build the map of municipalities that took part, and of those that held their own theme day."""
    wording, covered = view.wording, measured.coverage(view.reach).iloc[0]
    names = {
        OWN_DAY: wording.text("Its own theme day"),
        REACHED: wording.text("Elsewhere"),
        NOT_REACHED: wording.text("Not reached"),
    }
    states = {
        row["name"]: OWN_DAY if row["has_own_day"] else REACHED if row["is_reached"] else NOT_REACHED
        for row in view.reach.to_dict("records")
    }
    hover_texts = {
        row["name"]: _hover_text(row, names[states[row["name"]]], wording) for row in view.reach.to_dict("records")
    }
    more: dict[str, Any] = {
        "names": names,
        "hover_texts": hover_texts,
        "wording": wording,
        "unit": wording.text("Municipalities by how they were reached"),
    }

    def draw(look: ChartStyle) -> Any:
        if kind == TILES:
            return kinds_tiles(states, tiles=store.municipality_tiles(), **more, **look)
        shapes = store.municipality_shapes()
        return kinds_map(states, shapes=shapes.rings, points=shapes.points, **more, **look)

    own = sum(state == OWN_DAY for state in states.values())
    answer = wording.text(
        "{reached} of {whole} municipalities, home to {share} of the people, took part; {own} had a theme day of their "
        "own.",
        reached=wording.integer(covered["reached"]),
        whole=wording.integer(covered["municipalities"]),
        share=wording.percent(covered["population_share"], digits=0),
        own=wording.integer(own),
    )
    return Exhibit(
        view,
        key=f"reached_{kind}",
        asks=wording.text("Which municipalities have taken part?"),
        answers=answer,
        draw=draw,
        numbers=_municipalities(view.reach, states, names, wording),
        plan="picture",
        drill=("municipality",),
    )


def _hover_text(row: dict[str, object], kind: str, wording: Wording) -> str:
    number = int(str(row["participants"]))
    if not number:
        return kind
    return f"{kind}. " + wording.texts("{count} participant", "{count} participants", number)


def _municipalities(rows: pd.DataFrame, kinds: dict[str, str], names: dict[str, str], wording: Wording) -> pd.DataFrame:
    return pd.DataFrame(
        {
            wording.text("Municipality"): rows["name"],
            wording.text("Reached"): rows["name"].map(kinds).map(names),
            wording.text("First on"): rows["first_on"].dt.date,
            wording.text("Region"): rows["region"],
            wording.text("Participants"): rows["participants"],
            wording.text("Population"): rows["population"],
        }
    ).reset_index(drop=True)


@cached
def growth(view: ThemeDayData) -> Exhibit | None:
    """Build the cumulative number of municipalities reached, by theme day."""
    wording = view.wording
    found = measured.growth(view.days, view.reach)
    whole = len(view.reach)
    steps = [
        Step(
            row["held_on"].date(),
            row["reached"],
            wording.integer(row["reached"]),
            wording.text(
                "{day}: {reached} municipalities, {share} of the people, {participants} participants",
                day=wording.date(row["held_on"].date()),
                reached=wording.integer(row["reached"]),
                share=wording.percent(row["population_share"], digits=0),
                participants=wording.integer(row["participants"]),
            ),
        )
        for row in found.to_dict("records")
    ]
    if not steps:
        return None
    first, last = steps[0], steps[-1]
    return Exhibit(
        view,
        key="growth",
        asks=wording.text("How did it grow?"),
        answers=wording.text(
            "From {first} municipalities on {day} to {last} on {until}.",
            first=first.text,
            day=wording.date(first.day),
            last=last.text,
            until=wording.date(last.day),
        ),
        draw=lambda look: growth_chart(
            steps,
            most=whole,
            unit=wording.text("Municipalities reached so far"),
            most_said=wording.text("All {whole}", whole=wording.integer(whole)),
            wording=wording,
            **look,
        ),
        numbers=pd.DataFrame(
            {
                wording.text("Date"): found["held_on"].dt.date,
                wording.text("Municipalities reached"): found["reached"],
                wording.text("Share of the population, per cent"): 100 * found["population_share"],
                wording.text("Participants"): found["participants"],
            }
        ),
        plan=Plan("lines", wording.text("Date"), wording.text("Municipalities reached")),
    )


def group_names(wording: Wording) -> dict[str, str]:
    """Return the names of Statistics Denmark's municipality groups."""
    return {
        "Hovedstadskommuner": wording.text("Capital municipalities"),
        "Storbykommuner": wording.text("Metropolitan municipalities"),
        "Provinsbykommuner": wording.text("Provincial town municipalities"),
        "Oplandskommuner": wording.text("Commuter municipalities"),
        "Landkommuner": wording.text("Rural municipalities"),
    }


def size_names(wording: Wording) -> dict[int, str]:
    """Return the names of the population classes of municipalities."""
    said = [wording.integer(one) for one in measured.SIZES]
    names = [wording.text("Fewer than {most} people", most=said[0])]
    names += [
        wording.text("{least} to {most} people", least=least, most=wording.integer(one - 1))
        for least, one in zip(said, measured.SIZES[1:], strict=False)
    ]
    return dict(enumerate([*names, wording.text("{least} people and more", least=said[-1])]))


@cached
def reached_by(view: ThemeDayData, by: str) -> Exhibit:
    """Build the number of municipalities reached, by region or by size."""
    wording = view.wording
    labels: dict[Any, str] = {name: name for name in view.facts["region"]} if by == REGION else size_names(wording)
    reach = view.reach.assign(size=measured.size_of(view.reach["population"]))
    found = measured.coverage(reach, [by]).sort_values("size" if by == SIZE else "share", ascending=False)
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
    title = wording.text("Region") if by == REGION else wording.text("Size of municipality")
    return Exhibit(
        view,
        key=f"reached_by_{by}",
        asks=wording.text("In which regions?") if by == REGION else wording.text("Large and small municipalities?"),
        answers=wording.text(
            "The largest share in {most} ({high}), the smallest in {least} ({low}).",
            most=labels[most[by]],
            high=wording.percent(most["share"], digits=0),
            least=labels[least[by]],
            low=wording.percent(least["share"], digits=0),
        ),
        draw=lambda look: bars(
            rows,
            labels={str(key): name for key, name in labels.items()},
            unit=wording.text("Municipalities"),
            wording=wording,
            **look,
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
        plan=Plan("bars", title, wording.text("Reached")),
    )


@cached
def participants_by(view: ThemeDayData, by: str) -> Exhibit:
    """Build the number of participants, by role or by policy area."""
    wording = view.wording
    found = view.days.assign(unit=view.days[by].fillna("")).groupby("unit")["participants"].sum()
    found = found.sort_values(ascending=False)
    labels = {key: view.word(by, key or None) for key in found.index}
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
    title = wording.text("Role") if by == ROLE else wording.text("Policy area")
    return Exhibit(
        view,
        key=f"participants_by_{by}",
        asks=wording.text("Who took part?") if by == ROLE else wording.text("From which policy areas?"),
        answers=wording.text(
            "The largest group: {most}, {text}.", most=labels[rows[0].unit].lower(), text=rows[0].text
        ),
        draw=lambda look: bars(rows, labels=labels, unit=wording.text("Participants"), wording=wording, **look),
        numbers=pd.DataFrame(
            {
                title: list(labels.values()),
                wording.text("Participants"): found.to_numpy(),
                wording.text("Share, per cent"): 100 * found.to_numpy() / whole,
            }
        ),
        plan=Plan("bars", title, wording.text("Participants")),
    )


@cached
def not_reached(view: ThemeDayData) -> Exhibit | None:
    """Build the list of the largest municipalities that have not taken part."""
    wording = view.wording
    left = view.reach[~view.reach["is_reached"]].sort_values("population", ascending=False)
    if left.empty:
        return None
    largest = left.head(MOST_NOT_REACHED)
    people = dict(zip(largest["name"], largest["population"], strict=True))
    rows = [Bar(name, number, wording.integer(number)) for name, number in people.items()]
    return Exhibit(
        view,
        key="not_reached",
        asks=wording.text("Where has the work not come?"),
        answers=wording.texts(
            "{count} municipality with {people} people is not reached.",
            "{count} municipalities with {people} people are not reached. The largest of them:",
            len(left),
            people=wording.integer(left["population"].sum()),
        ),
        draw=lambda look: bars(
            rows, labels={name: name for name in people}, unit=wording.text("People"), wording=wording, **look
        ),
        numbers=pd.DataFrame(
            {
                wording.text("Municipality"): left["name"],
                wording.text("Region"): left["region"],
                wording.text("Kind of municipality"): left["group"].map(group_names(wording)),
                wording.text("Population"): left["population"],
            }
        ).reset_index(drop=True),
        plan=Plan("bars", wording.text("Municipality"), wording.text("Population"), categories=tuple(people)),
        drill=("municipality",),
    )
