"""A figure with nothing in it, drawn so that the browser has its chart engine ready."""

import plotly.graph_objects as go


def blank() -> go.Figure:
    """A figure one pixel high."""
    return go.Figure(layout={"height": 10, "margin": dict.fromkeys("lrtb", 0)})
