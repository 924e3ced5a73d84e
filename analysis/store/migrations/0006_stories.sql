-- Stories that people tell from a stage; what a story is, its own JSON says.
CREATE TABLE story (
    story_id   VARCHAR PRIMARY KEY,
    story      VARCHAR NOT NULL,
    revision   INTEGER NOT NULL,
    changed_at TIMESTAMP NOT NULL DEFAULT current_localtimestamp()
);
