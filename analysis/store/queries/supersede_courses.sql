-- Write which stored courses those of a correcting import take the place of, and those that these took the place of.
INSERT INTO superseded
WITH matched AS (
    SELECT DISTINCT sheet, row, import_id, stored_sheet, stored_row
    FROM ({matching})
)
SELECT $import_id, sheet, row, import_id, stored_sheet, stored_row FROM matched
UNION
SELECT
    $import_id, matched.sheet, matched.row,
    earlier.superseded_import_id, earlier.superseded_sheet, earlier.superseded_row
FROM matched
JOIN superseded AS earlier
    ON earlier.import_id = matched.import_id
    AND earlier.sheet = matched.stored_sheet
    AND earlier.row = matched.stored_row
