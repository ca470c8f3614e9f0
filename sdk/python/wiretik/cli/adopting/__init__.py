"""`wiretik adopt`: from the router that is there to a program whose first preview is clean."""
