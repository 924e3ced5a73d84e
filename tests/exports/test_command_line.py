"""Stories and exhibits written by the command line, without a server and without Streamlit."""

import subprocess
import sys
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from openpyxl import load_workbook
from pptx import Presentation

from analysis.auth.roles import AS_THEY_ARE, NOBODY_SIGNED_IN
from analysis.exports.__main__ import FINE, NO_DATABASE, NOTHING_TO_SHOW, main
from analysis.intake.importing import store
from analysis.intake.lexicon.reference_data import load_reference_data
from analysis.intake.mapping.saved_mappings import Decisions
from analysis.intake.read_file import read
from analysis.intake.validate.validation import prepare
from analysis.store import Database, audit_lines
from tests.support.counts import counts_by_phase
from tests.support.workbooks.faults import count
from tests.support.workbooks.faults import counts as counts_file

ROOT = Path(__file__).parents[2]


@pytest.fixture
def database(demonstration_database: Database, monkeypatch: pytest.MonkeyPatch) -> Path:
    demonstration_database.close()
    monkeypatch.setenv("LIGE_ADGANG_DATABASE", str(demonstration_database.path))
    return demonstration_database.path


def test_a_story_is_written_by_its_name_and_leaves_a_line_in_the_audit(database: Path, tmp_path: Path) -> None:
    files = {kind: tmp_path / f"story.{kind}" for kind in ("pptx", "xlsx", "html")}
    options = [argument for kind, path in files.items() for argument in (f"--{kind}", str(path))]
    assert main(["story", "Sådan forstår vi ulighed", "--language", "da", *options]) == FINE
    assert len(Presentation(str(files["pptx"])).slides) == 5
    assert len(load_workbook(files["xlsx"]).sheetnames) == 6
    assert "Sådan forstår vi ulighed" in files["html"].read_text("utf-8")
    opened = Database(database)
    lines = audit_lines(opened)
    opened.close()
    assert list(lines["event"][:3]) == ["export"] * 3


def test_an_exhibit_is_written_with_its_choices_and_needs_no_streamlit(database: Path, tmp_path: Path) -> None:
    target = tmp_path / "groups.csv"
    arguments = ["exhibit", "groups", "--choices", "data=demonstration", "dimension=sex", "--csv", str(target)]
    program = f"""
import sys
from analysis.exports.__main__ import main
assert main({arguments!r}) == 0
assert "streamlit" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)
    rows = target.read_text("utf-8-sig").splitlines()
    assert rows[0].startswith("Gruppe;Fase;Procent")
    assert {row.split(";")[0] for row in rows[1:-1]} >= {"Kvinde", "Mand"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["exhibit", "groups", "--choices", "municipality=Nowhere"], "Kommune: »Nowhere« findes ikke her"),
        (["exhibit", "groups", "--choices", "rate=speed"], "»speed«"),
        (["exhibit", "crossed"], "There is nothing to show"),
        (["story", "nothing"], "No such story. There are: laks"),
    ],
)
def test_what_does_not_exist_is_said_and_writes_nothing(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    target = tmp_path / "nothing.xlsx"
    assert main([*arguments, "--xlsx", str(target)]) == NOTHING_TO_SHOW
    assert message in capsys.readouterr().err
    assert not target.exists()


def test_without_a_database_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "missing.duckdb"
    monkeypatch.setenv("LIGE_ADGANG_DATABASE", str(missing))
    assert main(["story", "laks", "--pptx", str(tmp_path / "s.pptx")]) == NO_DATABASE
    assert str(missing) in capsys.readouterr().err
    assert not missing.exists()


def test_the_counts_are_written_as_a_tidy_table_with_a_codebook(database: Path, tmp_path: Path) -> None:
    files = {kind: tmp_path / f"counts.{kind}" for kind in ("csv", "parquet", "duckdb", "codebook")}
    options = [argument for kind, path in files.items() for argument in (f"--{kind}", str(path))]
    assert main(["data", *options]) == NOTHING_TO_SHOW
    assert main(["data", "--data", "demonstration", *options]) == FINE
    counts, again = pd.read_csv(files["csv"]), pd.read_parquet(files["parquet"])
    book = pd.read_csv(files["codebook"])
    assert list(counts.columns) == list(again.columns) == list(book.loc[book["kind"] == "column", "key"])
    assert len(counts) == len(again) and counts["participated"].sum() == again["participated"].sum() > 0
    with duckdb.connect(files["duckdb"], read_only=True) as copy:
        tables = {name for (name,) in copy.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
        assert tables == {"counts", "codebook"}
        assert copy.execute("SELECT sum(participated) FROM counts").fetchone() == (counts["participated"].sum(),)
    groups = book[book["kind"] == "group"].set_index(["dimension", "key"])
    known = counts.loc[counts["group"] != "missing", ["dimension", "group"]].drop_duplicates()
    assert all(pair in groups.index for pair in known.itertuples(index=False, name=None))
    assert groups.loc[("sex", "woman"), "da"] == "Kvinde"
    opened = Database(database)
    stored = counts_by_phase(opened, AS_THEY_ARE, dimension="sex", synthetic=True)["participated"].sum()
    opened.close()
    assert counts.loc[counts["dimension"] == "sex", "participated"].sum() == stored


def test_own_counts_are_written_rounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIGE_ADGANG_DATABASE", str(tmp_path / "own.duckdb"))
    content = counts_file(count(Inviteret=41, Deltaget=33, Gennemført=22), count(Gruppe="Mand", Deltaget=26))
    opened = Database(tmp_path / "own.duckdb")
    reading = read(content, "own.xlsx")
    store(opened, reading, prepare(reading, load_reference_data(opened)), Decisions(), content, by=NOBODY_SIGNED_IN)
    opened.close()
    assert main(["data", "--csv", str(tmp_path / "own.csv")]) == FINE
    written = pd.read_csv(tmp_path / "own.csv")[["invited", "participated", "completed"]].to_numpy().ravel()
    assert len(written) == 6 and all(number % 5 == 0 for number in written)
