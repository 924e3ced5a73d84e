-- From an action to what is done: its activities, what it builds on, who owns it together, and what is missing.
ALTER TABLE action ADD COLUMN evidence VARCHAR;
ALTER TABLE action ADD COLUMN co_owners VARCHAR[];
ALTER TABLE action ADD COLUMN missing_competence VARCHAR;

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

CREATE TABLE activity (
    import_id    INTEGER NOT NULL,
    sheet        VARCHAR NOT NULL,
    row          INTEGER NOT NULL,
    municipality VARCHAR NOT NULL,
    action       VARCHAR NOT NULL,
    activity     VARCHAR NOT NULL,
    who          VARCHAR,
    due_on       DATE,
    progress     VARCHAR
);

-- What the understanding of inequality of a municipality means for carrying out its actions.
CREATE TABLE consequence (
    import_id    INTEGER NOT NULL,
    sheet        VARCHAR NOT NULL,
    row          INTEGER NOT NULL,
    municipality VARCHAR NOT NULL,
    written_on   DATE NOT NULL,
    consequence  VARCHAR NOT NULL
);

ALTER TABLE import ADD COLUMN activities BIGINT DEFAULT 0;
ALTER TABLE import ADD COLUMN consequences BIGINT DEFAULT 0;

CREATE VIEW live_activity AS
SELECT activity.* REPLACE (coalesce(new_action, activity.action) AS action), live.synthetic
FROM activity
JOIN live USING (import_id)
LEFT JOIN action_name
    ON action_name.synthetic = live.synthetic
    AND action_name.municipality = activity.municipality
    AND action_name.action = activity.action
QUALIFY row_number() OVER (
    PARTITION BY live.synthetic, activity.municipality, coalesce(new_action, activity.action), lower(trim(activity))
    ORDER BY import_id DESC, row DESC
) = 1;

CREATE VIEW live_consequence AS
SELECT consequence.*, synthetic
FROM consequence
JOIN live USING (import_id)
QUALIFY row_number() OVER (PARTITION BY synthetic, municipality ORDER BY written_on DESC, import_id DESC, row DESC) = 1;
