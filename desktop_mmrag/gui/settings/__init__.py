"""The settings dialog, made from the one declaration."""
