"""Tables that hold one stage each, such as one of the invited and one of the participants, become one table."""

from dataclasses import replace

import numpy as np

from analysis.intake.contract import Form
from analysis.intake.findings.findings import Finding
from analysis.intake.sheets import concatenated, position
from analysis.intake.tables import COUNTED, Origin, Reason, Table, word_codes
from analysis.model.terms import Stage


def joined_by_stage(tables: list[Table]) -> tuple[list[Table], list[Finding]]:
    """Return the tables with the other stages beside their participants, and the findings.

    Tables belong together if they hold a single stage each and have the same columns beside it. Those that were
    joined to others remain without rows.
    """
    by_columns: dict[frozenset[str], list[int]] = {}
    single = {at: stage for at, table in enumerate(tables) if (stage := _only_stage(table))}
    for at, stage in single.items():
        by_columns.setdefault(frozenset(tables[at].columns.keys() - {stage}), []).append(at)
    result = list(tables)
    findings: list[Finding] = []
    for places in by_columns.values():
        bases = [at for at in places if single[at] == Stage.PARTICIPATED]
        others = [at for at in places if at not in bases]
        if not bases or not others:
            continue
        keys = _keys([tables[at] for at in places], {single[at] for at in places})
        of_table = dict(zip(places, keys, strict=True))
        for at in bases:
            for stage in dict.fromkeys(single[other] for other in others):
                of_stage = [other for other in others if single[other] == stage]
                parts = [(tables[other], of_table[other]) for other in of_stage]
                result[at] = _with_stage(result[at], of_table[at], stage, parts)
        in_bases = np.concatenate([of_table[at] for at in bases])
        for at in others:
            alone = ~np.isin(of_table[at], in_bases)
            if alone.any():
                findings.append(tables[at].finding("stage_alone", single[at], alone))
            result[at] = tables[at].without(np.ones(len(tables[at].rows), dtype=bool), Reason.JOINED)
    return result, findings


def _only_stage(table: Table) -> str:
    """Return the stage of a table of counts with numbers of one stage; empty if it has several."""
    stages = [str(stage) for stage in COUNTED if stage in table.columns]
    return stages[0] if table.form == Form.COUNTS and len(stages) == 1 else ""


def _keys(tables: list[Table], stages: set[str]) -> list[np.ndarray]:
    """Return for each table a number for every record; records of all tables with the same labels have the same."""
    names = [key for key in tables[0].columns if key not in stages]
    codes = np.column_stack([word_codes(concatenated([table.columns[key] for table in tables])) for key in names])
    numbers = np.unique(codes, axis=0, return_inverse=True)[1].ravel()
    return np.split(numbers, np.cumsum([len(table.rows) for table in tables])[:-1])


def _with_stage(base: Table, keys: np.ndarray, stage: str, parts: list[tuple[Table, np.ndarray]]) -> Table:
    """Return the table with the numbers of another stage, from the records with the same labels."""
    theirs = np.concatenate([one for _, one in parts])
    place = {key: number for number, key in reversed(list(enumerate(theirs.tolist())))}
    found = np.array([place.get(key, -1) for key in keys.tolist()])
    missing = found < 0
    if missing.all():
        return base
    numbers = concatenated([table.columns[stage] for table, _ in parts])
    column = numbers.take(np.where(missing, 0, found)).emptied(missing)
    origins = base.origins
    if len(parts) == 1:
        origins = {**origins, stage: _origin(parts[0][0], stage).take(np.where(missing, 0, found))}
    return replace(base, columns={**base.columns, stage: column}, origins=origins)


def _origin(table: Table, stage: str) -> Origin:
    if stage in table.origins:
        return replace(table.origins[stage], sheet=table.sheet)
    at = position(table.letters[stage])
    return Origin(table.rows, np.full(len(table.rows), at), {at: table.header(stage)}, table.sheet)
