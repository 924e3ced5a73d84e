-- What an import holds, sheet by sheet: its rows in the file, its records, and its sums.
SELECT 'courses' AS form, sheet, count(DISTINCT row) AS rows, count(*) AS records,
    coalesce(count_if(invited), 0) AS invited, count_if(participated) AS participated, count_if(completed) AS completed
FROM course WHERE import_id = $import_id GROUP BY sheet
UNION ALL
SELECT 'counts', sheet, count(DISTINCT row), count(*),
    CAST(coalesce(sum(invited), 0) AS BIGINT), CAST(sum(participated) AS BIGINT), CAST(sum(completed) AS BIGINT)
FROM uploaded_count WHERE import_id = $import_id GROUP BY sheet
UNION ALL
SELECT 'offers', sheet, count(DISTINCT row), count(*), 0, 0, 0 FROM offer WHERE import_id = $import_id GROUP BY sheet
UNION ALL
SELECT 'adjustments', sheet, count(DISTINCT row), count(*), 0, 0, 0
FROM adjustment WHERE import_id = $import_id GROUP BY sheet
ORDER BY form, sheet
