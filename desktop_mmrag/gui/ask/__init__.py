"""The Ask page: conversations, answers, citations."""
