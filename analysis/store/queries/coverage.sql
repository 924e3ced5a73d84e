-- What there is of each kind of data: its municipalities, its offers, its first and its last day, its dimensions.
SELECT
    synthetic,
    count(DISTINCT municipality) AS municipalities,
    count(DISTINCT (municipality, offer)) AS offers,
    min(period_start) AS first_day,
    CAST(max(period_end) - INTERVAL 1 DAY AS DATE) AS last_day,
    list(DISTINCT dimension ORDER BY dimension) AS dimensions
FROM shown_counts
GROUP BY synthetic
