-- Groups that imports added, the names that they got, and their ranks: the newest that was stated counts. Without $joined,
-- groups whose counts are all under another name are left out.
WITH added AS (
    SELECT dimension, ordered, "group", rank FROM added_group JOIN live USING (import_id)
),
named AS (
    SELECT * FROM added
    UNION ALL
    SELECT dimension, ordered, new_group, rank FROM added JOIN group_name USING (dimension, "group")
),
stated AS (
    SELECT belongs_to AS dimension, name AS "group", arg_max(rank, (import_id, row)) AS rank
    FROM renaming
    JOIN live USING (import_id)
    WHERE kind = 'group' AND rank IS NOT NULL
    GROUP BY belongs_to, name
)
SELECT
    dimension,
    bool_or(ordered) OR (SELECT count(DISTINCT rank) FROM stated AS own WHERE own.dimension = named.dimension) > 1 AS ordered,
    "group",
    coalesce(any_value(stated.rank), min(named.rank)) AS rank
FROM named
LEFT JOIN stated USING (dimension, "group")
WHERE $joined
    OR NOT EXISTS (
        SELECT 1 FROM group_name AS old WHERE old.dimension = named.dimension AND old."group" = named."group"
            AND old.new_group <> old."group"
    )
    OR EXISTS (
        SELECT 1 FROM live_counts AS shown WHERE shown.dimension = named.dimension AND shown."group" = named."group"
    )
GROUP BY dimension, "group"
ORDER BY dimension, rank, "group"
