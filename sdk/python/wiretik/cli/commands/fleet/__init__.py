"""`wiretik fleet`: its commands as they are typed, and what they do."""

from wiretik.cli.commands.fleet.typed import fleet

__all__ = ["fleet"]
