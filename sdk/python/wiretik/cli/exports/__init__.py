"""The router of an `/export` file: what it has, what its owner tells besides, and what isn't known."""

from wiretik.cli.exports.reading import Exported, exported
from wiretik.cli.exports.told import Learned, Leases, Resolved, Told, told_of

__all__ = ["Exported", "Learned", "Leases", "Resolved", "Told", "exported", "told_of"]
