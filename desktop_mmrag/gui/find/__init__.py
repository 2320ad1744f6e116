"""The Find page: the box, the results, what can be done with them."""
