"""What can be said to the embedded router: commands, queries, scripts, exports."""
