-- What photos look like to an encoder, in everyday words. A guess: kept apart from the facts, so
-- that nothing is a strong hit by it alone.
CREATE TABLE looks (
    content_id INTEGER PRIMARY KEY REFERENCES content (id) ON DELETE CASCADE,
    space TEXT NOT NULL,                -- key of the space that was asked
    vocabulary TEXT NOT NULL,           -- which words were on offer
    words TEXT NOT NULL                 -- JSON list, the likeliest first
) STRICT;

-- rowid: content id.
CREATE VIRTUAL TABLE looks_like USING fts5(text, tokenize = 'porter unicode61 remove_diacritics 2');
INSERT INTO looks_like (looks_like, rank) VALUES ('secure-delete', 1);
CREATE VIRTUAL TABLE looks_like_terms USING fts5vocab(looks_like, row);
