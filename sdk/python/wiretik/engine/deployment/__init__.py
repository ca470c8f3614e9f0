"""What becomes of the resources: decisions, steps, and the services that a program calls."""
