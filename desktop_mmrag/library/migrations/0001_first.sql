-- Source folders, files, contents, segments, facts and the work still to do.
-- AUTOINCREMENT: work under way must never meet another row under the id of one that was removed.
-- Vectors and words have tables of their own; vectors.py and fulltext.py say which.

CREATE TABLE source_folder (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    path TEXT NOT NULL UNIQUE,
    online INTEGER NOT NULL DEFAULT 1,
    paused INTEGER NOT NULL DEFAULT 0,
    inode INTEGER NOT NULL DEFAULT 0,   -- of the folder itself when files were last seen in it
    added_at TEXT NOT NULL
) STRICT;

-- Distinct bytes. Facts lie beside them so that filters need no join.
CREATE TABLE content (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    hash BLOB NOT NULL UNIQUE,          -- SHA-256
    size INTEGER NOT NULL,
    medium TEXT NOT NULL,
    dated_at TEXT NOT NULL,             -- taken_at, else the file's own time; ISO 8601, local
    taken_at TEXT,
    latitude REAL,
    longitude REAL,
    place TEXT,
    camera TEXT,
    author TEXT,
    title TEXT,
    keywords TEXT NOT NULL DEFAULT '[]',
    width INTEGER,
    height INTEGER,
    pages INTEGER,
    duration_s REAL
) STRICT;
CREATE INDEX content_by_date ON content (dated_at);
CREATE INDEX content_by_medium ON content (medium, dated_at);

-- A path in a source folder; relative, with forward slashes.
CREATE TABLE file (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    folder_id INTEGER NOT NULL REFERENCES source_folder (id) ON DELETE CASCADE,
    path TEXT NOT NULL,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    inode INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'kept', 'failed')),
    content_id INTEGER REFERENCES content (id),
    UNIQUE (folder_id, path)
) STRICT;
CREATE INDEX file_by_content ON file (content_id);
CREATE INDEX file_waiting ON file (id) WHERE state = 'waiting';

-- Contents whose files' names, which are findable as words, are not what they were.
CREATE TABLE renamed (
    content_id INTEGER PRIMARY KEY
) STRICT;
CREATE TRIGGER file_renamed AFTER UPDATE OF path, content_id ON file
    WHEN old.content_id IS NOT NULL
    AND (old.path IS NOT new.path OR old.content_id IS NOT new.content_id)
    BEGIN INSERT OR IGNORE INTO renamed VALUES (old.content_id); END;
CREATE TRIGGER file_removed AFTER DELETE ON file WHEN old.content_id IS NOT NULL
    BEGIN INSERT OR IGNORE INTO renamed VALUES (old.content_id); END;

CREATE TABLE failure (
    file_id INTEGER PRIMARY KEY REFERENCES file (id) ON DELETE CASCADE,
    title TEXT NOT NULL,
    message TEXT NOT NULL,
    hint TEXT NOT NULL,
    failed_at TEXT NOT NULL,
    program_version TEXT NOT NULL
) STRICT;

CREATE TABLE segment (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    content_id INTEGER NOT NULL REFERENCES content (id) ON DELETE CASCADE,
    role TEXT NOT NULL,
    locator TEXT NOT NULL,              -- JSON, as the commands print it
    text TEXT NOT NULL DEFAULT '',
    about TEXT,                         -- caption: the picture's path, relative to the note
    lines TEXT                          -- ocr: JSON [[text, x0, y0, x1, y1], ...]
) STRICT;
CREATE INDEX segment_by_content ON segment (content_id);

-- The second pass still to do: text in pictures.
CREATE TABLE reading (
    content_id INTEGER PRIMARY KEY REFERENCES content (id) ON DELETE CASCADE,
    priority REAL NOT NULL
) STRICT;
CREATE INDEX reading_by_priority ON reading (priority DESC, content_id);

CREATE TABLE space (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    model TEXT NOT NULL,
    revision TEXT NOT NULL,
    precision TEXT NOT NULL,
    dimension INTEGER NOT NULL,
    mean BLOB,                          -- float32 [dimension] that the sign bits were centred by
    centred_at INTEGER NOT NULL DEFAULT 0   -- how many vectors that mean was taken over
) STRICT;
