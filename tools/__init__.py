"""What the project runs and no wheel holds: the demo, and what writes the reference pages."""
