"""Rows about adjustments and actions that are neither in the file nor stored."""

from collections.abc import Iterable, Iterator
from typing import Any

from analysis.intake.findings.findings import Finding
from analysis.intake.lexicon.fuzzy_match import misspelt_header
from analysis.intake.tables import normalised
from analysis.intake.validate.prepared import Prepared
from analysis.model.terms import Named
from analysis.store import Database, actions, adjustments, other_names, written_names

Offer = tuple[str, str]


def without_adjustment(database: Database, prepared: Prepared) -> Iterator[Finding]:
    """Yield the rows about adjustments that no offer of that name has, with the title most like theirs."""
    forms = (prepared.contents.descriptions, prepared.contents.test_rounds)
    rows = [row for table in forms if table is not None for row in table.to_pylist()]
    if not rows:
        return
    offers_today = written_names(database, synthetic=prepared.synthetic)
    titles = _titles(database, prepared, offers_today)
    for row in rows:
        if None in (row["municipality"], row["offer"], row["title"]):
            continue
        known = titles.get(_offer(row["municipality"], row["offer"], offers_today), {})
        if _same(row["title"]) in known:
            continue
        values: dict[str, object] = {"offer": row["offer"]}
        nearest = _nearest(row["title"], known.values())
        if nearest:
            values["nearest"] = nearest
        check = "adjustment_misspelt" if nearest else "no_such_adjustment"
        yield Finding(check, row["sheet"], (row["row"],), value=row["title"], values=values)


def _same(name: str) -> str:
    """Return the text by which the store compares names of adjustments and actions."""
    return name.strip().casefold()


def _nearest(title: str, known: Iterable[str]) -> str | None:
    """Return the title that differs by hyphens, spaces or a typing error only."""
    by_word = {normalised(one): one for one in known}
    near = misspelt_header(normalised(title), by_word)
    return by_word.get(normalised(title)) or (by_word[near[0]] if near else None)


def without_action(database: Database, prepared: Prepared) -> Iterator[Finding]:
    """Yield activities of actions that their municipality does not have."""
    activities, own = prepared.contents.activities, prepared.contents.actions
    if activities is None:
        return
    stored: list[dict[str, Any]] = actions(database, synthetic=prepared.synthetic).to_dict("records")
    places = [(row["municipality"], row["action"]) for row in (*stored, *(own.to_pylist() if own is not None else []))]
    named = other_names(database, synthetic=prepared.synthetic)
    places += [(one.municipality, one.name) for one in named if one.kind is Named.ACTION]
    known = {(municipality, _same(action)) for municipality, action in places if None not in (municipality, action)}
    for row in activities.to_pylist():
        municipality, action = row["municipality"], row["action"]
        if None not in (municipality, action) and (municipality, _same(action)) not in known:
            values: dict[str, object] = {"municipality": municipality}
            yield Finding("no_such_action", row["sheet"], (row["row"],), value=action, values=values)


def _titles(
    database: Database, prepared: Prepared, offers_today: dict[tuple[str, str], str]
) -> dict[Offer, dict[str, str]]:
    """Return the titles of adjustments by their offer, each by the text to compare it by."""
    own = prepared.contents.adjustments
    stored: list[dict[str, Any]] = adjustments(database, synthetic=prepared.synthetic).to_dict("records")
    written = [*stored, *(own.to_pylist() if own is not None else [])]
    places = [(row["municipality"], row["offer"], row["title"]) for row in written]
    named = other_names(database, synthetic=prepared.synthetic)
    places += [(one.municipality, one.belongs_to, one.name) for one in named if one.kind is Named.ADJUSTMENT]
    found: dict[Offer, dict[str, str]] = {}
    for municipality, offer, title in places:
        if None not in (municipality, offer, title):
            found.setdefault(_offer(municipality, offer, offers_today), {})[_same(title)] = title
    return found


def _offer(municipality: str, offer: str, offers_today: dict[tuple[str, str], str]) -> Offer:
    """Return an offer under its name of today."""
    return municipality, offers_today.get((municipality, offer), offer)
