-- Uploaded counts by each of their dimensions: `others` has the dimensions after the first. Offers and periods with a count
-- that is held back leave the dimension. Where nothing tells who completed, the offer has no completion rate (`follow_up`),
-- and 0 stands here.
WITH numbered AS (
    SELECT *, count(completed) OVER (PARTITION BY municipality, offer, sheet) = 0 AS is_unknown FROM {counts}
)
SELECT
    municipality, offer, period_start, period_end, dimension, "group",
    CAST(sum(invited) AS BIGINT) AS invited,
    CAST(sum(participated) AS BIGINT) AS participated,
    CAST(CASE WHEN bool_and(is_unknown) THEN 0 ELSE sum(completed) END AS BIGINT) AS completed
FROM (
    SELECT municipality, offer, period_start, period_end, dimension, "group", invited, participated, completed, is_unknown
    FROM numbered
    UNION ALL
    SELECT
        municipality, offer, period_start, period_end, entry.key, entry.value, invited, participated, completed, is_unknown
    FROM (SELECT *, unnest(map_entries(others)) AS entry FROM numbered)
)
ANTI JOIN {held_back} USING (municipality, offer, period_start, period_end, dimension)
GROUP BY municipality, offer, period_start, period_end, dimension, "group", (invited IS NULL)
