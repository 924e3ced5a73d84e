"""A person at the page, without a provider who signs them in."""

import sys

import pytest

from analysis.auth.roles import Person


def sign_in_as(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every page that is loaded take this person for the one who is signed in."""
    for name, module in list(sys.modules.items()):
        if name.startswith("pages.") and hasattr(module, "signed_in_person"):
            monkeypatch.setattr(module, "signed_in_person", lambda: person)
