"""Find duplicates within and across the sheets of a file: repeated citizens, groups and periods."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.intake.findings.findings import Finding
from analysis.intake.formats.count_checks import KEY as COUNT
from analysis.intake.formats.count_checks import WITH_OTHERS, crossing
from analysis.intake.parsing.attendance import ATTENDED
from analysis.intake.parsing.questions import SESSIONS_APART, Answers
from analysis.intake.tables import Reason, Table, normalised

Part = tuple[Table, pa.Table]
"""A sheet and its prepared rows, ready to be stored."""

CITIZEN = ["municipality", "offer", "folded"]
COURSE = ["municipality", "offer", "citizen", "day"]


def courses_once(parts: list[Part], answers: Answers, findings: list[Finding]) -> list[Part]:
    """Remove courses that another sheet repeats, as the user answered. Report repeated citizens."""
    if not parts:
        return parts
    parts = _once(parts, _courses, COURSE, "citizen", answers, findings)
    frame = _courses(parts)
    _report(parts, frame[frame.duplicated([*COURSE, "part"])], "course_twice", "citizen", findings)
    _report_folded_ids(parts, frame, findings)
    if "citizen_repeats" not in answers and SESSIONS_APART not in answers:
        _report_repeated_citizens(parts, frame, findings)
    return parts


def counts_once(parts: list[Part], answers: Answers, findings: list[Finding]) -> list[Part]:
    """Remove counts that another sheet repeats, as the user answered. Report overlapping periods."""
    if not parts:
        return parts
    parts = _once(parts, _counts, WITH_OTHERS, "group", answers, findings)
    frame = _counts(parts)
    _report(parts, frame[crossing(frame)], "periods_cross", "period", findings)
    ways = frame.groupby(COUNT)["crossed"].transform("nunique")
    _report(parts, frame[(ways > 1) & (frame["crossed"] > 0)], "counted_again_crossed", "group", findings)
    return parts


def _once(
    parts: list[Part],
    keys_of: Callable[[list[Part]], pd.DataFrame],
    key: list[str],
    column: str,
    answers: Answers,
    findings: list[Finding],
) -> list[Part]:
    """Remove rows that another sheet repeats, as the user answered. Without an answer, report them."""
    if len(parts) < 2:
        return parts
    frame = keys_of(parts)
    last = answers.get("sheets_repeat") == "last_sheet"
    frame = frame.assign(holder=frame.groupby(key)["part"].transform("max" if last else "min"))
    again = frame["holder"] != frame["part"]
    if "sheets_repeat" in answers:
        kept_rows = frame.loc[~again, ["part", "row"]].drop_duplicates()
        marked = frame.merge(kept_rows, on=["part", "row"], how="left", indicator="kept")
        whole = again.to_numpy() & (marked["kept"] == "left_only").to_numpy()
        parts = [
            _without(part, frame.loc[whole & (frame["part"] == number), "row"]) for number, part in enumerate(parts)
        ]
        again &= ~whole
    for (number, holder), rows in frame[again].groupby(["part", "holder"])["row"]:
        table, other = parts[number][0], parts[holder][0].sheet
        findings.append(table.finding("sheets_repeat", column, np.isin(table.rows, rows), other))
    return parts


def _without(part: Part, rows: pd.Series) -> Part:
    table, prepared = part
    kept = pc.invert(pc.is_in(prepared["row"], pa.array(rows, pa.int32())))
    return table.without(np.isin(table.rows, rows), Reason.REPEATED), prepared.filter(kept)


def _report_repeated_citizens(parts: list[Part], frame: pd.DataFrame, findings: list[Finding]) -> None:
    """Report citizens with several rows in one offer: these can be attendances or separate courses."""
    some = frame[frame.duplicated(CITIZEN, keep=False)]
    courses = some.drop_duplicates([*CITIZEN, "citizen", "day"])
    repeated = courses.loc[courses.duplicated(CITIZEN, keep=False), CITIZEN].drop_duplicates()
    rows = some.merge(repeated, on=CITIZEN)
    for number, of_sheet in rows.groupby("part"):
        table = parts[number][0]
        if ATTENDED in table.columns:
            continue
        mask = np.isin(table.rows, of_sheet["row"])
        citizens = len(of_sheet[CITIZEN].drop_duplicates())
        findings.append(table.finding("citizen_repeats", "citizen", mask, number=int(mask.sum()), citizens=citizens))


def _report_folded_ids(parts: list[Part], frame: pd.DataFrame, findings: list[Finding]) -> None:
    """Report ids that differ only in what does not count, such as leading zeros: they count as one citizen."""
    person = ["municipality", "folded"]
    written = frame.drop_duplicates([*person, "citizen"])
    several = written.loc[written.duplicated(person), person]
    if several.empty:
        return
    texts = _encoded(_joined(parts)["citizen"]).dictionary.to_pylist()
    rows = frame.merge(several.drop_duplicates(), on=person)
    for number, of_part in rows.groupby("part"):
        first = rows[(rows[person] == of_part.iloc[0][person]).all(axis=1)].drop_duplicates("citizen")
        value, nearest = (texts[code] for code in first["citizen"].iloc[:2])
        mask = np.isin(parts[number][0].rows, of_part["row"])
        findings.append(parts[number][0].finding("ids_folded", "citizen", mask, value, nearest=nearest))


def _report(parts: list[Part], rows: pd.DataFrame, check: str, column: str, findings: list[Finding]) -> None:
    for number, of_sheet in rows.groupby("part")["row"]:
        table = parts[number][0]
        findings.append(table.finding(check, column, np.isin(table.rows, of_sheet)))


def _courses(parts: list[Part]) -> pd.DataFrame:
    """Return each complete course: part, row, codes of municipality, offer and citizen, and day."""
    joined = _joined(parts)
    day = pc.coalesce(joined["invited_on"], joined["started_on"])
    encoded = {name: _encoded(joined[name]) for name in ("municipality", "offer", "citizen")}
    columns = {name: values.indices for name, values in encoded.items()}
    return _frame(joined, {**columns, "folded": folded_numbers(encoded["citizen"]), "day": day.cast(pa.int32())})


def _counts(parts: list[Part]) -> pd.DataFrame:
    """Return each complete count: part, row, the key columns as numbers, and ``crossed``, 0 for one dimension alone."""
    joined = _joined(parts)
    days = {name: joined[name].cast(pa.int32()) for name in ("period_start", "period_end")}
    others = [sorted(one) if one else [] for one in joined["others"].to_pylist()] if _are_crossed(joined) else []
    texts = [str(one) for one in others] or np.zeros(len(joined), dtype=np.int8)
    dimensions = [" × ".join(key for key, _ in one) for one in others]
    keys = {**{name: joined[name] for name in COUNT}, "others": pa.chunked_array([pa.array(texts)])}
    columns = {name: days[name] if name in days else _encoded(one).indices for name, one in keys.items()}
    crossed = (
        pd.Categorical(dimensions, sorted({*dimensions} | {""})).codes
        if others
        else np.zeros(len(joined), dtype=np.int8)
    )
    return _frame(joined, {**columns, "crossed": pa.array(crossed)})


def _are_crossed(joined: pa.Table) -> bool:
    return bool(joined["others"].null_count < len(joined))


def _joined(parts: list[Part]) -> pa.Table:
    """Concatenate the rows of all parts and add the number of the part."""
    numbered = [
        prepared.append_column("part", pa.array(np.full(len(prepared), number, dtype=np.int32)))
        for number, (_, prepared) in enumerate(parts)
    ]
    return pa.concat_tables(numbered, promote_options="default")


def _frame(joined: pa.Table, columns: dict[str, pa.Array]) -> pd.DataFrame:
    table = pa.table({"part": joined["part"], "row": joined["row"], **columns})
    return table.drop_null().to_pandas()


def _encoded(column: pa.ChunkedArray) -> pa.DictionaryArray:
    return pa.chunked_array([column.combine_chunks()]).dictionary_encode().combine_chunks()


def folded_numbers(citizens: pa.DictionaryArray) -> pa.Array:
    """Return a number for each id. Ids that are equal after folding share a number. Null for a missing id."""
    ids = citizens.dictionary
    plain = pc.match_substring_regex(ids, _PLAIN_ID)
    texts = pc.ascii_ltrim(pc.replace_substring(pc.ascii_lower(ids), "-", ""), "0")
    others = [folded(text) for text in ids.filter(pc.invert(plain)).to_pylist()]
    texts = pc.replace_with_mask(texts, pc.invert(plain), pa.array(others, pa.string()))
    return texts.dictionary_encode().indices.take(citizens.indices)


_PLAIN_ID = "^[0-9A-Za-z-]*[1-9A-Za-z][0-9A-Za-z-]*$"
"""Ids that Arrow can fold in bulk, with the same result as ``folded``."""


def folded(citizen: str) -> str:
    """Normalise an id: ignore case, spaces, hyphens and leading zeros, which vary for the same citizen."""
    written = normalised(citizen).replace(" ", "")
    return written.lstrip("0") or written
