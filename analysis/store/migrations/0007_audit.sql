-- Who did what. Lines are only added; each is chained to the one before it by its digest. The time is UTC.
CREATE TABLE audit (
    number BIGINT PRIMARY KEY,
    moment TIMESTAMP NOT NULL,
    person VARCHAR NOT NULL,
    role   VARCHAR NOT NULL,
    event  VARCHAR NOT NULL,
    result VARCHAR NOT NULL,
    about  VARCHAR NOT NULL,
    digest VARCHAR NOT NULL
);
