"""The chart engine of the browser, and figures as its input."""

from importlib.resources import files
from typing import Any


def engine() -> str:
    """Return Plotly's complete script, so that a page works offline. The rest of Plotly is not imported."""
    return (files("plotly") / "package_data" / "plotly.min.js").read_text("utf-8")


def as_json(figure: Any) -> str:
    """Return the data and the layout of a figure as JSON."""
    return str(figure.to_json())
