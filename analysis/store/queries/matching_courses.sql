-- The stored courses that each given course takes the place of: those of the citizen in the offer with the same start, or
-- else the only one left of the citizen. `is_sure` is FALSE where several could be meant. Also rows that are not live are
-- matched by their start: they may be brought back.
WITH names AS (
    SELECT municipality, offer, name FROM offer_name WHERE synthetic = $synthetic
),
given AS (
    SELECT sheet, row, municipality, coalesce(name, offer) AS offer, id_of(citizen) AS citizen, invited_on, started_on
    FROM ({given})
    LEFT JOIN names USING (municipality, offer)
    WHERE NOT starts_with(citizen, '#row ')
),
stored AS (
    SELECT
        course.import_id, course.sheet, course.row, course.municipality, coalesce(name, course.offer) AS offer,
        id_of(course.citizen) AS citizen, course.invited_on, course.started_on,
        course.invited, course.participated, course.completed,
        undone_at IS NULL AND corrected_course.import_id IS NULL
            AND NOT EXISTS (
                SELECT 1
                FROM replaced_period AS replaced
                WHERE replaced.import_id = course.import_id
                    AND replaced.municipality = course.municipality
                    AND replaced.offer = course.offer
                    AND replaced.period_start <= course.counted_on
                    AND course.counted_on < replaced.period_end
            ) AS is_live
    FROM course
    JOIN import USING (import_id)
    LEFT JOIN names ON names.municipality = course.municipality AND names.offer = course.offer
    LEFT JOIN corrected_course USING (import_id, sheet, row)
    WHERE synthetic = $synthetic AND import_id <> $import_id
        AND (course.municipality, coalesce(name, course.offer)) IN (SELECT (municipality, offer) FROM given)
),
pairs AS (
    SELECT
        given.sheet, given.row, stored.import_id, stored.sheet AS stored_sheet, stored.row AS stored_row,
        municipality, offer, stored.invited, stored.participated, stored.completed, is_live,
        coalesce(given.started_on = stored.started_on, given.invited_on = stored.invited_on, FALSE) AS is_same_start
    FROM given
    JOIN stored USING (municipality, offer, citizen)
),
others AS (
    SELECT
        *,
        count(*) OVER (PARTITION BY sheet, row) = 1
            AND count(*) OVER (PARTITION BY import_id, stored_sheet, stored_row) = 1 AS is_sure
    FROM pairs
    ANTI JOIN (SELECT sheet, row FROM pairs WHERE is_live AND is_same_start) USING (sheet, row)
    ANTI JOIN (SELECT import_id, stored_sheet, stored_row FROM pairs WHERE is_same_start)
        USING (import_id, stored_sheet, stored_row)
    WHERE is_live
)
SELECT * EXCLUDE (is_same_start), TRUE AS is_sure FROM pairs WHERE is_same_start
UNION ALL
SELECT * EXCLUDE (is_same_start) FROM others
