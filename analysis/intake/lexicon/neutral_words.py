"""Words that do not change the meaning of a header or value, so that they need no counterpart."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


OF_EVENTS = _words(
    "dato datoen den d dt date datum on for pvm päivä päivämäärä antal antall number of count lukumäärä borgere"
    " citizens deltagere deltakere deltagare personer persons innbyggere invånare"
)
"""In headers of events: words for the date or for the number of citizens."""

OF_IDS = _words("id nr nummer number no kode code kod koodi numero tunnus tunniste")
OF_NAMES = OF_IDS | _words("navn name namn nimi")
OF_GROUPS = _words("gruppe group grupp ryhmä niveau level nivå taso interval")
OF_CITIZENS = _words("borger borgers borgerens borgernes citizen citizens innbyggerens innbyggers invånarens asukkaan")
OF_PERSONS = OF_CITIZENS | _words(
    "deltager deltagers participant deltaker deltagare osallistujan patient pasient potilaan klient client asiakkaan"
    " person persons student elev"
)
"""In headers of ids: words for persons."""
OF_OUTCOMES = _words("final endelig endeligt endelige slutligt slutlig lopullinen course forløb forløbets")

IN_VALUES = _words(
    "uddannelse udd education utdanning utbildning koulutus baggrund bakgrunn bakgrund background tausta oprindelse"
    " opprinnelse origin ursprung syntyperä person persons personer personen people indkomst income inntekt inkomst"
    " år årig årige years vuotta d i en et af av of"
)
"""In values of groups: words for the subject of the dimension."""
