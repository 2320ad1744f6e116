"""Photos and drawings: pixels, facts, words in pictures."""
