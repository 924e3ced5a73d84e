-- Municipalities with counts that were rounded in another installation, its name, and to multiples of what.
SELECT DISTINCT municipality, origin_name, rounding_base
FROM (SELECT DISTINCT import_id, municipality FROM shown_counts WHERE synthetic = $synthetic)
JOIN import USING (import_id)
WHERE rounding_base IS NOT NULL
ORDER BY ALL
