-- What an import was made of, what took its place, and when it was deleted for good.
ALTER TABLE import ADD COLUMN person VARCHAR DEFAULT '';
ALTER TABLE import ADD COLUMN understood VARCHAR DEFAULT '[]';
ALTER TABLE import ADD COLUMN findings VARCHAR DEFAULT '[]';
ALTER TABLE import ADD COLUMN left_out VARCHAR DEFAULT '[]';
ALTER TABLE import ADD COLUMN sums VARCHAR DEFAULT '[]';
ALTER TABLE import ADD COLUMN purged_at TIMESTAMP;

-- Periods of an earlier import that a later one takes the place of, for as long as the later one is live.
CREATE TABLE replacement (
    import_id          INTEGER NOT NULL,
    replaced_import_id INTEGER NOT NULL,
    municipality       VARCHAR NOT NULL,
    offer              VARCHAR NOT NULL,
    period_start       DATE NOT NULL,
    period_end         DATE NOT NULL
);

-- How a person has matched a kind of file, known again by the shape of its headers.
CREATE TABLE saved_mapping (
    name     VARCHAR PRIMARY KEY,
    shape    VARCHAR NOT NULL,
    mapping  VARCHAR NOT NULL,
    saved_at TIMESTAMP NOT NULL DEFAULT current_localtimestamp()
);

-- Rises with every change of what queries see; what is cached under it never goes stale.
CREATE TABLE data_version (number BIGINT NOT NULL);
INSERT INTO data_version SELECT count(*) + count(undone_at) FROM import;

-- Tells this database from any other that has had its place.
CREATE TABLE identity (database_id VARCHAR NOT NULL);
INSERT INTO identity SELECT CAST(uuid() AS VARCHAR);

CREATE VIEW live_counts AS
SELECT counts.*, synthetic
FROM counts
JOIN live USING (import_id)
WHERE NOT EXISTS (
    SELECT 1
    FROM replacement
    JOIN live AS later ON later.import_id = replacement.import_id
    WHERE replacement.replaced_import_id = counts.import_id
        AND replacement.municipality = counts.municipality
        AND replacement.offer = counts.offer
        AND replacement.period_start < counts.period_end
        AND counts.period_start < replacement.period_end
);

-- An import that takes the place of another, and has adjustments for an offer, has them instead of the other's.
CREATE VIEW live_adjustment AS
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
);

CREATE OR REPLACE VIEW phased AS
WITH step AS (
    SELECT synthetic, municipality, offer, min(adjusted_on) AS adjusted_on
    FROM live_adjustment
    GROUP BY synthetic, municipality, offer
)
SELECT
    synthetic, municipality, offer, period_start, period_end,
    CASE
        WHEN adjusted_on IS NULL THEN 'unadjusted'
        WHEN period_end <= adjusted_on THEN 'before'
        WHEN period_start >= adjusted_on THEN 'after'
        ELSE 'transition'
    END AS phase,
    dimension, "group", invited, participated, completed
FROM live_counts
LEFT JOIN step USING (synthetic, municipality, offer);
