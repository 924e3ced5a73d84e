-- The periods of live imports that the staged data take the place of: of one dimension where both hold counts.
INSERT INTO replacement
SELECT DISTINCT
    $import_id, stored.import_id, stored.municipality, stored.written, stored.period_start, stored.period_end,
    CASE WHEN import.courses = 0 THEN staged.dimension END
FROM (
    SELECT DISTINCT
        import_id, municipality, offer AS written, coalesce(name, offer) AS offer, period_start, period_end, dimension
    FROM written_counts
    LEFT JOIN offer_name USING (synthetic, municipality, offer)
    WHERE synthetic = $synthetic AND import_id <> $import_id
) AS stored
JOIN import USING (import_id)
JOIN staged_periods AS staged
    ON stored.municipality = staged.municipality
    AND stored.offer = staged.offer
    AND stored.period_start < staged.period_end
    AND staged.period_start < stored.period_end
    AND (import.courses > 0 OR coalesce(staged.dimension, stored.dimension) = stored.dimension)
