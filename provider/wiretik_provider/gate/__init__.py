"""What is refused before the first write."""
