"""An empty figure that makes the browser load its chart engine."""

import plotly.graph_objects as go

from analysis.charts.figures import figure


def blank() -> go.Figure:
    """Return a figure one pixel high."""
    return figure(layout={"height": 10, "margin": dict.fromkeys("lrtb", 0)})
