"""A router that works becomes a program: which rows, under which names, in which words. Pure."""
