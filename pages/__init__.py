"""The pages: each reads the choices, asks the analysis, and shows. No SQL, no statistics, no figures of their own."""
