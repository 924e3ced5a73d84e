"""The languages on offer."""

LANGUAGES = {"da": "Dansk", "en": "English", "nb": "Norsk", "sv": "Svenska", "fi": "Suomi"}
"""Each by its code and by the name it has for itself."""


def by_language(names: tuple[str, ...]) -> dict[str, str]:
    """Names in the order of ``LANGUAGES``, by their language."""
    return dict(zip(LANGUAGES, names, strict=False))
