"""One connection to one router: its address, the session, and the rows that are remembered of its menus."""
