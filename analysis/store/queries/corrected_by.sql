-- The imports of which an import corrects rows.
SELECT superseded_import_id AS import_id FROM superseded WHERE import_id = $import_id
UNION
SELECT earlier.import_id
FROM uploaded_count AS later
JOIN import AS later_import ON later_import.import_id = later.import_id AND later_import.corrects
JOIN uploaded_count AS earlier USING (municipality, offer, period_start, period_end, dimension, "group")
JOIN import AS earlier_import
    ON earlier_import.import_id = earlier.import_id AND earlier_import.synthetic = later_import.synthetic
WHERE later.import_id = $import_id
    AND earlier.import_id < later.import_id
    AND later.others IS NOT DISTINCT FROM earlier.others
ORDER BY import_id
