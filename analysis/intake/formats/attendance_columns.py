"""Columns of attendance that a sheet of courses can have beside those of the template."""

from analysis.intake.contract import Column
from analysis.intake.findings.check import N_
from analysis.intake.parsing.attendance import ATTENDED, STAYED_AWAY
from analysis.intake.parsing.stated_attendance import ATTENDED_SHARE, SESSIONS_ATTENDED, SESSIONS_HELD

ATTENDANCE = (
    Column(
        ATTENDED,
        {"da": "Fremmøde", "en": "Attended", "nb": "Oppmøte", "sv": "Närvaro", "fi": "Läsnäolo"},
        others=(
            *("Fremmødt", "Mødt", "Mødt op", "Tilstede", "Til stede", "Attendance", "Present", "Møtt", "Läsnä"),
            *("Deltog", "Deltagelse", "Fremmødestatus", "Mødestatus", "Mødte", "Deltok", "Deltog?", "Mødt?"),
        ),
        weak=(
            *("Deltaget", "Har deltaget", "Deltog i forløbet", "Mødte op", "Kom", "Participated", "Took part", "Came"),
            *("Deltatt", "Har deltatt", "Møtte", "Oppmøtt", "Møtt opp", "Deltagit", "Har deltagit", "Närvarande"),
            *("Osallistui", "Osallistunut", "Paikalla", "Saapui"),
        ),
        guidance=N_("Whether the citizen came to the session of the row."),
    ),
    Column(
        STAYED_AWAY,
        {"da": "Udeblevet", "en": "No show", "nb": "Uteblitt", "sv": "Uteblivit", "fi": "Ei saapunut"},
        others=(
            *("Udeblev", "Udeblivelse", "Ikke mødt", "Ikke mødt op", "Mødte ikke", "Mødte ikke op", "Ikke fremmødt"),
            *("Deltog ikke", "Ikke deltaget", "Kom ikke", "Fraværende", "Noshow", "Did not attend", "Did not come"),
            *("Not attended", "Absent", "Ikke møtt", "Møtte ikke", "Deltok ikke", "Uteble", "Uteblev", "Kom inte"),
            *("Ej deltagit", "Deltog inte", "Frånvarande", "Ei osallistunut", "Ei tullut", "Poissa"),
        ),
        guidance=N_("Whether the citizen stayed away from the session of the row."),
    ),
    Column(
        SESSIONS_ATTENDED,
        {
            "da": "Antal fremmøder",
            "en": "Sessions attended",
            "nb": "Antall oppmøter",
            "sv": "Antal närvarotillfällen",
            "fi": "Läsnäolokerrat",
        },
        others=("Fremmøder", "Antal fremmødte gange", "Antal gange mødt", "Antal gange fremmødt", "Antal mødt"),
        guidance=N_("The number of sessions that the citizen came to."),
    ),
    Column(
        SESSIONS_HELD,
        {
            "da": "Antal mødegange",
            "en": "Sessions held",
            "nb": "Antall samlinger",
            "sv": "Antal träffar",
            "fi": "Tapaamiskerrat",
        },
        others=(
            "Antal sessioner",
            "Antal møder",
            "Antal undervisningsgange",
            "Antal gange i alt",
            "Mødegange i alt",
        ),
        guidance=N_("The number of sessions of the course that were held."),
    ),
    Column(
        ATTENDED_SHARE,
        {
            "da": "Fremmødeprocent",
            "en": "Attendance rate",
            "nb": "Oppmøteprosent",
            "sv": "Närvaroprocent",
            "fi": "Läsnäoloprosentti",
        },
        others=(
            *("Fremmøde %", "Fremmøde i %", "Fremmøde pct.", "Fremmøde i pct.", "Fremmøde i procent"),
            *("Fremmødegrad", "Fremmødeandel", "Mødeprocent", "Närvarograd", "Share attended", "Attendance %"),
        ),
        guidance=N_("The share of the sessions that the citizen came to."),
    ),
)
