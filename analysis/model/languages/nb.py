"""Norwegian (bokmål)."""

from analysis.model.languages.language import Language

LANGUAGE = Language(
    code="nb",
    name="Norsk",
    tag="nb-NO",
    order=3,
    stage_key="n",
    date="dd.MM.yyyy",
    time="HH:mm",
    missing_words=("ikke oppgitt", "uoppgitt", "ukjent", "vet ikke"),
    last_letters="æøå",
    letters_as={"aa": "å", "ä": "æ", "ö": "ø"},
    named_as="no",
    also_for=("nn", "no"),
)
