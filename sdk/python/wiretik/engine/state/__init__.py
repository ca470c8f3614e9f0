"""A stack's state: its resources as values, its file, and its way there."""
