"""Import payload: the tables of one file, ready to be stored, and their source."""

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from enum import StrEnum

import pyarrow as pa
import pyarrow.compute as pc

from analysis.model.terms import Part, Subject
from analysis.store.lists import LISTS
from analysis.text.identity_numbers import MOST_BY_CHANCE, are_by_chance, strength, texts_in
from analysis.text.number_search import may_hold_identity_number
from analysis.text.strength import Strength


class ImportMode(StrEnum):
    """What an import means for what is stored in the same periods.

    NEW: nothing may be stored there. REPLACE: it takes the place of these periods. ADD: it has other citizens. CORRECT:
    its rows take the place of single rows.
    """

    NEW = "new"
    REPLACE = "replace"
    ADD = "add"
    CORRECT = "correct"


STAGES = ("invited", "participated", "completed")
MOST_BY_CHANCE_IN_PART = 3 * MOST_BY_CHANCE
"""Higher limit, because the check of the file saw the whole column, and only a part of it may be stored."""
FORMS = ("courses", "counts", *LISTS)


def partitions_of(forms: Iterable[str], *, synthetic: bool) -> set[Part]:
    """Return the data partitions of sheets of these forms."""
    of_forms = [LISTS[form].subjects if form in LISTS else {Subject.GAPS} for form in forms]
    return {(synthetic, subject) for subjects in of_forms for subject in subjects}


NO_TABLES = {"dimensions", "package"}
"""Fields of a payload that are no tables."""
DAYS = ["invited_on", "started_on", "completed_on"]
"""Columns of courses that hold days."""


@dataclass(frozen=True)
class Package:
    """Where a package comes from.

    Attributes
    ----------
    origin : id of the installation that made it. origin_name : its municipalities.
    made_at : when it was made; the newest package of an origin counts.
    rounding_base : its counts are multiples of this number; None if they are exact.
    """

    origin: str
    origin_name: str
    made_at: dt.datetime
    rounding_base: int | None


@dataclass(frozen=True)
class ImportPayload:
    """The tables of one file, ready to be stored. A table is None if the file has no such sheet.

    - ``courses``: sheet, row, municipality, offer, citizen, invited, participated, completed, invited_on, started_on,
      completed_on, outcome, counted_on (the day by which a course belongs to a month), and one column of group keys
      for each of ``dimensions``, in that order, at the end.
    - ``counts``: sheet, row, municipality, offer, period_start, period_end, dimension, group, invited, participated,
      completed.
    - ``offers``: sheet, row, municipality, offer, kind, theme, completion_rule, follow_up_days, new_name,
      ended_on, taken_out.
    - ``adjustments``: sheet, row, municipality, offer, adjusted_on, title, what_changed, aim, citizens_involved,
      staff_involved, draft.
    - ``descriptions``: sheet, row, municipality, offer, title (of the adjustment), challenge, target_group, tags (a
      list), partners, took, barriers, experiences, advice, contact, link, practice (the state), action (of a theme
      day), from_municipality, from_offer, from_title (where the idea comes from), draft.
    - ``test_rounds``: sheet, row, municipality, offer, title, number, tried_on, tried, learned, decision.
    - ``citizen_groups``: sheet, row, municipality, citizen, dimension, group: a list of groups by the ids.
    - ``theme_days``: sheet, row, held_on, place, day_kind, municipality, role, area, participants.
    - ``understandings``: sheet, row, municipality, held_on, asked, holder, table, disadvantaged, gap, gradient.
    - ``actions``: sheet, row, municipality, action, area, level, priority, status, responsible, involved, proposed_on,
      decided_on, translated_on, running_on, evaluated_on, co_owners, evidence, missing_competence.
    - ``activities``: sheet, row, municipality, action, activity, who, due_on, progress.
    - ``consequences``: sheet, row, municipality, written_on, consequence (of an understanding, for the actions).
    - ``requests``: sheet, row, municipality, requested_on, request, state, state_on, next_step.
    - ``votes``: sheet, row, held_on, municipality, table, action, votes.
    - ``names``: sheet, row, municipality, kind, belongs_to (dimension or offer), name, new_name, rank: other names of
      groups, adjustments and actions, and ranks of groups.
    - ``held_back``: municipality, offer, period_start, period_end, dimension: counts that no rate includes, because one
      of their groups is held back.
    - ``periods``: municipality, offer, period_start, period_end, dimension: the periods that courses (without a
      dimension) and counts cover.
    - ``unfinished``: municipality, offer, period_start, knows_completion: the periods of a package that completion
      leaves out, as it was known where the package was made.
    - ``places``: municipality; ``added_groups``: dimension, ordered, group, rank. Additions to the reference lists.
    """

    courses: pa.Table | None = None
    dimensions: tuple[str, ...] = ()
    counts: pa.Table | None = None
    offers: pa.Table | None = None
    adjustments: pa.Table | None = None
    descriptions: pa.Table | None = None
    test_rounds: pa.Table | None = None
    citizen_groups: pa.Table | None = None
    theme_days: pa.Table | None = None
    understandings: pa.Table | None = None
    actions: pa.Table | None = None
    activities: pa.Table | None = None
    consequences: pa.Table | None = None
    requests: pa.Table | None = None
    votes: pa.Table | None = None
    names: pa.Table | None = None
    held_back: pa.Table | None = None
    periods: pa.Table | None = None
    places: pa.Table | None = None
    added_groups: pa.Table | None = None
    unfinished: pa.Table | None = None
    package: Package | None = None

    def hold_identity_number(self) -> bool:
        """Return True if a column has an identity number. Few valid check digits in a column of ids occur by chance."""
        tables = filter(None, (getattr(self, one.name) for one in fields(self) if one.name not in NO_TABLES))
        columns = [text for table in tables for column in table.columns if (text := _texts(column)) is not None]
        distinct = [column.unique() for column in columns]
        likely = may_hold_identity_number(pa.concat_arrays([pa.array([], pa.string()), *distinct]))
        first = 0
        for values in distinct:
            texts = values.filter(likely.slice(first, len(values))).to_pylist()
            first += len(values)
            seen = [one for one in map(strength, texts) if one >= Strength.GROUPED]
            if seen and not are_by_chance(seen, texts, MOST_BY_CHANCE_IN_PART):
                return True
        return False

    def start_in_other_months(self) -> bool:
        """Return True if the invitation and the start of a course are in different months."""
        if self.courses is None:
            return False
        invited, started = (pc.floor_temporal(self.courses[day], unit="month") for day in DAYS[:2])
        return bool(pc.any(pc.not_equal(invited, started)).as_py())

    def last_day(self) -> dt.date | None:
        """Return the last day of the courses, or of the periods of counts, up to today; None if there are none."""
        parts = [self.courses.select(DAYS)] if self.courses is not None else []
        if not parts and self.counts is not None:
            parts = [self.counts.select(["period_end"])]
        until = pa.scalar(dt.date.today(), pa.date32())
        days = [column.filter(pc.less_equal(column, until)) for part in parts for column in part.columns]
        return max((day for one in days if (day := pc.max(one).as_py())), default=None)

    @property
    def forms(self) -> list[str]:
        """Forms with rows. Counts that are all held back are counts too."""
        return [form for form in FORMS if self.rows(form) or (form == "counts" and self.rows("held_back"))]

    def rows(self, name: str) -> int:
        table = getattr(self, name)
        return table.num_rows if table is not None else 0


def _texts(column: pa.ChunkedArray) -> pa.ChunkedArray | None:
    """Return the texts of a column of texts or of lists of texts; None for any other column."""
    if pa.types.is_list(column.type):
        column = pc.list_flatten(column)
    return column if pa.types.is_string(column.type) else None


@dataclass(frozen=True)
class Source:
    """Source of an import: file name and digest, whether the data are synthetic, and the person.

    ``understood``, ``findings`` and ``left_out`` are JSON: how the file was parsed, the findings that the person
    accepted, and the rows that were left out, with reasons. ``shows_on`` is the day on which the file shows its
    courses, if a person states it; otherwise it follows from the dates of the courses. ``typed`` are entries of a form
    on a page: they are added, and correct nothing.
    """

    file_name: str
    sha256: str
    synthetic: bool = False
    person: str = ""
    understood: str = "[]"
    findings: str = "[]"
    left_out: str = "[]"
    shows_on: dt.date | None = None
    typed: bool = False

    def texts(self) -> list[str]:
        """Return texts that a person may have written: names, and decisions about the file."""
        return [self.file_name, self.person, *texts_in(self.understood)]

    def quoted(self) -> list[str]:
        """Return texts that findings and left-out rows quote from the file.

        Ids in them may have valid check digits by chance. A finding that lists its quotations is a sentence of the
        program otherwise: its own months and numbers are no quotations.
        """
        findings = json.loads(self.findings)
        for one in findings:
            if isinstance(one, dict) and "quoted" in one:
                one.pop("said", None)
        return [*texts_in(json.dumps(findings)), *texts_in(self.left_out)]


@dataclass(frozen=True)
class Sums:
    """Content of a sheet: its rows in the file, the records made of them, and the sums of the stages."""

    form: str
    sheet: str
    rows: int
    records: int
    invited: int
    participated: int
    completed: int


def sums(contents: ImportPayload) -> list[Sums]:
    """Return the sums of each sheet, in the order of forms and sheets."""
    found = []
    for form in FORMS:
        table: pa.Table | None = getattr(contents, form)
        if table is None or not table.num_rows:
            continue
        staged = form in {"courses", "counts"}
        numbers = {name: pc.fill_null(table[name].cast(pa.int64()), 0) for name in STAGES if staged}
        small = pa.table({"sheet": table["sheet"], "row": table["row"], **numbers})
        wanted = [("row", "count_distinct"), ("row", "count"), *((name, "sum") for name in numbers)]
        for row in small.group_by("sheet").aggregate(wanted).to_pylist():
            stages = [row.get(f"{name}_sum", 0) for name in STAGES]
            found.append(Sums(form, row["sheet"], row["row_count_distinct"], row["row_count"], *stages))
    return sorted(found, key=lambda one: (one.form, one.sheet))
