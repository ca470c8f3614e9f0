"""One connection to one router: where it is, the session, and what is remembered of its menus."""
