-- Drafts of adjustments and of their descriptions, in the municipalities of a person who may change them.
SELECT
    municipality, offer, title, adjusted_on, what_changed, aim, citizens_involved, staff_involved, challenge, target_group,
    coalesce(tags, []) AS tags, partners, took, barriers, experiences, advice, contact, link, practice, action,
    from_municipality, from_offer, from_title, draft_adjustment.import_id
FROM draft_adjustment
LEFT JOIN live_draft USING (synthetic, municipality, offer, title)
WHERE synthetic = $synthetic AND list_contains($municipalities, municipality)
ORDER BY municipality, offer, title
