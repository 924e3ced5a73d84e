"""A copy of a file holds no CPR number, keeps the citizens apart, and is accepted where the file was refused."""

import datetime as dt
import html
import io
import os
import re
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Font
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

from analysis.config import ROOT
from analysis.i18n import LANGUAGES, wording
from analysis.intake import pseudonymise
from analysis.intake.__main__ import main
from analysis.intake.pseudonyms.guide import guide
from analysis.intake.read_file import read
from analysis.text.identity_numbers import may_be_disguised, strength
from analysis.text.pseudonyms import LostDigits, Pseudonyms, SamePseudonym, birth_year, identity

D = dt.date
HEADERS = ["Kommune", "Tilbud", "CPR-nr.", "Inviteret", "Startet", "Afsluttet", "Udfald", "Uddannelse"]
WRITTEN_WAYS = (
    "010170-1234",
    "0101701234",
    101701234,
    "010170 1234",
    " 010170 - 1234 ",
    "01 01 70 12 34",
    "010170\u20131234",
    "01-01-1970-1234",
    "CPR 010170-1234",
    "\uff10\uff11\uff10\uff11\uff17\uff10-1234",
)
OTHER = "020280-4321"
TOKEN = re.compile(r"b-[0-9A-HJKMNP-TV-Z]{10}")
LEFT = re.compile(r"010170\W{0,3}1234|020280\W{0,3}4321|101701234|202804321")
CSV = 'Kommune;Tilbud;Personnummer;Note\r\nÅrhus;Rygestop;{};"Blå; grøn"\r\nÅrhus;Rygestop;"{}";\r\n'

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command in this process. There is no database, and none may be made."""
    monkeypatch.setenv("LIGE_ADGANG_DATABASE", str(tmp_path / "none" / "none.duckdb"))

    def runs(*arguments: str | Path) -> "subprocess.CompletedProcess[str]":
        asked = ["pseudonymise", *map(str, arguments)]
        try:
            code = main(asked)
        except SystemExit as ended:
            code = int(ended.code or 0)
        ran = subprocess.CompletedProcess(asked, code, *capsys.readouterr())
        assert not LEFT.search(ran.stdout + ran.stderr)
        assert not (tmp_path / "none").exists()
        return ran

    return runs


def row(number: object) -> list[object]:
    return ["Aarhus", "Rygestop", number, D(2015, 3, 2), D(2015, 3, 12), D(2015, 6, 1), "Gennemført", "Grundskole"]


def workbook(*numbers: object, change: Callable[[Workbook], object] = lambda book: None) -> bytes:
    book = Workbook()
    book.active.title = "Forløb"
    for line in (HEADERS, *map(row, numbers)):
        book.active.append(line)
    change(book)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def with_header(change: Callable[[Workbook], object] = lambda book: None) -> Callable[[Workbook], None]:
    """Change a workbook whose citizens have ids, and say so in the header."""

    def both(book: Workbook) -> None:
        book.active["C1"] = "Borger-id"
        change(book)

    return both


def saved(folder: Path, content: bytes, name: str = "export.xlsx") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def column(path: Path, letter: str = "C", sheet: str = "Forløb") -> list[object]:
    return [cell.value for cell in load_workbook(path)[sheet][letter]]


def parts(path: Path) -> str:
    """Everything in the unzipped package."""
    with zipfile.ZipFile(path) as package:
        texts = [package.read(name).decode("utf-8", "replace") for name in package.namelist()]
        return html.unescape("\n".join([*package.namelist(), *texts]))


def fill_everywhere(book: Workbook) -> None:
    """Put the number in every place where openpyxl writes texts."""
    page = book.active
    page["A2"].comment = Comment("Ringet til 010170-1234, 020280-4321 og far", "010170-1234")
    page["A3"].hyperlink = "https://example.dk/?cpr=0101701234"
    page.oddHeader.left.text = "Udtræk for 010170-1234"
    page.firstFooter.right.text = "0101701234"
    rule = DataValidation(type="list", formula1='"0101701234,b"', prompt="som 010170-1234")
    rule.add("Z1")
    page.add_data_validation(rule)
    page.conditional_formatting.add("C1:C9", CellIsRule("equal", ["101701234"], font=Font(bold=True)))
    page.auto_filter.ref = "A1:H9"
    page.auto_filter.add_filter_column(2, ["0101701234", "010170-1234"])
    book.defined_names.add(DefinedName("anne", attr_text='"0101701234"'))
    page.defined_names.add(DefinedName("bente", attr_text="'010170-1234'!$A$1"))
    book.create_sheet("010170-1234").append(["Se også 010170-1234"])
    book.properties.title, book.properties.keywords = "Sag 010170-1234", "0101701234"
    book.custom_doc_props.append(StringProperty(name="Ref", value="010170-1234"))
    book.custom_doc_props.append(StringProperty(name="Nr 020280-4321", value="x"))
    page["A1"].font = Font(bold=True, color="FF0000")


def test_the_same_number_gets_the_same_id_in_every_notation_and_on_every_sheet(run: Run, tmp_path: Path) -> None:
    def more(book: Workbook) -> None:
        page = book.create_sheet("Igen")
        for line in (HEADERS, row("0101701234"), row(202804321)):
            page.append(line)

    path = saved(tmp_path, workbook(*WRITTEN_WAYS, OTHER, change=more))
    assert not read(path.read_bytes(), path.name).sheets
    ran = run(path)
    assert (ran.returncode, ran.stderr) == (0, "")
    copy = tmp_path / "export-pseudonymised.xlsx"
    header, *ids, other = column(copy)
    assert header == "Borger-id"
    assert len(set(ids)) == 1 and TOKEN.fullmatch(str(ids[0]))
    assert TOKEN.fullmatch(str(other)) and other != ids[0]
    assert column(copy, sheet="Igen")[1:] == [ids[0], other]
    reading = read(copy.read_bytes(), copy.name)
    assert [sheet.name for sheet in reading.sheets] == ["Forløb", "Igen"]
    assert not LEFT.search(parts(copy))


def test_everything_else_stays(run: Run, tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book.active["A1"].font = Font(bold=True)
        book.active["D2"].number_format = "dd-mm-yyyy"
        book.active.column_dimensions["B"].width = 33
        book.active.append(["Aarhus", "+1 kaffe", "ukendt", 3.25, None, True, "2015-16", "i alt 1234567890123"])
        book.active.add_table(Table(displayName="Liste", ref="A1:H4"))
        book.active["B3"].comment = Comment("Ring i morgen", "Ane")

    path = saved(tmp_path, workbook("010170-1234", OTHER, change=change))
    assert run(path).returncode == 0
    before, after = load_workbook(path).active, load_workbook(tmp_path / "export-pseudonymised.xlsx").active
    assert [[cell.value for cell in line if cell.column != 3] for line in after] == [
        [cell.value for cell in line if cell.column != 3] for line in before
    ]
    assert after["C4"].value == "ukendt"
    assert (
        after["A1"].font.b and after["D2"].number_format == "dd-mm-yyyy" and after["B3"].comment.text == "Ring i morgen"
    )
    assert after.column_dimensions["B"].width == 33
    assert [one.name for one in after.tables["Liste"].tableColumns][2] == "Borger-id"


def test_no_number_is_left_anywhere_in_the_package(run: Run, tmp_path: Path) -> None:
    path = saved(tmp_path, workbook("010170-1234", OTHER, change=fill_everywhere))
    assert LEFT.search(parts(path))
    ran = run(path)
    assert (ran.returncode, ran.stderr) == (0, "")
    copy = tmp_path / "export-pseudonymised.xlsx"
    assert LEFT.findall(parts(copy)) == []
    book = load_workbook(copy)
    token, other = column(copy)[1:]
    assert book["Forløb"]["A2"].comment.text == f"Ringet til {token}, {other} og far"
    assert book.properties.title == f"Sag {token}"
    assert book.sheetnames == ["Forløb", token]
    assert book[str(token)]["A1"].value == f"Se også {token}"
    assert read(copy.read_bytes(), copy.name).sheets


def test_numbers_only_outside_the_cells_are_removed_too(run: Run, tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book.active["A2"].comment = Comment("Se 010170-1234", "Ane")

    path = saved(tmp_path, workbook("b-1", "b-2", change=with_header(change)))
    assert run(path).returncode == 0
    assert not LEFT.search(parts(tmp_path / "export-pseudonymised.xlsx"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "utf-16"])
def test_a_text_file_keeps_encoding_delimiter_quotes_and_line_ends(run: Run, tmp_path: Path, encoding: str) -> None:
    content = CSV.format("010170-1234", "101701234").encode(encoding)
    path = saved(tmp_path, content, "export.csv")
    assert not read(content, path.name).sheets
    assert run(path).returncode == 0
    copy = tmp_path / "export-pseudonymised.csv"
    token, same = TOKEN.findall(copy.read_bytes().decode(encoding))
    assert token == same
    assert copy.read_bytes() == CSV.format(token, token).replace("Personnummer", "Borger-id").encode(encoding)
    assert read(copy.read_bytes(), copy.name).sheets


def test_the_year_of_birth_stands_beside_the_number(run: Run, tmp_path: Path) -> None:
    path = saved(tmp_path, CSV.format("010170-1234", "010110-5678").encode(), "export.csv")
    assert run(path, "--with-birth-year").returncode == 0
    lines = (tmp_path / "export-pseudonymised.csv").read_text().splitlines()
    assert lines[0] == "Kommune;Tilbud;Borger-id;Fødselsår;Note"
    assert [line.split(";")[3] for line in lines[1:]] == ["1970", "2010"]
    path = saved(tmp_path, workbook("010170-1234", "ukendt", 101054321))
    assert run(path, "--with-birth-year").returncode == 0
    assert column(tmp_path / "export-pseudonymised.xlsx", "I") == ["Fødselsår", 1970, None, 2005]


@pytest.mark.parametrize(
    ("number", "year"),
    [
        ("0101701234", 1970),
        ("0101053999", 1905),
        ("0101364000", 2036),
        ("0101374000", 1937),
        ("0101015000", 2001),
        ("0101588000", None),
        ("0101369000", 2036),
        ("0101379000", 1937),
        ("6101701234", None),
        ("131052A308T", None),
    ],
)
def test_the_seventh_digit_tells_the_century(number: str, year: int | None) -> None:
    assert birth_year(number, 2040) == year


def test_a_year_to_come_is_no_year_of_birth() -> None:
    assert birth_year("0101364000", 2026) is None


def test_ids_differ_from_file_to_file_unless_there_is_a_key(run: Run, tmp_path: Path) -> None:
    first, second = (saved(tmp_path, workbook("010170-1234", OTHER), name) for name in ("jan.xlsx", "feb.xlsx"))
    ran = run(first), run(second)
    assert "is not kept" in ran[0].stdout
    january, february = (column(tmp_path / f"{name}-pseudonymised.xlsx")[1:] for name in ("jan", "feb"))
    assert not set(january) & set(february)
    key = tmp_path / "key"
    assert run(first, "--key-file", key, "--force").returncode == 0
    kept = key.read_text()
    assert re.fullmatch("[0-9a-f]{64}\n", kept)
    if os.name != "nt":
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
    ran_again = run(second, "--key-file", key, "--force")
    assert "never upload it" in ran_again.stdout and kept.strip() not in ran_again.stdout
    january, february = (column(tmp_path / f"{name}-pseudonymised.xlsx")[1:] for name in ("jan", "feb"))
    assert january == february and len(set(january)) == 2
    assert key.read_text() == kept


def test_a_file_that_is_no_key_is_not_taken_for_one(run: Run, tmp_path: Path) -> None:
    path, key = saved(tmp_path, workbook(OTHER)), tmp_path / "key"
    key.write_text("hemmelig")
    assert run(path, "--key-file", key).returncode == 2
    assert run(path, "--key-file", tmp_path / "k", "--output", tmp_path / "k").returncode == 2
    assert sorted(one.name for one in tmp_path.iterdir()) == ["export.xlsx", "key"]


def test_an_existing_file_is_not_overwritten(run: Run, tmp_path: Path) -> None:
    path, copy = saved(tmp_path, workbook(OTHER)), tmp_path / "kopi.xlsx"
    copy.write_bytes(b"x")
    before = path.read_bytes()
    assert run(path, "--output", copy).returncode == 2
    assert copy.read_bytes() == b"x"
    assert run(path, "--output", path, "--force").returncode == 2
    assert path.read_bytes() == before
    assert run(path, "--output", copy, "--force").returncode == 0
    assert read(copy.read_bytes(), copy.name).sheets
    if os.name != "nt":
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600


def split(book: Workbook) -> None:
    page = book.create_sheet("Delt")
    page.append(["Fødselsdato", "Sidste fire"])
    for day, rest in (("01-01-1970", "0234"), ("02-02-1980", "4321"), ("03-03-1990", "1111")):
        page.append([day, rest])


def uncomputed(book: Workbook) -> None:
    book.active["B2"] = "=1+1"


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (workbook("b-1", change=with_header()), "a.xlsx", "No CPR numbers"),
        (workbook("010170-1234", change=split), "a.xlsx", "two columns"),
        (workbook("010170-1234", change=uncomputed), "a.xlsx", "never calculated"),
        (CSV.format("1,01E+09", "010170-1234").encode(), "a.csv", "without their last digits"),
        (b"PK\x03\x04 broken", "a.xlsx", "damaged"),
        (b"", "a.csv", "empty"),
    ],
)
def test_what_cannot_be_replaced_is_said_and_nothing_is_written(
    run: Run, tmp_path: Path, content: bytes, name: str, said: str
) -> None:
    ran = run(saved(tmp_path, content, name), "--key-file", tmp_path / "key")
    assert ran.returncode == 1
    assert said in ran.stderr
    assert [one.name for one in tmp_path.iterdir()] == [name]


def test_a_copy_with_a_number_left_is_not_written(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def hide(text: str) -> Callable[[Workbook], None]:
        return lambda book: book.active.conditional_formatting.add("A1", CellIsRule("equal", [text]))

    for kept, said in (("x 010170-1234", "formulas, filters"), ("101701234", "still in another place")):
        copied = workbook("b-1", change=with_header(hide(kept)))
        monkeypatch.setattr(pseudonymise, "workbook_copy", lambda *_, copied=copied, **__: copied)
        ran = run(saved(tmp_path, workbook("010170-1234")))
        assert (ran.returncode, said in ran.stderr) == (1, True)
        assert [one.name for one in tmp_path.iterdir()] == ["export.xlsx"]


def test_a_named_column_is_replaced_whatever_it_looks_like(run: Run, tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        for number, cell in enumerate(book.active["H"]):
            cell.value = f"J 2015/{number:06}" if number else "Journalnr."

    path = saved(tmp_path, workbook("010170-1234", OTHER, change=change))
    assert run(path, "--column", "Forløb!H").returncode == 0
    header, *ids = column(tmp_path / "export-pseudonymised.xlsx", "H")
    assert header == "Journalnr."
    assert len(set(ids)) == 2 and all(TOKEN.fullmatch(str(one)) for one in ids)
    ran = run(path, "--column", "Nej", "--force")
    assert (ran.returncode, "Nej" in ran.stderr) == (2, True)


def test_wrong_usage(run: Run, tmp_path: Path) -> None:
    path = saved(tmp_path, workbook(OTHER))
    assert run().returncode == 2
    assert run(tmp_path / "none.xlsx").returncode == 2
    assert run(path, "--output", tmp_path / "a.csv").returncode == 2
    assert run(path, "--output", tmp_path / "020280-4321.xlsx").returncode == 2
    assert run(path, "--output", tmp_path / "no folder" / "a.xlsx").returncode == 2
    assert [one.name for one in tmp_path.iterdir()] == ["export.xlsx"]


def test_it_runs_as_a_command(tmp_path: Path) -> None:
    path = saved(tmp_path, workbook(OTHER))
    command = [sys.executable, "-m", "analysis.intake", "pseudonymise", str(path)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_no_pseudonym_looks_like_a_number_and_two_never_share_one(monkeypatch: pytest.MonkeyPatch) -> None:
    pseudonyms = Pseudonyms(b"k" * 32)
    made = [pseudonyms.of(f"{number:010}") for number in range(20_000)]
    assert len(set(made)) == len(made)
    assert not [one for one in made if strength(one) or may_be_disguised(one)]
    monkeypatch.setattr(Pseudonyms, "_computed", lambda *_: "b-SAME")
    clashing = Pseudonyms(b"k" * 32)
    clashing.of("0101701234")
    with pytest.raises(SamePseudonym):
        clashing.of("0202804321")


def test_a_number_that_lost_its_digits_is_not_taken_for_another() -> None:
    assert identity("1.017012345E+09") == "1017012345"
    with pytest.raises(LostDigits):
        identity("1,02E+09")


def test_a_text_from_which_the_number_cannot_be_separated_goes() -> None:
    assert Pseudonyms(b"k" * 32).in_text("Født 01-01-1970, sidste fire 1234") == "[CPR]"
    assert Pseudonyms(b"k" * 32).in_text("Mødte 3 gange i 2015") == "Mødte 3 gange i 2015"


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_refusal_says_what_to_do_in_every_language(code: str) -> None:
    own = guide("Udtræk maj.xlsx", wording(code))
    language = "" if code == "en" else f" --language {code}"
    assert own.command == f'python -m analysis.intake pseudonymise "Udtræk maj.xlsx"{language}'
    assert "--key-file" in own.key
    assert (len(own.steps), len(own.excel_steps)) == (3, 3)
    assert "List!A:B" in own.excel_steps[1] or re.search(r"=[A-ZÅÄÖØÆ.]+\(D2;\w+!A:B;2;\w+\)", own.excel_steps[1])
    assert ' "gammel.xlsx"' in guide("gammel.xls", wording(code)).command
    for name in ('a"; rm -rf $HOME.xlsx', "010170-1234.xlsx", "--force.xlsx"):
        assert guide(name, wording(code)).command == f"python -m analysis.intake pseudonymise FILE{language}"


def test_the_command_line_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LIGE_ADGANG_DATABASE", str(tmp_path / "a.duckdb"))
    path = saved(tmp_path, workbook("010170-1234"))
    assert main([str(path)]) == 1
    said = capsys.readouterr().out
    assert f'python -m analysis.intake pseudonymise "{path}"' in said
    assert "VLOOKUP" in said
    assert (
        main([str(saved(tmp_path, workbook("b-1", change=lambda book: book.active.__setitem__("C1", "Borger-id"))))])
        == 0
    )
    assert "pseudonymise" not in capsys.readouterr().out
