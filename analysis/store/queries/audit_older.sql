-- The last line before the first that is young enough to stay.
SELECT number, digest
FROM audit
WHERE number < coalesce((SELECT min(number) FROM audit WHERE moment >= $oldest), (SELECT max(number) + 1 FROM audit))
ORDER BY number DESC
LIMIT 1
