"""PDF, office documents, books and mail."""
