-- What imports hold, sheet by sheet: their rows in the file, their records, and their sums.
WITH wanted AS (SELECT import_id FROM import WHERE purged_at IS NULL AND import_id = coalesce($import_id, import_id))
SELECT import_id, 'courses' AS form, sheet, count(DISTINCT row) AS rows, count(*) AS records,
    coalesce(count_if(invited), 0) AS invited, count_if(participated) AS participated, count_if(completed) AS completed
FROM course JOIN wanted USING (import_id) GROUP BY import_id, sheet
UNION ALL
SELECT import_id, 'counts', sheet, count(DISTINCT row), count(*),
    CAST(coalesce(sum(invited), 0) AS BIGINT), CAST(sum(participated) AS BIGINT), CAST(coalesce(sum(completed), 0) AS BIGINT)
FROM uploaded_count JOIN wanted USING (import_id) GROUP BY import_id, sheet
{lists}
ORDER BY import_id, form, sheet
