SELECT municipality, offer, adjusted_on, title, what_changed, aim, citizens_involved, staff_involved
FROM adjustment
JOIN live USING (import_id)
WHERE synthetic = $synthetic
ORDER BY municipality, offer, adjusted_on
