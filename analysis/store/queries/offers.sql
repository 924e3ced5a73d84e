-- Every offer with counts, with what the newest import says of it, and how long its courses take.
SELECT
    municipality, offer AS name,
    arg_max(kind, offer.import_id) AS kind,
    arg_max(theme, offer.import_id) AS theme,
    arg_max(completion_rule, offer.import_id) AS completion_rule,
    any_value(stated_days) AS stated_days,
    max(follow_up.days) AS measured_days,
    max(follow_up.cutoff) AS cutoff,
    coalesce(bool_or(knows_completion), TRUE) AS knows_completion
FROM (SELECT DISTINCT municipality, offer FROM live_counts WHERE synthetic = $synthetic)
LEFT JOIN (SELECT * FROM offer JOIN live USING (import_id) WHERE synthetic = $synthetic) AS offer
    USING (municipality, offer)
LEFT JOIN (SELECT * FROM stated_follow_up WHERE synthetic = $synthetic) USING (municipality, offer)
LEFT JOIN (SELECT * FROM follow_up JOIN live USING (import_id) WHERE synthetic = $synthetic) AS follow_up
    USING (municipality, offer)
GROUP BY municipality, offer
ORDER BY municipality, offer
