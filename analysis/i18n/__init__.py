"""Languages: the catalogues, numbers and dates as each language writes them, and the sentences pages and files show."""

from analysis.i18n.language import LANGUAGES, Wording, wording

__all__ = ["LANGUAGES", "Wording", "wording"]
