"""Age in years from a column with years or dates of birth."""

import re
from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.intake.sheets import TextColumn
from analysis.intake.tables import Table, cleaned
from analysis.intake.values.period_texts import full_year

BIRTH_YEAR = "birth_year"
"""Field of a column with years of birth, which become age bands."""


def with_ages(table: Table) -> Table:
    """Replace years of birth, or dates of birth, by the age in the year of the invitation or the start."""
    own = [key for key in ("invited_on", "started_on") if key in table.columns]
    years = pd.DataFrame({key: _years(table.columns[key]) for key in own})
    year = years.bfill(axis=1).iloc[:, 0] if own else pd.Series(np.nan, index=range(len(table.rows)))
    born = pd.Series(_years(table.columns[BIRTH_YEAR]))
    ages = (year - born).where(lambda age: age.between(0, 120))
    texts = ages.map(lambda age: "" if pd.isna(age) else str(int(age)))
    codes, values = pd.factorize(texts)
    columns = {key: column for key, column in table.columns.items() if key != BIRTH_YEAR}
    headers = {("age" if key == BIRTH_YEAR else key): text for key, text in table.headers.items()}
    places = {("age" if key == BIRTH_YEAR else key): text for key, text in table.letters.items()}
    age = TextColumn(list(values), codes.astype(np.int32))
    return replace(table, columns={**columns, "age": age}, headers=headers, letters=places)


def _years(column: TextColumn) -> np.ndarray:
    """Return the year of each cell; nan if it has none."""
    return np.array([_year(cleaned(value)) for value in column.values], dtype=float)[column.codes]


def _year(text: str) -> float:
    if match := re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", text):
        return float(match[0])
    match = re.fullmatch(r"\d{1,2}[-./ ]\d{1,2}[-./ ](\d\d)", text)
    return float(full_year(match[1])) if match else float("nan")
