-- The periods of live imports that the staged data take the place of.
INSERT INTO replacement
SELECT DISTINCT
    $import_id, stored.import_id, stored.municipality, stored.offer, stored.period_start, stored.period_end
FROM (SELECT DISTINCT import_id, municipality, offer, period_start, period_end FROM live_counts
      WHERE synthetic = $synthetic AND import_id <> $import_id) AS stored
JOIN staged_periods AS staged
    ON stored.municipality = staged.municipality
    AND stored.offer = staged.offer
    AND stored.period_start < staged.period_end
    AND staged.period_start < stored.period_end
