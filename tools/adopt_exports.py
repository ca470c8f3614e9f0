"""How much of published exports becomes a program that signs rows and does nothing else.

    python tools/adopt_exports.py FOLDER … [--left] [--keep FOLDER] [--hands]

Each file is loaded into an embedded router of its version and adopted there in one process: the program is written and
run, once more with `--refresh`, and destroyed. Told are how many of the static rows of managed menus were taken, of
those menus that are described by hand and of all others; sets, what else was done, lines for a row or for the settings
of a menu, whether the second preview was clean, and whether the router was as before at the end. `--left` prints each
row that was left out, and why. With `--hands` a rule is put into each chain that was adopted whole, above, between and
below the program's, and the last one of each is moved up: that must be told, and mended by two writes at most.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias

import attrs

from wiretik.cli.adopting.reading import Source, of_export
from wiretik.cli.adopting.rehearsing import Runs, reach_twin, rehearse
from wiretik.cli.commands.adopt import ROUNDS
from wiretik.engine import Stack
from wiretik.engine.processes import program as programs
from wiretik.testing import _SALT, _host
from wiretik_provider.adopt.choosing import BLOCKS, Chosen, Options, Taken, choose, is_static, without
from wiretik_provider.adopt.files import MAIN, texts
from wiretik_provider.adopt.program import program
from wiretik_provider.gate.device import OLDEST
from wiretik_provider.menus import MENUS
from wiretik_provider.menus import menu as menu_at
from wiretik_provider.menus.descriptor import version
from wiretik_provider.simulator import Lab, Router, serve
from wiretik_provider.simulator.console.loading import version_of

_LARGE: Final = 40

Snapshot: TypeAlias = Mapping[str, list[dict[str, str]]]


@attrs.frozen
class Measured:
    """What one file came to.

    Attributes:
        name: the file's.
        version: the router's.
        rows: static rows of menus that are described by hand.
        taken: those of them that were taken.
        more: rows of all other menus that somebody made.
        more_taken: those of them that were taken.
        said: settings and rows that are there anyway, of which the program says something.
        sets: comments that were signed.
        lines: of the program, but for empty ones.
        ok: whether it was adopted, clean and given back.
        why: if not.
        tunnels: WireGuard interfaces.
        seconds: of processor time.
        left: rows that weren't taken, and why.
    """

    name: str
    version: str = ""
    rows: int = 0
    taken: int = 0
    more: int = 0
    more_taken: int = 0
    said: int = 0
    sets: int = 0
    lines: int = 0
    ok: bool = False
    why: str = ""
    tunnels: int = 0
    seconds: float = 0.0
    left: tuple[str, ...] = ()


def measure(path: Path, keep: Path | None, *, hands: bool = False) -> Measured:
    """Adopts one file; what a rehearsal refuses of it is left out, as by the command."""
    began = time.process_time()
    source = of_export(path)
    source = attrs.evolve(
        source, inventory=attrs.evolve(source.inventory, partial=False)
    )  # as of a router that is read
    options = Options()
    one, refused = _tried(path, source, options, keep, hands=hands)
    for _ in range(ROUNDS - 1):
        if not refused:
            break
        options = without(options, refused)
        one, refused = _tried(path, source, options, keep, hands=hands)
    return attrs.evolve(one, seconds=time.process_time() - began)


def _tried(
    path: Path, source: Source, options: Options, keep: Path | None, *, hands: bool
) -> tuple[Measured, Mapping[str, Mapping[str, str]]]:
    """One rehearsal and what follows it, and the rows that were in its way."""
    tables = source.inventory.tables
    chosen = choose(source.inventory, options)
    counted = _counted(tables, chosen)
    made = program(chosen)
    files = texts(made, "An export.")
    code = [line for name, text in files.items() if name.endswith(".py") for line in text.splitlines() if line.strip()]
    tunnels = len(tables.get("/interface/wireguard", ()))
    left = tuple(f"{one.path} {one.row}: {one.why}" for one in chosen.left)
    with tempfile.TemporaryDirectory(prefix="wiretik-adopt-") as name:
        folder = Path(name)
        for place in (folder, *([keep / path.stem] if keep else [])):
            place.mkdir(parents=True, exist_ok=True)
            for each, text in files.items():
                (place / each).write_text(text, encoding="utf-8", errors="surrogateescape")
        (folder / "Pulumi.yaml").write_text("name: adopted\nruntime: python\n")
        (folder / "Pulumi.test.yaml").write_text(f"encryptionsalt: {_SALT}\n")
        runs = Runs({"host": _host, "runner": programs.inline(), "passphrase": "testing"})
        _forget(files)
        twin = source.twin()
        before, lines = twin.snapshot(), exported(twin)
        found = rehearse(folder, "test", twin, secrets=made.secrets, ids=source.ids(twin), runs=runs, keeps=True)
        _forget(files)
        chains = [one for one in _whole(chosen) if hands]
        after = afterwards(folder, twin, made.secrets, runs.options, chains) if found.ok else ""
        lost = differing(before, twin.snapshot(), by_chain=hands) if found.ok else []
        if not after and lost:
            after = f"destroy doesn't give back {', '.join(lost)}"
        if not after and found.ok and not hands and exported(twin) != lines:
            after = "the export after destroy isn't the one before"
    sets = sum(map(len, found.signatures.values()))
    why = "; ".join(found.errors)[:1500] or after or ("" if sets == chosen.count else f"{sets} sets")
    one = Measured(
        path.name, source.inventory.version, *counted, sets, len(code), not why, why, tunnels, left=left
    )  # fmt: skip
    return one, {} if found.ok else found.rows_in_the_way(made.made)


def _whole(chosen: Chosen) -> Iterator[tuple[str, str]]:
    """The chains of which a program has all rules, in one block."""
    for path in BLOCKS:
        rows = chosen.rows.get(path, ())
        for chain in dict.fromkeys(one.row.get("chain", "") for one in rows if isinstance(one, Taken)):
            if all(isinstance(one, Taken) for one in rows if one.row.get("chain", "") == chain):
                yield from [(path, chain)] if chosen.whole(path, chain) else []


def _counted(tables: Mapping[str, Sequence[Mapping[str, str]]], chosen: Chosen) -> tuple[int, int, int, int, int]:
    """Rows of menus described by hand and those taken, rows of others and those taken, and settings that are said."""
    rows = sum(is_static(menu, row) for menu in MENUS if not MENUS[menu].singleton for row in tables.get(menu, ()))
    taken = sum(isinstance(one, Taken) for some in chosen.rows.values() for one in some)
    made = [one for one in chosen.others if _is_made(one.path) and not one.there]
    left = sum(one.path not in MENUS and _is_made(one.path) for one in chosen.left)
    said = len(chosen.others) - len(made) + sum(map(bool, chosen.one.values()))
    return rows, taken, len(made) + left, len(made), said


def _is_made(path: str) -> bool:
    """Whether rows are added to a menu, and none is there by itself."""
    return not (menu_at(path).singleton or menu_at(path).fixed)


def per(*ones: Measured) -> float:
    """Lines for each row, or for settings, that a program says."""
    said = sum(one.taken + one.more_taken + one.said for one in ones)
    return sum(one.lines for one in ones) / max(1, said)


def _forget(files: Mapping[str, str]) -> None:
    """Lets a program's modules be imported anew, in this process."""
    for each in files.keys() - {MAIN}:
        sys.modules.pop(each.removesuffix(".py"), None)


def afterwards(
    folder: Path,
    router: Router,
    secrets: Mapping[str, str],
    options: Mapping[str, Any],
    chains: Sequence[tuple[str, str]] = (),
) -> str:
    """What isn't clean in the next preview, isn't mended after a hand in these chains, or fails in the destroy."""
    with serve(router, tls=False) as lab:
        config = reach_twin(lab, secrets)
        stack = Stack(folder, "test", backend=folder / ".rehearsal", config=config, **options)
        seen = stack.preview(refresh=True)
        if not seen.ok or seen.changed:
            drift = [
                f"{step.op} {step.name}" for step in seen.steps if step.op not in {"same", "refresh"} or step.changes
            ]
            return f"preview: {'; '.join(seen.errors)} {', '.join(drift)}"[:1500]
        for hand in HANDS if chains else ():
            if wrong := _mended(lab, stack, chains, hand):
                return f"{hand}: {wrong}"
        gone = stack.destroy()
        return "" if gone.ok else f"destroy: {'; '.join(gone.errors)}"[:1500]


HANDS: Final = ("above", "between", "below", "moved")


def _mended(lab: Lab, stack: Stack, chains: Sequence[tuple[str, str]], hand: str) -> str:
    """What isn't told, or takes more writes than two for each chain, after a hand has been in all of them."""
    touched = 0
    for path, chain in chains:
        rules = [row for row in lab.router.rows(path) if row.get("dynamic") != "true" and row.get("chain", "") == chain]
        before = {"below": None, "between": rules[len(rules) // 2]}.get(hand, rules[0])
        if hand == "moved" and len(rules) > 1:
            lab.router.run(f"{path}/move", numbers=rules[-1][".id"], destination=rules[0][".id"])
        elif hand != "moved":
            what = {"chain": chain, "action": "log"} if MENUS[path].chain else {"action": "lookup", "table": "main"}
            where = {"place-before": before[".id"]} if before else {}
            lab.router.run(f"{path}/add", **what, **where, comment="by hand")
        touched += hand != "moved" or len(rules) > 1
    seen = stack.preview(refresh=True)
    told = sum(step.op == "update" for step in seen.steps)
    lab.reset_stats()
    done = stack.up(refresh=True)
    writes = sum(n for verbs in lab.stats().commands.values() for verb, n in verbs.items() if verb in _WRITES)
    after = stack.preview(refresh=True)
    if not done.ok or told < touched or writes > 2 * touched or after.changed:
        return f"{told} of {touched} chains told, {writes} writes, then clean: {not after.changed} {done.errors}"
    return ""


_WRITES: Final = frozenset({"add", "set", "move", "remove"})


def differing(before: Snapshot, after: Snapshot, *, by_chain: bool = False) -> list[str]:
    """The menus that aren't as before, but for the way in, which a rehearsal opens.

    With `by_chain` only the order within a chain counts: a hand that moved a rule may have moved it over other chains'.
    """

    def seen(rows: list[dict[str, str]]) -> list[dict[str, str]]:
        return sorted(rows, key=lambda row: row.get("chain", "")) if by_chain else rows

    return [path for path in before if path != "/ip/service" and seen(before[path]) != seen(after.get(path, []))]


def exported(router: Router) -> list[str]:
    """The lines of a router's export, but for the heading and for the way in."""
    sections = ("\n" + router.export(show_sensitive=True)).split("\n/")
    return [line for part in sections[1:] if not part.startswith("ip service\n") for line in part.splitlines()]


def main() -> None:
    """Measures what the arguments name."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--left", action="store_true", help="each row that was left out, and why")
    parser.add_argument("--keep", type=Path, help="write the programs here, a folder for each")
    parser.add_argument(
        "--hands", action="store_true", help="put rules into adopted chains and see them told and mended"
    )
    options = parser.parse_args()
    files = [file for path in options.paths for file in (sorted(path.rglob("*")) if path.is_dir() else [path])]
    reasons: Counter[str] = Counter()
    older = 0
    done: list[Measured] = []
    for file in files:
        if not file.is_file():
            continue
        if version(version_of(file.read_text("utf-8-sig", "surrogateescape")) or "7.23") < OLDEST:
            older += 1
            continue
        one = measure(file, options.keep, hands=options.hands)
        print(
            f"{'ok  ' if one.ok else 'FAIL'} {one.taken:5}/{one.rows:<5} {one.more_taken:4}/{one.more:<4} "
            f"{one.said:3} settings {one.sets:5} sets {per(one):4.1f} lines/row {one.tunnels} wg "
            f"{one.seconds:5.2f} s {one.version} {one.name}",
            flush=True,
        )
        if one.why:
            print("    " + one.why)
        for text in one.left if options.left else ():
            print("    left out:", text)
        done.append(one)
        reasons.update(text.rpartition(": ")[2] for text in one.left)
    good = [one for one in done if one.ok and one.taken + one.more_taken >= 0.95 * (one.rows + one.more)]
    large = sum(one.rows + one.more >= _LARGE for one in good)
    print(
        f"{len(done)} files ({older} older than {'.'.join(map(str, OLDEST))} left alone), "
        f"{sum(one.ok for one in done)} ok: {len(good)} with at least 95 % of their rows, {large} of them with "
        f"{_LARGE} rows or more, {sum(bool(one.tunnels) for one in good)} with WireGuard, "
        f"of {len({one.version for one in good})} versions; "
        f"{sum(one.taken for one in done)} of {sum(one.rows for one in done)} rows of menus described by hand, "
        f"{sum(one.more_taken for one in done)} of {sum(one.more for one in done)} of others, "
        f"{sum(one.lines for one in done)} lines, {per(*done):.2f} for each"
    )
    for why, count in reasons.most_common(20):
        print(f"{count:6} {why}")
    sys.exit(0)


if __name__ == "__main__":
    main()
