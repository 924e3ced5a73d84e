"""Plotly figures: pure functions from tidy frames to figures. The pages add a headline, a table and a source."""
