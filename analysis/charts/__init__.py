"""Plotly figures: pure functions, tidy frames in, figures out. The pages give them a headline, a table and a source."""
