"""Uploading as a consultant does: drop, read what was understood, say yes, see it on the pages, take it back."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

Open = Callable[..., AppTest]
Build = Callable[..., bytes]
D = dt.date


SCHOOL, UNIVERSITY = "Grundskole", "Lang videregående uddannelse"


def rows(number: int = 40) -> list[list[Any]]:
    """Two groups before and after an adjustment on 1 September 2015; the gap in completion is 50 points, then none."""
    made = []
    for month, completed in ((3, {SCHOOL: 10, UNIVERSITY: 30}), (10, {SCHOOL: 30, UNIVERSITY: 30})):
        for group, most in completed.items():
            for citizen in range(number):
                done = D(2015, month, 20) if citizen < most else None
                day = D(2015, month, 2)
                made.append(["Holbæk", "Rygestop", f"{month}-{group[0]}-{citizen}", day, day, done, None, group])
    return made


def adjustments() -> list[list[Any]]:
    headers = ["Kommune", "Tilbud", "Dato", "Titel", "Sigte"]
    return [headers, ["Holbæk", "Rygestop", D(2015, 9, 1), "Sms før mødet", "Gennemførelse"]]


def drop(test: AppTest, content: bytes, name: str = "export.xlsx") -> AppTest:
    test.switch_page("pages/upload.py").run()
    test.file_uploader[0].upload(name, content)
    test.run(timeout=60)
    assert not test.exception
    return test


def test_a_workbook_is_stored_shown_and_taken_back(app: Open, courses: Build) -> None:
    test = drop(app(), courses(*rows(), Justeringer=adjustments()))
    assert any("160 forløb, 1 justering" in line.value.replace("\\", "") for line in test.markdown)
    test.button(key="confirm").click().run()
    assert "er gemt" in test.success[0].value
    test.switch_page("pages/overview.py").run()
    assert [metric.value for metric in test.metric] == ["50,0", "0,0", "−50,0", "25,0 → 75,0"]
    assert test.subheader[0].value == "Kløften i gennemførelse blev mindre"
    test.switch_page("pages/upload.py").run()
    test.button(key="undo_1").click().run()
    test.switch_page("pages/overview.py").run()
    assert test.title[0].value == "Ingen data endnu"


def test_own_data_come_before_demonstration_data_and_never_mix(
    app: Open, courses: Build, demonstration_file: Path
) -> None:
    test = drop(app(demonstration_file), courses(*rows(), Justeringer=adjustments()))
    test.button(key="confirm").click().run()
    test.switch_page("pages/overview.py").run()
    assert test.metric[0].value == "50,0"
    test.selectbox(key="data").select("demonstration").run()
    assert test.metric[0].value != "50,0"


def test_a_faulty_workbook_is_explained_and_cannot_be_stored(app: Open, courses: Build) -> None:
    faulty = rows()
    faulty[0][0], faulty[5][4] = "Atlantis", "engang"
    test = drop(app(), courses(*faulty, Justeringer=adjustments()))
    told = test.error[0].value.replace("\\", "")
    assert "Ark »Forløb«, række 2, kolonne »Kommune«: »Atlantis« er ikke en dansk kommune." in told
    assert "Ark »Forløb«, række 7, kolonne »Startet«: »engang« er ikke en dato." in told
    assert not [button for button in test.button if button.key == "confirm"]


def test_text_from_a_workbook_is_shown_as_it_stands(app: Open, courses: Build) -> None:
    nasty = "**Aarhus** [x](javascript:alert(1)) $x$ :red[y]"
    faulty = [[nasty, *rows()[0][1:]]]
    test = drop(app(), courses(*faulty))
    assert r"\*\*Aarhus\*\* \[x\]\(javascript\:alert\(1\)\) \$x\$ \:red\[y\]" in test.error[0].value


def test_the_same_file_again_is_recognised(app: Open, courses: Build) -> None:
    content = courses(*rows(), Justeringer=adjustments())
    test = drop(app(), content)
    test.button(key="confirm").click().run()
    again = drop(test, content)
    assert "Netop denne fil blev gemt" in again.error[0].value
    assert not [button for button in again.button if button.key == "confirm"]


def test_an_overlap_with_an_earlier_import_is_told_before_storing(app: Open, courses: Build) -> None:
    test = drop(app(), courses(*rows()))
    test.button(key="confirm").click().run()
    again = drop(test, courses(*rows(39)), "export 2.xlsx")
    assert "er allerede dækket fra" in again.error[0].value


@pytest.mark.parametrize(("lang", "told"), [("da", "Filen er tom"), ("en", "The file is empty")])
def test_an_empty_file_in_the_readers_language(app: Open, lang: str, told: str) -> None:
    assert told in drop(app(lang=lang), b"").error[0].value


def test_a_file_nobody_knows_offers_to_match_its_columns(app: Open) -> None:
    test = drop(app(lang="en"), b"place,group,date\nWales,A,2014-01-01\n", "other.csv")
    assert test.radio(key="map_form").value == "courses"
    assert {"map_municipality", "map_offer", "map_citizen"} <= {box.key for box in test.selectbox}
