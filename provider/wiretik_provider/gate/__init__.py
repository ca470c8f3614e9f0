"""Refuses, before the first write, everything that would stop a deployment half-way."""
