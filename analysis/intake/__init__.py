"""Intake: read, check and confirm a workbook, then import it."""
