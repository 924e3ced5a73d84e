-- The newest live import of each offer with counts.
SELECT
    municipality, offer, max(import_id) AS import_id, arg_max(file_name, import_id) AS file_name,
    arg_max(imported_at, import_id) AS imported_at
FROM (SELECT DISTINCT import_id, municipality, offer FROM shown_counts WHERE synthetic = $synthetic)
JOIN import USING (import_id)
GROUP BY municipality, offer
ORDER BY municipality, offer
