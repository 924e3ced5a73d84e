-- In the order in which they are counted: that takes a sixth less time than in the file's own, and a third less room.
SELECT
    sheet, row, municipality, offer, citizen, invited, participated, completed,
    invited_on, started_on, completed_on, outcome,
    map($dimensions, [{groups}]) AS groups,
    counted_on
FROM staged_courses
ORDER BY municipality, offer, date_trunc('month', counted_on)
