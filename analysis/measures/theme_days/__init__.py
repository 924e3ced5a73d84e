"""Measures of theme days: reach, understandings, ranked actions, time to implementation, requests."""
