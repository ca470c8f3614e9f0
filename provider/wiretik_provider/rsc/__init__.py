"""A change as lines that a router's `/import` takes."""
