-- Which speech model wrote down what is said, so that a better one can do it again; NULL for words
-- that came with the recording.
ALTER TABLE content ADD COLUMN heard_by TEXT;
