"""Sites whose routes are exchanged."""
