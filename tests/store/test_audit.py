"""The audit: every act has its line, a line holds nothing of anybody's data, and no line can go unseen."""

import datetime as dt
import re
from pathlib import Path

import pytest

from analysis import store
from analysis.auth.roles import NOBODY_SIGNED_IN, NotAllowed, Person, Role
from analysis.model.story import Story
from analysis.store import Database, Event, ImportPayload, Result, Source
from analysis.store.integrity.audit import FIELDS, known_choices, record
from analysis.text.identity_numbers import holds_identity_number

ROOT = Path(__file__).parents[2]
KIRSTEN = Person("Kirsten Holm", Role.ADMINISTRATOR)
MADS = Person("Mads Lund", Role.VIEWER)


def acts(database: Database) -> list[tuple[str, str, str, str]]:
    """Who, what, how it ended and on what, the oldest first."""
    lines = store.audit_lines(database)
    return list(lines[["person", "event", "result", "about"]].iloc[::-1].itertuples(index=False, name=None))


def change(database: Database, statement: str) -> None:
    """What somebody does who can write the file."""
    with database.writing(touching=()) as cursor:
        cursor.execute(statement)


@pytest.fixture
def with_lines(database: Database) -> Database:
    for number in range(1, 6):
        store.note(database, KIRSTEN, Event.EXPORT, what="groups", format="png", import_id=number)
    return database


def test_an_import_has_a_line_for_each_thing_that_happens_to_it(database: Database) -> None:
    kept = store.add_import(database, ImportPayload(), Source("Jens Jensen.xlsx", "f" * 64), by=KIRSTEN)
    store.undo_import(database, kept.import_id, by=KIRSTEN)
    store.undo_import(database, kept.import_id, by=KIRSTEN)
    store.redo_import(database, kept.import_id, by=KIRSTEN)
    store.undo_import(database, kept.import_id, by=KIRSTEN)
    store.purge(database, -1)
    assert [(person, event) for person, event, *_ in acts(database)] == [
        ("Kirsten Holm", "store"),
        ("Kirsten Holm", "take back"),
        ("Kirsten Holm", "bring back"),
        ("Kirsten Holm", "take back"),
        ("Lige Adgang", "purge"),
    ]
    assert {about for *_, about in acts(database)} == {'{"import_id": "1"}'}


def test_stories_and_mappings_have_lines(database: Database) -> None:
    story = store.add_story(database, Story("Jens Jensen"), by=KIRSTEN)
    (saved,) = store.saved_stories(database)
    store.change_story(database, saved, Story("Et andet"), by=KIRSTEN)
    store.delete_story(database, story, by=KIRSTEN)
    store.delete_story(database, story, by=KIRSTEN)
    store.save_mapping(database, "Jens Jensen", "a" * 64, "{}", by=KIRSTEN)
    store.forget_mapping(database, "Jens Jensen", by=KIRSTEN)
    of_story, of_mapping = f'{{"story": "{story}"}}', f'{{"shape": "{"a" * 64}"}}'
    assert [(event, about) for _, event, _, about in acts(database)] == [
        *[(f"{act} story", of_story) for act in ("add", "change", "delete")],
        *[(f"{act} mapping", of_mapping) for act in ("save", "forget")],
    ]


def test_what_is_not_done_leaves_no_line(database: Database) -> None:
    store.add_story(database, Story("En"), by=KIRSTEN)
    (saved,) = store.saved_stories(database)
    store.change_story(database, saved, Story("To"), by=KIRSTEN)
    with pytest.raises(store.StoryChanged):
        store.change_story(database, saved, Story("Tre"), by=KIRSTEN)
    with pytest.raises(RuntimeError), database.writing() as cursor:
        record(cursor, KIRSTEN, Event.WATCH)
        raise RuntimeError
    assert [event for _, event, *_ in acts(database)] == ["add story", "change story"]


def test_what_is_not_allowed_leaves_a_line_of_the_attempt(database: Database) -> None:
    kept = store.add_import(database, ImportPayload(), Source("a.xlsx", "f" * 64), by=KIRSTEN)
    story = store.add_story(database, Story("En"), by=KIRSTEN)
    (saved,) = store.saved_stories(database)
    attempts = [
        lambda: store.add_import(database, ImportPayload(), Source("b.xlsx", "e" * 64), by=MADS),
        lambda: store.undo_import(database, kept.import_id, by=MADS),
        lambda: store.redo_import(database, kept.import_id, by=MADS),
        lambda: store.add_story(database, Story("To"), by=MADS),
        lambda: store.change_story(database, saved, Story("To"), by=MADS),
        lambda: store.delete_story(database, story, by=MADS),
        lambda: store.save_mapping(database, "som sidst", "a" * 64, "{}", by=MADS),
        lambda: store.forget_mapping(database, "som sidst", by=MADS),
    ]
    for attempt in attempts:
        with pytest.raises(NotAllowed):
            attempt()
    tried = ("store", "take back", "bring back", "add story", "change story", "delete story", "save mapping")
    assert acts(database)[2:] == [("Mads Lund", event, "not allowed", "{}") for event in (*tried, "forget mapping")]


@pytest.mark.parametrize(
    "about",
    [
        {"import_id": "0101701234"},
        {"story": "Jens Jensen"},
        {"story": "010170-1234"},
        {"what": "010170-1234"},
        {"format": "Rasmus"},
        {"shape": "Jens"},
        {"file_name": "jens.xlsx"},
    ],
)
def test_a_field_takes_nothing_but_what_it_is_for(database: Database, about: dict[str, str]) -> None:
    for event in Event:
        with pytest.raises(ValueError) as raised:
            store.note(database, KIRSTEN, event, **about)
        assert next(iter(about.values())) not in str(raised.value)
    assert acts(database) == []


def test_choices_stand_by_their_codes_and_what_a_person_or_a_workbook_wrote_does_not() -> None:
    given = {
        "municipality": "Aarhus",
        "offer": "Jens Jensens hold",
        "dimension": "education",
        "group": "basic school",
        "from": "2015-03",
        "window": "6",
        "within": "010170-1234",
        "search": "Jens",
        "010170-1234": "on",
    }
    other = known_choices(given | {"offer": "Onsdagshold"})["offer"]
    assert re.fullmatch("…[0-9a-f]{6}", other)
    assert known_choices(given)["offer"] != other
    assert known_choices(given) | {"offer": other} == {
        "municipality": "Aarhus",
        "offer": other,
        "from": "2015-03",
        "window": "6",
        "dimension": "education",
        "group": "basic school",
        "within": "…",
    }


def test_a_name_that_holds_a_cpr_number_stands_without_it(database: Database) -> None:
    for name in ("010170-1234", "jens 0101701234", "01 01 70 1234", "x" * 900):
        store.note(database, Person(name, Role.VIEWER), Event.SIGN_IN)
    people = store.audit_people(database)
    assert not holds_identity_number(people)
    assert max(map(len, people)) == 200


def test_every_event_says_which_fields_it_has() -> None:
    assert set(FIELDS) == set(Event)


def test_the_chain_is_whole_after_a_restart(with_lines: Database) -> None:
    with_lines.close()
    again = Database(with_lines.path)
    store.note(again, NOBODY_SIGNED_IN, Event.WATCH)
    chain = store.check_audit(again)
    assert (chain.lines, chain.broken_at) == (6, None)
    again.close()


@pytest.mark.parametrize(
    ("statement", "broken_at"),
    [
        ("UPDATE audit SET person = 'Somebody else' WHERE number = 3", 3),
        ("UPDATE audit SET about = '{}' WHERE number = 1", 1),
        ("UPDATE audit SET moment = moment - INTERVAL 1 DAY WHERE number = 5", 5),
        ("UPDATE audit SET result = 'not allowed' WHERE number = 4", 4),
        ("UPDATE audit SET digest = repeat('0', 64) WHERE number = 4", 4),
        ("DELETE FROM audit WHERE number = 2", 3),
        ("DELETE FROM audit WHERE number = 1", 2),
        ("DELETE FROM audit WHERE number < 4", 4),
        ("INSERT INTO audit SELECT 6, * EXCLUDE number FROM audit WHERE number = 5", 6),
        ("UPDATE identity SET database_id = uuid()", 1),
    ],
)
def test_a_line_that_was_changed_put_in_or_taken_out_is_seen(
    with_lines: Database, statement: str, broken_at: int
) -> None:
    assert store.check_audit(with_lines).broken_at is None
    change(with_lines, statement)
    assert store.check_audit(with_lines).broken_at == broken_at


def test_what_the_chain_cannot_show_the_log_does(with_lines: Database, caplog: pytest.LogCaptureFixture) -> None:
    """A tail that was cut off leaves a whole chain; the number and digest in the log tell of it."""
    with caplog.at_level("INFO", logger="lige_adgang"):
        store.note(with_lines, KIRSTEN, Event.WATCH)
    last = caplog.records[-1].args
    change(with_lines, "DELETE FROM audit WHERE number = 6")
    chain = store.check_audit(with_lines)
    assert chain.broken_at is None
    assert isinstance(last, dict)
    assert last["number"] == 6
    assert chain.last != last["digest"]


def test_old_lines_go_and_the_rest_still_follows(with_lines: Database) -> None:
    old = dt.datetime(2020, 1, 1)
    again = f"UPDATE audit SET moment = '{old}' WHERE number <= 3"
    change(with_lines, again)
    store.purge_audit(with_lines, 180)
    lines = store.audit_lines(with_lines)
    assert sorted(lines["number"]) == [4, 5, 6]
    assert lines.iloc[0]["event"] == "purge audit"
    assert store.check_audit(with_lines).broken_at is None
    change(with_lines, "DELETE FROM audit WHERE number = 4")
    assert store.check_audit(with_lines).broken_at == 5


def test_when_every_line_is_old_the_numbers_go_on(with_lines: Database) -> None:
    store.purge_audit(with_lines, -1)
    store.note(with_lines, KIRSTEN, Event.WATCH)
    store.purge_audit(with_lines, 180)
    assert sorted(store.audit_lines(with_lines)["number"]) == [6, 7]
    assert store.check_audit(with_lines).broken_at is None


def test_lines_are_found_by_time_person_and_event(with_lines: Database) -> None:
    store.note(with_lines, NOBODY_SIGNED_IN, Event.WATCH, Result.NOT_ALLOWED)
    assert list(store.audit_lines(with_lines, person="")["number"]) == [6]
    assert list(store.audit_lines(with_lines, event=Event.EXPORT)["number"]) == [5, 4, 3, 2, 1]
    moments = store.audit_lines(with_lines)["moment"]
    assert len(store.audit_lines(with_lines, since=moments[2].to_pydatetime())) == 3
    assert len(store.audit_lines(with_lines, before=moments[2].to_pydatetime())) == 3


def test_the_audit_changes_no_data(database: Database) -> None:
    before = database.version()
    store.note(database, KIRSTEN, Event.WATCH)
    assert database.version() == before


def test_nothing_else_touches_the_lines() -> None:
    """One statement adds, one deletes what is old, none changes; and they stand in one module."""
    touching = re.compile(r"\b(INSERT INTO|DELETE FROM|UPDATE|ALTER TABLE|DROP TABLE|TRUNCATE|INTO)\s+audit\b", re.I)
    found = {}
    for path in [
        *(ROOT / "analysis").rglob("*.py"),
        *(ROOT / "analysis").rglob("*.sql"),
        *(ROOT / "pages").rglob("*.py"),
    ]:
        if statements := touching.findall(path.read_text(encoding="utf-8")):
            found[path.name] = sorted(statements)
    assert found == {"audit.py": ["DELETE FROM", "INSERT INTO"]}
