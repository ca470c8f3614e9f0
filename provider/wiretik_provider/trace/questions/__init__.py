"""Questions and their answers, for whole prefixes and whole networks."""
