"""The Models page: what is installed, offered, downloaded."""
