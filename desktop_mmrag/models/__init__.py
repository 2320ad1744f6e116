"""Neural networks: which there are, getting them, running them."""
