"""Copies of files with pseudonyms in place of CPR numbers."""
