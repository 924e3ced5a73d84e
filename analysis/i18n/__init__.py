"""Internationalisation: catalogues, formats of numbers and dates, and the sentences on pages and in exports."""

from analysis.i18n.language import Wording, wording
from analysis.model.languages import LANGUAGES

__all__ = ["LANGUAGES", "Wording", "wording"]
