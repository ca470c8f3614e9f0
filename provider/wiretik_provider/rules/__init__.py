"""Rules in order: which of them overlap, where one belongs, and whole blocks of them."""
