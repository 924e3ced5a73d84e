-- Copy the counts of an import that no live import corrects.
INSERT INTO uploaded_count
SELECT * REPLACE ($number AS import_id)
FROM uploaded_count AS stored
WHERE import_id = $import_id
    AND NOT EXISTS (
        SELECT 1
        FROM corrected_count AS corrected
        WHERE corrected.import_id = stored.import_id
            AND corrected.municipality = stored.municipality
            AND corrected.offer = stored.offer
            AND corrected.period_start = stored.period_start
            AND corrected.period_end = stored.period_end
            AND corrected.dimension = stored.dimension
            AND corrected."group" = stored."group"
            AND corrected.others IS NOT DISTINCT FROM stored.others
    )
