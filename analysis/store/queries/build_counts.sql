-- The counts of one import, from both forms. A course belongs to the month of its invitation, or of its start where
-- no invitation is known.
INSERT INTO counts
SELECT
    import_id, municipality, offer,
    month AS period_start,
    CAST(month + INTERVAL 1 MONTH AS DATE) AS period_end,
    entry.key AS dimension,
    entry.value AS "group",
    CAST(sum(CAST(invited AS INTEGER)) AS BIGINT) AS invited,
    count_if(participated) AS participated,
    count_if(completed) AS completed
FROM (
    SELECT
        import_id, municipality, offer, invited, participated, completed,
        CAST(date_trunc('month', coalesce(invited_on, started_on)) AS DATE) AS month,
        unnest(map_entries(groups)) AS entry
    FROM course
    WHERE import_id = $import_id
)
GROUP BY import_id, municipality, offer, month, entry.key, entry.value
UNION ALL
SELECT
    import_id, municipality, offer, period_start, period_end, dimension, "group",
    invited, participated, completed
FROM uploaded_count
WHERE import_id = $import_id
