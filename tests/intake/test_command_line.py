"""The command line finds what the page finds, stores whole files only, and says by its exit code how it went."""

import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.auth.roles import AS_THEY_ARE, NOBODY_SIGNED_IN
from analysis.config import ROOT
from analysis.i18n import wording
from analysis.intake.__main__ import main
from analysis.intake.contract import Form
from analysis.intake.findings.findings import sentence
from analysis.intake.lexicon.reference_data import load_reference_data
from analysis.intake.mapping.mapping import DimensionMapping, Mapping
from analysis.intake.mapping.saved_mappings import Decisions, remember
from analysis.intake.read_file import read
from analysis.intake.report import FEW_ALIKE
from analysis.intake.validate.validation import prepare
from analysis.store import (
    Database,
    actions,
    audit_lines,
    history,
    original,
    requests,
    understandings,
    votes,
)
from analysis.store import theme_days as participants
from tests.support.counts import counts_by_phase
from tests.support.workbooks import theme_days
from tests.support.workbooks.faults import COURSE_HEADERS, book

Build = Callable[..., bytes]
Run = Callable[..., "subprocess.CompletedProcess[str]"]
D = dt.date

ROW = ["Aarhus", "Rygestop", "b-1", D(2015, 3, 2), D(2015, 3, 12), D(2015, 6, 1), "Gennemført", "Grundskole"]
OTHER = ["Aarhus", "Rygestop", "b-2", D(2015, 3, 3), D(2015, 3, 12), None, "Frafaldet", "Grundskole"]
FAULTY = ["Atlantis", "Rygestop", "b-3", D(2015, 3, 3), "snart", None, "måske", "Blåbær"]
UNKNOWN = "modul,start,person,kon,sted,slut\nAAA,2013B,1,M,Scotland,Pass\nAAA,2013B,2,F,Wales,Withdrawn\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "command line.duckdb"


@pytest.fixture
def run(path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command in this process, on a database of its own."""
    monkeypatch.setenv("LIGE_ADGANG_DATABASE", str(path))

    def runs(*arguments: str | Path) -> "subprocess.CompletedProcess[str]":
        asked = list(map(str, arguments))
        try:
            code = main(asked)
        except SystemExit as ended:
            code = int(ended.code or 0)
        return subprocess.CompletedProcess(asked, code, *capsys.readouterr())

    return runs


@pytest.fixture
def run_alone(path: Path) -> Run:
    """Runs the command in a process of its own, on a database of its own."""

    def runs(*arguments: str | Path) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "analysis.intake", *map(str, arguments)]
        environment = {**os.environ, "LIGE_ADGANG_DATABASE": str(path), "PYTHONUTF8": "1"}
        return subprocess.run(
            command, capture_output=True, text=True, encoding="utf-8", check=False, cwd=ROOT, env=environment
        )

    return runs


@pytest.fixture
def file(tmp_path: Path) -> Callable[[bytes, str], Path]:
    """Writes a file."""

    def write(content: bytes, name: str) -> Path:
        written = tmp_path / name
        written.write_bytes(content)
        return written

    return write


def stored(path: Path) -> tuple[list[str], int]:
    """The files that are stored and not taken back, the newest first, and the citizens in them."""
    database = Database(path)
    names = [record.file_name for record in history(database) if record.undone_at is None]
    counts = counts_by_phase(database, AS_THEY_ARE, dimension="education", synthetic=False)
    database.close()
    return names, int(counts["participated"].sum())


def test_a_check_stores_nothing(run: Run, courses: Build, file, path: Path) -> None:
    found = run(file(courses(ROW, OTHER), "march.xlsx"))
    assert (found.returncode, found.stderr) == (0, "")
    assert (
        "rows in the file 2 = stored 2 + left out 0 + ignored 0. Sums in the file: 2. Sums stored: 2." in found.stdout
    )
    assert stored(path) == ([], 0)
    assert run("--check", file(courses(ROW), "march.xlsx")).returncode == 0
    assert stored(path) == ([], 0)


@pytest.mark.parametrize("code", ["da", "en"])
def test_a_faulty_file_is_told_as_on_the_page(run: Run, courses: Build, file, database: Database, code: str) -> None:
    content = courses(ROW, FAULTY, ["Aarhus ", *OTHER[1:]], Noter=[["Andet"], ["x"]])
    found = run("--import", "--language", code, file(content, "faulty.xlsx"))
    prepared = prepare(read(content, "faulty.xlsx"), load_reference_data(database))
    sentences = [sentence(finding, wording(code)) for finding in prepared.findings]
    told = [line.strip() for line in found.stdout.splitlines() if line.startswith("  ")]
    assert len(sentences) > 4
    assert sorted(told) == sorted(sentences)
    assert found.returncode == 1


def test_errors_come_before_warnings_and_notes(run: Run, courses: Build, file) -> None:
    rows = [["x", *row] for row in (ROW, FAULTY, ["Aarhus ", *OTHER[1:]])]
    faulty = file(courses(*rows, headers=["Farve", *COURSE_HEADERS]), "faulty.xlsx")
    (found,) = json.loads(run("--json", faulty).stdout)
    lines = run(faulty).stdout.splitlines()
    told = [
        one["severity"]
        for line in lines
        for one in found["findings"]
        if line.endswith(f"{one['message']} {one['remedy']}")
    ]
    order = ["error", "warning", "note"]
    assert set(told) == set(order)
    assert told == sorted(told, key=order.index)


def test_many_faults_of_a_kind_are_printed_together_and_all_of_them_as_json(run: Run, courses: Build, file) -> None:
    rows = [[*ROW[:2], f"b-{number}", *ROW[3:7], f"Zulu{chr(65 + number)}"] for number in range(12)]
    faulty = file(courses(*rows), "faulty.xlsx")
    lines = run(faulty).stdout.splitlines()
    kind = [line for line in lines if "Zulu" in line]
    assert len(kind) == FEW_ALIKE
    assert any(f"{12 - FEW_ALIKE} more like this" in line for line in lines)
    (document,) = json.loads(run("--json", faulty).stdout)
    assert len([one for one in document["findings"] if one["check"] == "unknown_group"]) == 12


def test_an_import_is_stored_once_with_its_file(run: Run, run_alone: Run, courses: Build, file, path: Path) -> None:
    content = courses(ROW, OTHER)
    march = file(content, "march.xlsx")
    found = run_alone("--import", "--person", "Bo", march)
    assert found.returncode == 0
    assert "Stored as import 1." in found.stdout
    assert stored(path) == (["march.xlsx"], 2)
    database = Database(path)
    (record,) = history(database)
    assert (record.person, original(database, record.sha256, by=NOBODY_SIGNED_IN)) == ("Bo", content)
    database.close()
    again = run("--import", march)
    assert again.returncode == 1
    assert "This very file was stored" in again.stdout
    assert "by Bo" in again.stdout
    assert stored(path) == (["march.xlsx"], 2)


def test_another_version_is_refused_unless_it_is_to_replace(run: Run, courses: Build, file, path: Path) -> None:
    assert run("--import", file(courses(ROW), "march.xlsx")).returncode == 0
    other = file(courses(ROW, OTHER), "march.xlsx")
    refused = run("--import", other)
    assert refused.returncode == 1
    assert "“Rygestop” is already covered from 1 Mar 2015 to 31 Mar 2015 by “march.xlsx”." in refused.stdout
    assert stored(path) == (["march.xlsx"], 1)
    assert run("--replace", other).returncode == 0
    assert stored(path) == (["march.xlsx"], 1)
    assert run("--import", "--replace", other).returncode == 0
    assert stored(path) == (["march.xlsx", "march.xlsx"], 2)


def test_a_faulty_file_does_not_stop_the_others(run: Run, courses: Build, file, path: Path) -> None:
    april = ["Aarhus", "Rygestop", "b-9", D(2015, 4, 2), D(2015, 4, 12), None, "Frafaldet", "Grundskole"]
    faulty, good = file(courses(ROW, FAULTY), "faulty.xlsx"), file(courses(april), "april.xlsx")
    found = run("--import", "--json", faulty, good, good)
    assert found.returncode == 1
    assert [(one["storable"], one["import_id"]) for one in json.loads(found.stdout)] == [
        (False, None),
        (True, 1),
        (False, None),
    ]
    assert stored(path) == (["april.xlsx"], 1)


def test_each_file_that_is_refused_has_its_line_in_the_audit(run: Run, courses: Build, file, path: Path) -> None:
    march = file(courses(ROW), "march.xlsx")
    refused = [
        file(courses(ROW, Noter=[["frit felt"], ["ring til 010170-1234 mandag"]]), "cpr.xlsx"),
        file(courses(ROW), "010170-1234.xlsx"),
        file(courses(ROW, FAULTY), "faulty.xlsx"),
        file(courses(ROW, OTHER), "overlapping.xlsx"),
        march,
    ]
    assert run("--import", march).returncode == 0
    assert run(*refused).returncode == 1
    assert run("--import", *refused).returncode == 1
    assert run("--import", "--person", "Ane 010170-1234", "--replace", refused[3]).returncode == 1
    assert in_audit(path) == [
        ("store", "done"),
        ("store", "CPR number"),
        ("store", "CPR number"),
        ("store", "faulty"),
        ("store", "overlapping"),
        ("store", "already stored"),
        ("store", "CPR number"),
    ]


def in_audit(path: Path) -> list[tuple[str, str]]:
    """What was done and how it ended, the oldest first."""
    database = Database(path)
    lines = audit_lines(database)[["event", "result"]].iloc[::-1]
    database.close()
    return list(lines.itertuples(index=False, name=None))


def test_the_json_document(run: Run, courses: Build, file, path: Path) -> None:
    good, faulty = file(courses(ROW, ROW, OTHER), "good.xlsx"), file(courses(ROW, FAULTY), "faulty.xlsx")
    first, second = json.loads(run("--import", "--json", "--language", "da", good, faulty).stdout)
    assert set(first) == {
        "file",
        "sha256",
        "storable",
        "findings",
        "hints",
        "correction",
        "account",
        "beside",
        "import_id",
    }
    assert (first["file"], first["storable"], first["import_id"]) == (str(good), True, 1)
    assert first["account"] == [
        {
            "sheet": "Forløb",
            "form": "courses",
            "rows_in_file": 3,
            "rows_stored": 2,
            "left_out": {"repeated": 1},
            "ignored": 0,
            "in_file": {"participated": 2},
            "stored": {"participated": 2},
            "balances": True,
        }
    ]
    (wrong,) = [one for one in second["findings"] if one["check"] == "unknown_municipality"]
    danish = wording("da")
    assert wrong == {
        "check": "unknown_municipality",
        "severity": "error",
        "sheet": "Forløb",
        "rows": [3],
        "column": "Kommune",
        "letters": "A",
        "value": "Atlantis",
        "message": danish.text("“{value}” is not a Danish municipality.", value="Atlantis"),
        "remedy": danish.text("Write the municipality's name or number."),
    }
    assert (second["storable"], second["account"], second["import_id"]) == (False, [], None)


def mapping() -> Mapping:
    return Mapping(
        Form.COURSES,
        columns={
            "municipality": "sted",
            "offer": "modul",
            "citizen": "person",
            "started_on": "start",
            "outcome": "slut",
        },
        dimensions={"kon": DimensionMapping("sex", False, {"M": "Mand", "F": "Kvinde"})},
        values={"started_on": {"2013B": "01-02-2013"}, "outcome": {"Pass": "completed", "Withdrawn": "dropped out"}},
        add_places=True,
    )


def test_a_saved_mapping_is_used_when_it_is_named_and_only_then(run: Run, file, path: Path) -> None:
    database = Database(path)
    remember(database, "Moduler", read(UNKNOWN.encode(), "moduler.csv"), Decisions(mapping()), by=NOBODY_SIGNED_IN)
    database.close()
    unknown = file(UNKNOWN.encode(), "moduler.csv")
    without = run("--import", unknown)
    assert without.returncode == 1
    assert "“Moduler”" in without.stderr
    assert "--mapping" in without.stderr
    found = run("--import", "--mapping", "Moduler", unknown)
    assert (found.returncode, found.stderr) == (0, "")
    database = Database(path)
    counts = counts_by_phase(database, AS_THEY_ARE, dimension="sex", synthetic=False)
    assert {row.group: (row.participated, row.completed) for row in counts.itertuples()} == {
        "man": (1, 1),
        "woman": (1, 0),
    }
    assert json.loads(history(database)[0].understood)["decisions"]["mapping"]["columns"]["offer"] == "modul"
    database.close()


def test_a_mapping_does_not_hide_why_a_file_cannot_be_read(run: Run, file, path: Path) -> None:
    database = Database(path)
    remember(database, "Moduler", read(UNKNOWN.encode(), "moduler.csv"), Decisions(mapping()), by=NOBODY_SIGNED_IN)
    database.close()
    found = run("--mapping", "Moduler", file(b"", "moduler.csv"))
    assert (found.returncode, found.stderr) == (1, "")
    assert "The file is empty." in found.stdout


def test_wrong_usage(run: Run, courses: Build, file, tmp_path: Path) -> None:
    march = file(courses(ROW), "march.xlsx")
    unknown = run("--mapping", "Nowhere", march)
    assert (unknown.returncode, unknown.stdout) == (2, "")
    assert "“Nowhere”" in unknown.stderr
    missing = run("--import", march, tmp_path / "absent.xlsx")
    assert (missing.returncode, missing.stdout) == (2, "")
    assert "absent.xlsx" in missing.stderr
    assert run(tmp_path).returncode == 2
    assert run("--check", "--import", march).returncode == 2
    assert run().returncode == 2


def test_help_names_the_exit_codes(run: Run) -> None:
    shown = run("--help")
    assert shown.returncode == 0
    epilog = shown.stdout.partition("exit codes:")[2].splitlines()
    assert [line.split()[0] for line in epilog[1:5]] == ["0", "1", "2", "3"]


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_a_cpr_number_is_never_printed(run: Run, courses: Build, file, path: Path, form: list[str]) -> None:
    files = [
        file(courses(ROW, Noter=[["frit felt"], ["ring til 010170-1234 mandag"]]), "cell.xlsx"),
        file(courses(ROW, OTHER, **{"0101701234": [["Andet"], ["x"]]}), "sheet.xlsx"),
        file(courses([*ROW[:4], "i foråret", *ROW[5:]]), "010170-1234.xlsx"),
    ]
    found = run("--import", *form, *files)
    assert found.returncode == 1
    assert "cpr_number" in found.stdout or "CPR number" in found.stdout
    for written in ("0101701234", "010170-1234"):
        assert written not in found.stdout + found.stderr


def test_a_column_in_doubt_is_left_out_where_the_person_says_so(run: Run, courses: Build, file) -> None:
    headers = [*COURSE_HEADERS, "Nr."]
    written = file(courses([*ROW, "0301010101"], [*OTHER, "0302010102"], headers=headers), "export.xlsx")
    refused = run("--import", written)
    assert refused.returncode == 1
    assert "--no-cpr “Forløb!I”" in refused.stderr
    stored = run("--import", "--no-cpr", "Forløb!I", written)
    assert stored.returncode == 0
    assert "Stored as import 1." in stored.stdout
    assert "0301010101" not in refused.stdout + refused.stderr + stored.stdout + stored.stderr


def test_a_cpr_number_is_no_name_of_whoever_stores(run: Run, courses: Build, file) -> None:
    refused = run("--import", "--person", "Ane 010170-1234", file(courses(ROW, OTHER), "export.xlsx"))
    assert refused.returncode == 1
    assert "never stored" in refused.stdout
    assert "010170-1234" not in refused.stdout + refused.stderr


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_nothing_in_a_file_steers_the_terminal(run: Run, file, form: list[str]) -> None:
    nasty = "Atl\x1b]0;title\x07an\x1b[2Jtis\x7f\x9b31m\u202e"
    text = f"Kommune;Tilbud;Borger-id;Startet;Inviteret\r\n{nasty};Rygestop;b-1;12-03-2015;02-03-2015\r\n"
    found = run(*form, file(text.encode(), "forløb.csv"))
    assert found.returncode == 1
    assert "Atl" in found.stdout
    assert not [one for one in found.stdout + found.stderr if not one.isprintable() and one != "\n"]


def test_a_database_that_another_program_holds(run_alone: Run, courses: Build, file, path: Path) -> None:
    march = file(courses(ROW), "march.xlsx")
    database = Database(path)
    found = run_alone("--import", march)
    database.close()
    assert (found.returncode, found.stdout) == (3, "")
    assert "Another program has the database open." in found.stderr


def test_a_database_of_a_newer_program(run: Run, courses: Build, file, path: Path) -> None:
    database = Database(path)
    with database.writing() as cursor:
        cursor.execute("INSERT INTO schema_version VALUES (999)")
    database.close()
    found = run("--import", file(courses(ROW), "march.xlsx"))
    assert (found.returncode, found.stdout) == (3, "")
    assert "A newer version of this program made the database." in found.stderr


def test_theme_days_are_checked_and_stored_like_courses(run: Run, file, path: Path) -> None:
    name = file(theme_days.sound(), "temadag.xlsx")
    checked = run(name, "--check")
    assert checked.returncode == 0, checked.stdout
    stored = run(name, "--import")
    assert stored.returncode == 0, stored.stdout
    database = Database(path)
    lists = (participants, understandings, actions, requests, votes)
    assert [len(found(database, synthetic=False)) for found in lists] == [1] * 5
    database.close()
    faulty = file(theme_days.workbook(Stemmer=[theme_days.row("Stemmer", Stemmer="mange")]), "fejl.xlsx")
    told = run(faulty, "--check", "--language", "da")
    assert told.returncode == 1
    assert "Ark »Stemmer«, række 2, kolonne »Stemmer«" in told.stdout


def counted_in(*periods: str, number: int) -> bytes:
    headers = ["Kommune", "Tilbud", "Periode", "Dimension", "Gruppe", "Inviteret", "Deltaget", "Gennemført"]
    groups = ("Grundskole", "Lang videregående uddannelse")
    rows = [["Aarhus", "Alfa", one, "Uddannelse", group, number, 50, 25] for one in periods for group in groups]
    return book({"Optælling": [headers, *rows]})


def test_a_later_file_is_set_beside_what_is_stored(run: Run, file: Callable[[bytes, str], Path]) -> None:
    first = file(counted_in("2015K1", "2015K2", number=300), "quarters.xlsx")
    later = file(counted_in("2015-02", number=100), "february.xlsx")
    assert run("--language", "en", "--import", first).returncode == 0
    refused = run("--language", "en", "--import", "--replace", later)
    assert refused.returncode == 1
    assert "1 Jan 2015 – 31 Mar 2015: 600 / 100 / 50 → 200 / 100 / 50 (−400 / 0 / 0)" in refused.stdout
    assert "Replacing would lose the others." in refused.stdout
    assert run("--language", "en", "--import", "--replace", "--accept-losses", later).returncode == 0
