"""Intake: a workbook becomes findings and, once a person says yes, an import."""
