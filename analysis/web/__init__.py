"""What stands between the network and the pages: headers, limits, health, and what is counted."""
