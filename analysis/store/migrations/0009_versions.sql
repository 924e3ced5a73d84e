-- The version of each kind of data: the number of the last change that touched it. The highest is that of all.
CREATE TABLE kind_version (synthetic BOOLEAN PRIMARY KEY, number BIGINT NOT NULL);
INSERT INTO kind_version SELECT unnest([FALSE, TRUE]), number FROM data_version;
DROP TABLE data_version;
ALTER TABLE kind_version RENAME TO data_version;
