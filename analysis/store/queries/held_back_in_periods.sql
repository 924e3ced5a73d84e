-- Whether numbers are held back in the periods of a file, by a dimension that it has.
SELECT 1
FROM live_held_back AS stored
JOIN staged_periods AS staged
    ON stored.municipality = staged.municipality
    AND stored.offer = staged.offer
    AND stored.period_start < staged.period_end
    AND staged.period_start < stored.period_end
    AND coalesce(staged.dimension, stored.dimension) = stored.dimension
WHERE stored.synthetic = $synthetic
LIMIT 1
