SELECT
    municipality, offer, title, challenge, target_group, coalesce(tags, []) AS tags, partners, took, barriers, experiences,
    advice, contact, link, practice, action, from_municipality, from_offer, from_title, import_id
FROM live_description
ANTI JOIN taken_out USING (synthetic, municipality, offer)
WHERE synthetic = $synthetic
ORDER BY municipality, offer, title
