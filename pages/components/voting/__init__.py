"""Votes of a theme day: choice of the day, results and entry."""
