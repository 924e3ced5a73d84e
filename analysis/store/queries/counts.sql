-- The table in the middle, from courses and from counts that come added up. DuckDB and Spark both run this text, so it
-- holds nothing that only one of them knows. A course belongs to the month of its invitation, or of its start where no
-- invitation is known; the phase follows from the month, whatever becomes known of adjustments later.
SELECT
    municipality, offer,
    month AS period_start,
    CAST(month + INTERVAL 1 MONTH AS DATE) AS period_end,
    entry.key AS dimension,
    entry.value AS "group",
    CAST(sum(CAST(invited AS INTEGER)) AS BIGINT) AS invited,
    count_if(participated) AS participated,
    count_if(completed) AS completed
FROM (
    SELECT
        municipality, offer, invited, participated, completed,
        CAST(date_trunc('month', coalesce(invited_on, started_on)) AS DATE) AS month,
        unnest(map_entries(groups)) AS entry
    FROM given_course
)
GROUP BY municipality, offer, month, entry.key, entry.value
UNION ALL
SELECT municipality, offer, period_start, period_end, dimension, "group", invited, participated, completed
FROM given_count
