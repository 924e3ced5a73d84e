"""Exhibit of what data there are, by offer and month, and what somebody should ask about."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.charts.coverage import coverage_grid
from analysis.charts.text import plain
from analysis.exhibits.cache import cached
from analysis.exhibits.exhibit import Exhibit
from analysis.exhibits.gap_data import KEY, GapData
from analysis.exhibits.tables import NOTHING
from analysis.i18n import Wording
from analysis.measures.aggregate import OFFER
from analysis.measures.coverage import Fault, citizens_by_period, faults

MOST_ROWS, MOST_COLUMNS = 40, 48
"""Maximum number of rows, from which municipalities are drawn, and of months, from which quarters are drawn."""


@cached
def coverage(view: GapData) -> Exhibit:
    """Build the grid of offers and months, or of municipalities and quarters where there are many."""
    wording, periods = view.wording, citizens_by_period(view.months)
    periods = periods.assign(stage=periods["invited"].fillna(periods["participated"]))
    by_place = len(periods[OFFER].drop_duplicates()) > MOST_ROWS
    names = periods["municipality"] if by_place else periods["municipality"] + KEY + periods["offer"]
    periods = periods.assign(row=names.astype(str))
    columns = _columns(periods)
    drawn = _of_places(periods) if by_place else periods
    cells = _cells(drawn, columns, view.smallest_count(view.months), wording)
    rows = {key: key.replace(KEY, " · ") for key in sorted(cells["row"].unique())}
    return Exhibit(
        view,
        key="coverage",
        asks=wording.text("What data are there?"),
        answers=_answer(view, periods, by_place=by_place),
        draw=lambda look: coverage_grid(
            cells,
            rows=rows,
            columns=columns,
            marks=[] if by_place else _marks(periods, columns),
            title=_title(columns, by_place=by_place, wording=wording),
            wording=wording,
            **look,
        ),
        numbers=_table(view, periods),
        plan="picture",
        drill=("municipality",),
    )


def _of_places(periods: pd.DataFrame) -> pd.DataFrame:
    """Return the citizens of each municipality and period, all offers together."""
    by_period = periods.groupby(["municipality", "period_start", "period_end"], observed=True)
    numbers = ["invited", "participated", "completed", "stage"]
    found = by_period[numbers].sum(min_count=1).reset_index()
    number = found["municipality"].map(periods.drop_duplicates(OFFER)["municipality"].value_counts())
    return found.assign(row=found["municipality"].astype(str), offers=number)


def _columns(periods: pd.DataFrame) -> list[pd.Timestamp]:
    """Return the first day of each month with data or between months with data; of each quarter if they are many."""
    first, last = periods["period_start"].min(), periods["period_end"].max() - pd.Timedelta(days=1)
    months = pd.date_range(first.replace(day=1), last, freq="MS")
    if len(months) <= MOST_COLUMNS:
        return list(months)
    return list(pd.date_range(first.to_period("Q").start_time, last, freq="QS"))


def _cells(periods: pd.DataFrame, columns: Sequence[pd.Timestamp], smallest: int, wording: Wording) -> pd.DataFrame:
    """Return row, column, value and text of each cell: a longer period has its share of citizens in each column."""
    starts = np.array([day.to_datetime64() for day in columns])
    ends = np.append(starts[1:], np.datetime64(periods["period_end"].max(), "ns"))
    found: dict[tuple[str, pd.Timestamp], tuple[float, list[str]]] = {}
    for one in periods.to_dict("records"):
        start, end = np.datetime64(one["period_start"]), np.datetime64(one["period_end"])
        text = _cell_text(one, smallest, wording)
        for at in np.flatnonzero((starts < end) & (start < ends)).tolist():
            share = (min(end, ends[at]) - max(start, starts[at])) / (end - start)
            value, texts = found.get((one["row"], columns[at]), (0.0, []))
            found[one["row"], columns[at]] = (value + float(one["stage"]) * float(share), [*texts, text])
    rows = [
        {"row": row, "column": column, "value": value, "text": "<br>".join(texts[:4])}
        for (row, column), (value, texts) in found.items()
    ]
    return pd.DataFrame(rows, columns=["row", "column", "value", "text"])


def _cell_text(one: dict[str, Any], smallest: int, wording: Wording) -> str:
    stages = {name: _number(one[name], smallest, wording) for name in ("invited", "participated", "completed")}
    offers = wording.texts("{count} offer", "{count} offers", one["offers"]) if "offers" in one else one["offer"]
    said = wording.text(
        "{offer}, {period}: {invited} invited, {participated} took part, {completed} completed",
        offer=f"{one['municipality']} · {offers}",
        period=_period(one, wording),
        **stages,
    )
    return plain(said)


def _number(number: float, smallest: int, wording: Wording) -> str:
    """Return a number of citizens for display; too small a one is not shown."""
    if pd.isna(number):
        return NOTHING
    if 0 < number < smallest:
        return wording.text("under {number}", number=wording.integer(smallest))
    return wording.integer(int(number))


def _period(one: dict[str, Any], wording: Wording) -> str:
    """Return the months of a period."""
    start, last = one["period_start"], one["period_end"] - pd.Timedelta(days=1)
    first_month, last_month = (wording.short_month(day.date()) for day in (start, last))
    return first_month if first_month == last_month else f"{first_month} \N{EN DASH} {last_month}"


def _period_texts(periods: pd.DataFrame, wording: Wording) -> list[str]:
    """Return the months of every period."""
    bounds = list(zip(periods["period_start"], periods["period_end"], strict=True))
    texts = {(start, end): _period({"period_start": start, "period_end": end}, wording) for start, end in set(bounds)}
    return [texts[pair] for pair in bounds]


def _marks(periods: pd.DataFrame, columns: Sequence[pd.Timestamp]) -> list[tuple[str, pd.Timestamp]]:
    """Return row and column of the adjustment of each offer."""
    adjusted = periods.dropna(subset=["adjusted_on"]).drop_duplicates("row")
    starts = pd.DatetimeIndex(columns)
    found = []
    for row, day in zip(adjusted["row"], adjusted["adjusted_on"], strict=True):
        at = starts.searchsorted(day, side="right") - 1
        if at >= 0:
            found.append((row, columns[at]))
    return found


def _title(columns: Sequence[pd.Timestamp], *, by_place: bool, wording: Wording) -> str:
    months = len(columns) < 2 or (columns[1] - columns[0]).days <= 31
    if by_place:
        return wording.text("Invited citizens. The stronger the colour, the more; nothing where there are no data.")
    if months:
        return wording.text(
            "Invited citizens by month. The stronger the colour, the more. A line marks the adjustment."
        )
    return wording.text("Invited citizens by quarter. The stronger the colour, the more. A line marks the adjustment.")


def _answer(view: GapData, periods: pd.DataFrame, *, by_place: bool) -> str:
    wording = view.wording
    offers = len(periods[OFFER].drop_duplicates())
    said = [
        wording.texts(
            "{count} offer, {first} to {last}.",
            "{count} offers, {first} to {last}.",
            offers,
            first=wording.short_month(periods["period_start"].min().date()),
            last=wording.short_month((periods["period_end"].max() - pd.Timedelta(days=1)).date()),
        )
    ]
    if by_place:
        said.append(wording.text("So many offers are drawn by municipality: choose one to see its offers."))
    return " ".join(said)


def _table(view: GapData, periods: pd.DataFrame) -> pd.DataFrame:
    """Return the readable table; numbers that are too small to show are missing, with a note."""
    wording, smallest = view.wording, view.smallest_count(view.months)
    numbers = {
        "invited": wording.text("Invited"),
        "participated": wording.text("Participated"),
        "completed": wording.text("Completed"),
        "unstated": wording.text("Without a stated group"),
    }
    table = pd.DataFrame(
        {
            wording.text("Municipality"): periods["municipality"].astype(str),
            wording.text("Offer"): periods["offer"].astype(str),
            wording.text("Period"): _period_texts(periods, wording),
        }
    )
    hidden = np.zeros(len(periods), dtype=bool)
    for name, title in numbers.items():
        own = periods[name].astype("Float64")
        small = ((own > 0) & (own < smallest)).fillna(value=False).to_numpy(dtype=bool)
        table[title] = own.mask(small).astype("Int64")
        hidden |= small
    notes = np.where(periods["finished"].to_numpy(dtype=bool), "", wording.text("not finished"))
    table[wording.text("Note")] = np.where(hidden, wording.text("hidden, too small to show"), notes)
    return table


@cached
def questions(view: GapData, people: frozenset[tuple[int, str]]) -> list[str]:
    """Return what somebody should ask about, in sentences, and whom. Of an offer that has ended no new data are missed.

    ``people`` are the numbers of imports and those who stored them, as far as the reader may know them.
    """
    newest = view.data.files_of_offers(view.request.version, view.selection.synthetic).to_dict("records")
    known = dict(people)
    whom = {(one["municipality"], one["offer"]): _whom(one, known, view.wording) for one in newest}
    found = faults(citizens_by_period(view.months), view.coverage.last_day)
    ended = {place for place, offer in view.offers.items() if offer.ended_on}
    return [
        f"{_question(one, view)} {whom.get((one['municipality'], one['offer']), '')}".strip()
        for one in found.to_dict("records")
        if one["fault"] != Fault.STALE or (one["municipality"], one["offer"]) not in ended
    ]


def _whom(newest: dict[str, Any], people: Mapping[int, str], wording: Wording) -> str:
    """Say whom to ask about an offer: who stored its newest file."""
    if person := people.get(newest["import_id"]):
        return wording.text("Ask {person}, who stored “{file}”.", person=person, file=newest["file_name"])
    return wording.text("Newest file: “{file}”.", file=newest["file_name"])


def _too_few(fault: Fault, values: dict[str, Any], wording: Wording) -> str:
    """Say that nothing is shown, where counts are protected: nobody can say whether there were a few."""
    if fault is Fault.STALE:
        return wording.text("{offer}: no data since {first}, or too few citizens to show.", **values)
    if values["first"] == values["last"]:
        return wording.text("{offer}: no data in {first}, or too few citizens to show.", **values)
    return wording.text("{offer}: no data from {first} to {last}, or too few citizens to show.", **values)


def _question(one: dict[str, Any], view: GapData) -> str:
    wording = view.wording
    values: dict[str, Any] = {"offer": f"{one['offer']}, {one['municipality']}"}
    first, last = _days(one)
    values |= {"first": wording.short_month(first), "last": wording.short_month(last)}
    fault = Fault(str(one["fault"]))
    smallest = view.disclosure_level.smallest_count([one["municipality"]], synthetic=view.synthetic)
    if smallest > 1 and fault in (Fault.STALE, Fault.HOLE):
        return _too_few(fault, values, wording)
    match fault:
        case Fault.STALE:
            return wording.text("{offer}: no data since {first}.", **values)
        case Fault.HOLE:
            if values["first"] == values["last"]:
                return wording.text("{offer}: no data in {first}.", **values)
            return wording.text("{offer}: no data from {first} to {last}.", **values)
        case Fault.JUMP:
            numbers = {name: wording.integer(round(float(one[name]))) for name in ("value", "usual")}
            return wording.text("{offer}: {value} citizens in {first}, where {usual} are usual.", **values, **numbers)
    share = wording.percent(float(one["value"]) / float(one["usual"]))
    dimension = view.dimension.label(wording.code)
    return wording.text(
        "{offer}: {share} of the participants are without a stated group of {dimension}.",
        **values,
        share=share,
        dimension=dimension,
    )


def _days(one: dict[str, Any]) -> tuple[dt.date, dt.date]:
    start, end = pd.Timestamp(one["start"]), pd.Timestamp(one["end"])
    return start.date(), (end - pd.Timedelta(days=1)).date()


@cached
def files(view: GapData) -> pd.DataFrame:
    """Return the offers of the selection with their citizens and their newest file, as a readable table."""
    wording, periods = view.wording, citizens_by_period(view.months)
    smallest = view.smallest_count(view.months)
    newest = view.data.files_of_offers(view.request.version, view.selection.synthetic)
    stored = {(one["municipality"], one["offer"]): one for one in newest.to_dict("records")}
    offers = periods.groupby(OFFER, observed=True, as_index=False).agg(
        {"period_end": "max", "participated": "sum", "unstated": "sum"}
    )
    last_days = offers["period_end"] - pd.Timedelta(days=1)
    months = {day: wording.short_month(day.date()) for day in last_days.unique()}
    days = {day: wording.date(day) for day in {file["imported_at"].date() for file in stored.values()}}
    newest_files = [stored[place] for place in zip(offers["municipality"], offers["offer"], strict=True)]
    return pd.DataFrame(
        {
            wording.text("Municipality"): offers["municipality"].astype(str),
            wording.text("Offer"): offers["offer"].astype(str),
            wording.text("Newest file"): [
                f"{file['file_name']}, {days[file['imported_at'].date()]}" for file in newest_files
            ],
            wording.text("Last month"): [months[day] for day in last_days],
            wording.text("Participants"): [_number(number, smallest, wording) for number in offers["participated"]],
            wording.text("Not stated"): [_number(number, smallest, wording) for number in offers["unstated"]],
        }
    )
