SELECT import_id, municipality, held_on, asked, holder, "table", disadvantaged, gap, gradient
FROM live_understanding
WHERE synthetic = $synthetic
ORDER BY municipality, held_on, asked, holder, "table"
