"""Uploading as a consultant does: drop, read what was seen, mend, say yes, see it on the pages, take it back."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.import_wizard.fix_values import ADD_GROUP, LEAVE_OUT
from tests.support.workbooks.faults import book

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


def waited(test: AppTest) -> AppTest:
    """The page when nothing is being read or checked any more; a browser looks again by itself."""
    while "job" in test.session_state:
        test.session_state["job"].thread.join()
        test.run(timeout=60)
    assert not test.exception
    return test


def drop(test: AppTest, content: bytes, name: str = "export.xlsx") -> AppTest:
    test.switch_page("upload.py").run()
    test.file_uploader[0].upload(name, content)
    return waited(test.run(timeout=60))


def click(test: AppTest, key: str) -> AppTest:
    return waited(test.button(key=key).click().run(timeout=60))


def said(test: AppTest) -> str:
    """All that stands on the page, without what keeps it from being markup."""
    lines = [line.value for line in (*test.header, *test.markdown, *test.caption, *test.success, *test.error)]
    return "\n".join([*lines, *(one.label for one in test.expander)]).replace("\\", "")


def field_of(test: AppTest, value: str, *, kind: str = "selectbox") -> Any:
    """The list or text field in which a value of the file is put right."""
    fields = [one for one in test.get(kind) if one.label.replace("\\", "").startswith(f"{value} (")]
    (field,) = fields
    return field


def fix(test: AppTest, value: str, chosen: str, *, kind: str = "selectbox") -> AppTest:
    """Choose or write what takes the place of a value."""
    return waited(field_of(test, value, kind=kind).set_value(chosen).run(timeout=60))


def press(test: AppTest, label: str) -> AppTest:
    """Press the first button with a label."""
    return waited(next(one for one in test.button if one.label == label).click().run(timeout=60))


def has_button(test: AppTest, key: str) -> bool:
    return any(button.key == key for button in test.button)


def is_offered(test: AppTest, key: str) -> bool:
    return any(key in str(one.proto.id) for one in test.get("download_button"))


def test_a_workbook_is_stored_shown_and_taken_back(app: Open, courses: Build) -> None:
    test = drop(app(), courses(*rows(), Justeringer=adjustments()))
    assert "160 forløb, 1 justering" in said(test)
    click(test, "confirm")
    assert "er gemt" in test.success[0].value
    test.switch_page("overview.py").run()
    assert [metric.value for metric in test.metric] == ["50,0", "0,0", "−50,0", "25,0 → 75,0"]
    assert test.header[0].value == "Ingen tydelig ændring i kløften i gennemførelse"
    test.switch_page("upload.py").run()
    click(test, "undo_1")
    assert "50,0 → 0,0" in str(test.dataframe[0].value)
    click(test, "sure_1")
    test.switch_page("overview.py").run()
    assert test.title[0].value == "Ingen data endnu"
    test.switch_page("upload.py").run()
    click(click(test, "redo_1"), "sure_1")
    test.switch_page("overview.py").run()
    assert test.metric[0].value == "50,0"


def test_the_gaps_as_they_are_and_as_they_will_be_are_shown_before_saying_yes(app: Open, courses: Build) -> None:
    test = drop(app(), courses(*rows(), Justeringer=adjustments()))
    preview = next(table.value for table in test.dataframe if "Som det bliver" in table.value)
    row = preview[(preview["Dimension"] == "Uddannelse") & (preview["Andel"] == "Gennemførelse")].iloc[0]
    assert (row["Som det er"], row["Som det bliver"]) == ("–", "50,0 → 0,0")


def test_the_preview_speaks_of_before_and_after_only_where_something_is_adjusted(app: Open, courses: Build) -> None:
    before_and_after, now = "Kløften i procentpoint, før → efter justeringerne", "Kløften nu, i procentpoint"
    adjusted = said(drop(app(), courses(*rows(), Justeringer=adjustments())))
    assert (before_and_after in adjusted, now in adjusted) == (True, False)
    not_adjusted = said(drop(app(), courses(*rows())))
    assert (before_and_after in not_adjusted, now in not_adjusted) == (False, True)


def test_every_row_of_the_file_is_accounted_for(app: Open, courses: Build) -> None:
    repeated = rows()
    test = drop(app(), courses(*repeated, repeated[0], Justeringer=adjustments()))
    account = next(table.value for table in test.dataframe if "Stemmer" in table.value).iloc[0]
    assert (account["Rækker i filen"], account["Gemt"], account["Udeladt"]) == ("161", "160", "1 gentaget")
    assert (account["Summer i filen"], account["Gemte summer"], account["Stemmer"]) == ("160", "160", "ja")


def test_courses_can_count_in_the_month_in_which_they_began(app: Open, courses: Build) -> None:
    later = dt.timedelta(days=35)
    started_later = [[*row[:4], row[4] + later, row[5] and row[5] + later, *row[6:]] for row in rows()]
    test = drop(app(), courses(*started_later, Justeringer=adjustments()))
    test.radio(key="answer_counted_from").set_value("start")
    waited(test.run(timeout=60))
    assert not has_button(test, "start_over")  # Nothing is wrong, so nothing was corrected.
    assert not is_offered(test, "annotated")
    click(test, "confirm")
    test.switch_page("overview.py").run()
    notes = said(test)
    assert "Et forløb hører til den måned, det begyndte." in notes
    assert "invitationen" not in notes


def test_dropping_corrections_keeps_the_month_in_which_courses_count(app: Open, courses: Build) -> None:
    later = dt.timedelta(days=35)
    wrong = [[*row[:4], row[4] + later, row[5] and row[5] + later, *row[6:]] for row in rows()]
    wrong[0][0] = "Holbek"
    test = drop(app(), courses(*wrong, Justeringer=adjustments()))
    assert is_offered(test, "annotated")
    assert not has_button(test, "start_over")
    fix(test, "Holbek", LEAVE_OUT)
    waited(test.radio(key="answer_counted_from").set_value("start").run(timeout=60))
    click(test, "start_over")
    assert "»Holbek« er ikke en dansk kommune." in said(test)
    fix(test, "Holbek", LEAVE_OUT)
    assert test.radio(key="answer_counted_from").value == "start"
    click(test, "confirm")
    test.switch_page("overview.py").run()
    assert "Et forløb hører til den måned, det begyndte." in said(test)


def test_where_courses_begin_at_once_their_month_is_not_asked_for(app: Open, courses: Build) -> None:
    test = drop(app(), courses(*rows(), Justeringer=adjustments()))
    assert not [radio for radio in test.radio if radio.key == "answer_counted_from"]


def test_a_file_is_not_drawn_in_the_future(app: Open, courses: Build) -> None:
    test = drop(app(), courses(*rows(), Justeringer=adjustments()))
    test.date_input(key="shows_on").set_value(dt.date.today() + dt.timedelta(days=1))
    waited(test.run(timeout=60))
    assert test.button(key="confirm").disabled
    assert "ligger i fremtiden" in "".join(one.value for one in test.error)
    test.date_input(key="shows_on").set_value(None)
    waited(test.run(timeout=60))
    test.date_input(key="shows_on").set_value(dt.date.today() + dt.timedelta(days=1))
    click(test, "confirm")  # Typed and stored at once.
    assert "ligger i fremtiden" in "".join(one.value for one in test.error)
    test.date_input(key="shows_on").set_value(D(2015, 3, 10))
    waited(test.run(timeout=60))
    assert not test.button(key="confirm").disabled
    assert "datoer efter dagen for udtrækket" in "".join(one.value for one in test.warning)


def test_too_few_citizens_to_add_up_are_said_in_a_sentence(app: Open, courses: Build) -> None:
    few_before = [row for row in rows() if row[3].month > 3 or row[7] == SCHOOL or row[2].endswith("-1")]
    test = click(drop(app(lang="en"), courses(*few_before, Justeringer=adjustments())), "confirm")
    test.session_state["added_up"] = True
    test.switch_page("overview.py").run()
    assert "There are too few citizens, or none, to add up before and after." in said(test)
    assert "Here a change in who goes where" not in said(test)


def test_own_data_come_before_demonstration_data_and_never_mix(
    app: Open, courses: Build, demonstration_file: Path
) -> None:
    test = drop(app(demonstration_file), courses(*rows(), Justeringer=adjustments()))
    click(test, "confirm")
    test.switch_page("overview.py").run()
    assert test.metric[0].value == "50,0"
    test.selectbox(key="data").select("demonstration").run()
    assert test.metric[0].value != "50,0"


def faulty() -> list[list[Any]]:
    wrong = rows()
    wrong[0][0], wrong[5][4] = "Holbek", "engang"
    return wrong


def test_a_faulty_workbook_is_explained_and_cannot_be_stored(app: Open, courses: Build) -> None:
    test = drop(app(), courses(*faulty(), Justeringer=adjustments()))
    told = said(test)
    assert "»Holbek« er ikke en dansk kommune. Den nærmeste er Holbæk." in told
    assert "Ark »Forløb«, række 2, kolonne »Kommune«" in told
    assert "»engang« er ikke en dato." in told
    assert "Ark »Forløb«, række 7, kolonne »Startet«" in told
    assert not has_button(test, "confirm")


def test_a_date_of_a_date_cell_is_told_as_the_language_writes_it_and_can_be_replaced(app: Open, courses: Build) -> None:
    wrong = rows()
    wrong[5][4], wrong[6][4] = D(2099, 5, 11), "2098-05-11"
    test = drop(app(), courses(*wrong, Justeringer=adjustments()))
    assert "»11-05-2099« ligger før 1990 eller i fremtiden." in said(test)
    fix(test, "11-05-2099", "04-03-2015", kind="text_input")
    assert "»2098-05-11« ligger før 1990 eller i fremtiden." in said(test)  # A text stands as it was written.
    fix(test, "2098-05-11", "04-03-2015", kind="text_input")
    assert "160 forløb" in said(test)
    assert has_button(test, "confirm")


def test_rows_with_faults_are_left_out_and_their_number_is_recorded(app: Open, courses: Build) -> None:
    test = drop(app(), courses(*faulty(), Justeringer=adjustments()))
    fix(test, "Holbek", LEAVE_OUT)
    press(test, "Udelad 1 række")
    assert "158 forløb" in said(test)
    account = next(table.value for table in test.dataframe if "Stemmer" in table.value).iloc[0]
    assert (account["Rækker i filen"], account["Gemt"], account["Udeladt"]) == ("160", "158", "2 af dig")
    click(test, "confirm")
    assert "er gemt" in test.success[0].value


def test_a_likely_meaning_is_chosen_and_replaces_the_value_everywhere(app: Open, courses: Build) -> None:
    wrong = [["Holbek", *row[1:]] for row in rows()]
    wrong[7][7] = "Mesterlære"
    test = drop(app(), courses(*wrong, Justeringer=adjustments()))
    field = field_of(test, "Holbek")
    assert (field.label.replace("\\", ""), field.value) == ("Holbek (160 rækker)", None)
    assert field.options[0] == "Holbæk"
    fix(test, "Holbek", "Holbæk")
    fix(test, "Mesterlære", ADD_GROUP)
    assert not has_button(test, "confirm")  # A group of an ordered dimension needs a rank, or the choice of none.
    waited(next(one for one in test.selectbox if "Rang" in one.label).set_value(2).run(timeout=60))
    assert "160 forløb" in said(test)
    assert "Nye grupper: Mesterlære." in said(test)
    click(test, "start_over")
    assert "»Holbek« er ikke en dansk kommune." in said(test)


def test_text_from_a_workbook_is_shown_as_it_stands(app: Open, courses: Build) -> None:
    nasty = "**Aarhus** [x](javascript:alert(1)) $x$ :red[y]"
    test = drop(app(), courses([nasty, *rows()[0][1:]]))
    escaped = r"\*\*Aarhus\*\* \[x\]\(javascript\:alert\(1\)\) \$x\$ \:red\[y\]"
    assert any(escaped in line.value for line in test.markdown)


def test_the_same_file_again_is_recognised(app: Open, courses: Build) -> None:
    content = courses(*rows(), Justeringer=adjustments())
    test = drop(app(), content)
    test.text_input(key="person").input("Mette H").run()
    click(test, "confirm")
    again = drop(test, content)
    assert "Netop denne fil blev gemt" in said(again)
    assert "af Mette H" in said(again)
    assert not has_button(again, "confirm")


def test_the_same_file_again_of_somebody_who_gave_no_name(app: Open, courses: Build) -> None:
    content = courses(*rows(), Justeringer=adjustments())
    again = drop(click(drop(app(), content), "confirm"), content)
    assert "af en person, der ikke har oplyst sit navn." in said(again)


def test_an_overlap_is_refused_or_replaces(app: Open, courses: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIGE_ADGANG_OWN_COUNTS", "on")
    test = click(drop(app(), courses(*rows(), Justeringer=adjustments())), "confirm")
    again = drop(test, courses(*rows(39), Justeringer=adjustments()), "export 2.xlsx")
    assert not has_button(again, "confirm")
    assert "Filen kan gemmes, når du har valgt, hvad den betyder" in again.info[0].value
    waited(again.radio(key="later_file").set_value("replace").run())
    assert (
        "Træder filen i stedet, er der færre borgere på et trin." in said(again)
        and again.button(key="confirm").disabled
    )
    waited(again.checkbox(key="losses").check().run())
    click(again, "confirm")
    again.switch_page("overview.py").run()
    assert again.metric[0].value == "51,3"
    again.switch_page("upload.py").run()
    click(click(again, "undo_2"), "sure_2")
    again.switch_page("overview.py").run()
    assert again.metric[0].value == "50,0"


def test_rows_that_are_stored_already_are_not_added_unasked(app: Open, courses: Build) -> None:
    test = click(drop(app(lang="en"), courses(*rows(), Justeringer=adjustments())), "confirm")
    again = drop(test, courses(*rows(39), Justeringer=adjustments()), "export 2.xlsx")
    waited(again.radio(key="later_file").set_value("add").run())
    assert "would count twice" in said(again) and again.button(key="confirm").disabled
    waited(again.checkbox(key="losses").check().run())
    assert not again.button(key="confirm").disabled


@pytest.mark.parametrize(("lang", "told"), [("da", "Filen er tom"), ("en", "The file is empty")])
def test_an_empty_file_in_the_readers_language(app: Open, lang: str, told: str) -> None:
    assert told in said(drop(app(lang=lang), b""))


def test_imports_are_searched_and_entries_of_forms_stand_apart(app: Open, courses: Build) -> None:
    from analysis.auth.roles import NOBODY_SIGNED_IN
    from analysis.store import Source, add_import
    from pages.components.process import open_database
    from tests.store.test_imports import adjusted

    test = click(drop(app(lang="en"), courses(*rows(), Justeringer=adjustments())), "confirm")
    for number in range(12):
        entry = adjusted(D(2015, 9, 1), title=f"Besøg {number}")
        add_import(open_database(), entry, Source(f"form {number}", f"{number}", typed=True), by=NOBODY_SIGNED_IN)
    test.switch_page("upload.py").run()
    shown = [one.key for one in test.button if str(one.key).startswith("undo_")]
    assert shown == ["undo_1", *(f"undo_{number}" for number in range(13, 8, -1))]
    assert "Entries of forms and votes" in said(test)
    test.text_input(key="history_search").input("export").run()
    assert [one.key for one in test.button if str(one.key).startswith("undo_")] == ["undo_1"]


def test_one_row_is_corrected_and_taken_back(app: Open, courses: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIGE_ADGANG_OWN_COUNTS", "on")
    test = click(drop(app(lang="en"), courses(*rows(), Justeringer=adjustments())), "confirm")
    done = rows()[10]
    assert done[5] is None
    done[5] = D(2015, 3, 20)
    again = drop(test, courses(done), "correction.xlsx")
    assert "1 of 1 row of the file is stored already" in said(again)
    assert "Probably: Correct the rows that are stored already, and add the others." in said(again)
    assert not has_button(again, "confirm")
    waited(again.radio(key="later_file").set_value("correct").run())
    assert "After the correction" in [column for table in again.dataframe for column in table.value.columns]
    click(again, "confirm")
    again.switch_page("overview.py").run()
    assert again.metric[0].value == "47.5"  # 11 of 40 instead of 10 complete before.
    again.switch_page("upload.py").run()
    click(click(again, "undo_2"), "sure_2")
    again.switch_page("overview.py").run()
    assert again.metric[0].value == "50.0"


def test_a_file_nobody_knows_offers_to_match_its_columns(app: Open) -> None:
    test = drop(app(lang="en"), b"place,group,date\nWales,A,2014-01-01\n", "other.csv")
    assert test.radio(key="map_form").value == "courses"
    assert {"map_courses_A", "map_courses_B", "map_courses_C"} <= {box.key for box in test.selectbox}


def unknown(month: int) -> bytes:
    lines = ["sted;aktivitet;nr;opstart;skolegang"]
    lines += [f"Holbæk;Rygestop;{month}-{n};02-{month:02}-2015;{'folkesk.' if n % 2 else 'LVU'}" for n in range(12)]
    return "\r\n".join(lines).encode()


def test_the_second_export_from_the_same_system_is_one_click(app: Open) -> None:
    test = drop(app(lang="en"), unknown(3), "march.csv")
    meanings = ("municipality", "offer", "citizen", "started_on", "dimension:education")
    for place, meaning in zip("ABCDE", meanings, strict=True):
        waited(test.selectbox(key=f"map_courses_{place}").select(meaning).run())
    fix(test, "folkesk.", "Basic school")
    test.text_input(key="mapping_name").input("Journal system").run()
    click(test, "confirm")
    again = drop(test, unknown(4), "april.csv")
    assert has_button(again, "forget_0")
    click(again, "read_as_0")
    assert "Read as “Journal system”." in said(again)
    click(again, "confirm")
    assert "april.csv" in said(again)


def test_others_before_and_a_line_that_is_too_long_are_told(app: Open, courses: Build) -> None:
    from pages.import_wizard.queue import turns

    test = app()
    test.switch_page("upload.py").run()
    with turns().turn(), turns().turn():
        test.file_uploader[0].upload("export.xlsx", courses(*rows()))
        test.run(timeout=60)
        assert "Der er andre før dig: 1 fil læses først." in said(test)
    waited(test)
    assert "Hvad der er forstået" in [heading.value for heading in test.header]
    turns().waiting = -turns().at_once
    drop(test, courses(*rows(41)), "other.xlsx")
    assert "Der læses mange filer lige nu" in test.warning[0].value
    turns().waiting = 1
    click(test, "again")
    assert not test.warning


def in_doubt() -> bytes:
    """Courses with a column of area codes under a header that does not say so."""
    headers = ["Kommune", "Tilbud", "Borger-id", "Inviteret", "Startet", "Gennemført", "Udfald", "Uddannelse", "Nr."]
    return book({"Forløb": [headers, *([*row, f"0301010{number:03}"] for number, row in enumerate(rows()))]})


def test_a_column_that_is_not_of_cpr_numbers_is_left_out_and_the_file_is_stored(app: Open) -> None:
    test = drop(app(), in_doubt())
    assert "ligner et CPR-nummer" in said(test)
    assert not has_button(test, "confirm")
    (box,) = test.checkbox
    assert "kolonne I »Nr" in box.label
    box.check()
    next(one for one in test.button if "afkrydsede" in one.label).click()
    waited(test.run(timeout=60))
    assert "Kolonnen udelades" in said(test)
    click(test, "confirm")
    assert "er gemt" in test.success[0].value


def test_a_file_with_cpr_numbers_gets_the_steps_to_replace_them(app: Open, courses: Build) -> None:
    with_numbers = [[*row[:2], f"010170-{number:04}", *row[3:]] for number, row in enumerate(rows())]
    test = drop(app(), courses(*with_numbers), "Udtræk maj.xlsx")
    assert [one.label for one in test.expander if "erstattes" in one.label] == ["Sådan erstattes CPR-numre"]
    command = 'python -m analysis.intake pseudonymise "Udtræk maj.xlsx" --language da'
    assert [one.value for one in test.code] == [command]
    assert "LOPSLAG(D2;Liste!A:B;2;FALSK)" in said(test)
    test = drop(app(), courses(*with_numbers), "010170-1234.xlsx")
    assert "010170" not in said(test) + "".join(one.value for one in test.code)
    assert not drop(app(), courses(*rows())).code


def test_ids_that_look_like_cpr_numbers_are_replaced_and_the_file_is_stored(app: Open, courses: Build) -> None:
    with_ids = [[*row[:2], f"20120000{number:02}", *row[3:]] for number, row in enumerate(rows())]
    test = drop(app(), courses(*with_ids, Justeringer=adjustments()))
    assert not has_button(test, "confirm")
    assert any("erstattes af andre" in one.value for one in test.markdown)
    (box,) = test.checkbox
    box.check()
    next(one for one in test.button if "afkrydsede" in one.label).click()
    waited(test.run(timeout=60))
    assert "Hvert id erstattes af et andet" in said(test)
    click(test, "confirm")
    assert "er gemt" in test.success[0].value


@pytest.mark.parametrize("key", ["mapping_name", "person"])
def test_a_cpr_number_typed_before_storing_is_refused(app: Open, courses: Build, key: str) -> None:
    test = drop(app(), courses(*rows(), Justeringer=adjustments()))
    test.text_input(key=key).input("Hold 010170\u00a01234")
    click(test, "confirm")
    assert "ligner et CPR-nummer" in said(test)
    test.text_input(key=key).input("Hold 12")
    click(test, "confirm")
    assert "er gemt" in test.success[0].value


def test_a_value_is_never_replaced_by_nothing(app: Open, courses: Build) -> None:
    wrong = rows()
    wrong[5][4] = "engang"
    test = drop(app(), courses(*wrong, Justeringer=adjustments()))
    for emptied in ("", "  "):
        fix(test, "engang", emptied, kind="text_input")
        assert "»engang« er ikke en dato." in said(test)
        assert not has_button(test, "confirm")


OPPOSITES = [
    "Komunenavn;Tilbud;Borger-id;Startet;Afsluttet;Tilknytning",
    *(f"Viborg;Rygestop;B{n};02-02-2022;;{('Ikke i beskæftigelse', 'I beskæftigelsen')[n % 2]}" for n in range(9)),
]


def test_nothing_that_is_only_likely_is_chosen_beforehand(app: Open) -> None:
    test = drop(app(lang="en"), "\r\n".join(OPPOSITES).encode(), "other.csv")
    waited(test.toggle[0].set_value(True).run())
    assert test.selectbox(key="map_courses_B").value == "offer"
    assert test.selectbox(key="map_courses_A").value is None
    assert test.selectbox(key="map_courses_E").value is None
    assert "Perhaps “Municipality”" in said(test)
    click(test, "map_likely")
    assert test.selectbox(key="map_courses_A").value == "municipality"
    assert test.selectbox(key="map_courses_E").value == "completed_on"
    waited(test.selectbox(key="map_courses_F").select("dimension:labour market").run())
    likely, opposite = (field_of(test, value) for value in ("I beskæftigelsen", "Ikke i beskæftigelse"))
    assert (likely.value, opposite.value) == (None, None)
    assert (likely.placeholder, opposite.placeholder) == ("choose, perhaps Employed", "choose what it means")


def test_what_comes_first_in_short_dates_is_asked_about_with_no_answer_beforehand(app: Open) -> None:
    lines = ["Kommun;Insats;Invånar-id;Kön;Inbjuden;Påbörjat", "Viborg;Rygestop;B1;Man;12-01-10;12-01-11"]
    test = drop(app(lang="sv"), "\r\n".join(lines).encode(), "korta.csv")
    assert test.radio(key="answer_date_order").value is None
    assert not has_button(test, "confirm")
    waited(test.radio(key="answer_date_order").set_value("year_first").run())
    assert has_button(test, "confirm")


def test_an_end_date_is_asked_about_with_no_answer_beforehand(app: Open) -> None:
    lines = ["Kommune;Tilbud;Borger-id;Køn;Startet;Afsluttet", "Viborg;Rygestop;B1;Mand;02-02-2022;01-05-2022"]
    test = drop(app(lang="en"), "\r\n".join(lines).encode(), "ended.csv")
    assert test.radio(key="answer_ended_or_completed").value is None
    assert not has_button(test, "confirm")
    waited(test.radio(key="answer_ended_or_completed").set_value("completed").run())
    click(test, "confirm")
    assert "is stored" in test.success[0].value


def test_the_country_of_municipalities_is_asked_about_with_no_answer_beforehand(app: Open) -> None:
    lines = ["Kommune;Tilbud;Borger-id;Køn;Startet;Gennemført", "Malmö;Rygestop;B1;Mand;02-02-2022;01-05-2022"]
    lines.append("Ystad;Rygestop;B2;Mand;02-02-2022;01-05-2022")
    test = drop(app(lang="en"), "\r\n".join(lines).encode(), "malmo.csv")
    assert test.radio(key="answer_municipality_country").value is None
    assert not has_button(test, "confirm")
    waited(test.radio(key="answer_municipality_country").set_value("swedish").run())
    click(test, "confirm")
    assert "is stored" in test.success[0].value


@pytest.mark.parametrize("kind", ["map", "tiles"])
def test_places_outside_denmark_are_shown_and_named_beside_the_map(app: Open, courses: Build, kind: str) -> None:
    abroad = [["Malmö", *row[1:]] for row in rows()]
    there = [adjustments()[0], ["Malmö", *adjustments()[1][1:]]]
    test = drop(app(lang="en", map=kind), courses(*abroad, Justeringer=there))
    waited(test.radio(key="answer_municipality_country").set_value("swedish").run())
    click(test, "confirm")
    test.switch_page("municipalities.py").run()
    assert not test.exception
    assert "Some municipalities are not on the map of Denmark: " in said(test)
    for page in ("municipality.py", "overview.py", "spread.py"):
        test.switch_page(page).run()
        assert not test.exception
