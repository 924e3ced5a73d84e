-- Where every stored row of an offer comes from: its file, its sheet, its row.
SELECT import_id, file_name, sha256, sheet, row, 'courses' AS form, undone_at
FROM course JOIN import USING (import_id) WHERE municipality = $municipality AND offer = $offer
UNION ALL
SELECT import_id, file_name, sha256, sheet, row, 'counts', undone_at
FROM uploaded_count JOIN import USING (import_id) WHERE municipality = $municipality AND offer = $offer
ORDER BY import_id, sheet, row
