"""The router of an `/export` file: what it has, what its owner tells besides, and what isn't known."""

from wiretik.cli.exports.reading import Exported, exported, is_export
from wiretik.cli.exports.supplied import Learned, Leases, Resolved, Supplied, supplied_by

__all__ = ["Exported", "Learned", "Leases", "Resolved", "Supplied", "exported", "is_export", "supplied_by"]
