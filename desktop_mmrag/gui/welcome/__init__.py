"""The first sight: folders to choose, what runs, what one click adds."""
