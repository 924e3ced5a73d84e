"""Exports: pictures, stories, and numbers as a workbook."""
