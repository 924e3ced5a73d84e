-- Undo, for a dry run, what was stored after a moment, and bring back what was undone after it. Return the changed imports.
UPDATE import
SET undone_at = CASE WHEN imported_at >= $moment THEN current_localtimestamp() END
WHERE (imported_at >= $moment AND undone_at IS NULL)
    OR (imported_at < $moment AND undone_at >= $moment AND purged_at IS NULL)
RETURNING import_id
