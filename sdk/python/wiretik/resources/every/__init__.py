"""Menus that nobody described by hand: by their paths, and by classes that are made when they are asked for."""
