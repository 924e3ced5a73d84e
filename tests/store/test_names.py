"""Groups, adjustments and actions get other names and become one, groups get an order, and offers are taken out."""

import datetime as dt

import pytest

from analysis import store
from analysis.auth.roles import NOBODY_SIGNED_IN, DisclosureLevel
from analysis.intake.contract import Form
from analysis.intake.fix.corrections import AddedDimension, Corrections
from analysis.intake.form_entries import EntryRejected, store_typed
from analysis.intake.importing import store as put_away
from analysis.intake.lexicon.reference_data import load_reference_data
from analysis.intake.mapping.saved_mappings import Decisions
from analysis.intake.name_entries import SameName, alike_names, for_sheet, in_order
from analysis.intake.read_file import read
from analysis.intake.validate.validation import prepare
from analysis.model.terms import Named
from analysis.store import Database, ImportMode
from tests.store.test_later_files import LONG, LOW, Counts, of_counts, stored
from tests.store.test_stored_theme_days import add
from tests.support.workbooks.faults import COUNT_HEADERS, book
from tests.support.workbooks.theme_days import row

EVERYWHERE = DisclosureLevel(5, frozenset(), everywhere=True)
JANUARY = dt.date(2015, 1, 1)
BLOCKS = "Boligområde"
THREE: Counts = [("2015-01", BLOCKS, group, 100) for group in ("Nord", "Nordby", "Syd")]


def with_blocks(database: Database, rows: Counts = THREE, mode: ImportMode = ImportMode.NEW) -> int:
    """Store counts by a dimension without an order that a person adds to the list."""
    content = of_counts(rows)
    corrections = Corrections(dimensions=(AddedDimension(BLOCKS),))
    reading = read(content, "blocks.xlsx")
    prepared = prepare(reading, load_reference_data(database), corrections)
    assert prepared.faultless, [one.check for one in prepared.findings]
    decisions = Decisions(corrections=corrections)
    return put_away(database, reading, prepared, decisions, content, by=NOBODY_SIGNED_IN, mode=mode).import_id


def by_block(database: Database) -> dict[str, int]:
    counts = store.counts_by_month(database, EVERYWHERE, dimension=BLOCKS, synthetic=False)
    return counts.groupby("group")["invited"].sum().to_dict()


def joined(database: Database, kind: Named, name: str, new_name: str) -> int:
    names = store.stored_names(database, synthetic=False)
    one = next(known for known in names if (known.kind, known.name) == (kind, name))
    entries = SameName(one, new_name).entries(store.other_names(database, synthetic=False))
    return entered(database, Form.NAMES, for_sheet(entries))


def entered(database: Database, form: Form, rows: list[dict[str, object]]) -> int:
    record = store_typed(database, {form: rows}, "entry.xlsx", language="da", synthetic=False, by=NOBODY_SIGNED_IN)
    return record.import_id


def test_two_groups_become_one_and_part_again(database: Database) -> None:
    with_blocks(database)
    merged = joined(database, Named.GROUP, "Nordby", "Nord")
    assert by_block(database) == {"Nord": 200, "Syd": 100}
    assert [group.key for group in store.dimensions(database)[BLOCKS].groups] == ["Nord", "Syd"]
    store.undo_import(database, merged, by=NOBODY_SIGNED_IN)
    assert by_block(database) == {"Nord": 100, "Nordby": 100, "Syd": 100}
    store.redo_import(database, merged, by=NOBODY_SIGNED_IN)
    joined(database, Named.GROUP, "Nord", "Den nordlige del")
    assert by_block(database) == {"Den nordlige del": 200, "Syd": 100}
    assert [group.key for group in store.dimensions(database)[BLOCKS].groups] == ["Den nordlige del", "Syd"]


def test_files_may_still_have_a_joined_group_and_correct_it_under_either_name(database: Database) -> None:
    with_blocks(database)
    joined(database, Named.GROUP, "Nordby", "Nordre")
    stored(database, of_counts([("2015-02", BLOCKS, group, 100) for group in ("Nordby", "Syd")]))
    assert by_block(database) == {"Nord": 100, "Nordre": 200, "Syd": 200}
    stored(database, of_counts([("2015-01", BLOCKS, "Nordre", 60)]), mode=ImportMode.CORRECT)
    stored(database, of_counts([("2015-02", BLOCKS, "Nordby", 50)]), mode=ImportMode.CORRECT)
    assert by_block(database) == {"Nord": 100, "Nordre": 110, "Syd": 200}


def test_groups_get_an_order_and_a_gap(database: Database) -> None:
    with_blocks(database)
    assert not store.dimensions(database)[BLOCKS].has_pair
    ordered = entered(database, Form.NAMES, for_sheet(in_order(BLOCKS, ["Syd", "Nordby", "Nord"], ["Aarhus"])))
    found = store.dimensions(database)[BLOCKS]
    assert [(group.key, group.rank) for group in found.groups] == [("Syd", 1), ("Nordby", 2), ("Nord", 3)]
    assert (found.ordered, found.has_pair, found.compared, found.reference) == (True, True, "Syd", "Nord")
    store.undo_import(database, ordered, by=NOBODY_SIGNED_IN)
    assert not store.dimensions(database)[BLOCKS].ordered


def test_groups_of_the_reference_list_keep_their_names_and_ranks(database: Database) -> None:
    stored(database, of_counts([("2015-01", "Uddannelse", group, 100) for group in (LOW, LONG)]))
    for change in ({"same_as": LONG}, {"group_rank": 3}):
        named = {"municipality": "Aarhus", "named": "group", "belongs_to": "Uddannelse", "name": LOW, **change}
        with pytest.raises(EntryRejected) as refused:
            entered(database, Form.NAMES, [named])
        assert [one.check for one in refused.value.findings] == ["group_of_list"]


def adjusted(*titles: tuple[str, dt.datetime], period: str = "2015-01") -> bytes:
    rows = [["Aarhus", "Alfa", day, title, "Rekruttering"] for title, day in titles]
    counts = [["Aarhus", "Alfa", period, "Uddannelse", group, 100, 50, 25] for group in (LOW, LONG)]
    headers = ["Kommune", "Tilbud", "Dato", "Titel", "Sigte"]
    return book({"Optælling": [COUNT_HEADERS, *counts], "Justeringer": [headers, *rows]})


def test_two_titles_of_an_adjustment_become_one_and_part_again(database: Database) -> None:
    march, august = dt.datetime(2015, 3, 1), dt.datetime(2015, 8, 1)
    stored(database, adjusted(("Påmindelser", march), ("Påmindelse", august)))

    def days() -> dict[str, dt.date]:
        found = store.adjustments(database, synthetic=False)
        return dict(zip(found["title"], found["adjusted_on"].dt.date, strict=True))

    pair = next(pair for pair in alike_names(store.stored_names(database, synthetic=False)))
    assert [one.name for one in pair] == ["Påmindelse", "Påmindelser"]
    merged = joined(database, Named.ADJUSTMENT, "Påmindelse", "Påmindelser")
    assert days() == {"Påmindelser": march.date()}
    store.undo_import(database, merged, by=NOBODY_SIGNED_IN)
    assert days() == {"Påmindelser": march.date(), "Påmindelse": august.date()}
    joined(database, Named.ADJUSTMENT, "Påmindelse", "Opkald")
    assert days() == {"Påmindelser": march.date(), "Opkald": august.date()}


def test_two_names_of_an_action_are_ranked_as_one(database: Database) -> None:
    def voted() -> dict[str, int]:
        return store.votes(database, synthetic=False).groupby("action")["votes"].sum().to_dict()

    other = "Påmindelser med sms"
    add(
        database,
        "days.xlsx",
        Indsatser=[row("Indsatser"), row("Indsatser", Kommune="Holbæk", Indsats=other)],
        Stemmer=[row("Stemmer"), row("Stemmer", Indsats=other, Bord="2")],
    )
    name = row("Stemmer")[3]
    assert voted() == {name: 7, other: 7}
    merged = joined(database, Named.ACTION, other, str(name))
    assert set(store.actions(database, synthetic=False)["action"]) == {name}
    assert voted() == {name: 14}
    store.undo_import(database, merged, by=NOBODY_SIGNED_IN)
    assert voted() == {name: 7, other: 7}


def test_an_offer_is_taken_out_and_brought_back_and_later_files_still_meet_it(database: Database) -> None:
    rows = [("2015-01", "Uddannelse", group, 100) for group in (LOW, LONG)]
    stored(database, of_counts(rows))
    place = {"municipality": "Aarhus", "offer": "Alfa"}
    entered(database, Form.OFFERS, [{**place, "taken_out": "yes"}])
    assert store.counts_by_month(database, EVERYWHERE, synthetic=False).empty
    assert store.offers(database, synthetic=False) == []
    assert store.coverage(database) == {}
    assert store.taken_out(database, synthetic=False) == [("Aarhus", "Alfa")]
    with pytest.raises(store.PeriodsOverlap):
        stored(database, of_counts([*rows, ("2015-02", "Uddannelse", LOW, 100)]))
    entered(database, Form.OFFERS, [{**place, "taken_out": "no"}])
    counts = store.counts_by_month(database, EVERYWHERE, dimension="education", synthetic=False)
    assert counts["invited"].sum() == 200
    assert store.taken_out(database, synthetic=False) == []


def test_a_correction_of_joined_groups_corrects_both_until_they_part(database: Database) -> None:
    with_blocks(database)
    merged = joined(database, Named.GROUP, "Nordby", "Nord")
    stored(database, of_counts([("2015-01", BLOCKS, "Nord", 60)]), mode=ImportMode.CORRECT)
    assert by_block(database) == {"Nord": 60, "Syd": 100}
    store.undo_import(database, merged, by=NOBODY_SIGNED_IN)
    assert by_block(database) == {"Nord": 60, "Nordby": 100, "Syd": 100}
    store.redo_import(database, merged, by=NOBODY_SIGNED_IN)
    assert by_block(database) == {"Nord": 60, "Syd": 100}


def test_groups_that_are_joined_after_a_correction_are_added_up(database: Database) -> None:
    with_blocks(database)
    stored(database, of_counts([("2015-01", BLOCKS, "Nord", 60)]), mode=ImportMode.CORRECT)
    joined(database, Named.GROUP, "Nordby", "Nord")
    assert by_block(database) == {"Nord": 160, "Syd": 100}
