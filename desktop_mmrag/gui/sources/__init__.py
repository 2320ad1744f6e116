"""The Sources page: folders, skipped files, what is left out."""
