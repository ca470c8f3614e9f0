"""`wiretik plan`: what an `up` would write, as lines that a router takes without us."""
