SELECT dimension, bool_or(ordered) AS ordered, "group", min(rank) AS rank
FROM added_group
JOIN live USING (import_id)
GROUP BY dimension, "group"
ORDER BY dimension, rank, "group"
