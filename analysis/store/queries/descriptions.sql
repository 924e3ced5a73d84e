-- The adjustment that an idea comes from, and the action that it carries out, have their names of today.
SELECT
    described.municipality, described.offer, described.title, challenge, target_group, coalesce(tags, []) AS tags, partners, took,
    barriers, experiences, advice, contact, link, practice, coalesce(new_action, described.action) AS action, from_municipality,
    coalesce(from_name.name, from_offer) AS from_offer, coalesce(new_title, from_title) AS from_title, described.import_id
FROM live_description AS described
ANTI JOIN taken_out USING (synthetic, municipality, offer)
LEFT JOIN offer_name AS from_name
    ON from_name.synthetic = described.synthetic
    AND from_name.municipality = from_municipality
    AND from_name.offer = from_offer
LEFT JOIN adjustment_name
    ON adjustment_name.synthetic = described.synthetic
    AND adjustment_name.municipality = from_municipality
    AND adjustment_name.offer = coalesce(from_name.name, from_offer)
    AND adjustment_name.title = lower(trim(from_title))
LEFT JOIN action_name
    ON action_name.synthetic = described.synthetic
    AND action_name.municipality = described.municipality
    AND action_name.action = described.action
WHERE described.synthetic = $synthetic
ORDER BY described.municipality, described.offer, described.title
