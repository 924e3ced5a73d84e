"""Exhibits shown on pages and in stories. This package builds them and does not render pages."""
