SELECT
    municipality, offer, period_start, period_end, dimension, "group",
    CAST(sum(invited) AS BIGINT) AS invited,
    CAST(sum(participated) AS BIGINT) AS participated,
    CAST(sum(completed) AS BIGINT) AS completed
FROM counts
JOIN live USING (import_id)
WHERE synthetic = $synthetic AND dimension = $dimension
GROUP BY municipality, offer, period_start, period_end, dimension, "group", (invited IS NULL)
ORDER BY municipality, offer, period_start, "group"
