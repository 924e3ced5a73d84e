"""Manual mapping: assign the columns of an unknown file to the format, and translate their values."""

import datetime as dt
from dataclasses import dataclass, field

from analysis.intake.contract import KINDS, Form, SheetKind
from analysis.intake.layout import labels
from analysis.model.terms import UNDIVIDED, Stage


@dataclass(frozen=True)
class DimensionMapping:
    """Conversion of a column to a dimension. ``groups`` maps file values to groups; ``ranks`` orders them."""

    dimension: str
    ordered: bool
    groups: dict[str, str] = field(default_factory=dict)
    ranks: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Level:
    """Meaning of one header row over the columns of numbers: a field, or a dimension with the meaning of its groups."""

    field: str = ""
    dimension: DimensionMapping | None = None

    @property
    def key(self) -> str:
        """Field of the texts: a key of the format or of a dimension."""
        return self.dimension.dimension if self.dimension else self.field


@dataclass(frozen=True)
class Mapping:
    """A user's mapping of the sheets of a file.

    Attributes
    ----------
    form : key of the kind of sheet.
    columns : name of the column in the file by column key.
    dimensions : conversion to a dimension, by name of the column.
    values : meaning of file values in the notation of the format, by column key.
    constants : value for all rows, by column key, or a mark for the name of the sheet, the title or the file.
    add_places : whether unknown municipalities are added.
    adjusted_on : date of an adjustment of every offer in the file.
    adjustment_title : title of that adjustment.
    sheet : name of the sheet.
    heading : first and last header row, from 0; None to detect them.
    sheets : names of further sheets that are read in the same way.
    numbers : names of the columns that are numbers of the same kind, or sessions of a register.
    levels : meaning of each header row over the numbers.
    only : value of the rows that are read, by name of the column; other rows are left out.
    ambiguous : names of columns that have the meaning of another column; they have to be decided.
    """

    form: str
    columns: dict[str, str]
    dimensions: dict[str, DimensionMapping] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    add_places: bool = False
    adjusted_on: dt.date | None = None
    adjustment_title: str = ""
    sheet: str = ""
    heading: tuple[int, int] | None = None
    sheets: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    levels: tuple[Level, ...] = ()
    only: dict[str, str] = field(default_factory=dict)
    ambiguous: tuple[str, ...] = ()

    @property
    def names(self) -> set[str]:
        """The names of the columns that it needs. Numbers may be fewer or more, such as a further year."""
        return {*self.columns.values(), *self.dimensions, *self.only}

    @property
    def all_dimensions(self) -> list[DimensionMapping]:
        return [*self.dimensions.values(), *(one.dimension for one in self.levels if one.dimension)]


def spec(form: str) -> SheetKind:
    """Return the definition of a kind of sheet."""
    return KINDS[form]


def missing_fields(mapping: Mapping) -> list[str]:
    """Return the fields that every row needs and neither a column nor a header nor a constant gives."""
    there = {*mapping.columns, *mapping.constants, *(one.field for one in mapping.levels)}
    if mapping.all_dimensions or labels.GROUP in there:
        there |= {labels.DIMENSION, labels.GROUP}
    if mapping.constants.get(labels.DIMENSION) == UNDIVIDED:
        there |= {labels.GROUP}
    if labels.STAGE_AND_GROUP in there:
        there |= {labels.DIMENSION, labels.GROUP, labels.STAGE}
    if labels.STAGE_AND_PERIOD in there:
        there |= {labels.PERIOD, labels.STAGE}
    if labels.SESSION in there:
        there |= {"started_on"}
    needed = [one.key for one in spec(mapping.form).columns if one.needed]
    if mapping.form == Form.COUNTS:
        needed = [key for key in needed if key not in tuple(Stage)]
        if not there & set(Stage):
            needed.append(labels.STAGE)
    return [key for key in needed if key not in there]
