-- Whether live imports correct rows of an import.
SELECT 1 FROM corrected_course WHERE import_id = $import_id
UNION ALL
SELECT 1 FROM corrected_count WHERE import_id = $import_id
LIMIT 1
