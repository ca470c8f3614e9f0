"""How much of published exports becomes a program that signs rows and does nothing else.

    python tools/adopt_exports.py FOLDER … [--left] [--keep FOLDER]

Each file is loaded into an embedded router of its version and adopted there in one process: the program is written and
run, once more with `--refresh`, and destroyed. Told are the static rows of managed menus and how many of them were
taken, sets, what else was done, lines for a row, whether the second preview was clean, and whether the router was as
before at the end. `--left` prints each row that was left out, and why.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

import attrs

from wiretik.cli.adopting.reading import Source, of_export
from wiretik.cli.adopting.rehearsing import Runs, reach_twin, rehearse
from wiretik.cli.commands.adopt import ROUNDS
from wiretik.engine import Stack
from wiretik.engine.processes import program as programs
from wiretik.testing import _SALT, _host
from wiretik_provider.adopt.choosing import Options, choose, is_static, without
from wiretik_provider.adopt.files import MAIN, texts
from wiretik_provider.adopt.program import program
from wiretik_provider.gate.device import OLDEST
from wiretik_provider.menus import MENUS
from wiretik_provider.menus.descriptor import version
from wiretik_provider.simulator import Router, serve
from wiretik_provider.simulator.console.loading import version_of

Snapshot: TypeAlias = Mapping[str, list[dict[str, str]]]


@attrs.frozen
class Measured:
    """What one file came to."""

    name: str
    rows: int = 0
    taken: int = 0
    lines: int = 0
    ok: bool = False
    why: str = ""
    tunnels: int = 0
    seconds: float = 0.0
    left: tuple[str, ...] = ()


def measure(path: Path, keep: Path | None) -> Measured:
    """Adopts one file; what a rehearsal refuses of it is left out, as by the command."""
    began = time.process_time()
    source = of_export(path)
    options = Options()
    one, refused = _tried(path, source, options, keep)
    for _ in range(ROUNDS - 1):
        if not refused:
            break
        options = without(options, refused)
        one, refused = _tried(path, source, options, keep)
    return attrs.evolve(one, seconds=time.process_time() - began)


def _tried(
    path: Path, source: Source, options: Options, keep: Path | None
) -> tuple[Measured, Mapping[str, Mapping[str, str]]]:
    """One rehearsal and what follows it, and the rows that were in its way."""
    tables = source.inventory.tables
    rows = sum(is_static(menu, row) for menu in MENUS if not MENUS[menu].singleton for row in tables.get(menu, ()))
    chosen = choose(source.inventory, options)
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
        after = afterwards(folder, twin, made.secrets, runs.options) if found.ok else ""
        if not after and found.ok and differing(before, twin.snapshot()):
            after = f"destroy doesn't give back {', '.join(differing(before, twin.snapshot()))}"
        if not after and found.ok and exported(twin) != lines:
            after = "the export after destroy isn't the one before"
    sets = sum(map(len, found.signatures.values()))
    why = "; ".join(found.errors)[:1500] or after or ("" if sets == chosen.count else f"{sets} sets")
    one = Measured(path.name, rows, chosen.count, len(code), not why, why, tunnels, left=left)
    return one, {} if found.ok else found.rows_in_the_way(made.made)


def _forget(files: Mapping[str, str]) -> None:
    """Lets a program's modules be imported anew, in this process."""
    for each in files.keys() - {MAIN}:
        sys.modules.pop(each.removesuffix(".py"), None)


def afterwards(folder: Path, router: Router, secrets: Mapping[str, str], options: Mapping[str, Any]) -> str:
    """What isn't clean in the next preview, or fails in the destroy behind it."""
    with serve(router, tls=False) as lab:
        config = reach_twin(lab, secrets)
        stack = Stack(folder, "test", backend=folder / ".rehearsal", config=config, **options)
        seen = stack.preview(refresh=True)
        if not seen.ok or seen.changed:
            drift = [
                f"{step.op} {step.name}" for step in seen.steps if step.op not in {"same", "refresh"} or step.changes
            ]
            return f"preview: {'; '.join(seen.errors)} {', '.join(drift)}"[:1500]
        gone = stack.destroy()
        return "" if gone.ok else f"destroy: {'; '.join(gone.errors)}"[:1500]


def differing(before: Snapshot, after: Snapshot) -> list[str]:
    """The menus that aren't as before, but for the way in, which a rehearsal opens."""
    return [path for path in before if path != "/ip/service" and before[path] != after.get(path)]


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
        one = measure(file, options.keep)
        share = 100 * one.taken / max(1, one.rows)
        per = one.lines / max(1, one.taken)
        print(
            f"{'ok  ' if one.ok else 'FAIL'} {one.taken:5}/{one.rows:<5} {share:5.1f} % {per:4.1f} lines/row "
            f"{one.tunnels} wg {one.seconds:5.2f} s {one.name}",
            flush=True,
        )
        if one.why:
            print("    " + one.why)
        for text in one.left if options.left else ():
            print("    left out:", text)
        done.append(one)
        reasons.update(text.rpartition(": ")[2] for text in one.left)
    rows, taken = sum(one.rows for one in done), sum(one.taken for one in done)
    good = [one for one in done if one.ok and one.taken >= 0.95 * one.rows]
    print(
        f"{len(done)} files ({older} older than {'.'.join(map(str, OLDEST))} left alone): {len(good)} well with at "
        f"least 95 % of their rows, {sum(one.rows >= 40 for one in good)} of them with 40 rows or more, "
        f"{sum(bool(one.tunnels) for one in good)} with WireGuard; {taken} of {rows} rows, "
        f"{sum(one.lines for one in done) / max(1, taken):.2f} lines for each"
    )
    for why, count in reasons.most_common(20):
        print(f"{count:6} {why}")
    sys.exit(0)


if __name__ == "__main__":
    main()
