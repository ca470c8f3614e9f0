"""What all resources share: the row behind a class, its router, its place, its gate."""
