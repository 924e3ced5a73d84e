SELECT
    municipality, offer,
    CAST(date_trunc('month', coalesce(invited_on, started_on)) AS DATE) AS period_start,
    CAST(period_start + INTERVAL 1 MONTH AS DATE) AS period_end,
    $dimension AS dimension,
    {group} AS "group",
    CAST(sum(CAST(invited AS INTEGER)) AS BIGINT) AS invited,
    count_if(participated) AS participated,
    count_if(completed) AS completed
FROM staged_courses
GROUP BY municipality, offer, period_start, {group}
