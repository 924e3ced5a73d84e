-- The imports with something about an adjustment, newest first: what they have of it, and whether they have nothing else.
WITH about AS (
    SELECT import_id, synthetic, municipality, offer, title, draft, NULL AS number FROM titled_adjustment
    UNION ALL
    SELECT import_id, synthetic, municipality, offer, title, draft, NULL FROM named_description
    UNION ALL
    SELECT import_id, synthetic, municipality, offer, title, NULL, number FROM named_test_round
)
SELECT
    import_id, any_value(imported_at), any_value(person), bool_or(number IS NULL), coalesce(bool_or(draft), FALSE),
    coalesce(list(number ORDER BY number) FILTER (number IS NOT NULL), []),
    count(*) = any_value(import.adjustments + import.descriptions + import.test_rounds)
        AND any_value(courses + counts + offers + names + citizen_groups + theme_days + understandings + actions + activities + consequences + requests + votes) = 0
FROM about
JOIN import USING (import_id)
WHERE about.synthetic = $synthetic
    AND about.municipality = $municipality
    AND about.offer = $offer
    AND lower(trim(title)) = lower(trim($title))
GROUP BY import_id
ORDER BY import_id DESC
