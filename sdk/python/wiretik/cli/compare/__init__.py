"""`wiretik compare`: where a real router prints otherwise than the embedded one that has the same rows."""
