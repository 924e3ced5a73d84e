"""How to replace CPR numbers: the steps with the command, and the steps in Excel."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from analysis.i18n import Wording
from analysis.intake.findings.findings import Finding
from analysis.text.identity_numbers import holds_identity_number

COMMAND = "python -m analysis.intake pseudonymise"
COPIED_TYPES = (".xlsx", ".xlsm", ".csv", ".txt")
_PLAIN_NAME = re.compile(r"[\w./\\(][\w .,:;()+@/\\-]*")
"""A name that a command line takes as it is between quotation marks."""
_CHECKS = {"cpr_number", "cpr_elsewhere", "cpr_in_name"}


@dataclass(frozen=True)
class Guide:
    """Sentences on how to replace CPR numbers, in the user's language.

    Attributes
    ----------
    why : what the ids are for.
    command : command for the user's own file; it belongs to the first step.
    steps : steps with the command.
    key : what a key file is for, and where it must stay.
    in_excel : heading of the steps without the command.
    excel_steps : steps in Excel.
    """

    why: str
    command: str
    steps: list[str]
    key: str
    in_excel: str
    excel_steps: list[str]


def needs_guide(findings: Iterable[Finding]) -> bool:
    """Return whether a file was rejected for CPR numbers."""
    return any(finding.check in _CHECKS for finding in findings)


def guide(file_name: str, wording: Wording) -> Guide:
    """Return the steps for a file. An old workbook must be saved as .xlsx first."""
    text = wording.text
    path = PurePath(file_name)
    is_copied = path.suffix.lower() in COPIED_TYPES
    name = file_name if is_copied or not path.suffix else str(path.with_suffix(".xlsx"))
    run = text(
        "On a computer of the municipality where this program is installed, open a terminal in the folder of the "
        "program, and run the command below, with the folder of the file before its name. It works without a "
        "network and stores nothing."
    )
    if not is_copied and path.suffix:
        convert = text("Open the file in Excel, and save it as .xlsx.")
        run = f"{convert} {run}"
    return Guide(
        why=text(
            "The analysis needs an id for each citizen, but not the CPR number. An id in its place (a pseudonym) keeps "
            "the citizens apart."
        ),
        command=_command(name, wording.code),
        steps=[
            run,
            text(
                "The command writes a copy beside the file. In it, the same CPR number has the same id on all sheets, "
                "such as {example}. Look at the columns that the command lists, and at the copy.",
                example="b-7Q4K9M2XTA",
            ),
            text("Upload the copy. Keep the file with the CPR numbers where it is."),
        ],
        key=text(
            "Without more, the ids are new in every file. If a citizen is to have the same id next month, add "
            "{option}: the command makes a key and uses it again. The key must stay in the municipality; never upload "
            "it or send it with the data. A person who has it can find out which id belongs to a CPR number.",
            option="--key-file KEY",
        ),
        in_excel=text("Without the command, in Excel"),
        excel_steps=[
            text(
                "Copy the column of CPR numbers to column A of a new sheet named List. Sort it, and choose Data › "
                "Remove Duplicates. Write b-1, b-2, b-3 and so on beside the numbers in column B."
            ),
            text(
                "In the table, insert a column named Citizen id. If the CPR numbers are in column D, write "
                "=VLOOKUP(D2,List!A:B,2,FALSE) in its row 2, and fill it down. CPR numbers that are written in two "
                "ways get two ids: make them alike first."
            ),
            text(
                "Copy the new column, and paste it as values. Move the sheet List to a workbook that stays in the "
                "municipality, delete the column of CPR numbers, and save the file under a new name. Upload that one."
            ),
        ],
    )


def _command(name: str, code: str) -> str:
    """Return the command for a file; without its name if a command line could misread it."""
    is_plain = _PLAIN_NAME.fullmatch(name) and not holds_identity_number([name])
    file = f'"{name}"' if is_plain else "FILE"
    return f"{COMMAND} {file}" if code == "en" else f"{COMMAND} {file} --language {code}"


def guide_lines(file_name: str, wording: Wording) -> list[str]:
    """Return the guide as lines for a terminal."""
    own = guide(file_name, wording)
    first, *others = own.steps
    return [
        f"{wording.text('How to replace CPR numbers')}:",
        f"  {own.why}",
        f"  1. {first}",
        f"     {own.command}",
        *(f"  {number}. {step}" for number, step in enumerate(others, 2)),
        f"  {own.key}",
        f"{own.in_excel}:",
        *(f"  {number}. {step}" for number, step in enumerate(own.excel_steps, 1)),
    ]
