INSERT INTO course
SELECT
    $import_id, sheet, row, municipality, offer, citizen, invited, participated, completed,
    invited_on, started_on, completed_on, outcome,
    map($dimensions, [{group_columns}])
FROM staged_courses
