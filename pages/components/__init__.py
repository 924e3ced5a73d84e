"""Shared components of the pages: session, choices, formatting and exhibits."""
