"""Parts of the page of one adjustment."""
