-- What photos are recognised by when they are saved in another size or format; NULLs where there is
-- nothing to tell a picture by. A photo without a row is still to be looked at.
CREATE TABLE fingerprint (
    content_id INTEGER PRIMARY KEY REFERENCES content (id) ON DELETE CASCADE,
    coarse INTEGER,                     -- 64 bits, signed as SQLite has them
    fine BLOB,                          -- 32 bytes
    plain INTEGER NOT NULL DEFAULT 0
) STRICT;
