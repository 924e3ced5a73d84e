"""An error on a page is told in the language of the reader, also before the language was chosen."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from analysis.i18n import LANGUAGES, wording
from analysis.i18n.language import preferred
from analysis.web.error_pages import error_text


def failing() -> None:
    from pages.components import error_message

    error_message.show_error(ValueError("Jens Hansen"))


def told(**chosen: Any) -> str:
    test = AppTest.from_function(failing)
    for name, value in chosen.get("address", {}).items():
        test.query_params[name] = value
    for name, value in chosen.get("held", {}).items():
        test.session_state[name] = value
    if "locale" in chosen:
        test.context = {"locale": chosen["locale"]}
    (error,) = test.run().error
    return str(error.value)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_by_choice_address_or_browser(lang: str) -> None:
    begins = error_text(ValueError(), wording(lang)).split(".")[0]
    other = "fi" if lang == "da" else "da"
    for chosen in (
        {"locale": f"{lang}-XX"},
        {"address": {"lang": lang}, "locale": other},
        {"held": {"lang": lang}, "address": {"lang": other}, "locale": other},
        {"held": {"lang_held": lang}},
    ):
        assert told(**chosen).startswith(begins)
        assert "Hansen" not in told(**chosen)


@pytest.mark.parametrize("bad", ["", "xx", "../en", "d", "DANSK", "\N{LATIN SMALL LETTER E WITH ACUTE}"])
def test_a_language_that_there_is_not_is_english(bad: str) -> None:
    english = error_text(ValueError(), wording("en")).split(".")[0]
    assert told(address={"lang": bad}).startswith(english)


@pytest.mark.parametrize(
    ("codes", "language"),
    [(["nn-NO"], "nb"), (["no"], "nb"), (["de", "sv_SE"], "sv"), (["", "DA"], "da"), ([], "en"), (["*"], "en")],
)
def test_the_nearest_language_on_offer(codes: list[str], language: str) -> None:
    assert preferred(codes) == language
