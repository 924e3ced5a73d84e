"""Identity numbers are found however they are written, and nothing else is taken for one.

The numbers are made up, or the ones that the authorities and their libraries use as examples.
"""

import itertools

import pytest

from analysis.identity_numbers import holds_identity_number, masked, may_be_disguised, normalised, strength

DANISH = ("010170-1234", "311299-4321", "290200-9876", "150645-0001")
BETWEEN = {
    "hyphen": "-",
    "space": " ",
    "two spaces": "  ",
    "four spaces": "    ",
    "non-breaking space": "\u00a0",
    "narrow non-breaking space": "\u202f",
    "figure space": "\u2007",
    "em space": "\u2003",
    "ideographic space": "\u3000",
    "zero-width space": "\u200b",
    "zero-width joiner": "\u200d",
    "word joiner": "\u2060",
    "byte order mark": "\ufeff",
    "soft hyphen": "\u00ad",
    "mark of direction": "\u200e",
    "newline": "\n",
    "two newlines": "\r\n",
    "tab": "\t",
    "vertical tab": "\v",
    "line separator": "\u2028",
    "next line": "\u0085",
    "hyphen and spaces": " - ",
    "non-breaking hyphen": "\u2011",
    "Unicode hyphen": "\u2010",
    "figure dash": "\u2012",
    "en dash": "–",
    "em dash": "—",
    "horizontal bar": "\u2015",
    "minus": "−",
    "full-width hyphen": "－",
    "small hyphen": "\ufe63",
    "hyphen bullet": "\u2043",
    "underscore": "_",
    "slash": "/",
    "colon": ":",
    "escaped hyphen": "_x002D_",
    "nothing": "",
}
AROUND = (
    "{}",
    "CPR{}",
    "{}x",
    "({})",
    "nr.{}",
    "ring til {} mandag",
    "“{}”,",
    "a{}b",
    "[{}]!",
    "\u200b{}\u200b",
    "#{};",
)
DIGITS = {
    "full-width": str.maketrans("0123456789", "０１２３４５６７８９"),
    "Arabic": str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"),
    "mathematical": str.maketrans("0123456789", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗"),
    "superscript": str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"),
    "circled": str.maketrans("0123456789", "⓪①②③④⑤⑥⑦⑧⑨"),
}
AS_NUMBERS = (
    "0101701234",
    "101701234",
    "101701234.0",
    "101701234,00",
    "0101701234.0",
    "1.01701234E+08",
    "1,01701234e+8",
    "3112994321",
    "'0101701234",
    '="0101701234"',
    "cpr nr. 101701234",
    "10170-1234",
    "10170 1234",
)
DATES_APART = (
    "01 01 70 1234",
    "01.01.70-1234",
    "01-01-70-1234",
    "01/01/70 1234",
    "01-01-1970-1234",
    "01.01.1970 1234",
    "01-01-701234",
    "0101 70 1234",
    "0 1 0 1 7 0 1 2 3 4",
    "0-1-0-1-7-0-1-2-3-4",
    "010170-12 34",
    "010170.1234",
    "610170-1234",
)
IN_OTHER_WAYS = (
    *("01011995 4321", "010119954321", "01-01-1995 4321", "01011995-1234", "01-01-1995-1234", "19950312-0009"),
    *("CPR 01-01-1995 1230 er flyttet", "0101701234.1", "0101701234.01", "0101701234,2", "1.0101701234"),
    *("131052308T", "131052 308T", "131052_308T", "13-10-1952-308T", "1.01701234E+008"),
    *("010170     1234", "010170&nbsp;1234", "010170<br>1234", "010170 - - 1234", "010170&ndash;1234"),
    *("010170â€“1234", "⓿❶⓿❶❼⓿❶❷❸❹"),
)
IDS_OF_PERSONS = (
    *("101701234x", "a101701234", "B-101701234", "10170-1234x", "0101-701234", "01/01-70 1234", "311299.4321"),
    *("b0101701234cafeeee", "010170123401", "1309 7248 022", "13.09.1972 48022", "130 972 480 22", "010 170 1234"),
    *("01017 01234", "3112 9943 21", "3.112.994.321", "199503121230", "19950312-1230"),
)
"""Only in a column with the ids of persons is each of these an identity number."""
OTHER_IDS = (
    *("b-00f3a1", "AAR-2012-000123", "2015-00012", "3f2504e0-4f89-11d3-9a0c-0305e82c3301", "B-0001", "201503121430"),
    *("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d0101701234b0", "99134567890", "320170-1234"),
)
NORDIC = (
    *("13097248022", "130972 48022", "130972-48022", "53097248016", "530972 48016", "13527248013", "21016400952"),
    *("13097248022.0", "130972 480 22", "13.09.72 48022", "0501 70 00073", "5017000073", "１３０９７２４８０２２"),
    *("811218-9876", "811218+9876", "19811218-9876", "198112189876", "8112189876", "701063-2391", "811218−9876"),
    *("131052-308T", "131052+308T", "131052–308T", "131052A308T", "131052 - 308T", "131052-308t"),
    *(f"010594{sign}9032" for sign in "YXWVU-"),
    *(f"131052{sign}308T" for sign in "ABCDEF"),
    *("120174-3399", "1201743399", "120174 3399"),
)
NOT_ONES = (
    *("2015-03-12", "12-03-2015", "12.03.15", "12/03/2015", "2015-03-12 14:30:00", "2015-03-12T14:30:00.123456Z"),
    *("20150312", "20150312143000", "201503121430", "12.03.2015 14:30", "12-03-2015 1430", "12-03-2015 2500 kr."),
    *("export_20150312_1430.xlsx", "udtræk 12-03-2015 14.30.csv", "2014-2015", "2015/16", "010115-311215"),
    *("01012015-31122015", "01.01.15-31.12.15", "2015M03", "uge 10-12 2015", "mar-15", "45353.604166666664"),
    *("1.234.567", "1 234 567", "12,345,678", "1.010.701.234", "101 701 234", "1'010'170", "373002.78", "1e308"),
    *("0.0101701234", "1,0101701234", "110170.1234", "110170,1234", "12345678.1234", "1017012.5", "-0.1017012345"),
    *("20101234", "20 10 12 34", "+45 20 10 12 34", "+4520101234", "070-123 45 67", "+46701234567", "+358 40 1234567"),
    *("10127012", "DK10127012", "0101", "1010", "1425168000", "5790001234567", "DK50 0040 0440 1162 43"),
    *("{0101F0A1-0101-7012-3401-010170123401}", "00000000-0001-0000-0000-000000000000"),
    *("0x0101008A3B0101701234567812", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d0101701234b0"),
    *("320170-1234", "011370-1234", "001370-1234", "8112189875", "131052-308S", "13097248023", "53097248017"),
    *("16.0300", "1;2;3;4;5;6;7;8;9", "10-20", "b-00f3a1", "110170, 1234", "", "Borger 12"),
)


def forms() -> list[str]:
    """Every number in every disguise."""
    apart = [number.replace("-", between) for number, between in itertools.product(DANISH, BETWEEN.values())]
    around = [frame.format(number) for frame, number in itertools.product(AROUND, (DANISH[0], "3112994321"))]
    in_digits = [text.translate(digits) for text in (DANISH[0], "3112994321") for digits in DIGITS.values()]
    return list(dict.fromkeys([*apart, *around, *in_digits, *AS_NUMBERS, *DATES_APART, *IN_OTHER_WAYS, *NORDIC]))


def test_every_form_is_found() -> None:
    all_forms = forms()
    found = [form for form in all_forms if holds_identity_number([form])]
    print(f"{len(found)} of {len(all_forms)}")
    assert sorted(set(all_forms) - set(found)) == []
    assert len(all_forms) >= 200


def test_nothing_else_is_taken_for_one() -> None:
    found = [text for text in NOT_ONES if holds_identity_number([text])]
    print(f"{len(NOT_ONES) - len(found)} of {len(NOT_ONES)}")
    assert found == []


def test_digits_alone_decide_among_the_ids_of_persons() -> None:
    found = [text for text in IDS_OF_PERSONS if may_be_disguised(text)]
    others = [text for text in OTHER_IDS if may_be_disguised(text)]
    print(f"{len(found)} of {len(IDS_OF_PERSONS)}, {len(OTHER_IDS) - len(others)} of {len(OTHER_IDS)}")
    assert (tuple(found), others) == (IDS_OF_PERSONS, [])


def test_no_character_breaks_the_check() -> None:
    for number in (*range(0x3100), *range(0xF900, 0x10000), *range(0x1D000, 0x20000)):
        strength(chr(number) * 10)


@pytest.mark.parametrize(
    "form", ["010170-1234", "０１０１７０–１２３４", "131052A308T", "010170\u200b 1234", "13097248022"]
)
def test_a_number_is_masked_however_it_is_written(form: str) -> None:
    shown = masked(f"export {form} marts.xlsx")
    assert shown == "export [CPR] marts.xlsx"


def test_a_text_without_a_number_is_not_changed_by_masking() -> None:
    assert masked("Udtræk – 12-03-2015\u00a0kl. 14.30") == "Udtræk – 12-03-2015\u00a0kl. 14.30"


def test_normalising_leaves_danish_letters() -> None:
    assert normalised("Lær\u00a0at\u200b tackle – år １") == "Lær at tackle - år 1"
