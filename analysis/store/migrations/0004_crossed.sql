-- Two dimensions at once, from courses: counts give one dimension at a time. `dimension` comes before `other` in the
-- alphabet, so that each pair is there once.
CREATE TABLE crossed_counts (
    import_id    INTEGER NOT NULL,
    municipality VARCHAR NOT NULL,
    offer        VARCHAR NOT NULL,
    period_start DATE NOT NULL,
    period_end   DATE NOT NULL,
    dimension    VARCHAR NOT NULL,
    other        VARCHAR NOT NULL,
    "group"      VARCHAR NOT NULL,
    other_group  VARCHAR NOT NULL,
    invited      BIGINT,
    participated BIGINT NOT NULL,
    completed    BIGINT NOT NULL
);

CREATE VIEW crossed_courses AS
SELECT
    import_id, municipality, offer,
    month AS period_start,
    CAST(month + INTERVAL 1 MONTH AS DATE) AS period_end,
    pair.one.key AS dimension,
    pair.two.key AS other,
    pair.one.value AS "group",
    pair.two.value AS other_group,
    CAST(sum(CAST(invited AS INTEGER)) AS BIGINT) AS invited,
    count_if(participated) AS participated,
    count_if(completed) AS completed
FROM (
    SELECT
        import_id, municipality, offer, invited, participated, completed,
        CAST(date_trunc('month', coalesce(invited_on, started_on)) AS DATE) AS month,
        list_sort(map_entries(groups)) AS entries,
        unnest(flatten(list_transform(
            range(1, len(entries)),
            lambda i: list_transform(entries[i + 1:], lambda two: {'one': entries[i], 'two': two})
        ))) AS pair
    FROM course
)
GROUP BY import_id, municipality, offer, month, pair;

INSERT INTO crossed_counts SELECT * FROM crossed_courses;

-- Periods of an import that a later one, still live, has taken the place of.
CREATE VIEW replaced_period AS
SELECT replaced_import_id AS import_id, municipality, offer, period_start, period_end
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
);

CREATE VIEW live_crossed_counts AS
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
);

-- The first adjustment of an offer divides its periods.
CREATE VIEW step AS
SELECT synthetic, municipality, offer, min(adjusted_on) AS adjusted_on
FROM live_adjustment
GROUP BY synthetic, municipality, offer;

CREATE MACRO phase_of(period_start, period_end, adjusted_on) AS CASE
    WHEN adjusted_on IS NULL THEN 'unadjusted'
    WHEN period_end <= adjusted_on THEN 'before'
    WHEN period_start >= adjusted_on THEN 'after'
    ELSE 'transition'
END;

CREATE OR REPLACE VIEW phased AS
SELECT
    synthetic, municipality, offer, period_start, period_end,
    phase_of(period_start, period_end, adjusted_on) AS phase,
    dimension, "group", invited, participated, completed, adjusted_on
FROM live_counts
LEFT JOIN step USING (synthetic, municipality, offer);
