-- The counts of one dimension within the groups of another, by period; the dimension comes first in the alphabet.
SELECT
    municipality, offer, period_start, period_end,
    phase_of(period_start, period_end, adjusted_on) AS phase,
    dimension,
    "group",
    CAST(sum(invited) AS BIGINT) AS invited,
    CAST(sum(participated) AS BIGINT) AS participated,
    CAST(sum(completed) AS BIGINT) AS completed,
    unfinished.import_id IS NULL AS finished,
    adjusted_on,
    other_group AS within
FROM shown_crossed_counts
LEFT JOIN step USING (synthetic, municipality, offer)
LEFT JOIN unfinished USING (import_id, municipality, offer, period_start)
WHERE synthetic = $synthetic
    AND dimension = $dimension AND other = $other
GROUP BY
    municipality, offer, period_start, period_end, dimension, "group", other_group, finished, adjusted_on,
    (invited IS NULL)
ORDER BY ALL
