-- Offers with counts that no page shows.
SELECT DISTINCT municipality, offer
FROM live_counts
SEMI JOIN taken_out USING (synthetic, municipality, offer)
WHERE synthetic = $synthetic
ORDER BY ALL
