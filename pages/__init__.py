"""The pages: each reads choices, calls the analysis and displays results. No SQL, no statistics, no chart code."""
