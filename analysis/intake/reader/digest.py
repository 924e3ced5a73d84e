"""Digest of a sheet by row and by column. Two readers that find the same values in the same cells get equal digests."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np


class Digest:
    """Sums by row and by column of the checksums of texts and of the numbers of a sheet's cells.

    All sums are floats. Sums of checksums are exact, because they stay below 2**53.
    """

    def __init__(self) -> None:
        self.by_row = np.zeros((2, 0))
        self.by_column = np.zeros((2, 0))

    def add(self, rows: np.ndarray, columns: np.ndarray, texts: np.ndarray, numbers: np.ndarray) -> None:
        """Add cells by row and column, counted from 0."""
        self.by_row = _added(self.by_row, rows, texts, numbers)
        self.by_column = _added(self.by_column, columns, texts, numbers)

    def add_column(self, column: int, texts: np.ndarray, numbers: np.ndarray) -> None:
        """Add a whole column, from the first row."""
        self.by_row = _wide_enough(self.by_row, len(texts))
        self.by_row[0, : len(texts)] += texts
        self.by_row[1, : len(numbers)] += numbers
        self.by_column = _wide_enough(self.by_column, column + 1)
        self.by_column[:, column] += (texts.sum(), numbers.sum())

    def save(self, path: Path) -> None:
        np.savez(path, by_row=self.by_row, by_column=self.by_column)

    @classmethod
    def load(cls, path: Path) -> "Digest":
        """Load a saved digest."""
        made = cls()
        with np.load(path, allow_pickle=False) as saved:
            made.by_row, made.by_column = saved["by_row"], saved["by_column"]
        return made


def differing(
    one: Digest, other: Digest, *, rows: Sequence[int], columns: Sequence[int]
) -> tuple[list[int], list[int]]:
    """Return the rows and columns, from 0, in which two digests differ, except those to ignore.

    Timestamps are read with a precision of a millisecond, so sums of numbers may differ slightly.
    """
    return (
        _differing(one.by_row, other.by_row, rows, 1e-5, 1e-12),
        _differing(one.by_column, other.by_column, columns, 1e-2, 1e-10),
    )


def _differing(one: np.ndarray, other: np.ndarray, apart: Sequence[int], absolute: float, relative: float) -> list[int]:
    width = max(one.shape[1], other.shape[1])
    one, other = (np.pad(sums, ((0, 0), (0, width - sums.shape[1]))) for sums in (one, other))
    with np.errstate(invalid="ignore"):
        far = np.abs(one[1] - other[1]) > absolute + relative * np.abs(one[1])
    found = (one[0] != other[0]) | far
    found[[place for place in apart if place < width]] = False
    return np.flatnonzero(found).tolist()


def _added(sums: np.ndarray, places: np.ndarray, texts: np.ndarray, numbers: np.ndarray) -> np.ndarray:
    if not len(places):
        return sums
    first, last = int(places.min()), int(places.max()) + 1
    sums = _wide_enough(sums, last)
    sums[0, first:last] += np.bincount(places - first, texts, last - first)
    sums[1, first:last] += np.bincount(places - first, numbers, last - first)
    return sums


def _wide_enough(sums: np.ndarray, width: int) -> np.ndarray:
    """Enlarge the sums if necessary, to at least twice the size, so that this is rarely needed."""
    if width <= sums.shape[1]:
        return sums
    wider = np.zeros((2, max(width, 2 * sums.shape[1])))
    wider[:, : sums.shape[1]] = sums
    return wider
