"""Statistics on the table of counts: pure functions, counts in, tidy frames out. Formulas and sources in README.md.

Each measure is imported from its own module, so that a page waits only for the libraries that it uses.
"""
