INSERT INTO counts
WITH given_course AS NOT MATERIALIZED (SELECT * FROM course WHERE import_id = $import_id),
given_count AS (SELECT * FROM uploaded_count WHERE import_id = $import_id)
SELECT $import_id, * FROM ({counts})
