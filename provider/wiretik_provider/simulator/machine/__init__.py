"""The embedded router's own state: tables, clock, history, and what its rows mean."""
