"""Keeps the library true to the folders."""
