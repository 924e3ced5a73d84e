-- The counts of every live import with the phase that each period lies in. The first adjustment of an offer is its step.
CREATE VIEW phased AS
WITH step AS (
    SELECT synthetic, municipality, offer, min(adjusted_on) AS adjusted_on
    FROM adjustment
    JOIN live USING (import_id)
    GROUP BY synthetic, municipality, offer
)
SELECT
    synthetic, municipality, offer, period_start, period_end,
    CASE
        WHEN adjusted_on IS NULL THEN 'unadjusted'
        WHEN period_end <= adjusted_on THEN 'before'
        WHEN period_start >= adjusted_on THEN 'after'
        ELSE 'transition'
    END AS phase,
    dimension, "group", invited, participated, completed
FROM counts
JOIN live USING (import_id)
LEFT JOIN step USING (synthetic, municipality, offer);
