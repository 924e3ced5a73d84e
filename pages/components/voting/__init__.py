"""The votes of a theme day: which day, the picture, the entries."""
