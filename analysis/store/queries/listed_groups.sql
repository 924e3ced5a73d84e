-- The groups that stored lists tell of the citizens of staged courses, by the place of the course from 0.
SELECT place, dimension, "group"
FROM (SELECT place, municipality, id_of(citizen) AS id, citizen FROM staged_ids) AS staged
JOIN live_citizen_group USING (municipality, id)
WHERE synthetic = $synthetic AND NOT starts_with(citizen, '#row ')
