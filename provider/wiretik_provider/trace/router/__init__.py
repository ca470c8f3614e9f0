"""A router as the tracer sees it: its rows at one moment, and what follows from them."""
