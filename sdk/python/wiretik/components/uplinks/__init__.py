"""Several lines to the internet: which is taken, who is answered by which, what goes on when one falls silent."""
