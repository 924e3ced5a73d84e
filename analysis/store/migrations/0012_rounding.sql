-- Counts are rounded outside SQL since all tables of an offer add up to the same totals: see `rounding.py`.
DROP MACRO rounded_part;
DROP MACRO start_of;
