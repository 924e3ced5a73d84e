"""The store keeps no identity number, whoever asks it to, and no copy of a file that it refuses."""

import json
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest

from analysis import store
from analysis.auth.roles import NOBODY_SIGNED_IN
from analysis.model.story import Slide, Story
from analysis.store import Database, ImportPayload, Source
from analysis.text.identity_numbers import HoldsIdentityNumber

NUMBER = "０１０１７０–1234"
SOURCE = Source("export.xlsx", "e" * 64)


def offers(name: str) -> ImportPayload:
    row = {"sheet": "Tilbud", "row": 2, "municipality": "Aarhus", "offer": name}
    return ImportPayload(offers=pa.Table.from_pylist([row | {"kind": None, "theme": None, "completion_rule": None}]))


def imported(contents: ImportPayload, source: Source) -> Callable[[Database], object]:
    return lambda database: store.add_import(
        database, contents, source, by=NOBODY_SIGNED_IN, original=b"PK 010170-1234"
    )


ATTEMPTS: dict[str, Callable[[Database], object]] = {
    "a row": imported(offers(f"Hold {NUMBER}"), SOURCE),
    "a file name": imported(offers("Hold"), Source(f"{NUMBER}.xlsx", "e" * 64)),
    "a person": imported(offers("Hold"), Source("export.xlsx", "e" * 64, person=NUMBER)),
    "a decision": imported(
        offers("Hold"), Source("export.xlsx", "e" * 64, understood=json.dumps({"title": [{NUMBER: 1}]}))
    ),
    "a finding": imported(
        offers("Hold"), Source("export.xlsx", "e" * 64, findings=json.dumps([{"value": [f"#{NUMBER}"]}]))
    ),
    "what a finding quotes": imported(
        offers("Hold"), Source("export.xlsx", "e" * 64, findings=json.dumps([{"said": {}, "quoted": [NUMBER]}]))
    ),
    "a finding that lists no quotations": imported(
        offers("Hold"), Source("export.xlsx", "e" * 64, findings=json.dumps([{"said": {"en": NUMBER}}]))
    ),
    "a row left out": imported(
        offers("Hold"), Source("export.xlsx", "e" * 64, left_out=json.dumps([{"reason": NUMBER}]))
    ),
    "a mapping's name": lambda database: store.save_mapping(database, NUMBER, "a" * 64, "{}", by=NOBODY_SIGNED_IN),
    "a mapping": lambda database: store.save_mapping(
        database, "Ny", "a" * 64, json.dumps({"constants": {"offer": NUMBER}}), by=NOBODY_SIGNED_IN
    ),
    "a story's name": lambda database: store.add_story(database, Story(NUMBER), by=NOBODY_SIGNED_IN),
    "a story's exhibit": lambda database: store.add_story(
        database, Story("En", (Slide(f"groups {NUMBER}"),)), by=NOBODY_SIGNED_IN
    ),
    "a story's choice": lambda database: store.add_story(
        database, Story("En", (Slide("groups", {NUMBER: "x"}),)), by=NOBODY_SIGNED_IN
    ),
    "a story's heading": lambda database: store.add_story(
        database, Story("En", (Slide("groups", heading=NUMBER),)), by=NOBODY_SIGNED_IN
    ),
}


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_it_is_refused_and_leaves_nothing(database: Database, tmp_path: Path, attempt: str) -> None:
    with pytest.raises(HoldsIdentityNumber) as raised:
        ATTEMPTS[attempt](database)
    database.close()
    assert "1234" not in str(raised.value)
    for path in tmp_path.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        assert NUMBER.encode() not in content
        assert b"010170-1234" not in content


def test_no_copy_is_kept_of_a_file_that_overlaps_or_is_stored_already(database: Database, tmp_path: Path) -> None:
    store.add_import(database, offers("Hold"), SOURCE, by=NOBODY_SIGNED_IN)
    with pytest.raises(store.AlreadyImported):
        store.add_import(database, offers("Hold"), SOURCE, by=NOBODY_SIGNED_IN, original=b"again")
    assert list(tmp_path.rglob("*.originals/*")) == []
