"""The command line: stories, exhibits and the catalogue as files, without a server, for scheduled reports.

Counts are rounded as on the pages. Every file that is written leaves a line in the audit.
"""

import argparse
import datetime as dt
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from analysis.auth.roles import NOBODY_SIGNED_IN, DisclosureLevel
from analysis.config import Settings, WrongSetting
from analysis.exhibits.adjustments.results import with_results
from analysis.exhibits.choice_texts import missing_text
from analysis.exhibits.choosing import GivenChoices, MissingChoice
from analysis.exhibits.context import Context
from analysis.exhibits.gap_choices import GroupsNotChosen, chosen_gap_data, offer_gap_data
from analysis.exhibits.gap_data import GapData
from analysis.exhibits.registry import OF_GAPS, OF_THEME_DAYS, ExhibitRequest, build
from analysis.exhibits.stored_data import StoredData
from analysis.exhibits.tables import as_csv
from analysis.exports import exhibit_export
from analysis.exports.builtin_stories import ready_stories
from analysis.exports.catalogue_document import catalogue_document
from analysis.exports.data_tables import data_files
from analysis.exports.images import NoBrowser
from analysis.exports.package import NothingToPack, make_package
from analysis.exports.story_export import StoryExport
from analysis.i18n import LANGUAGES, Wording, wording
from analysis.logs import write_what_a_terminal_lacks
from analysis.model.choices import CHOICES
from analysis.model.story import Story
from analysis.store import Database, DatabaseError, Event, note, opened_by, saved_stories
from analysis.store.errors import in_english

FINE, NOTHING_TO_SHOW, WRONG_USAGE, NO_DATABASE = range(4)
EPILOG = """\
exit codes:
  0  the files are written
  1  there is nothing to show: no such story, no data, or a choice that does not exist
  2  wrong usage
  3  the database cannot be opened

The database is the one that LIGE_ADGANG_DATABASE names. Pictures and PDF need Chromium, Chrome or Edge.
"""
STORY_FORMATS = ("pptx", "pdf", "html", "xlsx")
EXHIBIT_FORMATS = ("png", "svg", "xlsx", "csv")
CATALOGUE_FORMATS = ("docx", "pdf", "html")
DATA_FORMATS = ("csv", "parquet", "duckdb", "codebook")


class NothingToShow(Exception):
    """The requested exhibit or story cannot be shown; the message states why."""


def choice(text: str) -> tuple[str, str]:
    """Parse a choice and its code. Raises ``ArgumentTypeError`` for a choice that does not exist."""
    key, separator, code = text.partition("=")
    if not separator or key not in CHOICES:
        raise argparse.ArgumentTypeError(f"no such choice: {text}. Choices: {', '.join(CHOICES)}")
    return key, code


def parsed(arguments: list[str]) -> argparse.Namespace:
    """Parse the command line. Exits with code 2 if it is not valid."""
    parser = argparse.ArgumentParser(
        prog="python -m analysis.exports",
        description=__doc__,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True)
    story = commands.add_parser("story", help="a story, by its name or id")
    story.add_argument("name", metavar="NAME")
    exhibit = commands.add_parser("exhibit", help="one exhibit, by its key")
    exhibit.add_argument("name", metavar="KEY", choices=[*OF_GAPS, *OF_THEME_DAYS], help=", ".join(OF_GAPS))
    catalogue = commands.add_parser("catalogue", help="the catalogue of adjustments, one on each page")
    for command in (exhibit, catalogue):
        command.add_argument(
            "--choices", metavar="KEY=CODE", nargs="+", default=[], type=choice, help="as in the address of a page"
        )
    catalogue.add_argument("--municipality", help="only the adjustments of this municipality")
    catalogue.add_argument("--grouped-by", choices=("municipality", "tags"), default="municipality")
    data = commands.add_parser("data", help="all counts as a tidy table, protected as on the pages")
    package = commands.add_parser("package", help="own counts, offers and adjustments, for another installation")
    for command in (data, package):
        command.add_argument("--data", choices=("own", "demonstration"), default="own", dest="of")
    formats_of = ((story, STORY_FORMATS), (exhibit, EXHIBIT_FORMATS), (catalogue, CATALOGUE_FORMATS))
    for command, formats in (*formats_of, (data, DATA_FORMATS), (package, ("xlsx",))):
        command.add_argument("--language", choices=LANGUAGES, default="da")
        for kind in formats:
            command.add_argument(f"--{kind}", metavar="FILE", type=Path)
    asked = parser.parse_args(arguments)
    kinds = dict.fromkeys((*STORY_FORMATS, *EXHIBIT_FORMATS, *CATALOGUE_FORMATS, *DATA_FORMATS))
    asked.files = {kind: path for kind in kinds if (path := getattr(asked, kind, None))}
    if not asked.files:
        parser.error("name at least one file to write")
    return asked


def main(arguments: list[str] | None = None) -> int:
    """Write the requested files; return the exit code."""
    write_what_a_terminal_lacks()
    asked = parsed(sys.argv[1:] if arguments is None else arguments)
    try:
        settings = Settings()
        settings = replace(settings, database=settings.database.absolute())
        if not settings.database.exists():
            raise NothingToShow(f"There is no database at {settings.database}.")
        database = opened_by(settings)
    except WrongSetting as wrong:
        print(f"{wrong}.", file=sys.stderr)
        return WRONG_USAGE
    except (NothingToShow, DatabaseError) as error:
        print(in_english(error) if isinstance(error, DatabaseError) else error, file=sys.stderr)
        return NO_DATABASE
    try:
        own = wording(asked.language)
        write = _WRITERS[asked.command]
        write(StoryExport(StoredData(database), DisclosureLevel(settings.smallest_count)), asked, own)
        return FINE
    except (NothingToShow, NoBrowser) as error:
        print(error or "Pictures and PDF need Chromium, Chrome or Edge on this computer.", file=sys.stderr)
        return NOTHING_TO_SHOW
    except MissingChoice as missing:
        print(missing_text(missing, own), file=sys.stderr)
        return NOTHING_TO_SHOW
    finally:
        database.close()


def _write_story(export: StoryExport, asked: argparse.Namespace, wording: Wording) -> None:
    story_id, story = _story(export.data.database, asked.name, wording)
    make: dict[str, Callable[[], bytes]] = {
        "pptx": lambda: export.powerpoint(story, wording),
        "pdf": lambda: export.pdf(story, wording),
        "html": lambda: export.page(story, wording, "light").encode(),
        "xlsx": lambda: export.workbook(story, wording),
    }
    for kind, path in asked.files.items():
        _write(path, make[kind](), export.data.database, what="story", format=kind, story=story_id)


def _story(database: Database, name: str, wording: Wording) -> tuple[str, Story]:
    """Return the stored or built-in story with this id or name."""
    stories = {saved.story_id: saved.story for saved in saved_stories(database)} | ready_stories(wording)
    for story_id, story in stories.items():
        if name in (story_id, story.name):
            return story_id, story
    raise NothingToShow("No such story. There are: " + ", ".join(f"{key} ({one.name})" for key, one in stories.items()))


def _write_exhibit(export: StoryExport, asked: argparse.Namespace, wording: Wording) -> None:
    database = export.data.database
    choices = tuple(sorted(asked.choices))
    request = ExhibitRequest(asked.name, choices, wording.code, export.disclosure_level, database.version())
    exhibit = build(export.data, request)
    if exhibit is None:
        raise NothingToShow("There is nothing to show with these choices.")
    size = exhibit_export.SIZES["document"]
    make: dict[str, Callable[[], bytes]] = {
        "png": lambda: exhibit_export.picture(exhibit, "png", size, "light"),
        "svg": lambda: exhibit_export.picture(exhibit, "svg", size, "light"),
        "xlsx": lambda: exhibit_export.workbook(exhibit),
        "csv": lambda: as_csv(exhibit.texts, exhibit.provenance.source),
    }
    for kind, path in asked.files.items():
        _write(path, make[kind](), database, what=asked.name, format=kind, choices=dict(choices))


def _write_catalogue(export: StoryExport, asked: argparse.Namespace, wording: Wording) -> None:
    choices = dict(asked.choices) | ({"municipality": asked.municipality} if asked.municipality else {})
    context = Context(export.data, export.disclosure_level, wording, GivenChoices({**choices, "lang": wording.code}))
    view = _gaps(context)
    found = with_results(view)
    if not found:
        raise NothingToShow("No adjustment is known in this selection.")
    for kind, path in asked.files.items():
        content = catalogue_document(
            view,
            found,
            lambda made: offer_gap_data(context, view, made.place[:2], made.code),
            grouped_by=asked.grouped_by,
            kind=kind,
        )
        _write(path, content, export.data.database, what="catalogue", format=kind, choices=choices)


def _gaps(context: Context) -> GapData:
    """Return the gaps of the choices. Raises ``NothingToShow`` if there are none."""
    try:
        view = chosen_gap_data(context) if context.data.coverage(context.data.database.version()) else None
    except GroupsNotChosen:
        view = None
    if view is None:
        raise NothingToShow("There is nothing to show with these choices.")
    return view


def _write_data(export: StoryExport, asked: argparse.Namespace, _: Wording) -> None:
    data, synthetic = export.data, asked.of == "demonstration"
    if synthetic not in data.coverage(data.database.version()):
        raise NothingToShow("There are no counts of this kind. Say --data demonstration for the demonstration data.")
    make = data_files(data, export.disclosure_level, synthetic=synthetic)
    for kind, path in asked.files.items():
        _write(path, make[kind](), data.database, what="counts", format=kind)


def _write_package(export: StoryExport, asked: argparse.Namespace, wording: Wording) -> None:
    database, synthetic = export.data.database, asked.of == "demonstration"
    made_at = dt.datetime.now().replace(microsecond=0)
    try:
        content = make_package(database, export.disclosure_level, wording, synthetic=synthetic, made_at=made_at)
    except NothingToPack:
        raise NothingToShow("There are no counts of this kind that were made here.") from None
    _write(asked.files["xlsx"], content, database, what="package", format="xlsx")


def _write(path: Path, content: bytes, database: Database, **about: Any) -> None:
    path.write_bytes(content)
    note(database, NOBODY_SIGNED_IN, Event.EXPORT, **about)
    print(f"Written: {path}")


_WRITERS = {
    "story": _write_story,
    "exhibit": _write_exhibit,
    "catalogue": _write_catalogue,
    "data": _write_data,
    "package": _write_package,
}


if __name__ == "__main__":
    sys.exit(main())
