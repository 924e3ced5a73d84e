-- The same pairs by two plain unnests: a quarter of the time that making lists of pairs takes.
CREATE OR REPLACE VIEW crossed_courses AS
SELECT
    import_id, municipality, offer,
    month AS period_start,
    CAST(month + INTERVAL 1 MONTH AS DATE) AS period_end,
    one.key AS dimension,
    two.key AS other,
    one.value AS "group",
    two.value AS other_group,
    CAST(sum(CAST(invited AS INTEGER)) AS BIGINT) AS invited,
    count_if(participated) AS participated,
    count_if(completed) AS completed
FROM (
    SELECT *, unnest(entries) AS two
    FROM (
        SELECT
            import_id, municipality, offer, invited, participated, completed,
            CAST(date_trunc('month', coalesce(invited_on, started_on)) AS DATE) AS month,
            map_entries(groups) AS entries,
            unnest(entries) AS one
        FROM course
    )
)
WHERE one.key < two.key
GROUP BY import_id, municipality, offer, month, one.key, two.key, one.value, two.value;
