-- The offers with live counts.
SELECT DISTINCT municipality, offer FROM live_counts WHERE synthetic = $synthetic
