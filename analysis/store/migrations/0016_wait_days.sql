-- The time from invitation to start that 95 of 100 starters had waited at most; NULL if unknown. The other columns are
-- built anew with it.
ALTER TABLE follow_up ADD COLUMN wait_days INTEGER;
DELETE FROM follow_up;
DELETE FROM running;
