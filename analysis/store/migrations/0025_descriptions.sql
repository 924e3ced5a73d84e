-- The story of an adjustment: what the challenge was, who took part, what it took, what others can use. It belongs to the
-- adjustment of that title of an offer. A draft is seen only by those who may change it.
CREATE TABLE description (
    import_id         INTEGER NOT NULL,
    sheet             VARCHAR NOT NULL,
    row               INTEGER NOT NULL,
    municipality      VARCHAR NOT NULL,
    offer             VARCHAR NOT NULL,
    title             VARCHAR NOT NULL,
    challenge         VARCHAR,
    target_group      VARCHAR,
    tags              VARCHAR[],
    partners          VARCHAR,
    took              VARCHAR,
    barriers          VARCHAR,
    experiences       VARCHAR,
    advice            VARCHAR,
    contact           VARCHAR,
    link              VARCHAR,
    practice          VARCHAR,
    action            VARCHAR,
    from_municipality VARCHAR,
    from_offer        VARCHAR,
    from_title        VARCHAR,
    draft             BOOLEAN
);

-- One turn of action learning within an adjustment.
CREATE TABLE test_round (
    import_id    INTEGER NOT NULL,
    sheet        VARCHAR NOT NULL,
    row          INTEGER NOT NULL,
    municipality VARCHAR NOT NULL,
    offer        VARCHAR NOT NULL,
    title        VARCHAR NOT NULL,
    number       INTEGER NOT NULL,
    tried_on     DATE,
    tried        VARCHAR,
    learned      VARCHAR,
    decision     VARCHAR
);

ALTER TABLE import ADD COLUMN descriptions BIGINT DEFAULT 0;
ALTER TABLE import ADD COLUMN test_rounds BIGINT DEFAULT 0;

-- A draft is no adjustment yet.
ALTER TABLE adjustment ADD COLUMN draft BOOLEAN;

-- What each offer and adjustment of the files is called today. Stories and rounds keep the names they were written under.
CREATE VIEW title_today AS
SELECT
    written.*, coalesce(name, written.offer) AS offer_today, coalesce(new_title, written.title) AS title_today,
    new_title IS NOT NULL AS is_renamed
FROM (
    SELECT synthetic, municipality, offer, title FROM adjustment JOIN live USING (import_id)
    UNION
    SELECT synthetic, municipality, offer, title FROM description JOIN live USING (import_id)
    UNION
    SELECT synthetic, municipality, offer, title FROM test_round JOIN live USING (import_id)
) AS written
LEFT JOIN offer_name USING (synthetic, municipality, offer)
LEFT JOIN adjustment_name
    ON adjustment_name.synthetic = written.synthetic
    AND adjustment_name.municipality = written.municipality
    AND adjustment_name.offer = coalesce(name, written.offer)
    AND adjustment_name.title = lower(trim(written.title));

CREATE VIEW named_description AS
SELECT description.* EXCLUDE (title) REPLACE (offer_today AS offer), title_today AS title, synthetic
FROM description
JOIN live USING (import_id)
JOIN title_today USING (synthetic, municipality, offer, title);

CREATE VIEW named_test_round AS
SELECT test_round.* EXCLUDE (title) REPLACE (offer_today AS offer), title_today AS title, synthetic
FROM test_round
JOIN live USING (import_id)
JOIN title_today USING (synthetic, municipality, offer, title);

CREATE VIEW titled_adjustment AS
SELECT
    adjustment.* EXCLUDE (title) REPLACE (offer_today AS offer), title_today AS title, synthetic, typed,
    adjustment.offer AS written, is_renamed
FROM adjustment
JOIN live USING (import_id)
JOIN (SELECT import_id, typed FROM import) USING (import_id)
JOIN title_today USING (synthetic, municipality, offer, title);

-- The newest description of an adjustment counts; a draft until a newer one is no draft.
CREATE VIEW live_description AS
SELECT *
FROM named_description
WHERE draft IS NOT TRUE
QUALIFY row_number() OVER (
    PARTITION BY synthetic, municipality, offer, lower(trim(title)) ORDER BY import_id DESC, row DESC
) = 1;

CREATE VIEW live_draft AS
SELECT *
FROM named_description
QUALIFY draft IS TRUE AND row_number() OVER (
    PARTITION BY synthetic, municipality, offer, lower(trim(title)) ORDER BY import_id DESC, row DESC
) = 1;

CREATE VIEW live_test_round AS
SELECT *
FROM named_test_round
QUALIFY row_number() OVER (
    PARTITION BY synthetic, municipality, offer, lower(trim(title)), number ORDER BY import_id DESC, row DESC
) = 1;

-- The adjustments of live imports. Of those of one title the newest import counts; one that was given the title of another is
-- that other one.
CREATE OR REPLACE VIEW live_adjustment AS
SELECT
    import_id, sheet, row, municipality, offer, adjusted_on, title, what_changed, aim, citizens_involved,
    staff_involved, synthetic
FROM titled_adjustment AS titled
WHERE draft IS NOT TRUE
AND NOT EXISTS (
    SELECT 1
    FROM replacement
    JOIN live AS later ON later.import_id = replacement.import_id
    JOIN adjustment AS newer
        ON newer.import_id = replacement.import_id
        AND newer.municipality = replacement.municipality
        AND newer.offer = replacement.offer
        AND newer.draft IS NOT TRUE
    WHERE replacement.replaced_import_id = titled.import_id
        AND replacement.municipality = titled.municipality
        AND replacement.offer = titled.written
)
AND NOT EXISTS (
    SELECT 1
    FROM titled_adjustment AS other
    WHERE other.draft IS NOT TRUE
        AND other.synthetic = titled.synthetic
        AND other.municipality = titled.municipality
        AND other.offer = titled.offer
        AND lower(trim(other.title)) = lower(trim(titled.title))
        AND ((other.import_id > titled.import_id AND NOT other.typed AND titled.is_renamed = other.is_renamed)
            OR (titled.is_renamed AND NOT other.is_renamed))
);

CREATE VIEW draft_adjustment AS
SELECT *
FROM titled_adjustment
QUALIFY draft IS TRUE AND row_number() OVER (
    PARTITION BY synthetic, municipality, offer, lower(trim(title)) ORDER BY import_id DESC, row DESC
) = 1;
