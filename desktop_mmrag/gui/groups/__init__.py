"""The Duplicates page: copies of one picture, the best of each marked."""
