-- Periods of the staged data that an import already covers.
SELECT
    counts.municipality, counts.offer,
    min(greatest(counts.period_start, staged.period_start)) AS first_period,
    max(least(counts.period_end, staged.period_end)) AS end_period,
    any_value(import.file_name) AS file_name
FROM (SELECT DISTINCT import_id, municipality, offer, period_start, period_end FROM counts) AS counts
JOIN import USING (import_id)
JOIN staged_periods AS staged
    ON counts.municipality = staged.municipality
    AND counts.offer = staged.offer
    AND counts.period_start < staged.period_end
    AND staged.period_start < counts.period_end
WHERE import.undone_at IS NULL AND import.synthetic = $synthetic
GROUP BY counts.municipality, counts.offer
ORDER BY counts.municipality, counts.offer
