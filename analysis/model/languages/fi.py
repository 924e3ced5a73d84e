"""Finnish."""

from analysis.model.languages.language import Language

LANGUAGE = Language(
    code="fi",
    name="Suomi",
    tag="fi-FI",
    order=5,
    stage_key="f",
    date="d.M.yyyy",
    time="H.mm",
    missing_words=("ei ilmoitettu", "ei tietoa", "tuntematon"),
    last_letters="åäö",
)
