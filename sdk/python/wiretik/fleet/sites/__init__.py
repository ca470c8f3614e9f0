"""Which sites there are, which are chosen, and what each is given."""
