"""The processes in which files are decoded: their limits, what they are asked, how they are replaced."""
