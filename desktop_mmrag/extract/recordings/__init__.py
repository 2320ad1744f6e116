"""Sound and video: scenes, speech, subtitles, facts."""
