"""Programs that the project runs and no wheel holds: the demo, and the writers of the reference pages."""
