"""Notes, web pages and chats: text with headings and pictures."""
