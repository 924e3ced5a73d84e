-- Citizens of the staged courses, and how many of them live imports hold in the same offer in other periods. Courses
-- of citizens without an id in their file begin with “#row ”: they are compared with nothing.
WITH staged AS (
    SELECT DISTINCT municipality, offer, id_of(citizen) AS citizen FROM staged_citizens
    WHERE NOT starts_with(citizen, '#row ')
),
stored AS (
    SELECT import_id, municipality, offer, id_of(citizen) AS citizen
    FROM course
    JOIN live USING (import_id)
    WHERE synthetic = $synthetic
        AND NOT EXISTS (
            SELECT 1
            FROM (SELECT NULL::INTEGER AS import_id, * FROM staged_periods
                  UNION ALL BY NAME SELECT * FROM replaced_period) AS other
            WHERE (other.import_id IS NULL OR other.import_id = course.import_id)
                AND other.municipality = course.municipality
                AND other.offer = course.offer
                AND other.period_start <= coalesce(course.invited_on, course.started_on)
                AND coalesce(course.invited_on, course.started_on) < other.period_end
        )
)
SELECT
    municipality, offer,
    count(DISTINCT staged.citizen) AS citizens,
    count(DISTINCT stored.citizen) AS again,
    coalesce(any_value(file_name), '') AS file_name
FROM staged
LEFT JOIN stored USING (municipality, offer, citizen)
LEFT JOIN import USING (import_id)
GROUP BY municipality, offer
HAVING again > 0
ORDER BY municipality, offer
