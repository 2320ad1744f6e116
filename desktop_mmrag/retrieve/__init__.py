"""A request in; ranked, explained hits out."""
