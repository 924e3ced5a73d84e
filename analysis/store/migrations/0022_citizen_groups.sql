-- Groups of citizens from lists of their own, such as answers to a questionnaire. Courses of the same citizens get them where
-- their own file does not state one. The rows of the courses stay as they are.
CREATE TABLE citizen_group (
    import_id    INTEGER NOT NULL,
    sheet        VARCHAR NOT NULL,
    row          INTEGER NOT NULL,
    municipality VARCHAR NOT NULL,
    citizen      VARCHAR NOT NULL,
    dimension    VARCHAR NOT NULL,
    "group"      VARCHAR NOT NULL
);

ALTER TABLE import ADD COLUMN citizen_groups BIGINT DEFAULT 0;

-- Ids are compared without spaces, capital letters and leading zeros, and whole numbers without decimals.
CREATE MACRO id_of(citizen) AS
    ltrim(regexp_replace(lower(replace(citizen, ' ', '')), '^([0-9]+)[.]0$', '\1'), '0');

-- The newest answer of a citizen counts.
CREATE VIEW live_citizen_group AS
SELECT
    synthetic, municipality, id_of(citizen) AS id, dimension,
    arg_max("group", (import_id, row)) AS "group"
FROM citizen_group
JOIN live USING (import_id)
GROUP BY synthetic, municipality, id_of(citizen), dimension;

-- The dimensions in which the citizens of an offer were asked. Citizens without an answer are counted as not stated.
CREATE VIEW asked_dimension AS
SELECT import.synthetic, course.municipality, course.offer, asked.dimension
FROM course
JOIN import USING (import_id)
JOIN live_citizen_group AS asked
    ON asked.synthetic = import.synthetic
    AND asked.municipality = course.municipality
    AND asked.id = id_of(course.citizen)
WHERE NOT starts_with(course.citizen, '#row ')
GROUP BY import.synthetic, course.municipality, course.offer, asked.dimension;
