-- The time that the courses of an import take. The time to complete is measured among courses that began a year
-- before the cut-off, or among all if there are none; where an offer's later courses took longer, or those of one group
-- did, it is theirs. The cut-off is not the very last date but one that 5 of 1,000 courses are after, and two at least:
-- one wrong date then moves nothing. An offer with running courses whose own dates end earlier was last updated then.
-- The wait is the time from invitation to start of 95 of 100 starters, and of those of the group that waits longest; that
-- of other offers where few are known.
INSERT INTO follow_up
WITH own AS (
    SELECT
        municipality, offer, citizen, counted_on AS began_on, completed_on, groups,
        completed AND completed_on >= counted_on AS is_timed,
        participated AND NOT completed AND coalesce(outcome, 'running') = 'running' AS is_running,
        completed OR completed_on IS NOT NULL OR outcome IS NOT NULL AS is_known,
        counted_on <> coalesce(invited_on, started_on) AS is_from_start,
        CASE WHEN participated AND started_on >= invited_on THEN date_diff('day', invited_on, started_on) END AS waited,
        CASE WHEN last_day <= imported_at THEN last_day END AS last_day
    FROM (SELECT *, greatest(invited_on, started_on, completed_on) AS last_day FROM course)
    JOIN import USING (import_id)
    WHERE import_id = $import_id
),
cutoff AS (
    SELECT
        any_value(shows_on) AS stated,
        coalesce(stated, least(quantile_disc(last_day, 0.995), max(last_day, 3)[-1])) AS day
    FROM import
    LEFT JOIN own ON TRUE
    WHERE import_id = $import_id
),
timed AS (
    SELECT
        municipality, offer, groups, date_diff('day', began_on, completed_on) AS days,
        began_on <= day - INTERVAL 1 YEAR AS is_old
    FROM own, cutoff
    WHERE is_timed
),
of_all AS (
    SELECT coalesce(quantile_disc(days, 0.95) FILTER (is_old), quantile_disc(days, 0.95)) AS days
    FROM timed
    HAVING count(*) >= 5
),
of_offer AS (
    SELECT
        municipality, offer,
        CASE WHEN count_if(is_old) >= 20 THEN quantile_disc(days, 0.95) FILTER (is_old) END AS old_days,
        CASE WHEN count(*) >= 5 THEN quantile_disc(days, 0.95) END AS days
    FROM timed
    GROUP BY municipality, offer
),
of_group AS (
    SELECT municipality, offer, max(days) AS days
    FROM (
        SELECT municipality, offer, quantile_disc(days, 0.95) AS days
        FROM (SELECT municipality, offer, days, unnest(map_entries(groups)) AS entry FROM timed)
        GROUP BY municipality, offer, entry
        HAVING count(*) >= 20
    )
    GROUP BY municipality, offer
),
waits AS (
    SELECT municipality, offer, greatest(of_offer, of_groups) AS wait_days
    FROM (
        SELECT
            municipality, offer,
            CASE
                WHEN count(waited) >= 20 THEN quantile_disc(waited, 0.95)
                WHEN sum(count(waited)) OVER () >= 20 THEN max(quantile_disc(waited, 0.95)) OVER ()
            END AS of_offer
        FROM own
        GROUP BY municipality, offer
        HAVING NOT bool_or(is_from_start)
    )
    LEFT JOIN (
        SELECT municipality, offer, max(days) AS of_groups
        FROM (
            SELECT municipality, offer, quantile_disc(waited, 0.95) AS days
            FROM (SELECT municipality, offer, waited, unnest(map_entries(groups)) AS entry FROM own)
            GROUP BY municipality, offer, entry
            HAVING count(waited) >= 20
        )
        GROUP BY municipality, offer
    ) USING (municipality, offer)
),
offers AS (
    SELECT
        municipality, offer, max(last_day, 3)[-1] AS last_day, bool_or(is_running) AS has_running, bool_or(is_known) AS knows_completion,
        bool_or(is_from_start) AS from_start, count(*) AS courses, count(DISTINCT citizen) AS citizens
    FROM own
    GROUP BY municipality, offer
    UNION ALL
    SELECT
        municipality, offer, NULL, sum(running) > 0, coalesce(any_value(has_completed), TRUE), FALSE, NULL, NULL
    FROM running
    LEFT JOIN (
        SELECT municipality, offer, bool_and(completed IS NOT NULL) AS has_completed
        FROM uploaded_count
        WHERE import_id = $import_id
        GROUP BY municipality, offer
    ) USING (municipality, offer)
    WHERE import_id = $import_id AND (SELECT count(*) = 0 FROM own)
    GROUP BY municipality, offer
),
-- The last months in which most courses run. A few that have ended there decide nothing.
said AS (
    SELECT municipality, offer, min(period_start) FILTER (is_last AND running > 0) AS runs_from
    FROM (
        SELECT
            *,
            bool_and(2 * coalesce(running, 0) >= participated OR (participated < 5 AND running = 0))
                OVER (PARTITION BY municipality, offer ORDER BY period_start DESC) AS is_last
        FROM running
        WHERE import_id = $import_id
    )
    GROUP BY municipality, offer
)
SELECT
    $import_id, municipality, offer,
    CASE
        WHEN has_running AND stated IS NULL THEN least(cutoff.day, offers.last_day)
        ELSE coalesce(cutoff.day, ends.last_day)
    END,
    greatest(coalesce(old_days, of_all.days), of_offer.days, of_group.days),
    runs_from, has_running, knows_completion, courses, citizens, from_start, wait_days
FROM offers
CROSS JOIN cutoff
LEFT JOIN of_all ON TRUE
LEFT JOIN of_offer USING (municipality, offer)
LEFT JOIN of_group USING (municipality, offer)
LEFT JOIN said USING (municipality, offer)
LEFT JOIN waits USING (municipality, offer)
LEFT JOIN (
    SELECT max(period_end) - 1 AS last_day FROM running WHERE import_id = $import_id
) AS ends ON TRUE
