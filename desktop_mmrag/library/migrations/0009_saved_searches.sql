-- Smart folders: searches that a person named and keeps.
CREATE TABLE saved_search (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    words TEXT NOT NULL,
    media TEXT NOT NULL,                -- JSON list of media; empty for all
    examples TEXT NOT NULL              -- JSON [[SHA-256 in hex, weight, locator], ...]
) STRICT;

-- What a person has seen in one of them, or what was in it when it was saved.
CREATE TABLE seen_in_search (
    search_id INTEGER NOT NULL REFERENCES saved_search (id) ON DELETE CASCADE,
    content_id INTEGER NOT NULL REFERENCES content (id) ON DELETE CASCADE,
    PRIMARY KEY (search_id, content_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX seen_content ON seen_in_search (content_id);
