"""Desktop MMRAG: a personal media knowledge base that finds and answers offline."""

__version__ = "0.1.0"
