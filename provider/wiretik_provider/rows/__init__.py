"""A row and its declaration in a program: compare, own, hold."""
