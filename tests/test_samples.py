"""The demonstration data: made alike each time, taken in without a fault, and what was planted is found again."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from analysis.auth.roles import AS_THEY_ARE
from analysis.intake import demonstration
from analysis.model.terms import Rate
from analysis.store import (
    Database,
    actions,
    adjustments,
    counts_by_month,
    danish_municipalities,
    offers,
    theme_days,
)
from data.samples import generate
from tests.support.counts import counts_by_phase
from tests.support.questions import change_in_gap

SAMPLES = Path(generate.__file__).parent
SMALLEST = 5


@pytest.fixture(scope="module")
def loaded(demonstration_file: Path) -> Iterator[Database]:
    database = Database(demonstration_file)
    yield database
    database.close()


def planted() -> list[dict[str, str]]:
    with (SAMPLES / "planted.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_committed_workbooks_are_what_the_generator_makes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "offers.csv").write_bytes((SAMPLES / "offers.csv").read_bytes())
    monkeypatch.setattr(generate, "HERE", tmp_path)
    generate.main()
    assert (tmp_path / "planted.csv").read_text() == (SAMPLES / "planted.csv").read_text()
    for path in sorted(SAMPLES.glob("*.xlsx")):
        if path.read_bytes() == (tmp_path / path.name).read_bytes():
            continue  # Another zlib may pack the same cells otherwise.
        committed, made = (CalamineWorkbook.from_path(str(folder / path.name)) for folder in (SAMPLES, tmp_path))
        assert committed.sheet_names == made.sheet_names
        for name in committed.sheet_names:
            assert committed.get_sheet_by_name(name).to_python() == made.get_sheet_by_name(name).to_python(), path.name


def test_six_municipalities_nineteen_adjusted_offers_and_five_to_compare_with(loaded: Database) -> None:
    known = offers(loaded, synthetic=True)
    adjusted = adjustments(loaded, synthetic=True)
    assert len({offer.municipality for offer in known}) == 6
    assert len(known) == 24
    assert len(adjusted[["municipality", "offer"]].drop_duplicates()) == 19
    assert all(offer.completion_rule for offer in known)


def test_no_citizen_id_looks_like_a_cpr_number() -> None:
    seen = 0
    for path in SAMPLES.glob("*.xlsx"):
        headers, *rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
        column = next((headers.index(name) for name in ("Borger-id", "Citizen id") if name in headers), None)
        if column is None:
            continue
        ids = [row[column] for row in rows]
        seen += len(ids)
        assert all(isinstance(name, str) and not name.isdigit() for name in ids)
        assert not [name for name in ids if re.search(r"\d{9}|\d{6}-\d{4}", name)]
    assert seen > 10_000


def test_loading_twice_stores_once(loaded: Database) -> None:
    before = loaded.version()
    assert demonstration.load(loaded) == 0
    assert loaded.version() == before


@pytest.mark.parametrize("rate", [Rate.PARTICIPATION, Rate.COMPLETION])
def test_the_planted_changes_lie_within_the_intervals(loaded: Database, rate: Rate) -> None:
    counts = counts_by_phase(loaded, AS_THEY_ARE, dimension="education", synthetic=True)
    found = change_in_gap(
        counts, rate, "basic school", "long higher education", ["municipality", "offer"], SMALLEST
    ).set_index(["municipality", "offer"])
    truth = [row for row in planted() if row["rate"] == rate]
    assert len(truth) == 19
    rows = [(found.loc[(row["municipality"], row["offer"])], float(row["change"])) for row in truth]
    shown = [(row, change) for row, change in rows if row["state"] == "shown"]
    assert len(shown) == 19
    inside = sum(row["lower"] <= change <= row["upper"] for row, change in shown)
    assert inside >= 17  # 95 % of 19 is 18; fewer than 17 would be seen in one run of fourteen.


def test_over_all_offers_the_gap_narrows_clearly(loaded: Database) -> None:
    for rate in (Rate.PARTICIPATION, Rate.COMPLETION):
        counts = counts_by_phase(loaded, AS_THEY_ARE, dimension="education", synthetic=True)
        change = change_in_gap(counts, rate, "basic school", "long higher education", [], SMALLEST).iloc[0]
        assert change["direction"] == "narrowed"


def test_a_gap_that_runs_the_other_way_is_among_them(loaded: Database) -> None:
    counts = counts_by_phase(loaded, AS_THEY_ARE, dimension="education", synthetic=True)
    found = change_in_gap(
        counts, Rate.PARTICIPATION, "basic school", "long higher education", ["offer"], SMALLEST
    ).set_index("offer")
    assert found.loc["Diabetes i hverdagen", "before"] < 0


def test_the_months_add_up_to_the_phases(loaded: Database) -> None:
    for dimension in ("education", "sex"):
        months = counts_by_month(loaded, AS_THEY_ARE, dimension=dimension, synthetic=True)
        phases = counts_by_phase(loaded, AS_THEY_ARE, dimension=dimension, synthetic=True)
        keys = ["municipality", "offer", "phase", "group"]
        assert set(months["phase"]) == {"before", "after", "transition", "unadjusted"}
        for stage in ("participated", "completed"):
            added, whole = (frame.groupby(keys)[stage].sum() for frame in (months, phases))
            assert added.sort_index().equals(whole.sort_index())


def test_the_theme_days_reached_53_municipalities_and_a_little_over_140_participants(loaded: Database) -> None:
    days = theme_days(loaded, synthetic=True)
    assert days["municipality"].nunique() == 53
    assert 140 < days["participants"].sum() < 150
    assert set(days["municipality"]) <= set(danish_municipalities())
    assert set(actions(loaded, synthetic=True)["municipality"]) == set(days["municipality"])
