-- Every offer with counts, with what the newest import says of it.
SELECT
    municipality, offer AS name,
    arg_max(kind, import_id) AS kind,
    arg_max(theme, import_id) AS theme,
    arg_max(completion_rule, import_id) AS completion_rule
FROM (SELECT DISTINCT municipality, offer FROM live_counts WHERE synthetic = $synthetic)
LEFT JOIN (
    SELECT import_id, municipality, offer, kind, theme, completion_rule
    FROM offer
    JOIN live USING (import_id)
    WHERE synthetic = $synthetic
) USING (municipality, offer)
GROUP BY municipality, offer
ORDER BY municipality, offer
