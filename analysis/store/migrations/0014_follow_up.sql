-- Time to complete, decided anew whenever an offer's stated follow-up time changes. `shows_on` is the day on which a file
-- shows its courses, if a person states it.
ALTER TABLE import ADD COLUMN shows_on DATE;
ALTER TABLE offer ADD COLUMN follow_up_days INTEGER;
ALTER TABLE uploaded_count ADD COLUMN running BIGINT;

-- What is known of an offer from an import: the cut-off day, the time that 95 of 100 completed courses took, the first of the last
-- months in which most courses are said to run, whether any course runs (NULL if unknown), whether any is known to have
-- ended, and the number of courses and of citizens (NULL for counts).
CREATE TABLE follow_up (
    import_id         INTEGER NOT NULL,
    municipality      VARCHAR NOT NULL,
    offer             VARCHAR NOT NULL,
    cutoff            DATE,
    days              INTEGER,
    runs_from         DATE,
    has_running       BOOLEAN,
    knows_completion  BOOLEAN NOT NULL,
    courses           BIGINT,
    citizens          BIGINT
);

-- Periods of an import, with the last day on which a course began, and the courses that are said to run.
CREATE TABLE running (
    import_id    INTEGER NOT NULL,
    municipality VARCHAR NOT NULL,
    offer        VARCHAR NOT NULL,
    period_start DATE NOT NULL,
    period_end   DATE NOT NULL,
    last_began   DATE NOT NULL,
    participated BIGINT NOT NULL,
    running      BIGINT
);

CREATE VIEW stated_follow_up AS
SELECT synthetic, municipality, offer, arg_max(follow_up_days, import_id) AS stated_days
FROM offer
JOIN live USING (import_id)
GROUP BY synthetic, municipality, offer;

DROP TABLE unfinished;

-- Periods that completion leaves out. A period is left out because of its own running courses only from five on, so that
-- no small count can be inferred. After twice the time to complete, running courses are assumed to have been forgotten.
CREATE VIEW unfinished AS
SELECT import_id, municipality, offer, period_start, knows_completion
FROM running
JOIN follow_up USING (import_id, municipality, offer)
JOIN live USING (import_id)
LEFT JOIN stated_follow_up USING (synthetic, municipality, offer)
WHERE NOT knows_completion
    OR (
        (period_start >= runs_from OR (running >= 5 AND 20 * running >= participated))
        AND (coalesce(stated_days, days) IS NULL OR last_began + 2 * coalesce(stated_days, days) > cutoff)
    )
    OR (
        coalesce(has_running, stated_days IS NOT NULL)
        AND last_began + coalesce(stated_days, days) > cutoff
    );
