"""Parts of the page on offers: names that are alike, the form of an offer, and what a change does to its gaps."""
