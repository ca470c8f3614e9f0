"""How names stand in texts, for whoever makes texts of them: see `wiretik_provider.printable` and `codecs.script`."""

from wiretik_provider.codecs.script import quoted
from wiretik_provider.printable import printable

__all__ = ["printable", "quoted"]
