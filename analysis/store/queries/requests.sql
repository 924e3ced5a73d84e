-- Every event of every request, the newest last; the same event in two files is one.
SELECT
    municipality, requested_on, request, state, state_on, next_step,
    arg_max(person, import_id) AS person,
    max(imported_at) AS imported_at
FROM live_request
JOIN import USING (import_id)
WHERE live_request.synthetic = $synthetic
GROUP BY municipality, requested_on, request, state, state_on, next_step
ORDER BY requested_on, municipality, request, state_on, max(import_id), max(row)
