"""The headers of a table: one row of texts, or several rows in which the upper ones stand over several columns."""

from dataclasses import dataclass
from functools import cached_property

from analysis.intake.sheets import letters
from analysis.intake.tables import normalised
from analysis.intake.values.footnotes import plain_label, without_question

NO_HEADERS = (-1, -1)
"""First and last header row of a table without headers: its columns have their letters as names."""


@dataclass(frozen=True)
class Heading:
    """The header rows of a table.

    Attributes
    ----------
    first, last : rows, counted from 0.
    texts : header of every column: the texts of all header rows together.
    levels : texts of each header row, with the texts over several columns repeated; none for a single row.
    """

    first: int
    last: int
    texts: list[str]
    levels: tuple[list[str], ...] = ()

    @cached_property
    def normalised(self) -> list[str]:
        """The headers, normalised for comparison."""
        return [without_question(normalised(plain_label(text))) for text in self.texts]

    @cached_property
    def names(self) -> list[str]:
        """A name for every column that no other has: its header, or its letters where it has none."""
        names: list[str] = []
        for position, text in enumerate(self.texts):
            place = letters(position)
            names.append(text if text and text not in names else f"{text} ({place})".strip())
        return names

    @property
    def rows_of_texts(self) -> tuple[list[str], ...]:
        """The texts of each header row."""
        return self.levels or (self.texts,)
