"""How the window looks and speaks: colours, styles, icons, common widgets, words."""
