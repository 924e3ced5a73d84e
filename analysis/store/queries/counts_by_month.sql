SELECT
    municipality, offer, period_start, period_end, phase, dimension, "group",
    CAST(sum(invited) AS BIGINT) AS invited,
    CAST(sum(participated) AS BIGINT) AS participated,
    CAST(sum(completed) AS BIGINT) AS completed
FROM phased
WHERE synthetic = $synthetic AND dimension = $dimension
GROUP BY municipality, offer, period_start, period_end, phase, dimension, "group", (invited IS NULL)
ORDER BY municipality, offer, period_start, "group"
