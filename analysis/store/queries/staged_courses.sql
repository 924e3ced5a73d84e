-- In an order in which counting, and reading what is counted, takes half the time that it takes in the file's own.
SELECT
    sheet, row, municipality, offer, citizen, invited, participated, completed,
    invited_on, started_on, completed_on, outcome,
    map($dimensions, [{groups}]) AS groups
FROM staged_courses
ORDER BY municipality, offer, date_trunc('month', coalesce(invited_on, started_on))
