"""The window: Qt widgets over services. Start with `context.py` (what a page gets) and `page.py` (what a page is)."""
