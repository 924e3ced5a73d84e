-- The table in the middle, from courses and from counts that come added up. DuckDB and Spark both run this text, so it
-- holds nothing that only one of them knows. A course belongs to the month of `counted_on`: of its invitation,
-- or of its start where a person wants that or no invitation is known; the phase follows from the month, whatever becomes known of adjustments later. Each offer and
-- month has a number, so that the many are told apart by a number and not by two texts and a date. Walk-ins, who were
-- not invited, have rows of their own without `invited`.
WITH numbered AS (
    SELECT *, CAST(row_number() OVER (ORDER BY municipality, offer, month) AS INTEGER) AS number
    FROM (
        SELECT DISTINCT
            municipality, offer, CAST(date_trunc('month', counted_on) AS DATE) AS month
        FROM given_course
    )
),
counted AS (
    SELECT
        number,
        entry.key AS dimension,
        entry.value AS "group",
        CASE WHEN is_invited THEN count(*) END AS invited,
        count_if(participated) AS participated,
        count_if(completed) AS completed
    FROM (
        SELECT
            number, coalesce(invited, FALSE) AS is_invited, participated, completed, unnest(map_entries(groups)) AS entry
        FROM given_course AS course
        JOIN numbered
            ON course.municipality IS NOT DISTINCT FROM numbered.municipality
            AND course.offer IS NOT DISTINCT FROM numbered.offer
            AND CAST(date_trunc('month', counted_on) AS DATE) IS NOT DISTINCT FROM month
    )
    GROUP BY number, entry.key, entry.value, is_invited
)
SELECT
    municipality, offer,
    month AS period_start,
    CAST(month + INTERVAL 1 MONTH AS DATE) AS period_end,
    dimension, "group", invited, participated, completed
FROM counted
JOIN numbered USING (number)
UNION ALL
SELECT municipality, offer, period_start, period_end, dimension, "group", invited, participated, completed
FROM given_count
