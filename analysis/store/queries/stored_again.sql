-- Whether the file of an undone import is stored again.
SELECT 1
FROM import AS own
JOIN import AS other ON other.sha256 = own.sha256 AND other.import_id <> own.import_id AND other.undone_at IS NULL
WHERE own.import_id = $import_id
LIMIT 1
