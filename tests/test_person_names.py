"""Names of persons, addresses and telephone numbers in free texts: found where they are likely, and not elsewhere."""

import pytest

from analysis.text.person_names import persons_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Fru Jensen kom ikke", ["Fru Jensen"]),
        ("Vi talte med Fatima om det", ["Fatima"]),
        ("Jens Peter Nielsen mente, at det hjalp", ["Jens Peter Nielsen"]),
        ("Kaj, 62 år, blev væk", ["Kaj"]),
        ("Rouva Virtanen soitti", ["Rouva Virtanen"]),
        ("Ring 22334455 eller +45 22 33 44 55", ["22334455", "+45 22 33 44 55"]),
        ("Skriv til anna@kommune.dk eller ring 12 34 56 78", ["anna@kommune.dk", "12 34 56 78"]),
    ],
)
def test_what_may_name_a_person_is_found(text: str, found: list[str]) -> None:
    assert persons_in(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Lær at tackle kroniske smerter i Aarhus Kommune",
        "Syv af ti svarer, når vi ringer om aftenen",
        "Borgere i Tingbjerg og Gellerup kom oftere",
        "Sundhedscenter Nord og Region Midtjylland",
        "4 timer om måneden, 300 kr. fra 1. september 2015 kl. 18",
        "Sundhedscenter Frederiksberg og Jobcenter Bornholm",
        "To timer pr. borger. Diætisten er med.",
        "Jobcentret tilbyder holdet ved samtalen.",
    ],
)
def test_places_and_numbers_are_no_persons(text: str) -> None:
    assert persons_in(text) == []
