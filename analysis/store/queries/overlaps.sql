-- Periods of the staged data that live imports already cover. Counts meet only counts of the same dimension, and courses
-- (staged without a dimension) meet all. A package
-- takes the place of those of its origin.
SELECT
    stored.import_id, stored.municipality, stored.offer,
    min(stored.period_start) AS period_start,
    max(stored.period_end) AS period_end,
    any_value(import.file_name) AS file_name
FROM (SELECT DISTINCT import_id, municipality, offer, period_start, period_end, dimension FROM live_counts
      WHERE synthetic = $synthetic) AS stored
JOIN import USING (import_id)
JOIN staged_periods AS staged
    ON stored.municipality = staged.municipality
    AND stored.offer = staged.offer
    AND stored.period_start < staged.period_end
    AND staged.period_start < stored.period_end
    AND (import.courses > 0 OR coalesce(staged.dimension, stored.dimension) = stored.dimension)
WHERE $origin = '' OR import.origin IS DISTINCT FROM $origin
GROUP BY stored.import_id, stored.municipality, stored.offer
ORDER BY stored.municipality, stored.offer, stored.import_id
