"""The shape of the database, one append-only SQL file a version."""
