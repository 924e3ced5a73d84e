-- An import that corrects rows takes the place of single rows of earlier ones, for as long as it stands. Which courses,
-- is written when it is stored; a count takes the place of those with the same labels.
ALTER TABLE import ADD COLUMN corrects BOOLEAN DEFAULT FALSE;

CREATE TABLE superseded (
    import_id            INTEGER NOT NULL,
    sheet                VARCHAR NOT NULL,
    row                  INTEGER NOT NULL,
    superseded_import_id INTEGER NOT NULL,
    superseded_sheet     VARCHAR NOT NULL,
    superseded_row       INTEGER NOT NULL
);

CREATE VIEW corrected_course AS
SELECT DISTINCT superseded_import_id AS import_id, superseded_sheet AS sheet, superseded_row AS row
FROM superseded
JOIN live USING (import_id);

CREATE VIEW corrected_count AS
SELECT DISTINCT
    earlier.import_id, earlier.municipality, earlier.offer, earlier.period_start, earlier.period_end,
    earlier.dimension, earlier."group", earlier.others
FROM uploaded_count AS earlier
JOIN import AS earlier_import ON earlier_import.import_id = earlier.import_id
JOIN uploaded_count AS later
    ON later.import_id > earlier.import_id
    AND later.municipality = earlier.municipality
    AND later.offer = earlier.offer
    AND later.period_start = earlier.period_start
    AND later.period_end = earlier.period_end
    AND later.dimension = earlier.dimension
    AND later."group" = earlier."group"
    AND later.others IS NOT DISTINCT FROM earlier.others
JOIN import AS later_import
    ON later_import.import_id = later.import_id
    AND later_import.corrects
    AND later_import.undone_at IS NULL
    AND later_import.synthetic = earlier_import.synthetic;

CREATE VIEW uncorrected_count AS
SELECT stored.*
FROM uploaded_count AS stored
WHERE NOT EXISTS (
    SELECT 1
    FROM corrected_count AS corrected
    WHERE corrected.import_id = stored.import_id
        AND corrected.municipality = stored.municipality
        AND corrected.offer = stored.offer
        AND corrected.period_start = stored.period_start
        AND corrected.period_end = stored.period_end
        AND corrected.dimension = stored.dimension
        AND corrected."group" = stored."group"
        AND corrected.others IS NOT DISTINCT FROM stored.others
);

-- The counts of imports with corrected rows, counted anew without these rows. The rows of an import itself never change.
CREATE TABLE recounted (import_id INTEGER NOT NULL);
CREATE TABLE recounted_counts AS FROM counts LIMIT 0;
CREATE TABLE recounted_crossed_counts AS FROM crossed_counts LIMIT 0;
CREATE TABLE recounted_follow_up AS FROM follow_up LIMIT 0;
CREATE TABLE recounted_running AS FROM running LIMIT 0;

CREATE VIEW current_counts AS
SELECT * FROM counts WHERE import_id NOT IN (SELECT import_id FROM recounted)
UNION ALL
SELECT * FROM recounted_counts;

CREATE VIEW current_crossed_counts AS
SELECT * FROM crossed_counts WHERE import_id NOT IN (SELECT import_id FROM recounted)
UNION ALL
SELECT * FROM recounted_crossed_counts;

CREATE VIEW current_follow_up AS
SELECT * FROM follow_up WHERE import_id NOT IN (SELECT import_id FROM recounted)
UNION ALL
SELECT * FROM recounted_follow_up;

CREATE VIEW current_running AS
SELECT * FROM running WHERE import_id NOT IN (SELECT import_id FROM recounted)
UNION ALL
SELECT * FROM recounted_running;

CREATE OR REPLACE VIEW live_counts AS
SELECT counts.*, synthetic
FROM current_counts AS counts
JOIN live USING (import_id)
WHERE NOT EXISTS (
    SELECT 1
    FROM replaced_period AS replaced
    WHERE replaced.import_id = counts.import_id
        AND replaced.municipality = counts.municipality
        AND replaced.offer = counts.offer
        AND replaced.period_start < counts.period_end
        AND counts.period_start < replaced.period_end
        AND coalesce(replaced.dimension, counts.dimension) = counts.dimension
);

CREATE OR REPLACE VIEW live_crossed_counts AS
SELECT crossed_counts.*, synthetic
FROM current_crossed_counts AS crossed_counts
JOIN live USING (import_id)
WHERE NOT EXISTS (
    SELECT 1
    FROM replaced_period AS replaced
    WHERE replaced.import_id = crossed_counts.import_id
        AND replaced.municipality = crossed_counts.municipality
        AND replaced.offer = crossed_counts.offer
        AND replaced.period_start < crossed_counts.period_end
        AND crossed_counts.period_start < replaced.period_end
        AND coalesce(replaced.dimension, crossed_counts.dimension) IN (crossed_counts.dimension, crossed_counts.other)
);

-- Periods that completion leaves out. A period is left out because of its own running courses only from five on, so that
-- no small count can be inferred. After twice the time to complete, running courses are assumed to have been forgotten.
CREATE OR REPLACE VIEW unfinished AS
SELECT import_id, municipality, offer, period_start, knows_completion
FROM current_running
JOIN current_follow_up USING (import_id, municipality, offer)
JOIN live USING (import_id)
LEFT JOIN stated_follow_up USING (synthetic, municipality, offer)
WHERE NOT knows_completion
    OR (
        (period_start >= runs_from OR (running >= 5 AND 20 * running >= participated))
        AND (coalesce(stated_days, days) IS NULL OR last_began + 2 * coalesce(stated_days, days) > cutoff)
    )
    OR (
        coalesce(has_running, stated_days IS NOT NULL)
        AND last_began + coalesce(stated_days, days) > cutoff
    );
