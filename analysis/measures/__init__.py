"""Statistics on the table of counts: pure functions from counts to tidy frames. README.md has formulas and sources.

Import each measure from its own module, so that a page loads only the libraries that it uses.
"""

import pandas as pd

# The frames are small: plain Python texts make a page a fifth faster than Arrow's, which suit millions of rows.
pd.set_option("mode.string_storage", "python")
