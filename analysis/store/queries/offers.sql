-- Every offer with counts, with what the newest import says of it, and how long its courses take.
SELECT
    municipality, offer AS name,
    arg_max(kind, offer.import_id) AS kind,
    arg_max(theme, offer.import_id) AS theme,
    arg_max(completion_rule, offer.import_id) AS completion_rule,
    arg_max(ended_on, offer.import_id) AS ended_on,
    any_value(stated_days) AS stated_days,
    -- In whole weeks: the longest of a few courses is that of one citizen.
    CAST(7 * ceil(any_value(follow_up.days) / 7) AS INTEGER) AS measured_days,
    any_value(follow_up.cutoff) AS cutoff,
    coalesce(any_value(knows_completion), TRUE) AS knows_completion,
    any_value(follow_up.courses) AS courses,
    any_value(follow_up.citizens) AS citizens,
    coalesce(any_value(from_start), FALSE) AS from_start,
    CAST(7 * ceil(any_value(follow_up.wait_days) / 7) AS INTEGER) AS wait_days,
    coalesce(any_value(knows_running), FALSE) AS knows_running
FROM (SELECT DISTINCT municipality, offer FROM shown_counts WHERE synthetic = $synthetic)
LEFT JOIN (SELECT * FROM live_offer WHERE synthetic = $synthetic) AS offer
    USING (municipality, offer)
LEFT JOIN (SELECT * FROM stated_follow_up WHERE synthetic = $synthetic) USING (municipality, offer)
LEFT JOIN (
    SELECT
        municipality, offer, max(days) AS days, max(cutoff) AS cutoff, bool_or(knows_completion) AS knows_completion,
        bool_or(from_start) AS from_start, max(wait_days) AS wait_days, bool_and(has_running IS NOT NULL) AS knows_running,
        CAST(sum(courses) AS BIGINT) AS courses, CAST(sum(citizens) AS BIGINT) AS citizens
    FROM live_follow_up
    WHERE synthetic = $synthetic
    GROUP BY municipality, offer
) AS follow_up USING (municipality, offer)
GROUP BY municipality, offer
ORDER BY municipality, offer
