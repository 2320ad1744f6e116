"""Looking closely at one hit: picture, page, words or recording, and its facts."""
