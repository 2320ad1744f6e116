-- How many vectors were ever taken out of each space: with how many there are, it tells whether
-- what is remembered of the space is still true.
ALTER TABLE space ADD COLUMN removed INTEGER NOT NULL DEFAULT 0;
