SELECT DISTINCT municipality, offer, adjusted_on, title, what_changed, aim, citizens_involved, staff_involved
FROM live_adjustment
WHERE synthetic = $synthetic
ORDER BY municipality, offer, adjusted_on, title
