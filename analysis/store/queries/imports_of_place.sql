-- The live imports with rows of a municipality or place. Packages stay as they came: the next one would bring them again.
SELECT DISTINCT import_id
FROM ({tables}) AS rows_of_place
JOIN live USING (import_id)
JOIN import USING (import_id)
WHERE live.synthetic = $synthetic AND municipality = $place AND import.origin IS NULL
ORDER BY import_id
