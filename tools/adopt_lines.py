"""How much of published exports is in the programs that `wiretik adopt` writes, line by line.

    python tools/adopt_lines.py FOLDER … [--left]

Each file is loaded into an embedded router of its version, and what is chosen of it is made on an empty one, as the
program's `up` would. A row, or settings, of the first that the second hasn't got isn't in the program, and neither is a
line that the first router didn't take. A file is adopted wholly where all are; it is untouched where the router takes
all its lines and nothing in it is blacked out. `--left` prints the others.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from wiretik.cli.adopting.reading import of_export
from wiretik_provider.adopt.choosing import Chosen, Options, Taken, choose
from wiretik_provider.adopt.others import Other
from wiretik_provider.codecs.base import Value
from wiretik_provider.codecs.loose import Rights
from wiretik_provider.gate.device import OLDEST
from wiretik_provider.menus import menu as menu_at
from wiretik_provider.menus.descriptor import Menu, version
from wiretik_provider.simulator import Router
from wiretik_provider.simulator.console.export import quoted, ranks
from wiretik_provider.simulator.console.loading import version_of
from wiretik_provider.simulator.spec.grammar import FLAG, Kind


class Counted(NamedTuple):
    """One file: its rows and settings, those that are in the program, and those that aren't."""

    lines: int
    adopted: int
    left: tuple[str, ...]
    touched: bool


Row = Mapping[str, str]
Unit = tuple[str, frozenset[tuple[str, str]]]


def measure(path: Path) -> Counted:
    """Counts one file's lines."""
    text = path.read_bytes().decode("utf-8-sig", "surrogateescape")
    number = version_of(text) or "7.23.2"
    source = of_export(path)
    chosen = choose(source.inventory, Options())
    there = Router("none", number, leases={})
    refused = [str(one) for one in there.load(text, skip_unknown=True)]
    made = Router("none", number, leases={})
    failed = [str(one) for one in made.load("\n".join(lines_of(chosen, number)) + "\n", skip_unknown=True)]
    original = units(there) - units(Router("none", number, leases={}))
    lost = original - units(made)
    near = {path: [row for each, row in units(made) if each == path] for path, _ in lost}
    left = [f"{path} {_difference(row, near[path])}" for path, row in lost.elements()]
    why = [f"left out: {one.path} {one.row}: {one.why}" for one in chosen.left]
    total = original.total() + len(refused)
    touched = bool(refused) or any("the export doesn't show" in one.why for one in chosen.left)
    return Counted(
        total, original.total() - len(left), (*refused, *left, *why, *(f"(made: {one})" for one in failed)), touched
    )


def units(router: Router) -> Counter[Unit]:
    """The rows that somebody made, and the settings, as they are printed."""
    found: Counter[Unit] = Counter()
    for path in router.menus:
        if path not in _OTHERS:
            for row in router.rows(path):
                if row.get("dynamic") != "true":
                    way_in = path == "/ip/service" and row.get("name") in {"api", "api-ssl"}
                    said = _said({"name": row["name"]} if way_in else row)  # Wiretik comes by it, so it stays as it is
                    found[path, frozenset(said)] += 1
    return found


def _said(row: Row) -> Iterator[tuple[str, str]]:
    """What a row says: not being off is as good as saying nothing of it, and so is an empty text."""
    for name, text in row.items():
        if name == "advertise" and row.get("address", "").startswith("fe80"):
            continue
        if name == "mac-address" and text.startswith(_EMBEDDED):
            continue
        gone = text.startswith("*") and name not in {"ranges", "name"}
        if name not in _BESIDE and text and not gone and (name, text) not in _NOTHING:
            yield name, ",".join(sorted(re.sub(r"\s+", " ", text).strip().split(",")))


_BESIDE: Final = frozenset(
    {
        *(".id", "running", "active", "inactive", "creation-time", "orig-mac-address", "slave", "status", "owner"),
        *("invalid", "default-name", "default", "builtin", "actual-interface", "network", "current-tx-power"),
        *(
            "immediate-gw",
            "actual-mtu",
            "l2mtu",
            "next-run",
            "run-count",
            "public-key",
            "link-local",
            "bytes",
            "packets",
        ),
        *("last-started", "hw-offloaded", "private-key", "dynamic"),
    }
)
"""What a router makes of its own, or what changes by itself."""
_EMBEDDED: Final = "02:57:54"
"""How the embedded router's own MAC addresses begin."""
_NOTHING: Final = frozenset(
    {("disabled", "false"), ("passthrough", "true"), ("hw-offload", "true"), ("address-list-timeout", "none-dynamic")}
)
"""What is so where nothing is said of it."""
_OTHERS: Final = ("/interface", "/log", "/file", "/user", "/user/active", "/system/resource", "/ip/arp")
"""Menus that show others' rows."""


def _difference(row: frozenset[tuple[str, str]], near: list[frozenset[tuple[str, str]]]) -> str:
    closest = max(near, key=lambda one: len(one & row), default=frozenset())
    return f"{dict(sorted(row))} | {dict(row - closest)} instead of {dict(closest - row)}"


def lines_of(chosen: Chosen, number: str) -> Iterator[str]:
    """What the program makes, as lines of the console in an order in which they can be read."""
    order = {path: rank for rank, (path, _) in enumerate(ranks())}
    kinds = Router("none", number, leases={}).menus
    found = sorted(_statements(chosen, number), key=lambda one: order.get(one[0].path, len(order)))
    for menu, verb, values in found:
        args = kinds[menu.path].args
        words = [_word(args[name].kind, name, menu, value) for name, value in values.items() if name in args]
        yield f"{menu.path} {verb} {' '.join(words)}"


def _word(kind: Kind, name: str, menu: Menu, value: Value) -> str:
    if kind is FLAG:
        return name
    codec = menu.by_name[name].codec
    text = codec.partition(value, _RIGHTS) if isinstance(codec, Rights) else codec.write(value)
    return f"{name}={quoted(text, always=True)}"


_RIGHTS: Final = (
    "local,telnet,ssh,ftp,reboot,read,write,policy,test,winbox,password,web,sniff,sensitive,api,romon,rest-api"
)


def _statements(chosen: Chosen, number: str) -> Iterator[tuple[Menu, str, Mapping[str, Value]]]:
    for path, rows in chosen.rows.items():
        yield from ((menu_at(path), "add", taken.values) for taken in rows if isinstance(taken, Taken))
    yield from ((menu_at(path), "set", values) for path, values in chosen.one.items() if values)
    empty = Router("none", number, leases={})
    for other in chosen.others:
        menu = menu_at(other.path)
        verb = _verb(menu, other, [row.get(".id", "") for row in empty.rows(other.path)])
        on = {"disabled": False} if verb == "add" and "disabled" in menu.by_name else {}
        yield menu, verb, {**on, **other.values}


def _verb(menu: Menu, other: Other, own: list[str]) -> str:
    """How the console finds a row that is there, or adds one."""
    row = other.row
    if menu.fixed:
        by = "default-name" if "default-name" in row else ""
        return f"set [ find {by}={quoted(other.find)} ]" if by else f"set {quoted(other.find)}"
    if menu.singleton:
        return "set"
    if "true" in (row.get("default"), row.get("builtin")):
        return "set [ find default=yes ]"
    if other.there:
        return f"set {quoted(row['name']) if row.get('name') else own.index(row['.id'])}"
    return "add"


def main() -> None:
    """Measures what the arguments name."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--left", action="store_true", help="each line that isn't in the program")
    options = parser.parse_args()
    files = [file for path in options.paths for file in (sorted(path.rglob("*")) if path.is_dir() else [path])]
    counted: list[Counted] = []
    for file in (one for one in files if one.is_file()):
        text = file.read_text("utf-8-sig", "surrogateescape")
        if version(version_of(text) or "7.23") < OLDEST:
            continue
        one = measure(file)
        counted.append(one)
        what = "wholly" if one.adopted == one.lines else "TOUCHED" if one.touched else "      "
        print(f"{what} {one.adopted:5}/{one.lines:<5} {file.name}", flush=True)
        for line in one.left if options.left else ():
            print("    ", line[:300])
    for name, some in (("all", counted), ("untouched", [one for one in counted if not one.touched])):
        _summary(name, some)
    sys.exit(0)


def _summary(name: str, counted: list[Counted]) -> None:
    lines, adopted = sum(one.lines for one in counted), sum(one.adopted for one in counted)
    whole = sum(one.adopted == one.lines for one in counted)
    print(
        f"{name}: {len(counted)} files: {whole} wholly ({100 * whole / max(1, len(counted)):.1f} %), "
        f"{adopted} of {lines} lines ({100 * adopted / max(1, lines):.2f} %)"
    )


if __name__ == "__main__":
    main()
