"""What draws figures in a browser, and figures as it takes them."""

from importlib.resources import files
from typing import Any


def engine() -> str:
    """Plotly's own script, whole: a page that holds it needs no network. Read without importing the rest of Plotly."""
    return (files("plotly") / "package_data" / "plotly.min.js").read_text("utf-8")


def as_json(figure: Any) -> str:
    """The data and the layout of a figure."""
    return str(figure.to_json())
