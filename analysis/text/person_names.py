"""Find what may name a person in a free text, or say how to reach one.

A name is found by its form: a title before it, a surname of a Nordic kind, or a common given name inside a sentence. It
is a reminder and no proof: a place can be called like a person, and rare names are not found.
"""

import re

_CAPITAL = r"[A-ZÆØÅÄÖ][a-zæøåäöéüõ]+"
_SHORT_TITLE = r"(?:[Hh]r|[Ff]rk|[Mm]rs?|[Mm]s)\.?"
_TITLE = rf"(?:{_SHORT_TITLE}|[Ff]ru|[Ff]røken|[Hh]err|[Rr]ouva|[Mm]iss|[Pp]atient(?:en)?|[Bb]orger(?:en)?)"
_SURNAME = r"[A-ZÆØÅÄÖ][a-zæøåäöéüõ]+(?:sen|sson|rson|nson|gaard|nen|lainen|läinen|ström|quist|qvist)"
_NOT_FIRST = r"(?:Lige|Center|Det|Den|De|I|Kommune|Område|Hold|Sund|Region|Team|Projekt|The|In|At|På|Ved|Fra|Til)"
_GIVEN = frozenset(
    re.findall(
        r"\w+",
        """
    Peter Michael Lars Jens Thomas Henrik Søren Christian Martin Jan Morten Jesper Anders Mads Niels Rasmus Per Hans
    Mohammad Mohammed Muhammad Ahmed Ali Hassan Omar Ibrahim Mustafa Yusuf Erik Ole Jørgen Knud Svend Poul Kurt Bent
    Anne Mette Kirsten Hanne Helle Susanne Lene Maria Marianne Inge Karen Lone Camilla Pia Charlotte Louise Tina Gitte
    Birgit Inger Else Bente Birthe Ida Emma Sofie Freja Fatima Aisha Amina Zahra Maryam Layla Khadija Ayse Zainab
    Bjørn Kjell Arne Geir Terje Øyvind Ingrid Randi Solveig Astrid Kari Liv Johan Karl Nils Gunnar Lennart Bengt
    Birgitta Margareta Eva Kerstin Ulla Juhani Matti Timo Kari Mikko Jukka Helena Anneli Marjatta Johanna Kaarina
        """,
    )
)
_PERSON = re.compile(rf"{_TITLE} {_CAPITAL}(?: {_CAPITAL})?|(?!{_NOT_FIRST} ){_CAPITAL}(?: {_CAPITAL})? {_SURNAME}\b")
_INSIDE = re.compile(rf"(?<=[^\W\d_,;:] )({_CAPITAL})s?\b")
_AGED = re.compile(rf"\b({_CAPITAL})(?= (?:på )?\(?\d{{1,2}} ?(?:år|years|vuotta)|, \d{{1,2}} (?:år|years|vuotta))")
_ADDRESS = r"[^@\s]+@[^@\s]+\.[a-z]{2,}"
_TELEPHONE = r"(?:\+|00)(?:45|46|47|358)(?:[ -]?\d){7,10}|(?<![\d.,])\d{2}(?: ?\d{2}){3}(?![\d.,]?\d)"
_REACH = re.compile(f"{_ADDRESS}|{_TELEPHONE}", re.IGNORECASE)


def persons_in(text: str) -> list[str]:
    """Return the parts of a text that may name a person, or are an e-mail address or a telephone number."""
    found = [match[0] for match in _PERSON.finditer(text)]
    found += [match[1] for match in _INSIDE.finditer(text) if _is_given(match[1])]
    found += [match[1] for match in _AGED.finditer(text)]
    found += [match[0] for match in _REACH.finditer(text)]
    return [one for one in dict.fromkeys(found) if not any(one != other and one in other for other in found)]


def _is_given(word: str) -> bool:
    return word in _GIVEN or word.removesuffix("s") in _GIVEN
