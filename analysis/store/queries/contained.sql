-- The municipalities of each form in imports that are not deleted; rows of no municipality have an empty name.
WITH wanted AS (SELECT import_id FROM import WHERE purged_at IS NULL AND import_id = coalesce($import_id, import_id))
SELECT import_id, 'courses' AS form, municipality AS municipality FROM course JOIN wanted USING (import_id) GROUP BY ALL
UNION ALL
SELECT import_id, 'counts', municipality FROM uploaded_count JOIN wanted USING (import_id) GROUP BY ALL
UNION ALL
SELECT import_id, 'offers', municipality FROM offer JOIN wanted USING (import_id) GROUP BY ALL
UNION ALL
SELECT import_id, 'adjustments', municipality FROM adjustment JOIN wanted USING (import_id) GROUP BY ALL
UNION ALL
SELECT import_id, 'theme_days', municipality FROM theme_day JOIN wanted USING (import_id) GROUP BY ALL
UNION ALL
SELECT import_id, 'understandings', municipality FROM understanding JOIN wanted USING (import_id) GROUP BY ALL
UNION ALL
SELECT import_id, 'actions', municipality FROM action JOIN wanted USING (import_id) GROUP BY ALL
UNION ALL
SELECT import_id, 'requests', municipality FROM request JOIN wanted USING (import_id) GROUP BY ALL
UNION ALL
SELECT import_id, 'votes', coalesce(municipality, '') FROM vote JOIN wanted USING (import_id) GROUP BY ALL
