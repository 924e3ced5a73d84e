-- The imports of which an import corrects rows.
SELECT superseded_import_id AS import_id FROM superseded WHERE import_id = $import_id
UNION
SELECT earlier.import_id
FROM uploaded_count AS later
JOIN import AS later_import ON later_import.import_id = later.import_id AND later_import.corrects
JOIN uploaded_count AS earlier USING (municipality, period_start, period_end, dimension)
JOIN import AS earlier_import
    ON earlier_import.import_id = earlier.import_id AND earlier_import.synthetic = later_import.synthetic
LEFT JOIN offer_name AS earlier_name
    ON earlier_name.synthetic = later_import.synthetic
    AND earlier_name.municipality = earlier.municipality
    AND earlier_name.offer = earlier.offer
LEFT JOIN offer_name AS later_name
    ON later_name.synthetic = later_import.synthetic
    AND later_name.municipality = later.municipality
    AND later_name.offer = later.offer
LEFT JOIN group_name AS earlier_group
    ON earlier_group.synthetic = later_import.synthetic
    AND earlier_group.municipality = earlier.municipality
    AND earlier_group.dimension = earlier.dimension
    AND earlier_group."group" = earlier."group"
LEFT JOIN group_name AS later_group
    ON later_group.synthetic = later_import.synthetic
    AND later_group.municipality = later.municipality
    AND later_group.dimension = later.dimension
    AND later_group."group" = later."group"
WHERE later.import_id = $import_id
    AND earlier.import_id < later.import_id
    AND coalesce(earlier_name.name, earlier.offer) = coalesce(later_name.name, later.offer)
    AND coalesce(earlier_group.new_group, earlier."group") = coalesce(later_group.new_group, later."group")
    AND later.others IS NOT DISTINCT FROM earlier.others
ORDER BY import_id
