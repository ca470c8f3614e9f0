"""A row and what a program declares of it: compare, own, hold."""
