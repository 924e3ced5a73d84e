-- What is stored of the offers, periods and dimensions that a file holds, beside what the file has of them.
WITH overlapping AS (
    SELECT DISTINCT stored.import_id, municipality, offer, stored.period_start, stored.period_end, stored.dimension, "group"
    FROM live_counts AS stored
    JOIN import USING (import_id)
    JOIN staged_periods AS staged USING (municipality, offer)
    WHERE stored.synthetic = $synthetic
        AND stored.period_start < staged.period_end
        AND staged.period_start < stored.period_end
        AND (import.courses > 0 OR coalesce(staged.dimension, stored.dimension) = stored.dimension)
),
there AS (
    SELECT
        municipality, offer, dimension, min(period_start) AS first_day, max(period_end) AS after_last,
        CAST(sum(invited) AS BIGINT) AS invited, CAST(sum(participated) AS BIGINT) AS participated,
        CAST(sum(completed) AS BIGINT) AS completed
    FROM live_counts
    JOIN overlapping USING (import_id, municipality, offer, period_start, period_end, dimension, "group")
    GROUP BY municipality, offer, dimension
),
own AS (
    SELECT
        municipality, offer, dimension, min(period_start) AS first_day, max(period_end) AS after_last,
        CAST(sum(invited) AS BIGINT) AS invited, CAST(sum(participated) AS BIGINT) AS participated,
        CAST(sum(completed) AS BIGINT) AS completed
    FROM staged_counts
    GROUP BY municipality, offer, dimension
)
SELECT
    municipality, offer, dimension,
    least(there.first_day, own.first_day), greatest(there.after_last, own.after_last),
    coalesce(there.invited, 0), coalesce(there.participated, 0), coalesce(there.completed, 0),
    coalesce(own.invited, 0), coalesce(own.participated, 0), coalesce(own.completed, 0)
FROM there
LEFT JOIN own USING (municipality, offer, dimension)
ORDER BY municipality, offer, dimension
