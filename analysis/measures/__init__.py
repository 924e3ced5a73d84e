"""Statistics on the table of counts: pure functions from counts to tidy frames. README.md has formulas and sources.

Import each measure from its own module, so that a page loads only the libraries that it uses.
"""
