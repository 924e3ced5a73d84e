"""Names of the forms of rows, and how many rows of each a file has."""

from collections.abc import Mapping
from typing import Any

from analysis.i18n import Wording
from analysis.intake.contract import KINDS


def form_names(wording: Wording) -> dict[str, str]:
    """Return the labels for the rows of each form."""
    return {form: wording.text(kind.plural) for form, kind in KINDS.items()}


def amounts(rows: Mapping[str, Any], wording: Wording) -> list[str]:
    """Return the number of rows of each form that occurs, as texts."""
    said = {
        "courses": wording.texts("{count} course", "{count} courses", rows["courses"]),
        "counts": wording.texts("{count} row of counts", "{count} rows of counts", rows["counts"]),
        "offers": wording.texts("{count} offer", "{count} offers", rows["offers"]),
        "adjustments": wording.texts("{count} adjustment", "{count} adjustments", rows["adjustments"]),
        "descriptions": wording.texts("{count} description", "{count} descriptions", rows["descriptions"]),
        "test_rounds": wording.texts("{count} test round", "{count} test rounds", rows["test_rounds"]),
        "citizen_groups": wording.texts(
            "{count} group of a citizen", "{count} groups of citizens", rows["citizen_groups"]
        ),
        "theme_days": wording.texts("{count} row of theme days", "{count} rows of theme days", rows["theme_days"]),
        "understandings": wording.texts("{count} understanding", "{count} understandings", rows["understandings"]),
        "actions": wording.texts("{count} action", "{count} actions", rows["actions"]),
        "activities": wording.texts("{count} activity", "{count} activities", rows["activities"]),
        "consequences": wording.texts(
            "{count} text on what an understanding means",
            "{count} texts on what an understanding means",
            rows["consequences"],
        ),
        "requests": wording.texts("{count} row of requests", "{count} rows of requests", rows["requests"]),
        "votes": wording.texts("{count} row of votes", "{count} rows of votes", rows["votes"]),
        "names": wording.texts("{count} name", "{count} names", rows["names"]),
    }
    return [said[name] for name in said if rows[name]]
