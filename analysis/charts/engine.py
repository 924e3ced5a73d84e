"""What draws figures in a browser, and figures as it takes them."""

from typing import Any

from plotly.offline import get_plotlyjs


def engine() -> str:
    """Plotly's own script, whole: a page that holds it needs no network."""
    return str(get_plotlyjs())


def as_json(figure: Any) -> str:
    """The data and the layout of a figure."""
    return str(figure.to_json())
