"""A list that is stored as it is has one entry: everything else about it must be there too."""

import pyarrow as pa
import pytest

from analysis.intake.contract import KINDS
from analysis.model.terms import Subject
from analysis.store import FORMS, Database, ImportPayload, ImportRecord
from analysis.store.imports.importing import insert_lists
from analysis.store.lists import LISTS

LIST = list(LISTS)


@pytest.mark.parametrize("form", LIST)
def test_the_payload_the_record_and_the_database_know_it(database: Database, form: str) -> None:
    assert form in FORMS
    assert form in ImportPayload.__dataclass_fields__
    assert form in ImportRecord.__dataclass_fields__
    with database.reading() as cursor:
        assert form in {name for name, *_ in cursor.execute("DESCRIBE import").fetchall()}
        columns = {name for name, *_ in cursor.execute(f"DESCRIBE {LISTS[form].table}").fetchall()}
    assert {"import_id", "sheet", "row", "municipality", *LISTS[form].replaced_by} <= columns


@pytest.mark.parametrize("form", LIST)
def test_its_kind_of_sheet_says_the_same(form: str) -> None:
    kind = KINDS[form]
    assert kind.stored_as == form
    assert kind.subject is LISTS[form].subject
    assert {*LISTS[form].replaced_by} <= {column.key for column in kind.columns}


def test_what_is_no_list_is_about_gaps() -> None:
    others = [kind for form, kind in KINDS.items() if form not in LISTS]
    assert [kind.form for kind in others] == ["courses", "counts"]
    assert {kind.subject for kind in others} == {Subject.GAPS}


def test_rows_are_stored_by_the_names_of_their_columns(database: Database) -> None:
    with database.writing(touching=set()) as cursor:
        offers = {"offer": ["A"], "municipality": ["Holbæk"], "row": [2], "sheet": ["T"]}
        insert_lists(cursor, ImportPayload(offers=pa.table({**offers, "theme": ["Smoking"], "kind": ["health"]})), 7)
        query = "SELECT import_id, municipality, offer, kind, theme, completion_rule FROM offer"
        assert cursor.execute(query).fetchall() == [(7, "Holbæk", "A", "health", "Smoking", None)]
