-- The groups, adjustments and actions under the names of today, with the municipalities that have them.
SELECT kind, belongs_to, name, list(DISTINCT municipality ORDER BY municipality) AS municipalities
FROM (
    SELECT 'group' AS kind, dimension AS belongs_to, "group" AS name, municipality
    FROM shown_counts
    WHERE synthetic = $synthetic
    UNION ALL
    SELECT 'adjustment', offer, title, municipality FROM live_adjustment ANTI JOIN taken_out USING (synthetic, municipality, offer)
    WHERE synthetic = $synthetic
    UNION ALL
    SELECT 'action', '', action, municipality FROM live_action WHERE synthetic = $synthetic
)
GROUP BY kind, belongs_to, name, CASE WHEN kind = 'adjustment' THEN municipality END
ORDER BY ALL
