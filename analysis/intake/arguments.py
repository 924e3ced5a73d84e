"""Arguments of the command line."""

import argparse
import datetime as dt
from pathlib import Path

from analysis.i18n import LANGUAGES
from analysis.intake.layout.labels import CONSTANT_FIELDS
from analysis.intake.parsing.questions import QUESTIONS, is_answer
from analysis.store import ImportMode

EPILOG = """\
exit codes:
  0  every file could be stored, or was
  1  a file has errors, and was not stored
  2  wrong usage, an unknown mapping, or a file that is not there
  3  the database is in use by another program, made by a newer version of this one, or cannot be read or written

CPR numbers are never printed. "python -m analysis.intake pseudonymise FILE" writes a copy of a file without them, and
"python -m analysis.intake watch FOLDER" imports what is dropped in a folder; their --help tells more. The database is
the one that LIGE_ADGANG_DATABASE names.
"""


POSSIBLE_ANSWERS = [f"{question}={choice}" for question, choices in QUESTIONS.items() for choice in choices]


def answer(text: str) -> tuple[str, str]:
    """Parse a question and its answer. Raises ``ArgumentTypeError`` for an unknown one."""
    question, _, choice = text.partition("=")
    if not is_answer(question, choice):
        raise argparse.ArgumentTypeError(f"no such answer: {text}")
    return question, choice


def constant(text: str) -> tuple[str, str]:
    """Parse a column and its value for all rows. Raises ``ArgumentTypeError`` for an unknown column."""
    key, _, value = text.partition("=")
    if key not in CONSTANT_FIELDS or not value.strip():
        raise argparse.ArgumentTypeError(f"write one of {', '.join(CONSTANT_FIELDS)}, an equals sign and the value")
    return key, value.strip()


def parsed(arguments: list[str]) -> argparse.Namespace:
    """Parse the command line. On an error, exit with code 2."""
    parser = argparse.ArgumentParser(
        prog="python -m analysis.intake",
        description="Check workbooks and text files as the upload page does, or store them.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a workbook or a text file")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--check", action="store_true", help="say what is wrong and store nothing (this is the default)")
    what.add_argument("--import", action="store_true", dest="storing", help="store each file that has no errors")
    parser.add_argument(
        "--mapping",
        metavar="NAME",
        help="read the files as the saved mapping of this name tells, or a mapping in a file (from --save-mapping)",
    )
    parser.add_argument(
        "--save-mapping", type=Path, metavar="FILE", help="write how the last file is read to this file, for --mapping"
    )
    parser.add_argument(
        "--sheet",
        action="append",
        default=[],
        metavar="NAME",
        help="read this sheet alone (may be given several times)",
    )
    parser.add_argument(
        "--answer",
        action="append",
        default=[],
        type=answer,
        metavar="QUESTION=CHOICE",
        help=f"answer what the files do not tell; may be given several times: {', '.join(POSSIBLE_ANSWERS)}",
    )
    parser.add_argument(
        "--constant",
        action="append",
        default=[],
        type=constant,
        metavar="COLUMN=VALUE",
        help="the value of a column that the files lack, such as municipality=Viborg; @sheet, @title and @file stand "
        "for the name of the sheet, the title above the table and the name of the file. Columns: "
        f"{', '.join(CONSTANT_FIELDS)}",
    )
    mode = parser.add_mutually_exclusive_group()
    for name, meaning in (
        (ImportMode.REPLACE, "let the files take the place of earlier ones in the same periods"),
        (ImportMode.ADD, "count the files beside earlier ones in the same periods: other citizens"),
        (
            ImportMode.CORRECT,
            "let the rows of the files take the place of stored rows of the same courses or counts",
        ),
    ):
        mode.add_argument(f"--{name}", action="store_const", dest="mode", const=name, help=meaning)
    parser.set_defaults(mode=ImportMode.NEW)
    parser.add_argument(
        "--accept-losses",
        action="store_true",
        help="with --replace, also where fewer citizens than now are counted afterwards",
    )
    parser.add_argument(
        "--no-cpr",
        action="append",
        default=[],
        metavar="COLUMN",
        help="a column that holds no CPR numbers but others that look so, by its header or letters, or as SHEET!D; "
        "it is left out, and ids of citizens are replaced (may be given several times)",
    )
    parser.add_argument(
        "--cutoff",
        "--shows-on",
        dest="shows_on",
        type=dt.date.fromisoformat,
        metavar="YYYY-MM-DD",
        help="the day on which the files show the courses (default: the last date in each)",
    )
    parser.add_argument("--person", metavar="NAME", help="who stores the files (default: the user's name)")
    parser.add_argument("--language", choices=list(LANGUAGES), default="en", help="of the findings (default: en)")
    parser.add_argument("--json", action="store_true", help="print one JSON document instead of text")
    return parser.parse_args(arguments)
