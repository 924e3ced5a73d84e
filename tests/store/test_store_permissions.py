"""Who may store, take back, bring back and fetch what: cell by cell, as written down here by hand."""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pyarrow as pa
import pytest

from analysis import store
from analysis.auth.roles import NOBODY_SIGNED_IN, NotAllowed, Person, Role
from analysis.intake import demonstration
from analysis.intake.contract import Form
from analysis.intake.form_entries import store_typed
from analysis.model.story import Story
from analysis.model.theme_day_terms import Status
from analysis.store import Database, ImportMode, ImportPayload, Source

D = dt.date
PEOPLE = {
    "V": Person("Vera", Role.VIEWER),
    "C": Person("Karen", Role.CONSULTANT, frozenset({"Aarhus"})),
    "D": Person("Dorte", Role.CONSULTANT, frozenset({"Aarhus", "Holbæk"})),
    "L": Person("Leif", Role.PROJECT_LEADER),
    "A": Person("Anna", Role.ADMINISTRATOR),
}
"""A viewer, consultants of Aarhus and of both municipalities, a project leader, an administrator."""

MATRIX = """
                 Aarhus  Holbæk  both
courses          CDA     DA      DA
counts           CDA     DA      DA
offers           CDA     DA      DA
adjustments      CDLA    DLA     DLA
theme_days       CDLA    DLA     DLA
understandings   CDLA    DLA     DLA
actions          CDLA    DLA     DLA
requests         CDLA    DLA     DLA
votes            CDLA    DLA     DLA
"""
"""Who may, of those above, by what a file holds and by whose it is."""

ROW = {"sheet": "Ark", "row": 2}
PLACED: dict[str, dict[str, Any]] = {
    "courses": {
        **{"offer": "Rygestop", "citizen": "a", "invited": True, "participated": True, "completed": False},
        **{"invited_on": D(2015, 3, 2), "started_on": None, "completed_on": None, "outcome": None},
        **{"counted_on": D(2015, 3, 2), "sex": "woman"},
    },
    "counts": {
        **{"offer": "Rygestop", "period_start": D(2015, 3, 1), "period_end": D(2015, 4, 1)},
        **{"dimension": "sex", "group": "woman", "invited": 9, "participated": 8, "completed": 7},
    },
    "offers": {"offer": "Rygestop", "kind": "health", "theme": None, "completion_rule": None},
    "adjustments": {
        **{"offer": "Rygestop", "adjusted_on": D(2015, 4, 1), "title": "Opkald", "what_changed": "", "aim": "both"},
        **{"citizens_involved": True, "staff_involved": True},
    },
    "theme_days": {"role": "leader", "area": None, "participants": 3},
    "understandings": {
        **{"held_on": D(2016, 3, 10), "asked": "before", "holder": "politicians", "table": "1"},
        **{"disadvantaged": 6.0, "gap": 3.0, "gradient": 1.0},
    },
    "actions": {
        **{"action": "Sms", "area": None, "level": None, "priority": 1, "status": "running", "responsible": None},
        **{"involved": ["care"], **dict.fromkeys((f"{status}_on" for status in Status), D(2016, 3, 10))},
    },
    "requests": {
        **{"requested_on": D(2016, 3, 10), "request": "advice", "state": "open", "state_on": D(2016, 3, 10)},
        **{"next_step": None},
    },
    "votes": {"table": "1", "action": "Sms", "votes": 3},
}
BEFORE: dict[str, dict[str, Any]] = {
    "theme_days": {"held_on": D(2016, 3, 10), "place": "Salen", "day_kind": "local"},
    "votes": {"held_on": D(2016, 3, 10)},
}
"""What stands before and after the municipality in a row of each form."""


def of(form: str, *municipalities: str | None) -> ImportPayload:
    """A row of this form for each of the municipalities."""
    rows = [ROW | BEFORE.get(form, {}) | {"municipality": one} | PLACED[form] for one in municipalities]
    more: dict[str, Any] = {"dimensions": ("sex",)} if form == "courses" else {}
    return ImportPayload(**{form: pa.Table.from_pylist(rows)}, **more)


CELLS = [
    (form, places, who)
    for form, *cells in (line.split() for line in MATRIX.strip().splitlines()[1:])
    for places, who in zip((("Aarhus",), ("Holbæk",), ("Aarhus", "Holbæk")), cells, strict=True)
]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One database for all cells: none of them asks what others have left in it."""
    opened = Database(tmp_path_factory.mktemp("access") / "access.duckdb")
    yield opened
    opened.close()


def allowed(database: Database, act: Callable[[], object]) -> bool:
    """Whether the act is allowed. One that is not leaves everything as it was."""
    before = store.history(database)
    try:
        act()
    except NotAllowed:
        assert store.history(database) == before
        return False
    return True


@pytest.mark.parametrize(("form", "places", "who"), CELLS)
def test_each_person_stores_and_takes_back_what_the_matrix_says(
    shared: Database, form: str, places: tuple[str, ...], who: str
) -> None:
    given, file = of(form, *places), f"{form} {places}"
    held = store.add_import(shared, given, Source("a.xlsx", file), by=NOBODY_SIGNED_IN, original=b"file").import_id
    found = dict.fromkeys(("fetch", "take back", "bring back", "store"), "")
    for code, by in PEOPLE.items():
        acts: dict[str, Callable[[], object]] = {
            "fetch": partial(store.original, shared, file, by=by),
            "take back": partial(store.undo_import, shared, held, by=by),
            "bring back": partial(store.redo_import, shared, held, by=by),
            "store": partial(store_for_a_moment, shared, given, file + code, by),
        }
        for name, act in acts.items():
            if name == "bring back":
                store.undo_import(shared, held, by=NOBODY_SIGNED_IN)
            if allowed(shared, act):
                found[name] += code
            elif name == "bring back":
                store.redo_import(shared, held, by=NOBODY_SIGNED_IN)
    store.undo_import(shared, held, by=NOBODY_SIGNED_IN)
    assert found == dict.fromkeys(found, who)


def store_for_a_moment(database: Database, given: ImportPayload, name: str, by: Person) -> None:
    """Store it in the place of what is there, which nobody signed in then brings back."""
    record = store.add_import(database, given, Source("b.xlsx", name), by=by, mode=ImportMode.REPLACE)
    store.undo_import(database, record.import_id, by=NOBODY_SIGNED_IN)


OTHERS = {
    "add_story": "LA",
    "change_story": "LA",
    "delete_story": "LA",
    "save_mapping": "CDLA",
    "forget_mapping": "CDLA",
    "demonstration.load": "A",
    "add_import of nothing": "CDA",
    "undo_import of nothing": "CDA",
}


@pytest.mark.parametrize("what", OTHERS)
def test_stories_mappings_and_the_demonstration_data(shared: Database, what: str) -> None:
    found = ""
    for code, by in PEOPLE.items():
        store.add_story(shared, Story(what), by=NOBODY_SIGNED_IN)
        saved = store.saved_stories(shared)[0]
        acts: dict[str, Callable[[], object]] = {
            "add_story": partial(store.add_story, shared, Story("Ny"), by=by),
            "change_story": partial(store.change_story, shared, saved, Story("Ny"), by=by),
            "delete_story": partial(store.delete_story, shared, saved.story_id, by=by),
            "save_mapping": partial(store.save_mapping, shared, "Journal", "0" * 64, "{}", by=by),
            "forget_mapping": partial(store.forget_mapping, shared, "Journal", by=by),
            "demonstration.load": partial(no_samples, shared, by),
            "add_import of nothing": partial(
                store.add_import, shared, ImportPayload(), Source("a", what + code), by=by
            ),
            "undo_import of nothing": partial(store.undo_import, shared, 999_999, by=by),
        }
        found += code if allowed(shared, acts[what]) else ""
    assert found == OTHERS[what]


def no_samples(database: Database, by: Person) -> int:
    """Load the demonstration data from a folder that is empty."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(demonstration, "SAMPLES", database.path.parent / "nothing")
        return demonstration.load(database, by=by)


def test_votes_of_no_municipality_are_not_a_consultants(database: Database) -> None:
    with pytest.raises(NotAllowed):
        store.add_import(database, of("votes", "Aarhus", None), Source("a.xlsx", "a"), by=PEOPLE["C"])
    record = store.add_import(database, of("votes", "Aarhus", None), Source("a.xlsx", "a"), by=PEOPLE["L"])
    with pytest.raises(NotAllowed):
        store.undo_import(database, record.import_id, by=PEOPLE["C"])


def test_a_file_of_several_sheets_needs_what_each_of_them_needs(database: Database) -> None:
    both = ImportPayload(offers=of("offers", "Aarhus").offers, adjustments=of("adjustments", "Aarhus").adjustments)
    with pytest.raises(NotAllowed) as raised:
        store.add_import(database, both, Source("a.xlsx", "a"), by=PEOPLE["L"])
    assert raised.value.action == "store"
    assert store.add_import(database, both, Source("a.xlsx", "a"), by=PEOPLE["C"]).offers == 1


def test_what_is_typed_is_stored_under_the_name_of_the_one_who_is_signed_in(database: Database) -> None:
    row = {"municipality": "Aarhus", "requested_on": D(2016, 3, 10), "request": "advice", "state": "open"}
    enter = partial(store_typed, database, {Form.REQUESTS: [row]}, "a.xlsx", language="en", synthetic=False)
    assert enter(by=PEOPLE["C"], person="Somebody else").person == "Karen"
    assert enter(by=NOBODY_SIGNED_IN, person="Ane").person == "Ane"
    with pytest.raises(NotAllowed):
        enter(by=PEOPLE["V"])
