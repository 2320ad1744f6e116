-- Words by store. Each keeps its own copy of the text: only such FTS5 tables delete without the
-- old text at hand, and secure-delete takes the words out of the index at once. (A contentless
-- table leaves them until a merge.) rowid: segment id; in facts, content id.

CREATE VIRTUAL TABLE words USING fts5(text, tokenize = 'porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE ocr USING fts5(text, tokenize = 'porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE speech USING fts5(text, tokenize = 'porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE facts USING fts5(text, tokenize = 'porter unicode61 remove_diacritics 2');

INSERT INTO words (words, rank) VALUES ('secure-delete', 1);
INSERT INTO ocr (ocr, rank) VALUES ('secure-delete', 1);
INSERT INTO speech (speech, rank) VALUES ('secure-delete', 1);
INSERT INTO facts (facts, rank) VALUES ('secure-delete', 1);

-- In how many rows each term stands.
CREATE VIRTUAL TABLE words_terms USING fts5vocab(words, row);
CREATE VIRTUAL TABLE ocr_terms USING fts5vocab(ocr, row);
CREATE VIRTUAL TABLE speech_terms USING fts5vocab(speech, row);
CREATE VIRTUAL TABLE facts_terms USING fts5vocab(facts, row);
