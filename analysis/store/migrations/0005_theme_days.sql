-- The theme days: who took part, how inequality is understood, the actions, the requests, the votes.
ALTER TABLE import ADD COLUMN theme_days BIGINT DEFAULT 0;
ALTER TABLE import ADD COLUMN understandings BIGINT DEFAULT 0;
ALTER TABLE import ADD COLUMN actions BIGINT DEFAULT 0;
ALTER TABLE import ADD COLUMN requests BIGINT DEFAULT 0;
ALTER TABLE import ADD COLUMN votes BIGINT DEFAULT 0;

CREATE TABLE theme_day (
    import_id    INTEGER NOT NULL,
    sheet        VARCHAR NOT NULL,
    row          INTEGER NOT NULL,
    held_on      DATE NOT NULL,
    place        VARCHAR NOT NULL,
    day_kind     VARCHAR NOT NULL,
    municipality VARCHAR NOT NULL,
    role         VARCHAR NOT NULL,
    area         VARCHAR,
    participants BIGINT NOT NULL
);

-- The weights are votes or shares; their sum tells which.
CREATE TABLE understanding (
    import_id     INTEGER NOT NULL,
    sheet         VARCHAR NOT NULL,
    row           INTEGER NOT NULL,
    municipality  VARCHAR NOT NULL,
    held_on       DATE NOT NULL,
    asked         VARCHAR NOT NULL,
    holder        VARCHAR NOT NULL,
    "table"       VARCHAR,
    disadvantaged DOUBLE NOT NULL,
    gap           DOUBLE NOT NULL,
    gradient      DOUBLE NOT NULL
);

CREATE TABLE action (
    import_id     INTEGER NOT NULL,
    sheet         VARCHAR NOT NULL,
    row           INTEGER NOT NULL,
    municipality  VARCHAR NOT NULL,
    action        VARCHAR NOT NULL,
    area          VARCHAR,
    level         VARCHAR,
    priority      BIGINT,
    status        VARCHAR NOT NULL,
    responsible   VARCHAR,
    involved      VARCHAR[],
    proposed_on   DATE,
    decided_on    DATE,
    translated_on DATE,
    running_on    DATE,
    evaluated_on  DATE
);

-- Every row is something that happened to a request; the last of them is how it stands.
CREATE TABLE request (
    import_id    INTEGER NOT NULL,
    sheet        VARCHAR NOT NULL,
    row          INTEGER NOT NULL,
    municipality VARCHAR NOT NULL,
    requested_on DATE NOT NULL,
    request      VARCHAR NOT NULL,
    state        VARCHAR NOT NULL,
    state_on     DATE NOT NULL,
    next_step    VARCHAR
);

CREATE TABLE vote (
    import_id    INTEGER NOT NULL,
    sheet        VARCHAR NOT NULL,
    row          INTEGER NOT NULL,
    held_on      DATE NOT NULL,
    municipality VARCHAR,
    "table"      VARCHAR,
    action       VARCHAR NOT NULL,
    votes        BIGINT NOT NULL
);

-- What a later import says of the same thing takes the place of what an earlier one said, for as long as it is live.
CREATE VIEW live_theme_day AS
SELECT theme_day.*, synthetic FROM theme_day JOIN live USING (import_id)
QUALIFY import_id = max(import_id) OVER (PARTITION BY synthetic, held_on, place, municipality);

CREATE VIEW live_understanding AS
SELECT understanding.*, synthetic FROM understanding JOIN live USING (import_id)
QUALIFY import_id = max(import_id) OVER (PARTITION BY synthetic, municipality, held_on, asked, holder, "table");

CREATE VIEW live_action AS
SELECT action.*, synthetic FROM action JOIN live USING (import_id)
QUALIFY import_id = max(import_id) OVER (PARTITION BY synthetic, municipality, action);

CREATE VIEW live_request AS
SELECT request.*, synthetic FROM request JOIN live USING (import_id);

CREATE VIEW live_vote AS
SELECT vote.*, synthetic FROM vote JOIN live USING (import_id)
QUALIFY import_id = max(import_id) OVER (PARTITION BY synthetic, held_on, municipality, "table");
