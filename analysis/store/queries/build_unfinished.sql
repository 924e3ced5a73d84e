-- The months of an import whose courses have not had the time that 95 of 100 completed courses of the offer took. Only a
-- file with running courses has such months. The time is measured among courses that began a year before the cut-off, or
-- among all if there are none. Without dates of completion, a month is left out if one in twenty of its courses is said to
-- be running.
INSERT INTO unfinished
WITH own AS (
    SELECT
        municipality, offer, coalesce(invited_on, started_on) AS began_on, completed_on,
        completed AND completed_on >= coalesce(invited_on, started_on) AS is_timed,
        participated AND NOT completed AND coalesce(outcome, 'running') = 'running' AS is_running,
        participated, coalesce(outcome = 'running', FALSE) AND NOT completed AS is_said_to_run,
        greatest(invited_on, started_on, completed_on) AS last_day
    FROM course
    WHERE import_id = $import_id
),
cutoff AS (
    SELECT max(last_day) AS day, bool_or(is_running) AS has_running
    FROM own
    WHERE last_day <= (SELECT CAST(imported_at AS DATE) FROM import WHERE import_id = $import_id)
),
timed AS (
    SELECT municipality, offer, date_diff('day', began_on, completed_on) AS days, began_on <= day - INTERVAL 1 YEAR AS is_old
    FROM own, cutoff
    WHERE is_timed
),
of_all AS (
    SELECT coalesce(quantile_disc(days, 0.95) FILTER (is_old), quantile_disc(days, 0.95)) AS days FROM timed
),
of_offer AS (
    SELECT municipality, offer, quantile_disc(days, 0.95) AS days
    FROM timed
    WHERE is_old
    GROUP BY municipality, offer
    HAVING count(*) >= 20
)
SELECT $import_id, own.municipality, own.offer, CAST(date_trunc('month', own.began_on) AS DATE) AS period_start
FROM own
CROSS JOIN cutoff
CROSS JOIN of_all
LEFT JOIN of_offer USING (municipality, offer)
WHERE has_running
GROUP BY own.municipality, own.offer, period_start
HAVING CASE
    WHEN max(of_all.days) IS NULL THEN 20 * count_if(is_said_to_run) >= count_if(participated) AND bool_or(is_said_to_run)
    ELSE max(own.began_on) + CAST(max(coalesce(of_offer.days, of_all.days)) AS INTEGER) > max(cutoff.day)
END
