-- The imports with rows that live imports correct, and those that were counted without such rows.
SELECT import_id FROM corrected_course
UNION
SELECT import_id FROM corrected_count
UNION
SELECT import_id FROM recounted
ORDER BY import_id
