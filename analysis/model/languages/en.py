"""English, the language of the code: it has no catalogue."""

from analysis.model.languages.language import Language

LANGUAGE = Language(
    code="en",
    name="English",
    tag="en-GB",
    order=2,
    stage_key="e",
    date="d MMM yyyy",
    time="HH:mm",
    missing_words=("not stated", "unknown"),
)
