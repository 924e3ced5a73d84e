-- What stored courses tell of the citizens of a list: how many of them have courses, and how many have a group in their
-- courses that differs, or in a stored list.
WITH staged AS (
    SELECT municipality, id_of(citizen) AS id, dimension, "group" FROM staged_groups
),
stored AS (
    SELECT municipality, id_of(citizen) AS id, groups
    FROM (
        SELECT municipality, citizen, groups
        FROM course
        JOIN live USING (import_id)
        ANTI JOIN corrected_course USING (import_id, sheet, row)
        WHERE synthetic = $synthetic
        {courses}
    )
    WHERE NOT starts_with(citizen, '#row ')
),
met AS (
    SELECT municipality, id, "group", coalesce(groups[dimension], 'missing') AS own
    FROM staged
    JOIN stored USING (municipality, id)
)
SELECT
    (SELECT count(DISTINCT (municipality, id)) FROM staged) AS citizens,
    count(DISTINCT (municipality, id)) AS with_courses,
    count(DISTINCT (municipality, id)) FILTER (own <> 'missing' AND own <> "group") AS differing,
    (
        SELECT count(DISTINCT (municipality, id))
        FROM staged
        JOIN live_citizen_group AS listed USING (municipality, id, dimension)
        WHERE listed.synthetic = $synthetic AND listed."group" <> staged."group"
    ) AS changed
FROM met
