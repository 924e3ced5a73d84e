-- Copy what an import holds back.
INSERT INTO held_back
SELECT * REPLACE ($number AS import_id)
FROM held_back
WHERE import_id = $import_id
