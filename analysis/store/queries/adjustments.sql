SELECT DISTINCT municipality, offer, adjusted_on, title, what_changed, aim, citizens_involved, staff_involved
FROM live_adjustment
ANTI JOIN taken_out USING (synthetic, municipality, offer)
WHERE synthetic = $synthetic
ORDER BY municipality, offer, adjusted_on, title
