-- The imports whose courses can get other groups by this import: those of the offers of its courses, and those of the
-- municipalities of its list of citizens. Undone imports are among them: they can be brought back.
WITH listed AS (
    SELECT DISTINCT municipality FROM citizen_group WHERE import_id = $import_id
),
offers AS (
    SELECT DISTINCT course.municipality, offer
    FROM course
    SEMI JOIN citizen_group ON citizen_group.municipality = course.municipality
    WHERE course.import_id = $import_id
)
SELECT import_id FROM course SEMI JOIN listed USING (municipality)
UNION
SELECT import_id FROM course SEMI JOIN offers USING (municipality, offer)
ORDER BY import_id
