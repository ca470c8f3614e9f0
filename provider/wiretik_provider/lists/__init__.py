"""Whole address lists."""
