-- The first adjustment of an offer is its step. Rows without `invited` stay apart from rows with it, so that a rate of
-- the invited is never mixed with citizens who are not known to have been invited.
WITH step AS (
    SELECT municipality, offer, min(adjusted_on) AS adjusted_on
    FROM adjustment
    JOIN live USING (import_id)
    WHERE synthetic = $synthetic
    GROUP BY municipality, offer
)
SELECT
    municipality, offer,
    CASE
        WHEN adjusted_on IS NULL THEN 'unadjusted'
        WHEN period_end <= adjusted_on THEN 'before'
        WHEN period_start >= adjusted_on THEN 'after'
        ELSE 'transition'
    END AS phase,
    dimension, "group",
    CAST(sum(invited) AS BIGINT) AS invited,
    CAST(sum(participated) AS BIGINT) AS participated,
    CAST(sum(completed) AS BIGINT) AS completed
FROM counts
JOIN live USING (import_id)
LEFT JOIN step USING (municipality, offer)
WHERE synthetic = $synthetic AND dimension = $dimension
GROUP BY municipality, offer, phase, dimension, "group", (invited IS NULL)
ORDER BY municipality, offer, phase, "group"
