-- The imports of which an import corrects rows.
SELECT superseded_import_id AS import_id FROM superseded WHERE import_id = $import_id
UNION
SELECT import_id FROM correction WHERE later_import_id = $import_id
ORDER BY import_id
