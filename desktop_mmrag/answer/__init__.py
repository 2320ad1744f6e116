"""Hits in; a grounded, cited answer out."""
