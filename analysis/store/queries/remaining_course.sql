-- Copy the courses of an import that no live import corrects.
INSERT INTO course
SELECT * REPLACE ($number AS import_id)
FROM course
ANTI JOIN corrected_course USING (import_id, sheet, row)
WHERE import_id = $import_id
