-- Adjustments of a file that are stored with the same title and another date.
SELECT DISTINCT stored.municipality, stored.offer, stored.title, stored.adjusted_on, staged.adjusted_on
FROM live_adjustment AS stored
JOIN staged_adjustments AS staged
    ON stored.municipality = staged.municipality
    AND stored.offer = staged.offer
    AND lower(trim(stored.title)) = lower(trim(staged.title))
    AND stored.adjusted_on <> staged.adjusted_on
WHERE stored.synthetic = $synthetic
    AND NOT EXISTS (
        SELECT 1 FROM staged_adjustments AS same
        WHERE same.municipality = stored.municipality AND same.offer = stored.offer
            AND lower(trim(same.title)) = lower(trim(stored.title)) AND same.adjusted_on = stored.adjusted_on
    )
ORDER BY ALL
