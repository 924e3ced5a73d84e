-- Copy the courses of an import that no live import corrects. Groups that their own file does not state are those of the
-- lists of citizens.
INSERT INTO course
WITH kind AS (SELECT synthetic FROM import WHERE import_id = $import_id),
asked AS (
    SELECT municipality, offer, map_from_entries(list((dimension, 'missing'))) AS dimensions
    FROM asked_dimension
    JOIN kind USING (synthetic)
    GROUP BY municipality, offer
),
answers AS (
    SELECT municipality, id, list((dimension, "group")) AS entries
    FROM live_citizen_group
    JOIN kind USING (synthetic)
    GROUP BY municipality, id
)
SELECT course.* REPLACE (
    $number AS import_id,
    CASE
        WHEN asked.dimensions IS NULL THEN course.groups
        ELSE map_concat(
            asked.dimensions,
            course.groups,
            map_from_entries(list_filter(
                coalesce(answers.entries, []),
                lambda one: coalesce(course.groups[one[1]], 'missing') = 'missing'
            ))
        )
    END AS groups
)
FROM course
ANTI JOIN corrected_course USING (import_id, sheet, row)
LEFT JOIN asked ON asked.municipality = course.municipality AND asked.offer = course.offer
LEFT JOIN answers
    ON answers.municipality = course.municipality
    AND answers.id = id_of(course.citizen)
    AND NOT starts_with(course.citizen, '#row ')
WHERE course.import_id = $import_id
