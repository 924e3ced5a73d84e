-- Groups, adjustments and actions get other names without a change of the rows in which they are written. The newest entry
-- counts: two with one name are one, until the entry is undone. Added groups get ranks. A group belongs to a dimension, an
-- adjustment to an offer.
CREATE TABLE renaming (
    import_id    INTEGER NOT NULL,
    sheet        VARCHAR NOT NULL,
    row          INTEGER NOT NULL,
    municipality VARCHAR NOT NULL,
    kind         VARCHAR NOT NULL,
    belongs_to   VARCHAR,
    name         VARCHAR NOT NULL,
    new_name     VARCHAR,
    rank         INTEGER
);

ALTER TABLE import ADD COLUMN names BIGINT DEFAULT 0;

-- The numbers of an offer can be taken out, and brought back.
ALTER TABLE offer ADD COLUMN taken_out BOOLEAN;

CREATE VIEW live_renaming AS
SELECT renaming.*, synthetic FROM renaming JOIN live USING (import_id) WHERE new_name IS NOT NULL;

CREATE VIEW group_name AS
SELECT synthetic, municipality, belongs_to AS dimension, name AS "group", arg_max(new_name, (import_id, row)) AS new_group
FROM live_renaming
WHERE kind = 'group'
GROUP BY synthetic, municipality, belongs_to, name;

CREATE VIEW adjustment_name AS
SELECT
    live_renaming.synthetic, live_renaming.municipality, coalesce(offer_name.name, belongs_to) AS offer,
    lower(trim(live_renaming.name)) AS title, arg_max(live_renaming.new_name, (import_id, row)) AS new_title
FROM live_renaming
LEFT JOIN offer_name
    ON offer_name.synthetic = live_renaming.synthetic
    AND offer_name.municipality = live_renaming.municipality
    AND offer_name.offer = belongs_to
WHERE kind = 'adjustment'
GROUP BY ALL;

-- Votes of a table whose municipality is not known get the newest name that any municipality gave.
CREATE VIEW action_name AS
SELECT synthetic, municipality, name AS action, arg_max(new_name, (import_id, row)) AS new_action
FROM live_renaming
WHERE kind = 'action'
GROUP BY synthetic, municipality, name
UNION ALL
SELECT synthetic, NULL, name, arg_max(new_name, (import_id, row))
FROM live_renaming
WHERE kind = 'action'
GROUP BY synthetic, name;

-- Counts with the later ones that correct them: those of the same offer, period and group by the names at that time. Offers
-- and groups that become one afterwards are added up.
CREATE VIEW offer_renaming AS
SELECT synthetic, import_id, municipality, offer, arg_max(new_name, row) AS name
FROM offer
JOIN live USING (import_id)
WHERE new_name IS NOT NULL
GROUP BY synthetic, import_id, municipality, offer;

CREATE VIEW group_renaming AS
SELECT synthetic, import_id, municipality, belongs_to AS dimension, name AS "group", arg_max(new_name, row) AS name
FROM live_renaming
WHERE kind = 'group'
GROUP BY synthetic, import_id, municipality, belongs_to, live_renaming.name;

CREATE VIEW correction AS
WITH pair AS (
    SELECT
        earlier.*, earlier_import.synthetic, later.import_id AS later_import_id, later.offer AS later_offer,
        later."group" AS later_group
    FROM uploaded_count AS earlier
    JOIN import AS earlier_import ON earlier_import.import_id = earlier.import_id
    JOIN uploaded_count AS later
        ON later.import_id > earlier.import_id
        AND later.municipality = earlier.municipality
        AND later.period_start = earlier.period_start
        AND later.period_end = earlier.period_end
        AND later.dimension = earlier.dimension
        AND later.others IS NOT DISTINCT FROM earlier.others
    JOIN import AS later_import
        ON later_import.import_id = later.import_id
        AND later_import.corrects
        AND later_import.synthetic = earlier_import.synthetic
)
SELECT DISTINCT
    pair.import_id, pair.municipality, pair.offer, period_start, period_end, pair.dimension, pair."group", others,
    later_import_id
FROM pair
ASOF LEFT JOIN offer_renaming AS offer_then
    ON offer_then.synthetic = pair.synthetic
    AND offer_then.municipality = pair.municipality
    AND offer_then.offer = pair.offer
    AND pair.later_import_id > offer_then.import_id
ASOF LEFT JOIN offer_renaming AS later_offer_then
    ON later_offer_then.synthetic = pair.synthetic
    AND later_offer_then.municipality = pair.municipality
    AND later_offer_then.offer = pair.later_offer
    AND pair.later_import_id > later_offer_then.import_id
ASOF LEFT JOIN group_renaming AS group_then
    ON group_then.synthetic = pair.synthetic
    AND group_then.municipality = pair.municipality
    AND group_then.dimension = pair.dimension
    AND group_then."group" = pair."group"
    AND pair.later_import_id > group_then.import_id
ASOF LEFT JOIN group_renaming AS later_group_then
    ON later_group_then.synthetic = pair.synthetic
    AND later_group_then.municipality = pair.municipality
    AND later_group_then.dimension = pair.dimension
    AND later_group_then."group" = pair.later_group
    AND pair.later_import_id > later_group_then.import_id
WHERE coalesce(offer_then.name, pair.offer) = coalesce(later_offer_then.name, later_offer)
    AND coalesce(group_then.name, pair."group") = coalesce(later_group_then.name, later_group);

CREATE OR REPLACE VIEW corrected_count AS
SELECT DISTINCT
    correction.import_id, municipality, offer, period_start, period_end, dimension, "group", others
FROM correction
JOIN import AS later ON later.import_id = later_import_id AND later.undone_at IS NULL;

-- One column is replaced at a time: the definition of a view keeps no order of several.
CREATE OR REPLACE VIEW live_counts AS
SELECT of_offer.* REPLACE (coalesce(new_group, of_offer."group") AS "group")
FROM (
    SELECT written.* REPLACE (coalesce(name, written.offer) AS offer)
    FROM written_counts AS written
    LEFT JOIN offer_name USING (synthetic, municipality, offer)
) AS of_offer
LEFT JOIN group_name USING (synthetic, municipality, dimension, "group");

CREATE OR REPLACE VIEW live_crossed_counts AS
SELECT of_group.* REPLACE (coalesce(two.new_group, of_group.other_group) AS other_group)
FROM (
    SELECT of_offer.* REPLACE (coalesce(one.new_group, of_offer."group") AS "group")
    FROM (
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
                AND coalesce(replaced.dimension, crossed_counts.dimension)
                    IN (crossed_counts.dimension, crossed_counts.other)
        )
    ) AS of_offer
    LEFT JOIN group_name AS one
        ON one.synthetic = of_offer.synthetic
        AND one.municipality = of_offer.municipality
        AND one.dimension = of_offer.dimension
        AND one."group" = of_offer."group"
) AS of_group
LEFT JOIN group_name AS two
    ON two.synthetic = of_group.synthetic
    AND two.municipality = of_group.municipality
    AND two.dimension = of_group.other
    AND two."group" = of_group.other_group;

-- The adjustments of live imports under the titles of today. Of those of one title the newest import counts; one that was
-- given the title of another is that other one.
CREATE OR REPLACE VIEW live_adjustment AS
WITH titled AS (
    SELECT
        of_offer.* REPLACE (coalesce(new_title, of_offer.title) AS title), new_title IS NOT NULL AS is_renamed
    FROM (
        SELECT
            adjustment.* REPLACE (coalesce(name, adjustment.offer) AS offer), live.synthetic, typed,
            adjustment.offer AS written
        FROM adjustment
        JOIN live USING (import_id)
        JOIN (SELECT import_id, typed FROM import) USING (import_id)
        LEFT JOIN offer_name
            ON offer_name.synthetic = live.synthetic
            AND offer_name.municipality = adjustment.municipality
            AND offer_name.offer = adjustment.offer
    ) AS of_offer
    LEFT JOIN adjustment_name
        ON adjustment_name.synthetic = of_offer.synthetic
        AND adjustment_name.municipality = of_offer.municipality
        AND adjustment_name.offer = of_offer.offer
        AND adjustment_name.title = lower(trim(of_offer.title))
)
SELECT
    import_id, sheet, row, municipality, offer, adjusted_on, title, what_changed, aim, citizens_involved,
    staff_involved, synthetic
FROM titled
WHERE NOT EXISTS (
    SELECT 1
    FROM replacement
    JOIN live AS later ON later.import_id = replacement.import_id
    JOIN adjustment AS newer
        ON newer.import_id = replacement.import_id
        AND newer.municipality = replacement.municipality
        AND newer.offer = replacement.offer
    WHERE replacement.replaced_import_id = titled.import_id
        AND replacement.municipality = titled.municipality
        AND replacement.offer = titled.written
)
AND NOT EXISTS (
    SELECT 1
    FROM titled AS other
    WHERE other.synthetic = titled.synthetic
        AND other.municipality = titled.municipality
        AND other.offer = titled.offer
        AND lower(trim(other.title)) = lower(trim(titled.title))
        AND ((other.import_id > titled.import_id AND NOT other.typed AND titled.is_renamed = other.is_renamed)
            OR (titled.is_renamed AND NOT other.is_renamed))
);

CREATE OR REPLACE VIEW live_action AS
SELECT action.* REPLACE (coalesce(new_action, action.action) AS action), live.synthetic
FROM action
JOIN live USING (import_id)
LEFT JOIN action_name
    ON action_name.synthetic = live.synthetic
    AND action_name.municipality = action.municipality
    AND action_name.action = action.action
QUALIFY row_number() OVER (
    PARTITION BY live.synthetic, action.municipality, coalesce(new_action, action.action)
    ORDER BY action.import_id DESC, new_action IS NOT NULL, row
) = 1;

CREATE OR REPLACE VIEW live_vote AS
SELECT vote.* REPLACE (coalesce(new_action, vote.action) AS action), live.synthetic
FROM vote
JOIN live USING (import_id)
LEFT JOIN action_name
    ON action_name.synthetic = live.synthetic
    AND action_name.municipality IS NOT DISTINCT FROM vote.municipality
    AND action_name.action = vote.action
QUALIFY vote.import_id = max(vote.import_id) OVER (PARTITION BY live.synthetic, held_on, vote.municipality, "table");

CREATE VIEW taken_out AS
SELECT synthetic, municipality, offer
FROM live_offer
WHERE taken_out IS NOT NULL
GROUP BY synthetic, municipality, offer
HAVING arg_max(taken_out, (import_id, row));

-- Counts that pages and exports show: later files meet those of taken-out offers too.
CREATE VIEW shown_counts AS SELECT * FROM live_counts ANTI JOIN taken_out USING (synthetic, municipality, offer);

CREATE VIEW shown_crossed_counts AS
SELECT * FROM live_crossed_counts ANTI JOIN taken_out USING (synthetic, municipality, offer);

CREATE OR REPLACE VIEW phased AS
SELECT
    synthetic, municipality, offer, period_start, period_end,
    phase_of(period_start, period_end, adjusted_on) AS phase,
    dimension, "group", invited, participated, completed, adjusted_on, unfinished.import_id IS NULL AS finished,
    rounding_base IS NOT NULL AS is_rounded
FROM shown_counts
LEFT JOIN step USING (synthetic, municipality, offer)
LEFT JOIN unfinished USING (import_id, municipality, offer, period_start)
LEFT JOIN (SELECT import_id, rounding_base FROM import) USING (import_id);
