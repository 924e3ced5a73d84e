-- A correcting import has few courses: the time to complete, and how far the data reach, are those of the import that it
-- corrects.
UPDATE follow_up
SET
    cutoff = adopted.one.cutoff, days = adopted.one.days, runs_from = adopted.one.runs_from,
    has_running = adopted.one.has_running, knows_completion = adopted.one.knows_completion,
    from_start = adopted.one.from_start, wait_days = adopted.one.wait_days
FROM (
    SELECT municipality, offer, arg_max(earlier, import_id) AS one
    FROM current_follow_up AS earlier
    WHERE list_contains($corrected, import_id)
    GROUP BY municipality, offer
) AS adopted
WHERE follow_up.import_id = $import_id
    AND follow_up.municipality = adopted.municipality
    AND follow_up.offer = adopted.offer
