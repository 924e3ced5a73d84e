"""Compare a file with the stored data: the same file, another version of it, or the same periods."""

from collections.abc import Iterator

from analysis.auth.roles import Person
from analysis.intake.contract import KINDS, Form
from analysis.intake.findings.check import N_
from analysis.intake.findings.findings import Finding, Word
from analysis.intake.parsing.questions import Answers
from analysis.intake.read_file import Reading
from analysis.intake.tables import normalised
from analysis.intake.validate.alike_names import alike_names
from analysis.intake.validate.prepared import Prepared
from analysis.intake.validate.unknown_references import without_action, without_adjustment
from analysis.model.languages import in_every_language
from analysis.model.terms import Named
from analysis.store import (
    Beside,
    Correction,
    Database,
    ImportMode,
    actions,
    adjustments,
    citizens_again,
    correction_of,
    history_for,
    listed_citizens,
    may,
    moved_adjustments,
    newest_package,
    offers,
    origin_of,
    overlaps,
    required_permissions,
    stored_beside,
    taken_out,
    takes_the_place,
    written_names,
)

SOMEONE = Word(N_("someone who gave no name"))
MANY, FEWEST = 0.5, 3
"""Minimum share and number of citizens stored from other files, from which the rows may be attendances."""
OF_OFFERS = {"theme": "theme", "completion_rule": "completion_rule", "follow_up_days": "stated_days"}
"""What a sheet states of an offer: its column, and the attribute of a stored offer."""
NO_ANSWERS: Answers = {}
NOT_CORRECTABLE = {"correction_unsure", "correction_other_periods", "correction_held_back", "nothing_to_correct"}
"""Checks that forbid to correct rows, and nothing else."""


def check_against_stored(
    database: Database,
    reading: Reading,
    prepared: Prepared,
    *,
    by: Person,
    mode: ImportMode,
    losses: bool = True,
    answers: Answers = NO_ANSWERS,
) -> list[Finding]:
    """Compare a file with the stored imports, as far as the mode of the import makes it an error.

    Without ``losses``, periods in which fewer citizens would be counted after replacing than now are errors.

    Return nothing if the user may not store the file. Otherwise the user could guess the stored file by trial and
    error.
    """
    if not may(by, required_permissions(prepared.contents)):
        return []
    if prepared.contents.package is not None and prepared.contents.package.origin == origin_of(database):
        return [Finding("package_own")]
    found = []
    records = [one for one in history_for(database, by) if not one.is_outline]
    same = next((record for record in records if record.sha256 == reading.sha256), None)
    if same is not None and same.undone_at is None:
        person = same.person or SOMEONE
        return [Finding("file_already_imported", values={"moment": same.imported_at, "person": person})]
    if same is not None and same.purged_at is None:
        found.append(Finding("file_taken_back", values={"moment": same.undone_at}))
    other = next((one for one in records if one.file_name == reading.file_name and one.undone_at is None), None)
    if other is not None:
        person = other.person or SOMEONE
        values = {"moment": other.imported_at, "person": person}
        found.append(Finding("file_other_version", value=reading.file_name, values=values))
    found += _of_package(database, prepared)
    if takes_the_place(database, prepared.contents, synthetic=prepared.synthetic):
        found.append(Finding("takes_the_place"))
    if mode is ImportMode.NEW:
        found += [
            Finding("overlap", value=one.offer, values={"start": one.start, "end": one.last_day, "file": one.file_name})
            for one in overlaps(database, prepared.contents, by=by, synthetic=prepared.synthetic)
        ]
    if mode is ImportMode.REPLACE and not losses and prepared.counts is not None:
        beside = stored_beside(database, prepared.contents, prepared.counts, by=by, synthetic=prepared.synthetic)
        found += [_lost(one) for one in beside if one.is_loss]
    found += [
        Finding("adjustment_moved", value=one.title, values={**vars(one)})
        for one in moved_adjustments(database, prepared.contents, by=by, synthetic=prepared.synthetic)
    ]
    found += alike_names(database, prepared)
    found += _changed_offers(database, prepared)
    found += _taken_out(database, prepared)
    found += _unknown_names(database, prepared)
    found += without_adjustment(database, prepared)
    found += without_action(database, prepared)
    found += _listed_citizens(database, prepared, by)
    if mode is ImportMode.CORRECT:
        correction = correction_of(database, prepared.contents, by=by, synthetic=prepared.synthetic)
        found += not_correctable(correction) if correction is not None else []
    elif "citizens_stored" not in answers:
        found += [
            Finding("citizens_stored", value=one.offer, values={**vars(one), "file": one.file_name})
            for one in citizens_again(database, prepared.contents, by=by, synthetic=prepared.synthetic)
            if one.again >= max(FEWEST, MANY * one.citizens)
        ]
    return found


def _of_package(database: Database, prepared: Prepared) -> Iterator[Finding]:
    """Yield how a package meets those of its origin."""
    made = prepared.contents.package
    if made is None:
        return
    newest = newest_package(database, made, synthetic=prepared.synthetic)
    if newest is not None:
        yield Finding("package_older" if newest >= made.made_at else "package_newer", values={"moment": newest})


def _changed_offers(database: Database, prepared: Prepared) -> Iterator[Finding]:
    """Yield what the file states of an offer otherwise than is stored."""
    if prepared.contents.offers is None:
        return
    stored = {(one.municipality, one.name): one for one in offers(database, synthetic=prepared.synthetic)}
    for row in prepared.contents.offers.to_pylist():
        offer = stored.get((row["municipality"], row["offer"]))
        for key, attribute in OF_OFFERS.items() if offer else ():
            before, after = getattr(offer, attribute), row[key]
            if before is not None and after is not None and before != after:
                names = in_every_language(KINDS[Form.OFFERS].column(key).names)
                values = {"municipality": row["municipality"], "what": names, "before": before, "after": after}
                yield Finding("offer_changed", value=row["offer"], values=values)


def _taken_out(database: Database, prepared: Prepared) -> Iterator[Finding]:
    """Yield offers of the file that no page shows."""
    if prepared.contents.periods is None or not (out := taken_out(database, synthetic=prepared.synthetic)):
        return
    names = written_names(database, synthetic=prepared.synthetic)
    places = prepared.contents.periods.select(["municipality", "offer"]).to_pylist()
    for place in dict.fromkeys((one["municipality"], one["offer"]) for one in places):
        if (place[0], names.get(place, place[1])) in out:
            yield Finding("offer_taken_out", value=place[1], values={"municipality": place[0]})


def _unknown_names(database: Database, prepared: Prepared) -> Iterator[Finding]:
    """Yield names of adjustments and actions, in a sheet of names, that nothing is stored under."""
    if prepared.contents.names is None:
        return
    known = {
        Named.ADJUSTMENT: set(map(normalised, adjustments(database, synthetic=prepared.synthetic)["title"])),
        Named.ACTION: set(map(normalised, actions(database, synthetic=prepared.synthetic)["action"])),
    }
    for row in prepared.contents.names.to_pylist():
        if row["name"] and normalised(row["name"]) not in known.get(row["kind"], {normalised(row["name"])}):
            yield Finding("name_unknown", row["sheet"], (row["row"],), value=row["name"])


def _listed_citizens(database: Database, prepared: Prepared, by: Person) -> Iterator[Finding]:
    """Yield what is stored of the citizens of a list of groups."""
    listed = listed_citizens(database, prepared.contents, by=by, synthetic=prepared.synthetic)
    if listed is None or not prepared.faultless:
        return
    yield Finding("listed_citizens" if listed.with_courses else "no_listed_citizens", values={**vars(listed)})
    if listed.differing:
        yield Finding("listed_groups_differ", values={**vars(listed)})
    if listed.changed:
        yield Finding("listed_answers_differ", values={**vars(listed)})


def not_correctable(correction: Correction) -> list[Finding]:
    """Return the findings that forbid to correct rows."""
    found = [
        Finding(check, sheet, tuple(row for of_sheet, row in places if of_sheet == sheet))
        for check, places in (
            ("correction_unsure", correction.ambiguous),
            ("correction_other_periods", correction.across),
        )
        for sheet in dict.fromkeys(sheet for sheet, _ in places)
    ]
    if correction.held_back:
        found.append(Finding("correction_held_back"))
    if not correction.corrected:
        found.append(Finding("nothing_to_correct"))
    return found


def _lost(one: Beside) -> Finding:
    """Return the finding for periods in which the file has fewer citizens than are stored."""
    stored, in_file = (" / ".join(map(str, numbers)) for numbers in (one.stored, one.in_file))
    values = {"start": one.start, "end": one.last_day, "stored": stored, "in_file": in_file}
    return Finding("fewer_counted", value=one.offer, values=values)
