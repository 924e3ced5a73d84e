-- The counts as a person sees them: made up, or of a place of their own, as they are; all others rounded, series by series,
-- in the three numbers that a stage is made of. A row of which nothing is left is left out: that it is there would tell.
WITH divided AS (
    SELECT
        *,
        invited - participated AS left_out,
        participated - completed AS dropped_out,
        $synthetic OR $everywhere OR list_contains($exact, municipality) AS is_exact
    FROM ({counts})
),
protected AS (
    SELECT * REPLACE (
        if(is_exact, left_out, rounded_part(
            sum(left_out) OVER so_far, left_out, $base, start_of(series || ' left out', $base)
        )) AS left_out,
        if(is_exact, dropped_out, rounded_part(
            sum(dropped_out) OVER so_far, dropped_out, $base, start_of(series || ' dropped out', $base)
        )) AS dropped_out,
        if(is_exact, completed, rounded_part(
            sum(completed) OVER so_far, completed, $base, start_of(series || ' completed', $base)
        )) AS completed
    )
    FROM divided
    WINDOW so_far AS (PARTITION BY series ORDER BY period_start, period_end)
)
SELECT * EXCLUDE (series, left_out, dropped_out, is_exact) REPLACE (
    CAST(left_out + dropped_out + completed AS BIGINT) AS invited,
    CAST(dropped_out + completed AS BIGINT) AS participated,
    CAST(completed AS BIGINT) AS completed
)
FROM protected
WHERE is_exact OR coalesce(left_out, 0) + dropped_out + completed > 0
ORDER BY municipality, offer, period_start, "group"
