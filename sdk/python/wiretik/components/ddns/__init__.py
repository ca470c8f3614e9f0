"""Endpoints by names whose addresses change."""
