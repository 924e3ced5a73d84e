"""A folder that is watched: each complete file is imported once, and moved to where it belongs."""

from pathlib import Path

import pytest

from analysis.intake import watch
from analysis.intake.__main__ import main
from analysis.store import Database, history
from tests.support.workbooks.faults import count, counts


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LIGE_ADGANG_DATABASE", str(tmp_path / "watched.duckdb"))
    made = tmp_path / "drop"
    made.mkdir()
    return made


def dropped(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def stored(folder: Path) -> list[str]:
    database = Database(folder.parent / "watched.duckdb")
    names = [record.file_name for record in history(database)]
    database.close()
    return names


def test_a_file_is_read_when_it_no_longer_grows(folder: Path) -> None:
    seen: watch.Seen = {}
    path = dropped(folder, "march.xlsx", b"a part")
    assert list(watch.look(folder, seen)) == []
    path.write_bytes(b"a part and more")
    assert list(watch.look(folder, seen)) == []
    dropped(folder, "~$march.xlsx", b"open in Excel")
    dropped(folder, "notes.docx", b"no table")
    assert list(watch.look(folder, seen)) == [path]
    assert list(watch.look(folder, seen)) == [path]


def test_a_good_file_is_stored_once_and_moved(folder: Path) -> None:
    assert watch.taken(dropped(folder, "march.xlsx", counts(count())), [], main) == 0
    assert sorted(path.name for path in (folder / "done").iterdir()) == ["march.xlsx"]
    assert watch.taken(dropped(folder, "march.xlsx", counts(count())), [], main) == 0
    assert sorted(path.name for path in (folder / "done").iterdir()) == ["march (2).xlsx", "march.xlsx"]
    assert stored(folder) == ["march.xlsx"]


def test_a_faulty_file_is_moved_with_what_is_wrong_beside_it(folder: Path) -> None:
    assert watch.taken(dropped(folder, "april.xlsx", counts(count(Gruppe="Blåbær"))), ["--language", "en"], main) == 1
    said = (folder / "needs-attention" / "april.xlsx.findings.txt").read_text(encoding="utf-8")
    assert "ERROR  Optælling [2] Gruppe  “Blåbær” is not one of the groups" in said
    assert stored(folder) == []


def test_a_file_stays_while_the_database_is_in_use(folder: Path) -> None:
    path = dropped(folder, "may.xlsx", counts(count()))
    assert watch.taken(path, [], lambda _: watch.NO_DATABASE) == watch.NO_DATABASE
    assert path.exists()


def test_a_folder_is_looked_at_once(folder: Path) -> None:
    dropped(folder, "june.xlsx", counts(count()))
    assert main(["watch", str(folder), "--once", "--every", "0"]) == 0
    assert stored(folder) == ["june.xlsx"]
