-- Copy the counts of an import that no live import corrects.
INSERT INTO uploaded_count
SELECT * REPLACE ($number AS import_id)
FROM uncorrected_count
WHERE import_id = $import_id
