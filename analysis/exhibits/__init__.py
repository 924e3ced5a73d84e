"""The exhibits that pages and stories show, a file for what belongs together. None of them draws on a page."""
