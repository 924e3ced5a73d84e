"""Update the catalogues: collect every text of the code, and leave new texts empty for translation.

Run ``python -m analysis.i18n.catalogue`` after adding a text, and translate the empty entries of the ``.po`` files.
"""

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from analysis.config import ROOT
from analysis.i18n.language import catalogue_of
from analysis.model.languages import LANGUAGES

KEYWORDS = {"text": None, "texts": (1, 2), "N_": None}
"""Functions that mark a text, and the positions of singular and plural in their arguments."""

SOURCES = ("pages", "analysis")


def collected() -> Catalog:
    """Return every text in the code, keyed by its English wording."""
    catalogue = Catalog(project="Lige Adgang")
    for source in SOURCES:
        path = ROOT / source
        folder = path if path.is_dir() else path.parent
        methods = [("**.py" if path.is_dir() else source, "python")]
        found = extract_from_dir(folder, method_map=methods, keywords=KEYWORDS)
        for file_name, _, message, comments, context in found:
            catalogue.add(
                message, locations=[(f"{folder.name}/{file_name}", 0)], auto_comments=comments, context=context
            )
    return catalogue


def translated(code: str) -> Catalog:
    """Return the stored catalogue of a language."""
    with catalogue_of(code).open("rb") as file:
        return read_po(file, locale=code)


def main() -> None:
    """Update every catalogue. English is the language of the code and has none."""
    for code in LANGUAGES:
        if code == "en":
            continue
        path = catalogue_of(code)
        catalogue = translated(code) if path.exists() else Catalog(locale=code, project="Lige Adgang")
        catalogue.update(collected(), no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        with path.open("wb") as file:
            write_po(file, catalogue, no_location=True, sort_output=True, ignore_obsolete=True, omit_header=False)
        empty = [message.id for message in catalogue if message.id and not message.string]
        print(f"{code}: {len(catalogue)} texts, {len(empty)} to translate")


if __name__ == "__main__":
    main()
