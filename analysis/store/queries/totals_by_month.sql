-- All citizens of each dimension by period, in the parts that are rounded.
SELECT
    municipality, offer, dimension, period_start, period_end,
    CAST(sum(greatest(coalesce(invited - participated, 0), 0)) AS BIGINT) AS "left out",
    CAST(sum(participated - completed) AS BIGINT) AS "dropped out",
    CAST(sum(completed) AS BIGINT) AS completed
FROM ({counts})
GROUP BY municipality, offer, dimension, period_start, period_end
ORDER BY ALL
