INSERT INTO counts
WITH given_course AS NOT MATERIALIZED (SELECT * FROM course WHERE import_id = $import_id),
given_count AS ({marginal})
SELECT $import_id, * REPLACE (coalesce(completed, 0) AS completed) FROM ({counts})
