SELECT
    municipality, offer, period_start, period_end, phase, dimension, "group",
    CAST(sum(invited) AS BIGINT) AS invited,
    CAST(sum(participated) AS BIGINT) AS participated,
    CAST(sum(completed) AS BIGINT) AS completed,
    finished,
    adjusted_on,
    is_rounded
FROM phased
WHERE synthetic = $synthetic AND dimension = coalesce($dimension, dimension)
GROUP BY municipality, offer, period_start, period_end, phase, dimension, "group", finished, adjusted_on, is_rounded,
    (invited IS NULL)
ORDER BY ALL
