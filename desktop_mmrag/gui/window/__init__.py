"""The frame around the pages: sidebar, status, drops, tray, one window for a library."""
