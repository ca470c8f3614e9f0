"""Runs: one site's work, waves of them, what outlives the command, and the record."""
