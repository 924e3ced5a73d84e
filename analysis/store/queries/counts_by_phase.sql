-- Rows without `invited` stay apart from rows with it, so that a rate of the invited is never mixed with citizens who are
-- not known to have been invited.
SELECT
    municipality, offer, phase, dimension, "group",
    CAST(sum(invited) AS BIGINT) AS invited,
    CAST(sum(participated) AS BIGINT) AS participated,
    CAST(sum(completed) AS BIGINT) AS completed
FROM months
GROUP BY municipality, offer, phase, dimension, "group", (invited IS NULL)
ORDER BY ALL
