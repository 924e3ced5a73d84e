"""The steps of an upload, each a file: reading, what was found, mending, matching by hand, saying yes, taking back."""
