-- The counts of one dimension within the groups of another, by period.
SELECT
    municipality, offer, period_start, period_end,
    phase_of(period_start, period_end, adjusted_on) AS phase,
    $dimension AS dimension,
    if(dimension = $dimension, "group", other_group) AS "group",
    CAST(sum(invited) AS BIGINT) AS invited,
    CAST(sum(participated) AS BIGINT) AS participated,
    CAST(sum(completed) AS BIGINT) AS completed,
    adjusted_on,
    if(dimension = $dimension, other_group, "group") AS within,
    concat_ws(
        chr(31), municipality, offer, dimension, other, "group", other_group, if(invited IS NULL, 'not known', 'known')
    ) AS series
FROM live_crossed_counts
LEFT JOIN step USING (synthetic, municipality, offer)
WHERE synthetic = $synthetic
    AND dimension = least($dimension, $other) AND other = greatest($dimension, $other)
GROUP BY 1, 2, 3, 4, 5, 7, 11, 12, 13
