"""No import screen tells a stored count to a person who may not store it, whatever file they choose.

Two databases differ only in the stored counts of one municipality. A person uploads many files that replace its months,
each with other counts. What the page shows over the one database must be what it shows over the other.
"""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from analysis import store
from analysis.auth.roles import NOBODY_SIGNED_IN, DisclosureLevel, NotAllowed, Person, Role
from analysis.intake.importing import source_of
from analysis.intake.importing import store as store_file
from analysis.intake.lexicon.reference_data import load_reference_data
from analysis.intake.mapping.saved_mappings import Decisions
from analysis.intake.read_file import read
from analysis.intake.validate.validation import prepare
from analysis.store import Database, Event, ImportMode, ImportPayload, Snapshot, Source
from pages.components import process
from tests.pages.test_errors_reveal_nothing import shown
from tests.pages.test_permissions import somebody
from tests.pages.test_upload import drop, has_button
from tests.support.redrawing import two_populations
from tests.support.workbooks.faults import book

pytestmark = pytest.mark.slow

Open = Callable[..., AppTest]
COUNTS = ["Kommune", "Tilbud", "Periode", "Dimension", "Gruppe", "Inviteret", "Deltaget", "Gennemført"]
ADJUSTMENTS = ["Kommune", "Tilbud", "Dato", "Titel", "Sigte"]
OTHER, OWN = "København", "Aarhus"
ALLOWED = {"C": Person("Karen", Role.CONSULTANT, frozenset({OWN})), "L": Person("Leif", Role.PROJECT_LEADER)}
MONTHS = [f"2015-{month:02}" for month in range(1, 13)]


@pytest.fixture(autouse=True)
def sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIGE_ADGANG_SIGN_IN", "on")
    monkeypatch.setenv("LIGE_ADGANG_ROLE_CLAIM", "roles")


def counted(municipality: str, completed: int, months: list[str] = MONTHS) -> bytes:
    """A workbook of counts, of which so many have completed in each month and group."""
    rows: list[list[Any]] = [
        [municipality, "Rygestop", month, "Køn", group, 60 + more, 40 + more, completed + more]
        for month in months
        for group, more in (("Kvinde", 0), ("Mand", 3))
    ]
    adjusted = [ADJUSTMENTS, [municipality, "Rygestop", dt.datetime(2015, 7, 1), "Sms", "Gennemførelse"]]
    return book({"Tal": [COUNTS, *rows], "Justeringer": adjusted})


def adjusted(municipality: str, offer: str, day: dt.date) -> bytes:
    row = [municipality, offer, dt.datetime.combine(day, dt.time()), "Telefonopkald", "Begge"]
    return book({"Justeringer": [ADJUSTMENTS, row]})


def stored(path: Path, *files: tuple[str, bytes]) -> Path:
    path.parent.mkdir()
    database = Database(path)
    for name, content in files:
        reading = read(content, name)
        prepared = prepare(reading, load_reference_data(database))
        assert prepared.faultless
        store_file(database, reading, prepared, Decisions(), content, by=NOBODY_SIGNED_IN)
    with database.writing() as cursor:
        cursor.execute("UPDATE import SET imported_at = TIMESTAMP '2026-01-01 12:00:00'")
    database.close()
    return path


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two files: the one has 11 and the other 13 who completed in each month of the other municipality."""
    folder = tmp_path_factory.mktemp("oracle")
    own = ("aarhus.xlsx", counted(OWN, 20))
    one, other = (
        stored(folder / str(number) / "app.duckdb", own, ("kbh.xlsx", counted(OTHER, number))) for number in (11, 13)
    )
    return one, other


def opened(app: Open, file: Path, role: str) -> AppTest:
    """The app over this file in place: what stands beside one database is not what stands beside the other."""
    return app(None, "en", somebody(role), at=file)


def uploaded(app: Open, file: Path, role: str, content: bytes, name: str = "mine.xlsx") -> AppTest:
    return drop(opened(app, file, role), content, name)


def on_page(test: AppTest) -> list[str]:
    content = shown(test)
    process.open_database().close()
    return content


def last_line() -> tuple[str, str]:
    newest = store.audit_lines(process.open_database()).iloc[0]
    return newest["event"], newest["result"]


@pytest.mark.parametrize("role", ["C", "L"])
def test_no_upload_tells_the_two_apart(
    app: Open, two: tuple[Path, Path], role: str, capsys: pytest.CaptureFixture[str]
) -> None:
    alike = 0
    tried = [counted(OTHER, completed, MONTHS[:1]) for completed in (10, 12)] + [counted(OTHER, 11)] * (role == "C")
    for content in tried:
        one, other = (on_page(uploaded(app, file, role, content)) for file in two)
        assert len(one) > 10
        alike += one == other
    assert alike == len(tried)
    with capsys.disabled():
        print(f" {alike} of {len(tried)} uploads alike", end="")


def test_an_administrator_may_compare_exact_counts(app: Open, two: tuple[Path, Path]) -> None:
    content = counted(OTHER, 12, MONTHS[:1])
    one, other = (on_page(_replacing(uploaded(app, file, "A", content))) for file in two)
    assert one != other


def _replacing(test: AppTest) -> AppTest:
    return test.radio(key="later_file").set_value("replace").run(timeout=60)


@pytest.mark.parametrize("role", ["C", "L"])
def test_a_file_that_may_not_be_stored_shows_no_overlap_and_no_preview_and_leaves_a_line(
    app: Open, two: tuple[Path, Path], role: str
) -> None:
    test = uploaded(app, two[0], role, counted(OTHER, 12))
    assert not any("As it will be" in one.value for one in test.dataframe)
    assert not any("Stored from" in one.value for one in test.dataframe)
    assert not has_button(test, "confirm") or test.button(key="confirm").proto.disabled
    assert last_line() == ("preview", "not allowed")


@pytest.mark.parametrize("role", ["C", "L"])
def test_the_very_file_that_is_stored_is_not_recognised_for_those_who_may_not_store_it(
    app: Open, two: tuple[Path, Path], role: str
) -> None:
    one, other = (on_page(uploaded(app, file, role, counted(OTHER, 11), "kbh.xlsx")) for file in two)
    assert one == other


def test_a_consultant_sees_the_own_municipality_exactly_and_no_other(app: Open, two: tuple[Path, Path]) -> None:
    test = _replacing(uploaded(app, two[0], "C", counted(OWN, 25, MONTHS[:3])))
    assert any("are of Aarhus alone" in one.value for one in test.caption)
    assert last_line() == ("preview", "done")
    [table] = [one.value for one in test.dataframe if "As it will be" in one.value]
    assert len(table) == 2
    other = _replacing(uploaded(app, two[1], "C", counted(OWN, 25, MONTHS[:3])))
    pd.testing.assert_frame_equal(table, next(one.value for one in other.dataframe if "As it will be" in one.value))


@pytest.mark.parametrize("role", ["C", "L"])
def test_no_undo_is_previewed_by_those_who_may_not(app: Open, two: tuple[Path, Path], role: str) -> None:
    pages = []
    for file in two:
        test = opened(app, file, role).switch_page("upload.py")
        test.session_state["asked"] = 2
        test.run()
        assert not any("As it will be" in one.value for one in test.dataframe)
        assert last_line() == ("preview", "not allowed")
        pages.append(on_page(test))
    assert pages[0] == pages[1]


def test_a_file_with_faults_leaves_one_line(app: Open, two: tuple[Path, Path]) -> None:
    test = uploaded(app, two[0], "C", counted("Nowhere", 11))
    test.run()
    lines = store.audit_lines(process.open_database())
    assert list(lines["result"]).count("faulty") == 1


def of_counts(municipality: str, completed: int) -> ImportPayload:
    reading = read(counted(municipality, completed), "x.xlsx")
    database = Database(Path(":memory:"))
    try:
        return prepare(reading, load_reference_data(database)).contents
    finally:
        database.close()


@pytest.mark.parametrize("role", ["C", "L"])
def test_the_store_itself_refuses(two: tuple[Path, Path], tmp_path: Path, role: str) -> None:
    (tmp_path / "one.duckdb").write_bytes(two[0].read_bytes())
    database, by = Database(tmp_path / "one.duckdb"), ALLOWED[role]
    reading = read(counted(OTHER, 11), "kbh.xlsx")
    prepared = prepare(reading, load_reference_data(database))
    assert prepared.counts is not None
    source, disclosure_level = source_of(reading, prepared, Decisions()), DisclosureLevel(5)
    refused = 0
    for mode in (ImportMode.REPLACE, ImportMode.NEW):
        with pytest.raises(NotAllowed):
            store.preview_import(
                database,
                prepared.contents,
                prepared.counts,
                source,
                by=by,
                disclosure_level=disclosure_level,
                mode=mode,
            )
        refused += 1
    for undone in (True, False):
        with pytest.raises(NotAllowed):
            store.preview_undone(database, 2, undone=undone, by=by, disclosure_level=disclosure_level, synthetic=False)
        refused += 1
    assert store.overlaps(database, prepared.contents, by=by) == []
    [theirs, _] = store.history_for(database, by)
    assert theirs.is_outline
    assert (theirs.counts, theirs.person, theirs.sha256, theirs.understood) == (0, "", "", "[]")
    lines = store.audit_lines(database, event=Event.PREVIEW)
    assert list(lines["result"][:refused]) == ["not allowed"] * refused
    database.close()


def _equal(one: Snapshot, other: Snapshot) -> bool:
    return one.counts.keys() == other.counts.keys() and all(
        frame.equals(other.counts[key]) for key, frame in one.counts.items()
    )


def test_moving_an_adjustment_only_adds_rounded_months_otherwise(
    tmp_path: Path, demonstration_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A project leader previews dates of an adjustment in two databases that are rounded alike."""
    offers = [("Holbæk", "Rygestop på hold")]
    databases = [Database(path) for path in two_populations(demonstration_file, tmp_path, offers, steps=10)]
    days = [dt.date(2014 + month // 12, month % 12 + 1, day) for month, day in ((11, 1), (19, 15), (30, 1))]
    alike, differing = 0, set()
    for day in days:
        found = [_previewed(database, adjusted("Holbæk", "Rygestop på hold", day)) for database in databases]
        alike += all(_equal(*pair) for pair in zip(*found, strict=True))
        differing.add(str({key: frame.to_numpy().tolist() for key, frame in found[0][1].counts.items()}))
    for database in databases:
        database.close()
    assert len(differing) > 1
    assert alike == len(days)
    with capsys.disabled():
        print(f" {alike} of {len(days)} dates alike", end="")


def _previewed(database: Database, content: bytes) -> tuple[Snapshot, Snapshot]:
    reading = read(content, "justering.xlsx")
    prepared = prepare(reading, load_reference_data(database))
    assert prepared.counts is not None
    source = Source("justering.xlsx", reading.sha256)
    return store.preview_import(
        database,
        prepared.contents,
        prepared.counts,
        source,
        by=ALLOWED["L"],
        disclosure_level=DisclosureLevel(5),
        mode=ImportMode.NEW,
    )


PAGES_WITH_TABLES = ("social_groups", "municipality", "methods", "overview")


@pytest.mark.parametrize("own_counts", ["on", "off"])
def test_where_counts_are_exact_tables_have_no_copy_that_does_not_say_so(
    app: Open, two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, own_counts: str
) -> None:
    monkeypatch.setenv("LIGE_ADGANG_OWN_COUNTS", own_counts)
    hidden = {}
    for page in PAGES_WITH_TABLES:
        opened_page = app(two[0], "en", somebody("C"), at=None, municipality=OWN, page=f"{page}.py")
        hidden[page] = has_no_bare_tables(opened_page)
    assert hidden == dict.fromkeys(PAGES_WITH_TABLES, own_counts == "on") | {"methods": True}


def has_no_bare_tables(test: AppTest) -> bool:
    return any("Download as CSV" in one.proto.body for one in test.get("html"))


def test_an_administrators_preview_says_that_it_is_exact(app: Open, two: tuple[Path, Path]) -> None:
    test = _replacing(uploaded(app, two[0], "A", counted(OTHER, 12, MONTHS[:1])))
    assert any("As it will be" in one.value for one in test.dataframe)
    assert any("nothing is rounded or hidden" in one.value for one in test.caption)
    assert has_no_bare_tables(test)


@pytest.mark.parametrize(("role", "is_told"), [("A", True), ("C", True), ("V", False)])
def test_who_is_told_how_many_rows_a_file_has_is_told_that_it_is_exact(
    app: Open, two: tuple[Path, Path], role: str, is_told: bool
) -> None:
    test = app(two[0], "en", somebody(role), at=None, page="methods.py")
    [table] = [one.value for one in test.dataframe if "Digest (SHA-256)" in one.value]
    said = any("courses and counts a file has is exact" in one.value for one in test.caption)
    assert (said, has_no_bare_tables(test)) == (is_told, is_told)
    assert (table["Counts"].str.isdigit().any()) == is_told
