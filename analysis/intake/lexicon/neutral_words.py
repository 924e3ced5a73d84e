"""Words that leave the meaning of a header or a value as it is, so that they need no counterpart in another."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


OF_EVENTS = _words(
    "dato datoen den d dt date datum on for pvm päivä päivämäärä antal antall number of count lukumäärä borgere"
    " citizens deltagere deltakere deltagare personer persons innbyggere invånare"
)
"""In headers of what happened to citizens, with its day or with how many they were."""

OF_IDS = _words("id nr nummer number no kode code kod koodi numero tunnus tunniste")
OF_NAMES = OF_IDS | _words("navn name namn nimi")
OF_GROUPS = _words("gruppe group grupp ryhmä niveau level nivå taso interval")
OF_CITIZENS = _words("borger borgers borgerens borgernes citizen citizens innbyggerens innbyggers invånarens asukkaan")
OF_PERSONS = OF_CITIZENS | _words(
    "deltager deltagers participant deltaker deltagare osallistujan patient pasient potilaan klient client asiakkaan"
    " person persons student elev"
)
"""In headers of an id: whose it is."""
OF_OUTCOMES = _words("final endelig endeligt endelige slutligt slutlig lopullinen course forløb forløbets")

IN_VALUES = _words(
    "uddannelse udd education utdanning utbildning koulutus baggrund bakgrunn bakgrund background tausta oprindelse"
    " opprinnelse origin ursprung syntyperä person persons personer personen people indkomst income inntekt inkomst"
    " år årig årige years vuotta d i en et af av of"
)
"""In the values of a group: what its dimension is about."""
