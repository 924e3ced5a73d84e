-- The day by which a course belongs to a month: of its invitation, or of its start where a person wants that. Citizens
-- who were invited and did not start then count on the day on which they would have started.
ALTER TABLE course ADD COLUMN counted_on DATE;
UPDATE course SET counted_on = coalesce(invited_on, started_on);

-- Whether an import counts the courses of an offer from their start.
ALTER TABLE follow_up ADD COLUMN from_start BOOLEAN DEFAULT FALSE;

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
            CAST(date_trunc('month', counted_on) AS DATE) AS month,
            map_entries(groups) AS entries,
            unnest(entries) AS one
        FROM course
    )
)
WHERE one.key < two.key
GROUP BY import_id, municipality, offer, month, one.key, two.key, one.value, two.value, is_invited;
