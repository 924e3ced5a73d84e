"""Whatever is wrong with the database, a page says what happened and the way on, and none is empty as if new."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from analysis import store
from analysis.auth.roles import NOBODY_SIGNED_IN, Person, Role
from analysis.store import Source
from analysis.store.connection_factory import with_database_closed_to_others
from pages.components import process
from tests.pages.test_pages import PAGES, visit
from tests.pages.test_upload import adjustments, click, drop, has_button, rows, said
from tests.store.test_backups import no_file_above
from tests.store.test_damaged import DAMAGES
from tests.store.test_imports import contents
from tests.support.killing import copied, opened
from tests.support.servers import wait_for
from tests.support.signed_in import sign_in_as

Open = Callable[..., AppTest]
COMMAND = ".venv/bin/python -m analysis.store restore latest"
TOLD = {
    "third header": ("Databasen er beskadiget", "The database is damaged"),
    "half of it": ("Databasen er beskadiget", "The database is damaged"),
    "no database at all": ("Databasen er beskadiget", "The database is damaged"),
    "not there": ("Databasen er der ikke mere", "The database is not where it was"),
    "a new one without imports": ("Databasen er der ikke mere", "The database is not where it was"),
    "folder not there": ("Databasens mappe er der ikke", "The folder of the database is not there"),
}


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with an import, a backup of it, and an import since."""
    path = tmp_path_factory.mktemp("closed") / "app.duckdb"
    with opened(path) as database:
        citizens = (f"citizen {number * 7919 % 1_000_003} of many" for number in range(30_000))
        store.add_import(
            database, contents(*citizens), Source("marts.xlsx", "march"), original=b"march", by=NOBODY_SIGNED_IN
        )
        store.make_backup(database)
        store.add_import(
            database, contents("d", month=4), Source("april.xlsx", "april"), original=b"april", by=NOBODY_SIGNED_IN
        )
    return path


@pytest.fixture
def held(closed: Path, tmp_path: Path) -> Path:
    return copied(closed, tmp_path / "data")


def codes(test: AppTest) -> list[str]:
    return [one.value for one in test.code]


def months(test: AppTest) -> list[str]:
    """Those that can be chosen."""
    return next(box.options for box in test.selectbox if "mar. 2015" in box.options)


@pytest.mark.parametrize(("name", "lang"), [*((name, "da") for name in TOLD), ("not there", "en")])
def test_a_damage_is_explained_with_the_backup_there_is_and_the_command(
    app: Open, held: Path, name: str, lang: str
) -> None:
    DAMAGES[name][0](held)
    test = app(at=held, lang=lang)
    assert not test.exception
    assert [title.value for title in test.title] == [TOLD[name][lang == "en"]]
    assert str(held) in codes(test)
    if name != "folder not there":
        assert COMMAND in codes(test)
        day = f"{dt.date.today():%d-%m-%Y}" if lang == "da" else f"{dt.date.today():%-d %b %Y}"
        assert day in said(test)
        assert ("har 1 indlæsning." if lang == "da" else "holds 1 import.") in said(test)


def test_no_page_is_empty_where_the_database_is_gone(app: Open, held: Path) -> None:
    held.unlink()
    test = app(at=held)
    for page in PAGES:
        visit(test, page)
        assert TOLD["not there"][0] in [title.value for title in test.title]
        assert COMMAND in codes(test)
        assert not has_button(test, "load_demonstration")
    assert not held.exists()


def test_without_a_backup_the_page_names_what_there_is(app: Open, held: Path) -> None:
    held.with_name("app.duckdb.backups").rename(held.with_name("away"))
    held.unlink()
    test = app(at=held, lang="en")
    assert "There is no backup." in said(test)
    assert COMMAND not in codes(test)
    assert f"{held}.journal\n{held}.originals" in codes(test)


def test_whoever_does_not_watch_over_the_program_is_told_whom_to_tell(
    app: Open, held: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held.unlink()
    sign_in_as(Person("Mette", Role.VIEWER), monkeypatch)
    test = app(at=held)
    assert "Sig det til den, der administrerer programmet." in said(test)
    assert codes(test) == []


def test_after_the_restore_the_pages_show_the_data_and_what_is_missing(app: Open, held: Path) -> None:
    held.unlink()
    test = app(at=held)
    store.restore(held, store.backups(store.backups_of(held))[0])
    test.run()
    visit(test, "upload.py")
    assert "april.xlsx" in said(test)
    assert "Den var ikke i den sikkerhedskopi, der blev gendannet" in said(test)
    store.add_import(
        process.open_database(), contents("d", month=4), Source("april.xlsx", "april"), by=NOBODY_SIGNED_IN
    )
    test.run()
    assert "Den var ikke i den sikkerhedskopi" not in said(test)


def test_a_database_that_has_stopped_is_opened_again(app: Open, held: Path) -> None:
    test = visit(app(at=held), "upload.py")
    stopped = process.open_database()
    store.note(stopped, NOBODY_SIGNED_IN, store.Event.WATCH)  # So that there is something to write to the file.
    with no_file_above(1000), pytest.raises(store.DatabaseStopped), stopped.reading() as cursor:
        cursor.execute("CHECKPOINT")
    test.run()
    assert not test.exception
    assert "april.xlsx" in said(test)
    assert process.open_database() is not stopped


def test_a_backup_put_back_while_several_servers_run_is_what_is_shown(
    app: Open, held: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIGE_ADGANG_SERVERS", "several")
    test = visit(app(at=held), "methods.py")
    assert months(test) == ["mar. 2015", "apr. 2015"]
    (backup,) = store.backups(store.backups_of(held))
    with with_database_closed_to_others(process.settings()):
        store.restore(held, backup)
    wait_for(lambda: process.open_database().database_error is not None)
    # As many changes as there were before: what was remembered of them must not be taken for these.
    with opened(held) as database:
        store.add_import(database, contents("e", month=5), Source("maj.xlsx", "may"), by=NOBODY_SIGNED_IN)
    test.run()
    assert not test.exception
    assert months(test) == ["mar. 2015", "apr. 2015", "maj 2015"]


def test_what_can_no_longer_be_read_while_the_app_runs_is_told(app: Open, held: Path) -> None:
    test = visit(app(at=held), "upload.py")
    database = process.open_database()
    with pytest.raises(store.DatabaseDamaged), database.reading():
        raise duckdb.IOException("Corrupt database file: computed checksum 1 does not match stored checksum 2")
    test.run()
    assert test.title[-1].value == "Databasen er beskadiget"
    assert COMMAND in codes(test)


def test_a_file_for_which_there_is_no_room_is_not_stored_and_the_page_says_so(
    app: Open, held: Path, courses: Callable[..., bytes]
) -> None:
    test = drop(app(at=held), courses(*rows(), Justeringer=adjustments()))
    with no_file_above(1000):
        click(test, "confirm")
    assert "Disken er fuld. Intet af det, der skulle gemmes, er gemt" in said(test)
    assert len(store.history(process.open_database())) == 2
    click(test, "confirm")
    assert "er gemt" in test.success[0].value


def test_taking_back_without_room_says_so_and_changes_nothing(app: Open, held: Path) -> None:
    test = click(visit(app(at=held), "upload.py"), "undo_2")
    with no_file_above(0):
        click(test, "sure_2")
    assert "Disken er fuld." in said(test)
    assert store.history(process.open_database())[0].undone_at is None
    click(test, "sure_2")
    assert store.history(process.open_database())[0].undone_at is not None


def test_the_app_opens_on_a_disk_that_is_full(app: Open, held: Path) -> None:
    with no_file_above(0):
        test = visit(app(at=held), "upload.py")
    assert "april.xlsx" in said(test)


def test_a_backup_that_could_not_be_made_is_told_where_the_imports_are(app: Open, held: Path) -> None:
    test = visit(app(at=held), "upload.py")
    assert "Den nyeste sikkerhedskopi er fra" in said(test)
    tomorrow = dt.datetime.now() + dt.timedelta(days=2)
    with no_file_above(1000):
        assert process.maintenance().look(tomorrow) is None
    test.run()
    assert "Der kunne ikke tages en sikkerhedskopi: Disken er fuld." in said(test)
    assert process.maintenance().look(tomorrow) is not None
    test.run()
    assert "Der kunne ikke tages" not in said(test)
