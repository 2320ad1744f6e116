-- Which files of words (subtitles, lyrics) lay beside a recording when its words were read; empty for none.
ALTER TABLE content ADD COLUMN words_beside TEXT NOT NULL DEFAULT '';
