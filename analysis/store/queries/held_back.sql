-- Periods that the rates of a dimension leave out, because the count of a group is held back.
SELECT DISTINCT municipality, offer, period_start, period_end, dimension
FROM live_held_back
ANTI JOIN taken_out USING (synthetic, municipality, offer)
WHERE synthetic = $synthetic
ORDER BY ALL
