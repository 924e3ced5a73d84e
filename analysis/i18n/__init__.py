"""Languages: the catalogues, numbers and dates as each language writes them, and the sentences pages and files show."""

from analysis.i18n.language import Wording, wording
from analysis.model.languages import LANGUAGES

__all__ = ["LANGUAGES", "Wording", "wording"]
