-- Offers, periods and dimensions of which a source holds back the count of a group. The counts of the other groups are
-- stored as uploaded, and are in no rate: `counts` leaves them out.
CREATE TABLE held_back (
    import_id    INTEGER NOT NULL,
    municipality VARCHAR NOT NULL,
    offer        VARCHAR NOT NULL,
    period_start DATE NOT NULL,
    period_end   DATE NOT NULL,
    dimension    VARCHAR NOT NULL
);

-- Those of live imports for which no other import has counts.
CREATE VIEW live_held_back AS
SELECT held_back.*, synthetic
FROM held_back
JOIN live USING (import_id)
WHERE NOT EXISTS (
    SELECT 1
    FROM replaced_period AS replaced
    WHERE replaced.import_id = held_back.import_id
        AND replaced.municipality = held_back.municipality
        AND replaced.offer = held_back.offer
        AND replaced.period_start < held_back.period_end
        AND held_back.period_start < replaced.period_end
)
AND NOT EXISTS (
    SELECT 1
    FROM live_counts AS stored
    WHERE stored.synthetic = live.synthetic
        AND stored.import_id <> held_back.import_id
        AND stored.municipality = held_back.municipality
        AND stored.offer = held_back.offer
        AND stored.dimension = held_back.dimension
        AND stored.period_start < held_back.period_end
        AND held_back.period_start < stored.period_end
);
