-- How many vectors each space holds, so that nothing has to count them.
ALTER TABLE space ADD COLUMN vectors INTEGER NOT NULL DEFAULT 0;
