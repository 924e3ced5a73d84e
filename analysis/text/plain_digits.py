"""Text normalisation: ASCII digits, one kind of space, one kind of dash, no invisible characters."""

import html
import re
import unicodedata

_SHOWN_AS_DASH = "\u02d7\u2043\u2212\u30fb\u30fc\u207b\u208b\u2500\u2501\u00af\u02c9\u203e\u23af\u23e4\u2796"
_SHOWN_AS_NOTHING = "\u0640\u115f\u1160\u3164\u2800"
_REMOVED = {"Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me"}


class _Letters(dict[int, str]):
    """Replacement of each character: a digit, a space, a hyphen, an empty string, or the character itself."""

    def __missing__(self, number: int) -> str:
        letter = chr(number)
        category = unicodedata.category(letter)
        if (digit := unicodedata.digit(letter, None)) is not None:
            shown = str(digit)
        elif letter.isspace() or category.startswith("Z") or letter == "\u2800":
            shown = " "
        elif category == "Pd" or letter in _SHOWN_AS_DASH:
            shown = "-"
        elif category in _REMOVED or letter in _SHOWN_AS_NOTHING:
            shown = ""
        else:
            shown = letter
        self[number] = shown
        return shown


_LETTERS = _Letters()
_ESCAPED = re.compile(
    r"_x([0-9a-f]{4})_|((?:%[0-9a-f]{2}|=2d)+)|&#(\d{2,6});|&#x([0-9a-f]{2,5});|\\u([0-9a-f]{4})", re.IGNORECASE
)
_MOST_ESCAPED = 3
"""Maximum passes. A URL inside a URL is escaped twice."""
_MARKUP = re.compile(r"&[a-z]{2,8};|</?[a-z][^<>]{0,80}>", re.IGNORECASE)
"""HTML entities and tags, for example for spaces, dashes and line breaks."""
MOJIBAKE = re.compile("[\u00c2\u00c3\u00d9\u00e2\u00ef\u00f0]")
"""First characters of UTF-8 text that a program decoded with another encoding."""


def normalised(text: str) -> str:
    """Normalise to NFKC, ASCII digits, one kind of space, one kind of dash, and no invisible characters."""
    if "_x" in text or "%" in text or "&#" in text or "\\u" in text or "=2" in text:
        text = _without_escapes(text)
    if "&" in text or "<" in text:
        text = _MARKUP.sub(_without_markup, text)
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize("NFKC", text.translate(_LETTERS)).translate(_LETTERS)


def _without_markup(markup: re.Match[str]) -> str:
    """Return the character of a named entity, or a space for an unknown entity or a tag."""
    character = html.unescape(markup[0])
    return character if len(character) == 1 else " "


def recoded(text: str) -> str:
    """Repair UTF-8 text that was decoded with another encoding. Return other text unchanged."""
    for encoding in ("cp1252", "latin-1"):
        try:
            return text.encode(encoding).decode("utf-8", "ignore")
        except UnicodeEncodeError:
            continue
    return text


def _without_escapes(text: str) -> str:
    for _ in range(_MOST_ESCAPED):
        before, text = text, _ESCAPED.sub(_unescaped, text)
        if text == before:
            break
    return text


def _unescaped(escape: re.Match[str]) -> str:
    """Decode the characters that a workbook or a URL writes as numbers."""
    if escape[2]:
        return _decoded(bytes.fromhex(re.sub("[%=]", "", escape[2])))
    in_hex, decimal = escape[1] or escape[4] or escape[5], escape[3]
    number = int(in_hex, 16) if in_hex else int(decimal)
    return chr(number) if number < 0x110000 else escape[0]


def _decoded(letters: bytes) -> str:
    """Decode the bytes of a URL: UTF-8, or Windows-1252 from older programs."""
    try:
        return letters.decode("utf-8")
    except UnicodeDecodeError:
        return letters.decode("cp1252", "replace")
