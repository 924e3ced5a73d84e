-- Whether live imports correct rows of an import, or tell groups of its citizens.
SELECT 1 FROM corrected_course WHERE import_id = $import_id
UNION ALL
SELECT 1 FROM corrected_count WHERE import_id = $import_id
UNION ALL
SELECT 1
FROM course
JOIN import USING (import_id)
SEMI JOIN asked_dimension USING (synthetic, municipality, offer)
WHERE import_id = $import_id
LIMIT 1
