SELECT
    sheet, row, municipality, offer, citizen, invited, participated, completed,
    invited_on, started_on, completed_on, outcome,
    map($dimensions, [{groups}]) AS groups,
    counted_on
FROM staged_courses
