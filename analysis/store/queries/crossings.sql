SELECT DISTINCT dimension, other
FROM live_crossed_counts
WHERE synthetic = $synthetic
ORDER BY dimension, other
