"""Quality on a folder whose questions and answers are known."""
