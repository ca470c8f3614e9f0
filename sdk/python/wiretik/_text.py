"""The one escape, for whoever makes texts of names; see `wiretik_provider.printable`."""

from wiretik_provider.printable import printable

__all__ = ["printable"]
