-- How far a recording has been listened to, so that speech is written down portion by portion.
-- A segment of speech keeps its phrases in lines: JSON [[text, start_s, end_s], ...].
ALTER TABLE reading ADD COLUMN heard_s REAL NOT NULL DEFAULT 0;
