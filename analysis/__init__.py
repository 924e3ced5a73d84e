"""The analysis behind Lige Adgang: from spreadsheet to measure to figure, without any user interface."""
