"""Danish."""

from analysis.model.languages.language import Language

LANGUAGE = Language(
    code="da",
    name="Dansk",
    tag="da-DK",
    order=1,
    stage_key="d",
    date="dd-MM-yyyy",
    time="HH.mm",
    missing_words=("ikke oplyst", "ej oplyst", "ikke angivet", "ikke registreret", "uoplyst", "ukendt", "ved ikke"),
    last_letters="æøå",
    letters_as={"aa": "å", "ä": "æ", "ö": "ø"},
)
