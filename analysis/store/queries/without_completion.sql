-- Periods of offers in which no file says who completed.
SELECT municipality, offer, period_start
FROM unfinished
JOIN import USING (import_id)
ANTI JOIN taken_out USING (synthetic, municipality, offer)
WHERE synthetic = $synthetic
GROUP BY municipality, offer, period_start
HAVING NOT bool_or(knows_completion)
ORDER BY ALL
