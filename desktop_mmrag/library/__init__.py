"""What is remembered: one SQLite file and a folder of thumbnails."""
