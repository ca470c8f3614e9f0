"""Notes that the gate keeps in its state from one deployment to the next: who had which rows, and as what."""
