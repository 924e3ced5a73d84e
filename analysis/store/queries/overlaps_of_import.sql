-- Periods of an import that was taken back which live imports have come to cover, but for those that it replaces and
-- those that were added to what is stored or correct its rows, and other packages of its origin.
SELECT
    stored.import_id, stored.municipality, stored.offer,
    min(stored.period_start) AS period_start,
    max(stored.period_end) AS period_end,
    any_value(import.file_name) AS file_name
FROM live_counts AS stored
JOIN import USING (import_id)
JOIN (
    SELECT DISTINCT
        municipality, offer AS written, coalesce(name, offer) AS offer, period_start, period_end, dimension, courses,
        added OR corrects AS added, origin
    FROM counts
    JOIN import USING (import_id)
    LEFT JOIN offer_name USING (synthetic, municipality, offer)
    WHERE import_id = $import_id
) AS own
    ON stored.municipality = own.municipality
    AND stored.offer = own.offer
    AND stored.period_start < own.period_end
    AND own.period_start < stored.period_end
    AND (import.courses > 0 OR own.courses > 0 OR stored.dimension = own.dimension)
WHERE stored.synthetic = (SELECT synthetic FROM import WHERE import_id = $import_id)
    AND NOT own.added
    AND (own.origin IS NULL OR import.origin IS DISTINCT FROM own.origin)
    AND NOT (import.added OR import.corrects)
    AND stored.import_id NOT IN (SELECT replaced_import_id FROM replacement WHERE import_id = $import_id)
    AND NOT EXISTS (
        SELECT 1 FROM replacement
        WHERE replacement.import_id = stored.import_id AND replacement.replaced_import_id = $import_id
            AND replacement.municipality = own.municipality AND replacement.offer = own.written
            AND replacement.period_start < own.period_end AND own.period_start < replacement.period_end
    )
GROUP BY stored.import_id, stored.municipality, stored.offer
ORDER BY stored.municipality, stored.offer
