"""Shared by all resources: the row behind a class, its router, its place, its gate."""
