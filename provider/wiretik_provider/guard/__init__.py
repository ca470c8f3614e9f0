"""A change that takes itself back unless it is confirmed: the journal, and the guard on the router that runs it."""
