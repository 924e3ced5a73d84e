"""A document as a list of chapters with blocks. Each file format writes out the same structure."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from analysis.exports.catalogue_document.drawing import Drawing
from analysis.text.invisible_characters import visible
from analysis.text.office_text import legal

REACHABLE = ("http://", "https://")


@dataclass(frozen=True)
class Heading:
    """A heading inside a chapter."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; ``is_muted`` for secondary texts."""

    text: str
    is_muted: bool = False


@dataclass(frozen=True)
class Pairs:
    """Names, each with its text."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Round:
    """A test round: the number in a circle, the day, what was tried, and the lines about what came of it."""

    mark: str
    day: str
    tried: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Rounds:
    """The test rounds of an adjustment, in order."""

    rounds: tuple[Round, ...]


@dataclass(frozen=True)
class Picture:
    """A drawing, with the text for those who do not see it."""

    drawing: Drawing
    alt: str


@dataclass(frozen=True)
class Notes:
    """A list of remarks."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Link:
    """A link: to another chapter by its anchor, or to an address on the web."""

    text: str
    anchor: str = ""
    address: str = ""


Block = Heading | Paragraph | Pairs | Rounds | Picture | Notes | Link


@dataclass(frozen=True)
class Chapter:
    """A part of the document that the table of contents lists, at level 1 or 2."""

    title: str
    level: int
    anchor: str
    blocks: tuple[Block, ...]
    on_new_page: bool = True


@dataclass(frozen=True)
class Document:
    """The whole document: ``facts`` and ``label`` on the cover; the contents come after ``front``."""

    title: str
    facts: tuple[str, ...]
    label: str
    language: str
    contents: str
    front: tuple[Chapter, ...]
    chapters: tuple[Chapter, ...] = field(repr=False)

    @property
    def all_chapters(self) -> Iterator[Chapter]:
        yield from self.front
        yield from self.chapters


def shown(text: str) -> str:
    """Return a text on one line, without characters that cannot be seen or that an Office file does not allow."""
    return " ".join(legal(visible(text)).split())


def is_reachable(address: str) -> bool:
    """Return whether an address may become a link; all others are texts."""
    return address.lower().startswith(REACHABLE)
