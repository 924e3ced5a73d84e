-- Every row knows its import; an import that is undone keeps its rows but no query sees them.
CREATE SEQUENCE import_number;

CREATE TABLE import (
    import_id   INTEGER PRIMARY KEY DEFAULT nextval('import_number'),
    file_name   VARCHAR NOT NULL,
    sha256      VARCHAR NOT NULL,
    imported_at TIMESTAMP NOT NULL DEFAULT current_localtimestamp(),
    synthetic   BOOLEAN NOT NULL,
    courses     BIGINT NOT NULL,
    counts      BIGINT NOT NULL,
    offers      BIGINT NOT NULL,
    adjustments BIGINT NOT NULL,
    undone_at   TIMESTAMP
);

CREATE VIEW live AS SELECT import_id, synthetic FROM import WHERE undone_at IS NULL;

-- Municipalities and other places that the reference list of Danish municipalities lacks.
CREATE TABLE place (
    import_id    INTEGER NOT NULL,
    municipality VARCHAR NOT NULL
);

-- Groups, and whole dimensions, that the reference list lacks.
CREATE TABLE added_group (
    import_id INTEGER NOT NULL,
    dimension VARCHAR NOT NULL,
    ordered   BOOLEAN NOT NULL,
    "group"   VARCHAR NOT NULL,
    rank      INTEGER
);

CREATE TABLE offer (
    import_id       INTEGER NOT NULL,
    sheet           VARCHAR NOT NULL,
    row             INTEGER NOT NULL,
    municipality    VARCHAR NOT NULL,
    offer           VARCHAR NOT NULL,
    kind            VARCHAR,
    theme           VARCHAR,
    completion_rule VARCHAR
);

CREATE TABLE adjustment (
    import_id         INTEGER NOT NULL,
    sheet             VARCHAR NOT NULL,
    row               INTEGER NOT NULL,
    municipality      VARCHAR NOT NULL,
    offer             VARCHAR NOT NULL,
    adjusted_on       DATE NOT NULL,
    title             VARCHAR NOT NULL,
    what_changed      VARCHAR,
    aim               VARCHAR NOT NULL,
    citizens_involved BOOLEAN,
    staff_involved    BOOLEAN
);

-- One citizen's way through one offer. `invited` is NULL where the export lists only participants.
CREATE TABLE course (
    import_id    INTEGER NOT NULL,
    sheet        VARCHAR NOT NULL,
    row          INTEGER NOT NULL,
    municipality VARCHAR NOT NULL,
    offer        VARCHAR NOT NULL,
    citizen      VARCHAR NOT NULL,
    invited      BOOLEAN,
    participated BOOLEAN NOT NULL,
    completed    BOOLEAN NOT NULL,
    invited_on   DATE,
    started_on   DATE,
    completed_on DATE,
    outcome      VARCHAR,
    groups       MAP(VARCHAR, VARCHAR) NOT NULL
);

CREATE TABLE uploaded_count (
    import_id    INTEGER NOT NULL,
    sheet        VARCHAR NOT NULL,
    row          INTEGER NOT NULL,
    municipality VARCHAR NOT NULL,
    offer        VARCHAR NOT NULL,
    period_start DATE NOT NULL,
    period_end   DATE NOT NULL,
    dimension    VARCHAR NOT NULL,
    "group"      VARCHAR NOT NULL,
    invited      BIGINT,
    participated BIGINT NOT NULL,
    completed    BIGINT NOT NULL
);

-- The one table in the middle, by period; `period_end` is the first day after the period.
CREATE TABLE counts (
    import_id    INTEGER NOT NULL,
    municipality VARCHAR NOT NULL,
    offer        VARCHAR NOT NULL,
    period_start DATE NOT NULL,
    period_end   DATE NOT NULL,
    dimension    VARCHAR NOT NULL,
    "group"      VARCHAR NOT NULL,
    invited      BIGINT,
    participated BIGINT NOT NULL,
    completed    BIGINT NOT NULL
);
