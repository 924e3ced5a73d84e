"""Names of choices, and messages about chosen values that do not exist."""

from analysis.exhibits.choosing import MissingChoice
from analysis.exhibits.context import data_labels
from analysis.i18n import Wording
from analysis.model.choices import CHOICES, Values


def choice_name(key: str, wording: Wording) -> str:
    """Return the name of a choice, as shown on the page."""
    return {
        "lang": wording.text("Language"),
        "municipality": wording.text("Municipality"),
        "offer": wording.text("Offer"),
        "adjustment": wording.text("Adjustment that divides before and after"),
        "kind": wording.text("Kind of offer"),
        "aim": wording.text("Aim of the adjustment"),
        "from": wording.text("From"),
        "to": wording.text("To"),
        "window": wording.text("Months on either side of the adjustment"),
        "dimension": wording.text("Dimension"),
        "rate": wording.text("Stage"),
        "group": wording.text("Group"),
        "reference": wording.text("Compared with"),
        "joined": wording.text("Join neighbouring groups"),
        "comparison": wording.text("Set against comparison offers"),
        "understanding": wording.text("How inequality is understood"),
        "data": wording.text("Data"),
        "within": wording.text("Crossed with"),
        "every": wording.text("Periods"),
        "aligned": wording.text("Time"),
        "closed": wording.text("Part of the gap closed, per cent"),
        "map": wording.text("Shown as"),
        "region": wording.text("Region"),
        "about": wording.text("Municipality"),
        "area": wording.text("Policy area"),
        "level": wording.text("Level"),
        "holder": wording.text("Whose understanding"),
        "shape": wording.text("Shown as"),
        "ranked": wording.text("Ranked by"),
        "method": wording.text("Method"),
        "action": wording.text("Action"),
        "result": wording.text("What happened"),
        "tags": wording.text("What was done"),
        "involved": wording.text("Who took part"),
        "aims": wording.text("Aim"),
        "practice": wording.text("How far"),
        "theme": wording.text("Theme"),
        "target": wording.text("Target group"),
        "place": wording.text("Municipality"),
        "kinds": wording.text("Kinds by"),
        "case": wording.text("Adjustment"),
        "search": wording.text("Search in the adjustments"),
        "order": wording.text("Sorted by"),
        "add": wording.text("Add an adjustment"),
        "voted": wording.text("What is voted on"),
        "day": wording.text("Theme day"),
        "story": wording.text("Story"),
        "term": wording.text("Search for a word"),
    }[key]


def missing_text(missing: MissingChoice, wording: Wording) -> str:
    """State which chosen value is missing, and whether it was removed or never existed."""
    choice = CHOICES[missing.key]
    values = {"choice": choice_name(missing.key, wording), "value": _value(missing, wording)}
    if choice.values in (Values.CODES, Values.LANGUAGE) and not choice.is_code(missing.value):
        return wording.text("{choice}: “{value}” is none of the possible choices.", **values)
    return wording.text("{choice}: “{value}” is not here, or no longer.", **values)


def missing_in_story(missing: MissingChoice, wording: Wording) -> str:
    """Return the text that replaces the chart on a slide."""
    return wording.text("This view cannot be shown. {reason}", reason=missing_text(missing, wording))


def _value(missing: MissingChoice, wording: Wording) -> str:
    return data_labels(wording).get(missing.value, missing.value) if missing.key == "data" else missing.value
