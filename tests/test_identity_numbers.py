"""Identity numbers are found however they are written, and nothing else is taken for one.

The numbers are made up, or the ones that the authorities and their libraries use as examples.
"""

import datetime as dt
import itertools

import pytest

from analysis.i18n import LANGUAGES, wording
from analysis.text.identity_numbers import holds_identity_number, masked, may_be_disguised, strength
from analysis.text.plain_digits import normalised

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
IN_GROUPS = (
    *("1/1/90-1234", "1.1.1990-1234", "1/1/1990-1234", "1-1-90 1234", "1.1.90      1234", "1. 1. 1990-1234"),
    *("01. 01. 1990-1234", "1/1-90 1234", "01/01-70 1234", "01/01-1990 1234", "1990-1-1-1234", "1990-01-01-1234"),
    *("19900101-1234", "19900101 1234", "1990 01 01 1234", "19600101-1234", "19950312-1230", "01.01.1990 1234"),
    *("01 - 01 - 1990 - 1234", "1 / 1 / 90 - 1234", "010190_12_34", "0101_90_1234"),
    *("01.01.1990 12.34", "01-01-1990 12-34", "01.01.1990 12 34", "01.01.70 12 34", "01,01,90-1234"),
    *("010190-12-34", "010190-1-2-3-4", "010190 1 2 3 4", "010190/12/34", "010 190 1234", "010-190-1234"),
    *("010 170 1234", "0101-90-1234", "0101-701234", "0101-901-234", "0101901-234", "01019-01234", "01017 01234"),
    *("01-01901234", "3112 9943 21", "0101,90,1234", "2015 010190-12-34", "ring 010190-12-34 mandag"),
    *("010170" + " " * 13 + "1234", "010170" + "\u00a0" * 200 + "1234", "010170" + "-" * 20 + "1234", "010170--1234"),
    *("cpr 01.01.15-2016", "01.01.70-2016", "010115-2016", "010115 - 2016", "010115 2016", "01.01.2015-0123"),
    *("P-nr. 010190-1234", "tlf. 12345678 010190-1234", "tlf. 12345678 0101901234", "CPR-nr. 1012264321"),
    *("P-nr. 1012264321 og 0101901234", "2015-01-01 - 2015-03-31 010190-1234", "01.01.2015 01.01.90-1234"),
    *("01.01.2015 - 31.03.2015, 1/1/90-1234", "cpr P-nr. 1012264321"),
)
"""The digits in other groups than six and four, with a long gap, or beside what is none."""
IN_OTHER_WAYS = (
    "15-07-85-12-39",
    "abc1507851239def",
    "deadbeef1507851239",
    "150785\u06401239",
    "198507151239",
    *("15 07 85 12 39", "001507851239", "00107851239", "150785x1239", "150785 og 1239", "1239-150785"),
    *("150785\\u002d1239", "150785=2D1239", "\u202e9321-587051"),
    *("15/7 1985 - 1239", "15/7 1985-1239", "den 15/7 1985 1239"),
    *("01011995 4321", "010119954321", "01-01-1995 4321", "01011995-1234", "01-01-1995-1234", "19950312-0009"),
    *("CPR 01-01-1995 1230 er flyttet", "0101701234.1", "0101701234.01", "0101701234,2", "1.0101701234"),
    *("131052308T", "131052 308T", "131052_308T", "13-10-1952-308T", "1.01701234E+008"),
    *("010170     1234", "010170&nbsp;1234", "010170<br>1234", "010170 - - 1234", "010170&ndash;1234"),
    *("010170â€“1234", "⓿❶⓿❶❼⓿❶❷❸❹"),
)
WITH_A_POINT = (
    *("se 301270.1234 til samtale", "Ring til 301270, 1234", "aftalt med 301270. 1234", "Mette 301270,1234"),
    *("301270 .1234", "301270 ,1234", "301270.-1234", "301270.1234.xlsx", "30/12-1970, 1234", "30/12-70, 1234"),
    *("30/1270-1234", "30.1270-1234", "3012/70-1234", "30-1270-1234", "30/12-1970-1234"),
)
"""With a point or a comma before the running number, for those who are born on the 10th or later."""
NAMED_ONES = (
    *("CPR: 3012 70 12 34", "cpr: 3.012.701.234", "cpr 3,012,701,234", "cpr: 101.701.234", "CPR301270x1234"),
    *("cpr 301270 og 1234", "301270 cpr 1234", "301270 (cpr) 1234", "30.12.70 cpr 1234", "cpr 12-10-15 1230"),
    *("cpr 30.12.70 løbenr. 1234", "CPR 30.12.1970 løbenr. 1234"),
)
LABELLED_WITH_ANOTHER_LENGTH = (
    *("CVR 0101701234", "CVR-nr.: 0101701234", "Ryg (CVR 1012264321)", "SE-nr. 1012264321", "EAN-nr. 1012264321"),
    *("EAN 0101701234", "P-nr. 0101701234", "Tlf 0101701234", "tlf. 3112701234", "mobil 010170 1234"),
    *("tlf. +45 0101701234", "tlf. 0045 010170-1234", "tlf. +46 010170-1234", "DK81 0889 9579 0101 70-1234"),
)
"""Called something else, but no such number is as long."""
WITH_A_WORD_FOR_THE_REST = (
    *(
        "010170, løbenr. 1234",
        "født 01.01.1970, de sidste fire 1234",
        "010170 sidste 4: 1234",
        "01.01.70 (løbenr. 1234)",
    ),
    *("født 010170, løbenummer 1234", "010170 - de sidste fire cifre er 1234", "født 1/1 1970, sidste 4 1234"),
    *(
        "fødselsdato 01-01-1970 kontrolcifre 1234",
        "1970-01-01, sista fyra 1234",
        "010170 kontrolcifre: 1234",
        "1.1.1970 de fire sidste 1234",
    ),
)
PAIRS_AND_SINGLE_DIGITS = (
    *("01.01.70.12.34", "01/01/70/12/34", "01.01.70/12/34", "0 1 0 1 7 0 - 1 2 3 4", "0 1 0 1 7 0 / 1 2 3 4"),
    *("0, 1, 0, 1, 7, 0, 1, 2, 3, 4", "15.11.1999-2030", "15-11-1999 - 2030", "24.01.15, 0374", "24.01.70, 1074"),
    *("Født 01.01.1970, 8000", "Født 01.01.1970-8000 Aarhus"),
)
REPLACEMENTS = ("010170-1AB2", "010170TAB2", "010170 1AB2", "610170-1AB2", "930708-T187", "930708T187", "19930708-R187")
"""Numbers for persons who have none yet."""
DATES_AND_TIMES = ("010115 1200", "01.01.15-1530", "121015-1230", "12-10-15 - 1230")
"""Each can be a number, or a date and a time of day."""
WITH_A_MONTH_IN_LETTERS = (
    *("30. december 1970-1234", "født 30. december 1970, 1234", "30. dec. 1970 1234", "30-dec-70-1234"),
    *("30.dec.70-1234", "30dec70-1234", "30dec701234", "1. jan 70-1234", "1.jan.70 1234", "1. maj 90 1234"),
    *("December 30, 1970-1234", "Dec 30th 1970 1234", "30th of December 1970 - 1234", "1970 dec 30-1234"),
    *("1970 dec 30 1234", "1970 dec 3-1234", "1970, december 30, 1234"),
    *("30. joulukuuta 1970-1234", "30. desember 1970 1234", "30. september 1970 1234", "15. juni 1985 00017"),
)
IN_ADDRESSES = (
    *("https://x.dk/?q=301270%E2%80%931234", "?q=301270%961234", "?q=301270%2D1234", "?q=301270%252D1234"),
    *("?q=301270%25E2%2580%25931234", "?q=301270%C2%A01234"),
)
NOT_AMOUNTS = ("010190-12-34 Kristian", "010190-12-34 borgeren", "0101901234 kr.", "12-10-15 - 1230")
"""No unit stands after these, a number does not begin with nought, and a dash comes before no time of day."""
IDS_OF_PERSONS = (
    *("101701234x", "a101701234", "B-101701234", "10170-1234x", "311299.4321"),
    *("b0101701234cafeeee", "010170123401", "3.112.994.321", "199503121230", "01 01 70 12 34", "010.170.123.4"),
    *("6510384179", "6510384179x", "B-6510384179", "651038 4179", "010170tab2", "010170-1ab2", "930708-t187"),
    *("01.01.15-2016", "01.01.2015 - 2016", "P-nr. 1012264321", "120,170,1234", "070-123 45 67", "01/01701234"),
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
    *("1309 7248 022", "13.09.1972 48022", "13.9.1972 480 22", "130 972 480 22", "010190     10046", "1.1.1990 10046"),
    *("900101.1007", "900101,1007", "90-01-01 1007", "9001 01 1007", "1990-01-01 1007"),
    *("010190-123 M", "010190-123-M", "010190 123 M", "1.1.1990-123M", "01.01.1990-123 M"),
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
    *(
        "2015-01-01 12:34",
        "01-01-2015 12.34",
        "01.01.15 12.34",
        "12-10-2015 10-12",
        "2005-01-01 12:34",
        "12-10-15 10-12",
    ),
    *("2015-01-01 - 2015-03-31", "2015-01-01/2015-03-31", "2015-01-01–2015-03-31", "1/1-2015 - 31/3-2015"),
    *("2015-01-01 12:34 - 2015-03-31 14:00", "01-01-2015 12.34 - 31-03-2015 14.00", "2015.01.01-2015.03.31"),
    *("2015-01-01 - 2015-03-31, 2016-01-01 - 2016-03-31", "01.01.15 - 31.12.15", "1.1.15-1.3.15"),
    *("Ryg 01.01.15-2016", "01.01.2015 - 2016", "(01.01.2015 – 2016)", "01/01/2015 2016", "2015 - 01.01.2016"),
    *("10-12 2015-16", "Hold 1-10 2015-2016", "12/10 19/10 26/10 2015", "1.1 - 31.12 2015", "2005-03-12 2500 kr."),
    *("Ryg (P-nr. 1012264321)", "P-nummer: 1012264321", "Ryg (CVR 10122643)", "EAN-nr. 5790001234567"),
    *("SE-nr. 10122643", "CVR 12 34 56 78", "CVR: DK 10122643", "EAN 57900012", "tlf. 20 12 12 34"),
    *("tlf. 20101234 20121234", "tlf. 86 12 34 56 / 20 10 12 34", "tlf. (+45) 20 10 12 34", "tlf. 901 23 456"),
    *("tlf. +45 20 10 12 34", "tlf. 0045 20101234", "tlf. 004520101234", "tlf. +46 70-123 45 67", "tel. +358401234567"),
    *("DK26 1471 9469 9197 56", "IBAN DK80 0889 9579 0328 92", "NO85 1039 6323 001", "FI0608839806461472"),
    *("01.12.15: 1711 deltagere", "24.01.15, 1074", "24.01.2015: 1074", "Møde 24/01/15, 1074 borgere"),
    *("Født 01.01.1970, 8000 Aarhus C", "f. 05.04.1958, 4105 By", "Mette, født 5. april 1958, 4100 Ringsted"),
    *(
        "01.01.2015-2030",
        "15.11.1999-2005",
        "1, 2, 0, 45, 1, 0, 2, 1, 4, 5",
        "01.12.15.12.34",
        "Møde 12.10.2015, løbenr. 1234",
    ),
    *("121015-AB12", "SAG-123456-AB", "20150312T143", "998877TAB2", "K-150785"),
    *("tlf. 040 123 4567", "tlf.nr. 0701234567", "telefon: 0701234567", "Telefonnummer 0701234567", "01 01 15 12 34"),
    *(
        "070-123 45 67",
        "08-123 456 78",
        "08-12 34 56 78",
        "1.010.190.123",
        "12.105.678,90",
        "1 010 190 123",
        "100,200,1234",
    ),
    *("10.12.100.200", "10.12.345.678", "12.10 15.1234", "5.1.10.2045", "15/012345-12", "2015-012345", "2012-10-1234"),
    *("20% af 301270, 1234 i alt", "Budget 301270.1234", "kr. 301270.1234", "Kr 301270, 1234", "301270.1234 kr."),
    *("UTM 311270.1234, 6172340.5678", "311270.1234, 6172340.5678", "Areal 301270,1234 m2", "301270,- 1234 borgere"),
    *(
        "301270, 1234 borgere",
        "301270.1234",
        "301270, 1234",
        "110170. 1234",
        "12.10.15.1230.csv",
        "Udtræk 121015.1230.csv",
    ),
    *("Møde 12-10-15 1230", "Møde 12/10-15 1230", "Version 12.10.15.1234", "Hold 10.12.15 (1200)", "12/10-2015 1230"),
    *("12/10-15 kl. 12:30-14:00", "12/10-2015, 1234 deltagere", "Sag 15/012345-12", "1.-31. december 2015"),
    *("12. oktober 2015 1430", "12. okt 15 1430", "12. december 2015 kl. 1230", "12. december 2015, 1234 borgere"),
    *("1. maj 2015-2016", "1. maj 2015 - 31. dec. 2015", "1. januar 2015 til 31. marts 2016", "jan 2015, 1234"),
    *("maj 12 borgere, 1234 kr.", "10 marked 70 1234", "12. okt, 19. okt og 26. okt 2015", "2015 maj 12 1234 borgere"),
    *("K-2015-maj-001234", "4. kvartal 2015, 123456 kr.", "CPR-udtræk 12. oktober 2015, 1234 borgere"),
    *("CPR-registret 01.01.2015-31.12.2015", "Udtræk fra CPR 121015 kl. 1230", "cpr fjernet 12.10.2015"),
    *("Udtræk fra CPR, 301270 borgere og 1234 forløb", "Personnummer saknas, tel 070-123 45 67"),
    *("Budget 1012150000 kr.", "Budget 1012150000,-", "P 1003265432", "P 1003273548, Aarhus", "Rabat 10%20%30 2015"),
    *("45 12 34 56 78", "010115 kl 1200", "2015-150785", "15/7 2015 1430", "15/7 2015, 1239 borgere", "0057900012345"),
    *("1/1 2015 - 31/12 2015", "150785 kr 1239 borgere", "1.507.851.239"),
    *("16.0300", "1;2;3;4;5;6;7;8;9", "10-20", "b-00f3a1", "110170, 1234", "", "Borger 12"),
)


def forms() -> list[str]:
    """Every number in every disguise."""
    apart = [number.replace("-", between) for number, between in itertools.product(DANISH, BETWEEN.values())]
    around = [frame.format(number) for frame, number in itertools.product(AROUND, (DANISH[0], "3112994321"))]
    in_digits = [text.translate(digits) for text in (DANISH[0], "3112994321") for digits in DIGITS.values()]
    written = (*AS_NUMBERS, *DATES_APART, *IN_GROUPS, *IN_OTHER_WAYS, *WITH_A_POINT, *NAMED_ONES)
    others = (*WITH_A_MONTH_IN_LETTERS, *IN_ADDRESSES, *NOT_AMOUNTS, *NORDIC, *REPLACEMENTS, *DATES_AND_TIMES)
    written += (*LABELLED_WITH_ANOTHER_LENGTH, *WITH_A_WORD_FOR_THE_REST, *PAIRS_AND_SINGLE_DIGITS)
    return list(dict.fromkeys([*apart, *around, *in_digits, *written, *others]))


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


ABBREVIATED = ("jan", "feb.", "mar", "apr.", "maj", "jun", "jul.", "aug", "sept.", "okt.", "nov", "dec.")


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("between", [", ", " og ", " - ", " – ", "; ", " / ", " "])
def test_months_in_a_row_are_no_identity_number(code: str, between: str) -> None:
    days = [dt.date(year, month, 1) for year in (2014, 2015) for month in range(1, 13)]
    months = [wording(code).month(day) for day in days]
    short = [f"{ABBREVIATED[day.month - 1]} {day.year}" for day in days]
    in_a_row = zip(months, months[1:], months[2:], strict=False)
    rows = [*itertools.permutations(months, 2), *itertools.permutations(short, 2), *in_a_row]
    found = [row for row in rows if strength(f"Pauser: {between.join(row)}") or strength(between.join(row))]
    print(f"{len(rows) - len(found)} of {len(rows)}")
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
    "form",
    [
        *("010170-1234", "０１０１７０–１２３４", "131052A308T", "010170\u200b 1234", "13097248022"),
        *("010190-123 M", "1/1/90-1234", "010190-12-34"),
    ],
)
def test_a_number_is_masked_however_it_is_written(form: str) -> None:
    shown = masked(f"export {form} marts.xlsx")
    assert shown == "export [CPR] marts.xlsx"


def test_a_text_without_a_number_is_not_changed_by_masking() -> None:
    assert masked("Udtræk – 12-03-2015\u00a0kl. 14.30") == "Udtræk – 12-03-2015\u00a0kl. 14.30"


def test_normalising_leaves_danish_letters() -> None:
    assert normalised("Lær\u00a0at\u200b tackle – år １") == "Lær at tackle - år 1"
