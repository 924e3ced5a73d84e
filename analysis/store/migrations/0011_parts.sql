-- The version of each part of the data, by subject as well: votes and requests leave what is worked out of gaps as it is.
CREATE TABLE part_version (
    synthetic BOOLEAN NOT NULL,
    subject   VARCHAR NOT NULL,
    number    BIGINT NOT NULL,
    PRIMARY KEY (synthetic, subject)
);
INSERT INTO part_version SELECT synthetic, unnest(['gaps', 'theme days']), number FROM data_version;
DROP TABLE data_version;
ALTER TABLE part_version RENAME TO data_version;
