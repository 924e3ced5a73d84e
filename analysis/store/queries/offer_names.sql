-- The offers with live counts, and the names that files have for them.
SELECT DISTINCT municipality, offer FROM live_counts WHERE synthetic = $synthetic
UNION
SELECT municipality, offer FROM offer_name WHERE synthetic = $synthetic
