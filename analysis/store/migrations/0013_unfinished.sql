-- Months whose courses have not had time to complete when the file was made: completion leaves them out.
CREATE TABLE unfinished (
    import_id    INTEGER NOT NULL,
    municipality VARCHAR NOT NULL,
    offer        VARCHAR NOT NULL,
    period_start DATE NOT NULL
);

CREATE OR REPLACE VIEW phased AS
SELECT
    synthetic, municipality, offer, period_start, period_end,
    phase_of(period_start, period_end, adjusted_on) AS phase,
    dimension, "group", invited, participated, completed, adjusted_on, unfinished.import_id IS NULL AS finished
FROM live_counts
LEFT JOIN step USING (synthetic, municipality, offer)
LEFT JOIN unfinished USING (import_id, municipality, offer, period_start);

-- Walk-ins, who were not invited, stay apart from the invited.
CREATE OR REPLACE VIEW crossed_courses AS
SELECT
    import_id, municipality, offer,
    month AS period_start,
    CAST(month + INTERVAL 1 MONTH AS DATE) AS period_end,
    one.key AS dimension,
    two.key AS other,
    one.value AS "group",
    two.value AS other_group,
    CASE WHEN is_invited THEN count(*) END AS invited,
    count_if(participated) AS participated,
    count_if(completed) AS completed
FROM (
    SELECT *, unnest(entries) AS two
    FROM (
        SELECT
            import_id, municipality, offer, participated, completed,
            coalesce(invited, FALSE) AS is_invited,
            CAST(date_trunc('month', coalesce(invited_on, started_on)) AS DATE) AS month,
            map_entries(groups) AS entries,
            unnest(entries) AS one
        FROM course
    )
)
WHERE one.key < two.key
GROUP BY import_id, municipality, offer, month, one.key, two.key, one.value, two.value, is_invited;
