"""Swedish."""

from analysis.model.languages.language import Language

LANGUAGE = Language(
    code="sv",
    name="Svenska",
    tag="sv-SE",
    order=4,
    stage_key="s",
    date="yyyy-MM-dd",
    time="HH:mm",
    missing_words=("ej angivet", "uppgift saknas", "okänd", "okänt", "vet ej", "vet inte"),
    last_letters="åäö",
)
