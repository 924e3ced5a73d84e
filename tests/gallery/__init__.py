"""Pictures of every page for the README: ``make gallery``."""
