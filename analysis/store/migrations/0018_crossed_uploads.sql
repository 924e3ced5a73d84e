-- Counts by several dimensions at once: `dimension` and `group` are of the first, `others` maps the rest to their groups.
-- Without information on who completed, `completed` is NULL.
ALTER TABLE uploaded_count ADD COLUMN others MAP(VARCHAR, VARCHAR);
ALTER TABLE uploaded_count ALTER completed DROP NOT NULL;

CREATE VIEW crossed_uploads AS
SELECT
    import_id, municipality, offer, period_start, period_end,
    one.key AS dimension, two.key AS other, one.value AS "group", two.value AS other_group,
    CAST(sum(invited) AS BIGINT) AS invited,
    CAST(sum(participated) AS BIGINT) AS participated,
    CAST(sum(coalesce(completed, 0)) AS BIGINT) AS completed
FROM (
    SELECT *, unnest(entries) AS two
    FROM (
        SELECT *, map_entries(map_concat(others, map([dimension], ["group"]))) AS entries, unnest(entries) AS one
        FROM uploaded_count
        WHERE others IS NOT NULL
            AND NOT EXISTS (
                SELECT 1
                FROM held_back
                WHERE held_back.import_id = uploaded_count.import_id
                    AND held_back.municipality = uploaded_count.municipality
                    AND held_back.offer = uploaded_count.offer
                    AND held_back.period_start = uploaded_count.period_start
            )
    )
)
WHERE one.key < two.key
GROUP BY
    import_id, municipality, offer, period_start, period_end, one.key, two.key, one.value, two.value, (invited IS NULL);
