"""A router as the tracer sees it: its rows at one moment, and the facts that follow from them."""
