-- Each dimension counts every citizen once; the one with most citizens is taken.
INSERT INTO running
SELECT
    import_id, municipality, offer, CAST(date_trunc('month', counted_on) AS DATE) AS month,
    CAST(month + INTERVAL 1 MONTH AS DATE), max(counted_on), count_if(participated),
    count_if(participated AND NOT completed AND outcome = 'running')
FROM course
WHERE import_id = $import_id
GROUP BY ALL
UNION ALL
SELECT import_id, municipality, offer, period_start, period_end, period_end - 1, max(participated), max(running)
FROM (
    SELECT
        import_id, municipality, offer, period_start, period_end, dimension,
        sum(participated) AS participated, sum(running) AS running
    FROM uploaded_count
    WHERE import_id = $import_id
    GROUP BY ALL
)
GROUP BY ALL
