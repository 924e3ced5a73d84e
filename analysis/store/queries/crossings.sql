SELECT DISTINCT dimension, other
FROM shown_crossed_counts
WHERE synthetic = $synthetic
ORDER BY dimension, other
