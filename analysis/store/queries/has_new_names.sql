-- Whether an import gives offers or groups other names.
SELECT 1 FROM offer WHERE import_id = $import_id AND new_name IS NOT NULL
UNION ALL
SELECT 1 FROM renaming WHERE import_id = $import_id AND kind = 'group' AND new_name IS NOT NULL
LIMIT 1
