-- Counts of one dimension leave those of another alone; courses replace every dimension of their periods. An import that
-- was added to what is stored counts beside it.
ALTER TABLE replacement ADD COLUMN dimension VARCHAR;
ALTER TABLE import ADD COLUMN added BOOLEAN DEFAULT FALSE;
ALTER TABLE import ADD COLUMN typed BOOLEAN DEFAULT FALSE;

CREATE OR REPLACE VIEW replaced_period AS
SELECT replaced_import_id AS import_id, municipality, offer, period_start, period_end, dimension
FROM replacement
JOIN live USING (import_id);

CREATE OR REPLACE VIEW live_counts AS
SELECT counts.*, synthetic
FROM counts
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
FROM crossed_counts
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

CREATE OR REPLACE VIEW live_held_back AS
SELECT held_back.*, synthetic
FROM held_back
JOIN live USING (import_id)
WHERE NOT EXISTS (
    SELECT 1
    FROM replaced_period AS replaced
    WHERE replaced.import_id = held_back.import_id
        AND replaced.municipality = held_back.municipality
        AND replaced.offer = held_back.offer
        AND replaced.period_start < held_back.period_end
        AND held_back.period_start < replaced.period_end
        AND coalesce(replaced.dimension, held_back.dimension) = held_back.dimension
)
AND NOT EXISTS (
    SELECT 1
    FROM live_counts AS stored
    WHERE stored.synthetic = live.synthetic
        AND stored.import_id <> held_back.import_id
        AND stored.municipality = held_back.municipality
        AND stored.offer = held_back.offer
        AND stored.dimension = held_back.dimension
        AND stored.period_start < held_back.period_end
        AND held_back.period_start < stored.period_end
);

-- The newest file says when an adjustment of an offer was: one with the same title takes the place of an earlier one. What
-- is typed in a form is one more adjustment.
CREATE OR REPLACE VIEW live_adjustment AS
SELECT adjustment.*, synthetic
FROM adjustment
JOIN live USING (import_id)
WHERE NOT EXISTS (
    SELECT 1
    FROM replacement
    JOIN live AS later ON later.import_id = replacement.import_id
    JOIN adjustment AS newer
        ON newer.import_id = replacement.import_id
        AND newer.municipality = replacement.municipality
        AND newer.offer = replacement.offer
    WHERE replacement.replaced_import_id = adjustment.import_id
        AND replacement.municipality = adjustment.municipality
        AND replacement.offer = adjustment.offer
)
AND NOT EXISTS (
    SELECT 1
    FROM adjustment AS newer
    JOIN import AS later ON later.import_id = newer.import_id AND later.undone_at IS NULL
    WHERE newer.import_id > adjustment.import_id
        AND later.synthetic = live.synthetic
        AND NOT later.typed
        AND newer.municipality = adjustment.municipality
        AND newer.offer = adjustment.offer
        AND lower(trim(newer.title)) = lower(trim(adjustment.title))
);
