"""Periods in two columns, a year and its quarter, month or week, are read as one."""

from collections.abc import Collection, Mapping
from dataclasses import replace

import numpy as np

from analysis.intake.detect.headers import PARTS_OF_YEARS, YEARS
from analysis.intake.findings.findings import Finding
from analysis.intake.layout.heading import Heading
from analysis.intake.layout.labels import PERIOD, is_period
from analysis.intake.sheets import RawSheet
from analysis.intake.tables import cleaned


def with_whole_periods(
    sheet: RawSheet, heading: Heading, keys: Mapping[int, str], used: Collection[int]
) -> tuple[RawSheet, list[int], list[Finding]]:
    """Return the sheet with the year added to each part of a year, the column of years, and the findings.

    A year holds for the rows below it without one. The sheet is unchanged if no free column has years, if parts are
    periods by themselves, or if none is one with its year. Other texts, such as “whole year”, stay as they are.
    """
    parts = [at for at, key in keys.items() if key == PERIOD and heading.normalised[at] in PARTS_OF_YEARS]
    years = [at for at, text in enumerate(heading.normalised) if text in YEARS and at not in {*keys, *used}]
    if not parts or not years:
        return sheet, [], []
    part, year = sheet.columns[parts[0]], sheet.columns[years[0]]
    rows = np.flatnonzero(~part.blank())
    rows = rows[rows > heading.last]
    once = rows[year.blank()[rows]]
    below = np.zeros(sheet.rows, dtype=bool)
    if len(rows) and not year.blank()[rows[0]]:
        below[once] = True
    year = year.filled_down(below)
    unit = heading.normalised[parts[0]]
    texts = {row: together(cleaned(part.at(row)), cleaned(year.at(row)), unit) for row in rows.tolist()}
    periods = {text for text in set(texts.values()) if is_period(text)}
    if not periods or any(is_period(cleaned(part.at(row))) for row in texts):
        return sheet, [], []
    columns = list(sheet.columns)
    columns[parts[0]] = part.with_cells({row: text for row, text in texts.items() if text in periods})
    name = heading.texts[years[0]]
    found = [Finding("labels_once", sheet.name, tuple((once + 1).tolist()), name, values={"column": name})]
    return replace(sheet, columns=columns), years[:1], found if below.any() else []


def together(part: str, year: str, unit: str) -> str:
    """Return a part of a year with its year; a plain number is one of what the header names."""
    if not part.isdecimal():
        return f"{part} {year}"
    number = int(part)
    match unit[0]:
        case "k" | "q" | "n" if not unit.startswith("kuu"):
            return f"{year}K{number}"
        case "h":
            return f"{year}H{number}"
        case "u" | "w" | "v":
            return f"{year}-W{number:02}"
    return f"{year}-{number:02}"
