"""Workbooks of every format and of every bad intent, built in code for the tests of the intake."""
