SELECT municipality, written_on, consequence
FROM live_consequence
WHERE synthetic = $synthetic
ORDER BY municipality
