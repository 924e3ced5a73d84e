-- Offers get new names without a change of the rows in which they are written. The newest entry on an offer counts: two
-- offers with one name are one, until the entry is undone. An offer can have ended.
ALTER TABLE offer ADD COLUMN new_name VARCHAR;
ALTER TABLE offer ADD COLUMN ended_on DATE;

CREATE VIEW offer_name AS
SELECT synthetic, municipality, offer, arg_max(new_name, import_id) AS name
FROM offer
JOIN live USING (import_id)
WHERE new_name IS NOT NULL
GROUP BY synthetic, municipality, offer;

CREATE OR REPLACE VIEW corrected_count AS
SELECT DISTINCT
    earlier.import_id, earlier.municipality, earlier.offer, earlier.period_start, earlier.period_end,
    earlier.dimension, earlier."group", earlier.others
FROM uploaded_count AS earlier
JOIN import AS earlier_import ON earlier_import.import_id = earlier.import_id
JOIN uploaded_count AS later
    ON later.import_id > earlier.import_id
    AND later.municipality = earlier.municipality
    AND later.period_start = earlier.period_start
    AND later.period_end = earlier.period_end
    AND later.dimension = earlier.dimension
    AND later."group" = earlier."group"
    AND later.others IS NOT DISTINCT FROM earlier.others
JOIN import AS later_import
    ON later_import.import_id = later.import_id
    AND later_import.corrects
    AND later_import.undone_at IS NULL
    AND later_import.synthetic = earlier_import.synthetic
LEFT JOIN offer_name AS earlier_name
    ON earlier_name.synthetic = earlier_import.synthetic
    AND earlier_name.municipality = earlier.municipality
    AND earlier_name.offer = earlier.offer
LEFT JOIN offer_name AS later_name
    ON later_name.synthetic = earlier_import.synthetic
    AND later_name.municipality = later.municipality
    AND later_name.offer = later.offer
WHERE coalesce(earlier_name.name, earlier.offer) = coalesce(later_name.name, later.offer);

-- Counts of live imports under the names in their files, and under those of today.
CREATE VIEW written_counts AS
SELECT counts.*, synthetic
FROM current_counts AS counts
JOIN live USING (import_id)
WHERE NOT EXISTS (
    SELECT 1
    FROM replaced_period AS replaced
    WHERE replaced.import_id = counts.import_id
        AND replaced.municipality = counts.municipality
        AND replaced.offer = counts.offer
        AND replaced.period_start < counts.period_end
        AND counts.period_start < replaced.period_end
        AND coalesce(replaced.dimension, counts.dimension) = counts.dimension
);

CREATE OR REPLACE VIEW live_counts AS
SELECT written.* REPLACE (coalesce(name, offer) AS offer)
FROM written_counts AS written
LEFT JOIN offer_name USING (synthetic, municipality, offer);

CREATE OR REPLACE VIEW live_crossed_counts AS
SELECT crossed_counts.* REPLACE (coalesce(name, crossed_counts.offer) AS offer), live.synthetic
FROM current_crossed_counts AS crossed_counts
JOIN live USING (import_id)
LEFT JOIN offer_name
    ON offer_name.synthetic = live.synthetic
    AND offer_name.municipality = crossed_counts.municipality
    AND offer_name.offer = crossed_counts.offer
WHERE NOT EXISTS (
    SELECT 1
    FROM replaced_period AS replaced
    WHERE replaced.import_id = crossed_counts.import_id
        AND replaced.municipality = crossed_counts.municipality
        AND replaced.offer = crossed_counts.offer
        AND replaced.period_start < crossed_counts.period_end
        AND crossed_counts.period_start < replaced.period_end
        AND coalesce(replaced.dimension, crossed_counts.dimension) IN (crossed_counts.dimension, crossed_counts.other)
);

CREATE OR REPLACE VIEW live_held_back AS
SELECT named.*
FROM (
    SELECT held_back.* REPLACE (coalesce(name, held_back.offer) AS offer), live.synthetic
    FROM held_back
    JOIN live USING (import_id)
    LEFT JOIN offer_name
        ON offer_name.synthetic = live.synthetic
        AND offer_name.municipality = held_back.municipality
        AND offer_name.offer = held_back.offer
    WHERE NOT EXISTS (
        SELECT 1
        FROM replaced_period AS replaced
        WHERE replaced.import_id = held_back.import_id
            AND replaced.municipality = held_back.municipality
            AND replaced.offer = held_back.offer
            AND replaced.period_start < held_back.period_end
            AND held_back.period_start < replaced.period_end
            AND coalesce(replaced.dimension, held_back.dimension) = held_back.dimension
    )
) AS named
WHERE NOT EXISTS (
    SELECT 1
    FROM live_counts AS stored
    WHERE stored.synthetic = named.synthetic
        AND stored.import_id <> named.import_id
        AND stored.municipality = named.municipality
        AND stored.offer = named.offer
        AND stored.dimension = named.dimension
        AND stored.period_start < named.period_end
        AND named.period_start < stored.period_end
);

CREATE OR REPLACE VIEW live_adjustment AS
SELECT adjustment.* REPLACE (coalesce(name, adjustment.offer) AS offer), live.synthetic
FROM adjustment
JOIN live USING (import_id)
LEFT JOIN offer_name
    ON offer_name.synthetic = live.synthetic
    AND offer_name.municipality = adjustment.municipality
    AND offer_name.offer = adjustment.offer
WHERE NOT EXISTS (
    SELECT 1
    FROM replacement
    JOIN live AS later ON later.import_id = replacement.import_id
    JOIN adjustment AS newer
        ON newer.import_id = replacement.import_id
        AND newer.municipality = replacement.municipality
        AND newer.offer = replacement.offer
    WHERE replacement.replaced_import_id = adjustment.import_id
        AND replacement.municipality = adjustment.municipality
        AND replacement.offer = adjustment.offer
)
AND NOT EXISTS (
    SELECT 1
    FROM adjustment AS newer
    JOIN import AS later ON later.import_id = newer.import_id AND later.undone_at IS NULL
    LEFT JOIN offer_name AS newer_name
        ON newer_name.synthetic = later.synthetic
        AND newer_name.municipality = newer.municipality
        AND newer_name.offer = newer.offer
    WHERE newer.import_id > adjustment.import_id
        AND later.synthetic = live.synthetic
        AND NOT later.typed
        AND newer.municipality = adjustment.municipality
        AND coalesce(newer_name.name, newer.offer) = coalesce(offer_name.name, adjustment.offer)
        AND lower(trim(newer.title)) = lower(trim(adjustment.title))
);

-- What live imports say of offers, under the names of today.
CREATE VIEW live_offer AS
SELECT offer.* REPLACE (coalesce(name, offer.offer) AS offer), live.synthetic
FROM offer
JOIN live USING (import_id)
LEFT JOIN offer_name
    ON offer_name.synthetic = live.synthetic
    AND offer_name.municipality = offer.municipality
    AND offer_name.offer = offer.offer;

CREATE OR REPLACE VIEW stated_follow_up AS
SELECT synthetic, municipality, offer, arg_max(follow_up_days, import_id) AS stated_days
FROM live_offer
GROUP BY synthetic, municipality, offer;

CREATE VIEW live_follow_up AS
SELECT follow_up.* REPLACE (coalesce(name, follow_up.offer) AS offer), live.synthetic, follow_up.offer AS written
FROM current_follow_up AS follow_up
JOIN live USING (import_id)
LEFT JOIN offer_name
    ON offer_name.synthetic = live.synthetic
    AND offer_name.municipality = follow_up.municipality
    AND offer_name.offer = follow_up.offer;

-- Periods that completion leaves out. A period is left out because of its own running courses only from five on, so that
-- no small count can be inferred. After twice the time to complete, running courses are assumed to have been forgotten.
CREATE OR REPLACE VIEW unfinished AS
SELECT
    import_id, follow_up.municipality, follow_up.offer, running.period_start,
    bool_and(knows_completion) AS knows_completion
FROM current_running AS running
JOIN live_follow_up AS follow_up USING (import_id)
LEFT JOIN stated_follow_up AS stated
    ON stated.synthetic = follow_up.synthetic
    AND stated.municipality = follow_up.municipality
    AND stated.offer = follow_up.offer
WHERE running.municipality = follow_up.municipality
    AND running.offer = follow_up.written
    AND (
        NOT knows_completion
        OR (
            (period_start >= runs_from OR (running >= 5 AND 20 * running >= participated))
            AND (coalesce(stated_days, days) IS NULL OR last_began + 2 * coalesce(stated_days, days) > cutoff)
        )
        OR (
            coalesce(has_running, stated_days IS NOT NULL)
            AND last_began + coalesce(stated_days, days) > cutoff
        )
    )
GROUP BY import_id, follow_up.municipality, follow_up.offer, running.period_start;
