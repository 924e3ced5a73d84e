-- The counts of one dimension within the groups of another, by period; the dimension comes first in the alphabet.
SELECT
    municipality, offer, period_start, period_end,
    phase_of(period_start, period_end, adjusted_on) AS phase,
    dimension,
    "group",
    CAST(sum(invited) AS BIGINT) AS invited,
    CAST(sum(participated) AS BIGINT) AS participated,
    CAST(sum(completed) AS BIGINT) AS completed,
    adjusted_on,
    other_group AS within
FROM live_crossed_counts
LEFT JOIN step USING (synthetic, municipality, offer)
WHERE synthetic = $synthetic
    AND dimension = $dimension AND other = $other
GROUP BY ALL
ORDER BY ALL
