"""Generate the demonstration workbooks: six municipalities, 19 offers with an adjustment and 5 without. All synthetic.

Run ``python -m data.samples.generate``. ``offers.csv`` defines each offer's size, its rates, the gap between long
higher education and basic school before its adjustment, and the change in that gap. The expected results of the
analysis are written to ``planted.csv``. The numbers do not describe real citizens.
"""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import numpy as np
import pandas as pd
from openpyxl import Workbook

from analysis.intake.contract import KINDS, SYNTHETIC_SHEETS, Form, SheetKind
from analysis.store.reference import reference_dimensions
from data.samples import descriptions, theme_days

HERE = Path(__file__).parent
SEED = 2014
EXPORTED_ON = dt.date(2017, 5, 1)
FIRST_DAY, DAYS = dt.date(2014, 12, 1), 762  # December 2014 to December 2016.
SECULAR_TREND = 0.02
NOT_STATED = 0.04
QUARTERS, MONTHS = "quarters", "months"
COUNTED = {"Gladsaxe": MONTHS, "Ballerup": QUARTERS}
ENGLISH = {"København"}
DATES_AS_TEXT = {"Holbæk"}
SPELT_OTHERWISE = {
    "Holbæk": {
        "short higher education": "KVU",
        "medium higher education": "MVU",
        "long higher education": "LVU",
        "unemployed": "Ledig",
        "danish origin": "Dansk",
        "living alone": "Enlig",
    }
}
"""Spellings used for about a third of a municipality's citizens."""

EDUCATION = {
    "basic school": 0.30,
    "short education": 0.30,
    "short higher education": 0.08,
    "medium higher education": 0.16,
    "long higher education": 0.16,
}
STEP = dict(zip(EDUCATION, np.linspace(0, 1, len(EDUCATION)), strict=True))
"""Position of each education on the gradient: 0 is basic school, 1 is long higher education."""

OTHERS = {
    "labour market": ([0.42, 0.14, 0.08, 0.10, 0.04, 0.16, 0.06], 0.03),
    "income": ([0.3, 0.25, 0.2, 0.15, 0.1], -0.03),
    "origin": ([0.82, 0.06, 0.12], 0.03),
    "cohabitation": ([0.42, 0.58], -0.03),
    "sex": ([0.56, 0.44], 0.0),
    "age": ([0.04, 0.08, 0.14, 0.22, 0.24, 0.2, 0.08], 0.0),
}
"""Shares of the groups of every other dimension, and the lead of its first group over the others."""


@dataclass(frozen=True)
class Plan:
    """One offer of ``offers.csv``."""

    row: dict[str, str]

    def number(self, name: str) -> float:
        return float(self.row[name])

    @property
    def adjusted_on(self) -> dt.date | None:
        return dt.date.fromisoformat(self.row["adjusted_on"]) if self.row["adjusted_on"] else None


def plans() -> list[Plan]:
    with (HERE / "offers.csv").open(encoding="utf-8", newline="") as file:
        return [Plan(row) for row in csv.DictReader(file)]


def courses_of(plan: Plan, rng: np.random.Generator) -> pd.DataFrame:
    """Generate the courses of one offer, one row per citizen, with the probabilities used."""
    size = int(plan.number("invited"))
    frame = pd.DataFrame({"invited_on": _invitations(size, rng)})
    frame["education"] = rng.choice(list(EDUCATION), size, p=list(EDUCATION.values()))
    step = frame["education"].map(STEP).to_numpy()
    lift = np.zeros(size)
    for dimension, (shares, effect) in OTHERS.items():
        groups = [group.key for group in reference_dimensions()[dimension].groups]
        drawn = rng.choice(len(groups), size, p=shares)
        frame[dimension] = np.array(groups)[drawn]
        lift += effect * ((drawn == 0) - shares[0])
    after = _after(frame["invited_on"], plan.adjusted_on)
    for rate in ("participation", "completion"):
        frame[rate] = _probability(plan, rate, step, after, frame["invited_on"], lift)
    _draw_ways(frame, rng)
    for dimension in ("education", *OTHERS):
        frame.loc[rng.random(size) < NOT_STATED, f"{dimension} stated"] = False
    return frame


def _invitations(size: int, rng: np.random.Generator) -> pd.Series:
    """Draw days of invitation: fewer in July and around New Year, none at weekends."""
    days = pd.date_range(FIRST_DAY, periods=DAYS)
    weight = np.where(days.month == 7, 0.35, np.where(days.month == 12, 0.6, 1.0)) * (days.day_of_week < 5)
    return pd.Series(np.sort(rng.choice(days, size, p=weight / weight.sum())))


def _after(invited_on: pd.Series, adjusted_on: dt.date | None) -> np.ndarray:
    if adjusted_on is None:
        return np.zeros(len(invited_on), dtype=bool)
    return (invited_on >= pd.Timestamp(adjusted_on)).to_numpy()


def _probability(
    plan: Plan, rate: str, step: np.ndarray, after: np.ndarray, invited_on: pd.Series, lift: np.ndarray
) -> np.ndarray:
    """Return a linear gradient over education around the offer's own rate; the adjustment raises its lower end."""
    gap, change = plan.number(f"gap_{rate}"), plan.number(f"change_{rate}")
    trend = SECULAR_TREND * ((invited_on - pd.Timestamp(FIRST_DAY)).dt.days.to_numpy() / DAYS)
    lifted = np.where(after, -change * (1 - step), 0)
    return np.clip(plan.number(rate) + gap * (step - 0.4) + lifted + trend + lift, 0.03, 0.97)


def _draw_ways(frame: pd.DataFrame, rng: np.random.Generator) -> None:
    """Draw start dates, some of them late, and outcomes: completed, dropped out, or still running."""
    size = len(frame)
    started = rng.random(size) < frame["participation"]
    wait = np.where(rng.random(size) < 0.08, rng.integers(60, 150, size), rng.integers(5, 45, size))
    length = rng.integers(42, 110, size)
    ended = frame["invited_on"] + pd.to_timedelta(wait + length, "D")
    running = started & (ended > pd.Timestamp(EXPORTED_ON))
    completed = started & ~running & (rng.random(size) < frame["completion"])
    frame["started_on"] = (frame["invited_on"] + pd.to_timedelta(wait, "D")).where(started)
    frame["completed_on"] = (frame["started_on"] + pd.to_timedelta(length, "D")).where(completed)
    frame["outcome"] = np.select([completed, running, started], ["completed", "running", "dropped out"], "")
    frame["citizen"] = [f"b-{number:06x}" for number in rng.choice(16**6, size, replace=False)]


def planted(plan: Plan, courses: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Return the gap used to generate the courses, before and after, for both rates."""
    if plan.adjusted_on is None:
        return
    month = courses["invited_on"].dt.to_period("M")
    step_month = pd.Period(plan.adjusted_on, "M")
    straddles = plan.adjusted_on.day != 1
    phases = {"before": month < step_month, "after": month > step_month if straddles else month >= step_month}
    for rate, among in (("participation", None), ("completion", "started_on")):
        known = courses[among].notna() if among else pd.Series(data=True, index=courses.index)
        gap = {}
        for phase, inside in phases.items():
            rates = courses[inside & known].groupby("education")[rate].mean()
            gap[phase] = rates["long higher education"] - rates["basic school"]
        yield {
            "municipality": plan.row["municipality"],
            "offer": plan.row["offer"],
            "rate": rate,
            "dimension": "education",
            "group": "basic school",
            "reference": "long higher education",
            "gap_before": round(gap["before"], 4),
            "gap_after": round(gap["after"], 4),
            "change": round(gap["after"] - gap["before"], 4),
        }


def write_workbook(
    municipality: str, offers: list[tuple[Plan, pd.DataFrame]], stories: list[descriptions.Story]
) -> Path:
    """Write one municipality's export, in its own format and language."""
    language = "en" if municipality in ENGLISH else "da"
    book = Workbook(write_only=True)
    book.properties.creator = "Lige Adgang"
    book.properties.created = book.properties.modified = dt.datetime(2016, 12, 31)
    if municipality in COUNTED:
        _write(book, KINDS[Form.COUNTS], language, _count_rows(municipality, offers))
    else:
        _write(book, KINDS[Form.COURSES], language, _course_rows(municipality, offers, language))
    _write(book, KINDS[Form.OFFERS], language, (_offer_row(plan) for plan, _ in offers))
    _write(book, KINDS[Form.ADJUSTMENTS], language, (_adjustment_row(plan) for plan, _ in offers if plan.adjusted_on))
    for kind, rows in descriptions.sheets(stories, language):
        _write(book, kind, language, iter(rows))
    _mark_synthetic(book, language)
    plain = municipality.lower().replace("ø", "oe").replace("æ", "ae").replace("å", "aa")
    path = HERE / f"{plain}_2014-2016.xlsx"
    _save(book, path)
    return path


def write_theme_days() -> Path:
    """Write the workbook of the theme days."""
    book = Workbook(write_only=True)
    book.properties.creator = "Lige Adgang"
    book.properties.created = book.properties.modified = dt.datetime(2016, 12, 31)
    for sheet, rows in theme_days.sheets():
        _write(book, sheet, "da", iter(rows))
    _mark_synthetic(book, "da")
    path = HERE / "temadage_2015-2016.xlsx"
    _save(book, path)
    return path


def _mark_synthetic(book: Workbook, language: str) -> None:
    note = book.create_sheet(SYNTHETIC_SHEETS[language])
    note.append(["Syntetiske demonstrationsdata: tallene er opfundne, og ingen borger står bag dem."])
    note.append(["Synthetic demonstration data: the numbers are made up, and no citizen stands behind them."])


def _save(book: Workbook, path: Path) -> None:
    """Save without the timestamps of openpyxl and zip, so that equal cells give equal bytes."""
    made = io.BytesIO()
    book.save(made)
    with ZipFile(made) as parts, ZipFile(path, "w", ZIP_DEFLATED, compresslevel=9) as file:
        for name in parts.namelist():
            content = parts.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2016-12-31T00:00:00Z", content)
            part = ZipInfo(name, (2016, 12, 31, 0, 0, 0))
            part.compress_type = ZIP_DEFLATED
            file.writestr(part, content)


def _write(book: Workbook, kind: SheetKind, language: str, rows: Iterator[list[Any]]) -> None:
    target = book.create_sheet(kind.names[language])
    target.append([column.names[language] for column in kind.columns])
    for row in rows:
        target.append(row)


def _course_rows(municipality: str, offers: list[tuple[Plan, pd.DataFrame]], language: str) -> Iterator[list[Any]]:
    outcomes = {
        "da": {"completed": "Gennemført", "dropped out": "Frafaldet", "running": "I gang", "": None},
        "en": {"completed": "Completed", "dropped out": "Dropped out", "running": "Running", "": None},
    }[language]
    dimensions = reference_dimensions()
    for plan, courses in offers:
        for course in courses.to_dict("records"):
            days = [_day(course[key], municipality) for key in ("invited_on", "started_on", "completed_on")]
            spelt = SPELT_OTHERWISE.get(municipality, {}) if course["citizen"][-1] in "01234" else {}
            groups = [
                None
                if course[f"{key} stated"] is False
                else spelt.get(course[key], dimensions[key].group(course[key]).label(language))
                for key in ("education", *OTHERS)
            ]
            yield [municipality, plan.row["offer"], course["citizen"], *days, outcomes[course["outcome"]], *groups]


def _day(moment: Any, municipality: str) -> str | dt.date | None:
    if pd.isna(moment):
        return None
    day: dt.date = moment.date()
    return day.strftime("%d-%m-%Y") if municipality in DATES_AS_TEXT else day


def _count_rows(municipality: str, offers: list[tuple[Plan, pd.DataFrame]]) -> Iterator[list[Any]]:
    dimensions = reference_dimensions()
    for plan, courses in offers:
        month = courses["invited_on"].dt
        if COUNTED[municipality] == QUARTERS:
            period = month.year.astype(str) + "K" + month.quarter.astype(str)
        else:
            period = month.strftime("%Y-%m")
        for key in ("education", *OTHERS):
            label = courses[key].map(lambda group, key=key: dimensions[key].group(group).label("da"))
            label = label.where(courses[f"{key} stated"].isna(), "Uoplyst")
            grouped = courses.groupby([period.rename("period"), label.rename("group")])
            counts = grouped[["invited_on", "started_on", "completed_on"]].count()
            for (name, group), row in counts.iterrows():
                yield [municipality, plan.row["offer"], name, dimensions[key].label("da"), group, *row.tolist()]


def _offer_row(plan: Plan) -> list[Any]:
    return [plan.row[key] for key in ("municipality", "offer", "kind", "theme", "completion_rule")]


def _adjustment_row(plan: Plan) -> list[Any]:
    row = plan.row
    more = [row[key] for key in ("title", "what_changed", "aim", "citizens_involved", "staff_involved")]
    return [row["municipality"], row["offer"], plan.adjusted_on, *more]


def main() -> None:
    """Write every workbook, and the planted values."""
    by_municipality: dict[str, list[tuple[Plan, pd.DataFrame]]] = {}
    truth: list[dict[str, Any]] = []
    for number, plan in enumerate(plans()):
        courses = courses_of(plan, np.random.default_rng([SEED, number]))
        by_municipality.setdefault(plan.row["municipality"], []).append((plan, courses))
        truth += planted(plan, courses)
    stories = descriptions.stories(plan.row for plan in plans() if plan.adjusted_on)
    for municipality, offers in by_municipality.items():
        own = [story for story in stories if story["municipality"] == municipality]
        print(write_workbook(municipality, offers, own).name)
    print(write_theme_days().name)
    pd.DataFrame(truth).to_csv(HERE / "planted.csv", index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
