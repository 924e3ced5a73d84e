-- The municipalities of each form in imports that are not deleted; rows of no municipality have an empty name.
WITH wanted AS (SELECT import_id FROM import WHERE purged_at IS NULL AND import_id = coalesce($import_id, import_id))
SELECT import_id, 'courses' AS form, municipality AS municipality FROM course JOIN wanted USING (import_id) GROUP BY ALL
UNION ALL
SELECT import_id, 'counts', municipality FROM uploaded_count JOIN wanted USING (import_id) GROUP BY ALL
UNION ALL
SELECT import_id, 'counts', municipality FROM held_back JOIN wanted USING (import_id) GROUP BY ALL
{lists}
