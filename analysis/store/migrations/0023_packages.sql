-- A package has the protected counts of another installation. The newest live one of an origin and kind of data counts. Its
-- counts are never rounded again: `rounding_base` says how they were rounded there; it is NULL for other imports and where
-- they are exact.
ALTER TABLE import ADD COLUMN origin VARCHAR;
ALTER TABLE import ADD COLUMN origin_name VARCHAR;
ALTER TABLE import ADD COLUMN made_at TIMESTAMP;
ALTER TABLE import ADD COLUMN rounding_base INTEGER;

CREATE OR REPLACE VIEW live AS
SELECT import_id, synthetic
FROM import
WHERE undone_at IS NULL
    AND NOT EXISTS (
        SELECT 1
        FROM import AS newer
        WHERE newer.undone_at IS NULL
            AND newer.origin = import.origin
            AND newer.synthetic = import.synthetic
            AND (newer.made_at > import.made_at
                OR (newer.made_at = import.made_at AND newer.import_id > import.import_id))
    );

-- The periods of a package whose courses had not had time to complete where it was made, or of which nobody knew.
CREATE TABLE package_unfinished (
    import_id        INTEGER NOT NULL,
    municipality     VARCHAR NOT NULL,
    offer            VARCHAR NOT NULL,
    period_start     DATE NOT NULL,
    knows_completion BOOLEAN NOT NULL
);

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
JOIN import USING (import_id)
WHERE import.origin IS NULL
    AND running.municipality = follow_up.municipality
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
GROUP BY import_id, follow_up.municipality, follow_up.offer, running.period_start
UNION ALL
SELECT
    import_id, package_unfinished.municipality, coalesce(name, package_unfinished.offer) AS offer, period_start,
    knows_completion
FROM package_unfinished
JOIN live USING (import_id)
LEFT JOIN offer_name
    ON offer_name.synthetic = live.synthetic
    AND offer_name.municipality = package_unfinished.municipality
    AND offer_name.offer = package_unfinished.offer;

CREATE OR REPLACE VIEW phased AS
SELECT
    synthetic, municipality, offer, period_start, period_end,
    phase_of(period_start, period_end, adjusted_on) AS phase,
    dimension, "group", invited, participated, completed, adjusted_on, unfinished.import_id IS NULL AS finished,
    rounding_base IS NOT NULL AS is_rounded
FROM live_counts
LEFT JOIN step USING (synthetic, municipality, offer)
LEFT JOIN unfinished USING (import_id, municipality, offer, period_start)
LEFT JOIN (SELECT import_id, rounding_base FROM import) USING (import_id);
