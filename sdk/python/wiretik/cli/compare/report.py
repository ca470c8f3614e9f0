"""The file that a comparison makes: what was compared, and each kind of difference with its lines. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from wiretik.cli.compare.differences import Difference
from wiretik.cli.compare.probe import Probed
from wiretik.cli.compare.reading import Seen
from wiretik.cli.compare.shapes import shaped
from wiretik_provider.printable import printable

__all__ = ["of_probe", "report"]

_HEADS: Final = {
    "computed": "Computed values that differ",
    "default": "Properties that only the embedded router prints",
    "exported": "Statements of exports that differ",
    "menu": "Menus that only one has",
    "order of menus": "Menus in another order",
    "printed": "Values in another form",
    "refused": "Rows that the embedded router refuses",
    "rows": "Rows that only one has",
    "unknown property": "Properties that the embedded router doesn't know",
    "way": "Ways that differ",
}


def report(seen: Seen, found: Sequence[Difference], version: str, asked: int | None) -> str:
    """The whole text.

    Args:
        seen: the router.
        found: all differences.
        version: Wiretik's.
        asked: how many packets `/ip/route/check` was asked about; None where the router hasn't got it.
    """
    return "\n".join(map(printable, _lines(seen, found, version, asked))) + "\n"


def _lines(seen: Seen, found: Sequence[Difference], version: str, asked: int | None) -> Iterator[str]:
    board = f", {seen.board}" if seen.board else ""
    kind = seen.architecture or "unknown"
    yield f"# RouterOS {seen.version} ({kind}{board}) against the embedded router of {version}"
    yield ""
    yield "Texts that its owner chose are blacked out: letters are a, digits are 9. Nothing was written to the router."
    rows = sum(map(len, seen.rows.values()))
    yield f"{len(seen.rows)} menus with {rows} rows were read; {_ways(asked)}."
    for path, why in sorted(seen.unread.items()):
        yield f"{path} couldn't be read: {shaped(why)}"
    yield ""
    if not found:
        yield "No difference."
    for kind, some in groupby(sorted(found), lambda one: one.kind):
        yield f"## {_HEADS[kind]}"
        yield ""
        for one in some:
            name = f" {one.name}" if one.name else ""
            yield f"- {one.menu}{name}: there `{one.there}`, here `{one.here}`"
        yield ""
    yield from _columns(seen)


def of_probe(probed: Probed) -> str:
    """What a probe found, as a part of the text."""
    lines = ["", "## Recorded facts", "", f"{probed.held} hold; {probed.left_out} can't be tried so."]
    lines += [f"- doesn't hold: {says}: {why}" for says, why in probed.broken]
    if probed.answers:
        lines += ["", "## Open questions", "", *(f"- {asks} {answer}" for asks, answer in probed.answers)]
    return "\n".join(map(printable, lines)) + "\n"


def _columns(seen: Seen) -> Iterator[str]:
    """The order in which the router prints properties, which the embedded one doesn't know."""
    yield "## In this order it prints properties"
    yield ""
    for path, rows in sorted(seen.rows.items()):
        longest = max((list(row) for row in rows), key=len, default=[])
        names = [name for name in longest if name[:1] != "."]
        if len(names) > 1 and any(row.get("dynamic") != "true" for row in rows):
            yield f"- {path}: {' '.join(names)}"


def _ways(asked: int | None) -> str:
    return "/ip/route/check isn't there" if asked is None else f"/ip/route/check was asked about {asked} packets"
