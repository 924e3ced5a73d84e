"""Web layer between network and pages: headers, limits, health and metrics."""
