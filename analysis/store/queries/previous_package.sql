-- How the newest live package of an origin met what is stored: added to it, or in its place.
SELECT
    made_at, import_id, added,
    EXISTS (SELECT 1 FROM replacement WHERE replacement.import_id = import.import_id) AS replaces
FROM import
JOIN live USING (import_id)
WHERE origin = $origin AND import.synthetic = $synthetic
ORDER BY made_at DESC, import_id DESC
LIMIT 1
