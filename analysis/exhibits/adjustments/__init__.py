"""The catalogue of adjustments: what was tried, by whom, what was learned, and what happened to the gap."""
