-- Whether the rows of an import are here.
SELECT 1 FROM course WHERE import_id = $import_id
UNION ALL
SELECT 1 FROM uploaded_count WHERE import_id = $import_id
LIMIT 1
