"""Figures and traces without Plotly's validation, which would take most of the time to draw a chart.

``_validate`` is a private keyword of Plotly: check it again with each new version. The tests validate the figures.
"""

from functools import partial

import plotly.graph_objects as go

figure = partial(go.Figure, _validate=False)
scatter = partial(go.Scatter, _validate=False)
scatter_ternary = partial(go.Scatterternary, _validate=False)
bar = partial(go.Bar, _validate=False)
