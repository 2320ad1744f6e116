-- What files beside a picture say of it: an XMP side-car, the JSON of a takeout. Such a file is kept
-- without a content of its own.
ALTER TABLE content ADD COLUMN description TEXT;
ALTER TABLE content ADD COLUMN rating INTEGER;
-- The facts of the bytes alone, as JSON, and their date; NULL while nothing beside them says more.
ALTER TABLE content ADD COLUMN own_facts TEXT;
ALTER TABLE content ADD COLUMN own_dated_at TEXT;

CREATE TABLE sidecar (
    file_id INTEGER PRIMARY KEY REFERENCES file (id) ON DELETE CASCADE,
    facts TEXT NOT NULL,                -- JSON
    overrides INTEGER NOT NULL          -- whether it is believed before the bytes themselves
) STRICT;

-- Which contents a side-car has spoken for.
CREATE TABLE described (
    file_id INTEGER NOT NULL REFERENCES sidecar (file_id) ON DELETE CASCADE,
    content_id INTEGER NOT NULL REFERENCES content (id) ON DELETE CASCADE,
    PRIMARY KEY (file_id, content_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX described_content ON described (content_id);

-- Before, since what it spoke for goes with it.
CREATE TRIGGER sidecar_removed BEFORE DELETE ON sidecar
    BEGIN INSERT OR IGNORE INTO renamed SELECT content_id FROM described WHERE file_id = old.file_id; END;

-- More kinds are read than before, and what a takeout puts beside a picture is no note any more.
UPDATE file SET state = 'waiting' WHERE path LIKE '%.json' OR id IN
    (SELECT file_id FROM failure WHERE title = 'This kind of file cannot be read');
