INSERT INTO crossed_counts
SELECT * FROM crossed_courses
WHERE import_id = $import_id
UNION ALL
SELECT * FROM crossed_uploads
WHERE import_id = $import_id
ORDER BY dimension, other
