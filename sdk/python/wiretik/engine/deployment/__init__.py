"""The fate of resources: decisions, steps, and the services that a program calls."""
