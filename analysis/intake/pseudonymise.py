"""Command line: write a copy of a file with pseudonyms in place of CPR numbers. Nothing is stored, logged or sent."""

import argparse
import html
import os
import re
import secrets
import sys
import tempfile
import unicodedata
import zipfile
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from analysis.i18n import LANGUAGES, Wording, wording
from analysis.intake.detect.identity_number_columns import cpr_in_names
from analysis.intake.findings.check import N_
from analysis.intake.findings.findings import Finding, message, place, remedy, sentence
from analysis.intake.pseudonyms.changes import CannotReplace, ChangedSheet, changes, unknown_names
from analysis.intake.pseudonyms.text_file import NotCopied, text_copy
from analysis.intake.pseudonyms.workbook import workbook_copy
from analysis.intake.read_file import WORKBOOK_NAMES, RawFile, read, read_raw
from analysis.intake.sheets import letters
from analysis.text.identity_numbers import masked
from analysis.text.pseudonyms import KEY_BYTES, Pseudonyms, SamePseudonym, identity

WRITTEN, REFUSED, WRONG_USAGE = range(3)
NAME = "pseudonymise"
ENDING = "-pseudonymised"
EPILOG = """\
exit codes:
  0  the copy is written
  1  no copy is written: no CPR numbers were found, or they cannot all be replaced
  2  wrong usage, a file that is not there, or a file that exists already

The copy is read again before it is written: it never holds a number that this program would refuse. Formulas become
values; charts, pictures, pivot tables, macros and links to other workbooks are left out of it.

Without --key-file the ids differ from file to file, and nobody can compute them again. With it, the same CPR number
gets the same id in every file. A person who has the key can test guesses of CPR numbers: keep it in the municipality,
and never upload it. To check a file that is itself named pseudonymise, write ./pseudonymise.
"""
_KEY = re.compile(r"[0-9a-f]{64}")
_WRITTEN_NUMBER = re.compile(r"(?<![\d.])(?:\d{6}[-\u2013 \u00a0]?\d{4}|[1-9]\d{8})(?!\d)")
_ZIP = b"PK"

SAVE_AS = N_("Only .xlsx, .xlsm and text files can be copied. Save the file as .xlsx in Excel.")
NOTHING = N_("No CPR numbers were found that have to be replaced. No copy is written.")
NOT_COPIED = N_("The file could not be copied. Open it in Excel, save it under a new name, and try that.")
REMAINS = N_(
    "A number that was replaced is still in another place of the file. No copy is written. Name the column with "
    "--column if it is in one; otherwise remove it in Excel, under File › Info › Inspect Workbook for example."
)
SAME = N_("Two CPR numbers got the same id, which is very rare. Run the command again, with another key if it has one.")
NO_KEY = N_("“{file}” is not a key file of this program, or cannot be read or written.")
EXISTS = N_("“{file}” exists already. Choose another name with --output, or add --force.")


class WrongUsage(Exception):
    """The request is not valid. The message gives the reason."""


class NoCopy(Exception):
    """No copy can be written. The message gives the reason."""


@dataclass(frozen=True)
class Copy:
    """The copy of a file: its content, the changed sheets and the pseudonyms."""

    content: bytes
    sheets: list[ChangedSheet]
    pseudonyms: Pseudonyms


def parsed(arguments: list[str]) -> argparse.Namespace:
    """Parse the command line. On an error, exit with code 2."""
    parser = argparse.ArgumentParser(
        prog=f"python -m analysis.intake {NAME}",
        description="Write a copy of a workbook or text file in which ids stand in place of CPR numbers.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="an .xlsx, .xlsm or text file")
    parser.add_argument("--output", type=Path, metavar="FILE", help=f"the copy (default: FILE{ENDING} in its folder)")
    parser.add_argument(
        "--key-file", type=Path, metavar="KEY", help="the key for the same ids in every file; it is made if not there"
    )
    parser.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="COLUMN",
        help="one more column with CPR numbers or other ids of persons, by its header or letters, or as SHEET!D "
        "(may be given several times)",
    )
    parser.add_argument(
        "--with-birth-year",
        action="store_true",
        help="add the year of birth in the CPR number: beside its column in a text file, last in a workbook",
    )
    parser.add_argument("--force", action="store_true", help="overwrite the copy if it exists")
    parser.add_argument("--language", choices=list(LANGUAGES), default="en", help="of the messages (default: en)")
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    """Write the copy and print what was replaced; return the exit code."""
    asked = parsed(arguments)
    language = wording(asked.language)
    try:
        lines = run(asked, language)
    except WrongUsage as wrong:
        print(shown(str(wrong)), file=sys.stderr)
        return WRONG_USAGE
    except NoCopy as refused:
        print(shown(str(refused)), file=sys.stderr)
        return REFUSED
    print("\n".join(map(shown, lines)))
    return WRITTEN


def run(asked: argparse.Namespace, language: Wording) -> list[str]:
    """Write the copy and return the report. Raises ``WrongUsage`` and ``NoCopy``."""
    try:
        content = asked.file.read_bytes()
    except OSError as error:
        raise WrongUsage(language.text("“{file}” is not there, or cannot be opened.", file=asked.file)) from error
    output = _output(asked, content, language)
    key, is_new = _key(asked, language)
    copy = made(content, output.name, key, asked, language)
    if asked.key_file and is_new:
        _write_key(asked.key_file, key, language)
    _write(output, copy.content, asked, language)
    return _report(copy, output, asked, language, is_workbook=content.startswith(_ZIP))


def made(content: bytes, name: str, key: bytes, asked: argparse.Namespace, language: Wording) -> Copy:
    """Return the copy after checking it with the reader of uploads. Raises ``WrongUsage`` and ``NoCopy``."""
    raw = read_raw(content)
    _check_readable(raw, language)
    if unknown := unknown_names(raw.sheets, asked.column):
        raise WrongUsage(language.text("The file has no column “{name}”.", name=unknown[0]))
    pseudonyms = Pseudonyms(key)
    try:
        sheets = changes(raw.sheets, asked.column, pseudonyms)
        if raw.kind == "text":
            copied = text_copy(content, sheets[0], with_years=asked.with_birth_year)
        else:
            copied = workbook_copy(content, sheets, pseudonyms, with_years=asked.with_birth_year)
    except CannotReplace as error:
        raise NoCopy(f"{error.where}: {language.text(str(error))}") from error
    except SamePseudonym as error:
        raise NoCopy(language.text(SAME)) from error
    except NotCopied as error:
        raise NoCopy(language.text(NOT_COPIED)) from error
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, zipfile.BadZipFile) as error:
        raise NoCopy(language.text(NOT_COPIED)) from error  # openpyxl raises any of them for odd workbooks.
    is_changed = any(column.cells for sheet in sheets for column in sheet.columns)
    if not is_changed and read(content, name).sheets:
        raise NoCopy(language.text(NOTHING))
    _verify(copied, name, pseudonyms.by_number, language)
    return Copy(copied, sheets, pseudonyms)


def _check_readable(raw: RawFile, language: Wording) -> None:
    if raw.refused:
        raise NoCopy(" ".join(f"{message(one, language)} {remedy(one, language)}" for one in raw.refused[:1]))
    if raw.kind not in {"text", "xlsx"}:
        raise NoCopy(language.text(SAVE_AS))
    for sheet in raw.sheets:
        for column, row in sheet.uncomputed[:1]:
            raise NoCopy(sentence(Finding("formula_without_value", sheet.name, (row,), column), language))


def _verify(copied: bytes, name: str, numbers: Collection[str], language: Wording) -> None:
    """Read the copy as an upload, and search it for the replaced numbers. Raises ``NoCopy``."""
    reading = read(copied, name)
    if not reading.sheets:
        raise NoCopy(" ".join(sentence(one, language) for one in reading.findings[:1]) or language.text(NOT_COPIED))
    for text in _texts_of(copied):
        for found in _WRITTEN_NUMBER.finditer(text):
            if identity(found[0]) in numbers:
                raise NoCopy(language.text(REMAINS))


def _texts_of(content: bytes) -> Iterator[str]:
    """Yield the text of a text file, or of every part of a workbook."""
    if not content.startswith(_ZIP):
        yield content.decode("latin-1").replace("\x00", "")
        return
    with zipfile.ZipFile(BytesIO(content)) as package:
        for name in package.namelist():
            yield html.unescape(package.read(name).decode("utf-8", "replace"))


def _output(asked: argparse.Namespace, content: bytes, language: Wording) -> Path:
    """Return the path of the copy. Raises ``WrongUsage`` if it cannot have this name."""
    is_workbook = content.startswith(_ZIP)
    suffix = ".xlsx" if is_workbook else asked.file.suffix or ".csv"
    output: Path = asked.output or asked.file.with_name(f"{asked.file.stem}{ENDING}{suffix}")
    if is_workbook != (output.suffix.lower() in WORKBOOK_NAMES) or (is_workbook and output.suffix.lower() != ".xlsx"):
        raise WrongUsage(language.text("The name of the copy must end in {suffix}.", suffix=suffix))
    if cpr_in_names([output.name]):
        said = language.text("The name of the copy looks like a CPR number. Choose another one with --output.")
        raise WrongUsage(said)
    if output.exists() and (not asked.force or output.samefile(asked.file)):
        raise WrongUsage(language.text(EXISTS, file=output))
    if asked.key_file and asked.key_file.resolve() in {output.resolve(), asked.file.resolve()}:
        raise WrongUsage(language.text(NO_KEY, file=asked.key_file))
    if not output.parent.is_dir():
        raise WrongUsage(language.text("“{file}” is not there, or cannot be opened.", file=output.parent))
    return output


def _key(asked: argparse.Namespace, language: Wording) -> tuple[bytes, bool]:
    """Return the key and whether it is new. Raises ``WrongUsage``."""
    path: Path | None = asked.key_file
    if path is None or not path.exists():
        return secrets.token_bytes(KEY_BYTES), True
    try:
        written = path.read_text(encoding="ascii").strip()
    except (OSError, ValueError) as error:
        raise WrongUsage(language.text(NO_KEY, file=path)) from error
    if not _KEY.fullmatch(written):
        raise WrongUsage(language.text(NO_KEY, file=path))
    if os.name != "nt" and path.stat().st_mode & 0o077:
        said = language.text("Other users of this computer can read “{file}”. Take that right from them.", file=path)
        print(shown(said), file=sys.stderr)
    return bytes.fromhex(written), False


def _write_key(path: Path, key: bytes, language: Wording) -> None:
    """Write a new key that only this user can read. Raises ``WrongUsage``."""
    try:
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(number, "w", encoding="ascii") as file:
            file.write(f"{key.hex()}\n")
    except OSError as error:
        raise WrongUsage(language.text(NO_KEY, file=path)) from error


def _write(output: Path, content: bytes, asked: argparse.Namespace, language: Wording) -> None:
    """Write the verified copy under a temporary name, then give it its name. Raises ``WrongUsage``."""
    try:
        number, temporary = tempfile.mkstemp(prefix=".", suffix=".part", dir=output.parent)
        try:
            with os.fdopen(number, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if not asked.force:
                os.close(os.open(output, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            Path(temporary).replace(output)  # Windows cannot replace an open file, so both are closed here.
        finally:
            with suppress(FileNotFoundError):
                Path(temporary).unlink()
    except FileExistsError as error:
        raise WrongUsage(language.text(EXISTS, file=output)) from error
    except OSError as error:
        raise WrongUsage(language.text("“{file}” cannot be written.", file=output)) from error


def _report(copy: Copy, output: Path, asked: argparse.Namespace, language: Wording, *, is_workbook: bool) -> list[str]:
    """Return what was replaced, and what the person must know of the copy."""
    text = language.text
    lines = [text("“{file}” is written, with ids in place of CPR numbers.", file=output)]
    for sheet in copy.sheets:
        for column in sheet.columns:
            where = Finding("cpr_number", sheet.name, (), letters(column.position))
            count = language.texts("{count} cell replaced", "{count} cells replaced", len(column.cells))
            lines.append(f"  {place(where, language)}: {count}")
    lines.append(text("Ids: {count}", count=language.integer(len(copy.pseudonyms.by_number))))
    if is_workbook:
        lines.append(
            text(
                "Formulas are now values. Charts, pictures, pivot tables, macros and links to other workbooks are not "
                "in the copy."
            )
        )
    if asked.key_file:
        said = text(
            "The key is in “{file}”. Keep it in the municipality, and never upload it: a person who has it can test "
            "which CPR number an id stands for.",
            file=asked.key_file,
        )
    else:
        said = text("The key was used once and is not kept: in the next file, the citizens have other ids.")
    return [*lines, said, text("Look at the copy, also at names and addresses, before you upload it.")]


def shown(line: str) -> str:
    """Escape control characters for a terminal and mask apparent CPR numbers."""
    return "".join(
        character if unicodedata.category(character)[0] != "C" else repr(character)[1:-1] for character in masked(line)
    )
