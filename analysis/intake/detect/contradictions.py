"""Values given for all rows, or in the columns of a table, that the name of the sheet or a title contradicts."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from analysis.intake.detect.constants import named_values
from analysis.intake.detect.cross_counts import field_names
from analysis.intake.findings.findings import Finding
from analysis.intake.layout.labels import MUNICIPALITY, PERIOD, STAGE, stage_of, stage_words
from analysis.intake.lexicon.opposites import negated
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.sheets import RawSheet
from analysis.intake.tables import Table, cleaned, normalised
from analysis.intake.values.dates import NotADate, OutOfBounds
from analysis.intake.values.periods import Ambiguous, period

NOTHING: Mapping[str, str] = {}
MOST_ROWS = 12
MOST_VALUES = 3
"""Maximum number of values of a column that are named."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")

_SIGNS = re.compile(r"[^\w\s]")


def contradictions(
    given: Mapping[str, str],
    sheet: RawSheet,
    known: ReferenceData,
    tables: Sequence[Table] = (),
    above: Mapping[str, str] = NOTHING,
) -> list[Finding]:
    """Report a municipality, a year or a stage of all rows, if the name of the sheet or a title says another.

    It is what the user gives, or what the columns of the tables say in every row. ``above`` are the values that rows
    above the tables state, by field.
    """
    texts = (cleaned(sheet.name), *_titles(sheet))
    names = {key: field_names()[key] for key in (MUNICIPALITY, PERIOD)}
    own = {key: _values(key, tables) for key in names}
    stated = {key: [given[key]] if key in given else own[key] for key in names}
    found = {}
    for key in above.keys() & names.keys():
        if stated[key] and _differ(key, stated[key], above[key], known):
            values = {"meant": names[key], "said": above[key]}
            found[key] = Finding("constant_differs", sheet.name, value=_listed(stated[key]), values=values)
    for text in texts:
        for key, one in named_values([key for key in names if stated[key]], sheet, text, known).items():
            if _differ(key, stated[key], one.value, known):
                values = {"meant": names[key], "said": one.value}
                found[key] = Finding("constant_differs", sheet.name, value=_listed(stated[key]), values=values)
    return [*found.values(), *_of_stage(given.get(STAGE, ""), texts, sheet.name)]


def _titles(sheet: RawSheet) -> list[str]:
    """Return the texts alone in their row at the top of a sheet."""
    top = np.flatnonzero(sheet.filled)[:MOST_ROWS].tolist()
    rows = [[cleaned(text) for text in sheet.row(row) if text.strip()] for row in top]
    return [texts[0] for texts in rows if len(texts) == 1]


def _values(key: str, tables: Iterable[Table]) -> list[str]:
    """Return the distinct texts that the columns of this field have in the file."""
    own = [table for table in tables if key in table.headers or key in table.origins]
    columns = [table.columns[key] for table in own if key in table.columns]
    texts = (cleaned(column.values[code]) for column in columns for code in column.row_counts())
    return list(dict.fromkeys(text for text in texts if text))


def _listed(values: Sequence[str]) -> str:
    return ", ".join(values[:MOST_VALUES]) + (" …" if len(values) > MOST_VALUES else "")


def _differ(key: str, stated: Sequence[str], said: str, known: ReferenceData) -> bool:
    """Return whether none of the values is, or has in it, the one that is said."""
    if key == MUNICIPALITY:
        places = {known.municipalities.get(normalised(one), "") for one in stated}
        return "" not in places and known.municipalities.get(normalised(said), said) not in places
    years = [_years(one) for one in stated]
    named = _years(said)
    if not named or not all(years):
        return False
    all_years = set().union(*years)
    return max(named) < min(all_years) or min(named) > max(all_years)


def _years(text: str) -> set[int]:
    """Return the first and the last year of a period, or the years that a text names."""
    try:
        start, after = period(text)
    except (NotADate, OutOfBounds, Ambiguous):
        return set(map(int, _YEAR.findall(text)))
    return {start.year, (after - dt.timedelta(days=1)).year}


def _of_stage(given: str, texts: Iterable[str], sheet: str) -> list[Finding]:
    """Report a stage that the user gives, if a title names another one alone."""
    stage = stage_of(given)
    if stage is None:
        return []
    for text in texts:
        word = f" {normalised(_SIGNS.sub(' ', text))} "
        named = {one for said, one in stage_words().items() if f" {said} " in word}
        if len(named) == 1 and stage not in named and not negated(text) and not any(map(negated, word.split())):
            names = field_names()
            values = {"value": names[stage], "meant": names[STAGE], "said": names[named.pop()]}
            return [Finding("constant_differs", sheet, value=given, values=values)]
    return []
