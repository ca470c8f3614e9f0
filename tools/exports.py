"""How many published exports load strictly, and how much of them is exported again letter for letter.

    python tools/exports.py FOLDER … [--left] [--lines N]

Each file is loaded into an embedded router of its own version, strictly; where lines are refused, once more without
them. What that router exports is compared with the file, statement by statement, however lines are wrapped and whether
the file is terse. `--left` prints each refused line and each statement that came back otherwise. Nothing is kept.
"""

from __future__ import annotations

import argparse
import itertools
import re
import sys
import time
from collections import Counter
from pathlib import Path

from wiretik.cli.compare.statements import order, statements
from wiretik_provider.simulator import Router
from wiretik_provider.simulator.console.loading import LoadError, version_of


def measure(path: Path, left: bool, lines: int) -> tuple[bool, int, int]:
    """Whether a file loads strictly, how many statements it has, how many come back."""
    text = path.read_bytes().decode("utf-8", "surrogateescape")
    version = version_of(text) or "7.23.2"
    began = time.process_time()
    router = Router("none", version)
    refused: list[str] = []
    try:
        router.load(text)
    except LoadError as error:
        refused = [str(each) for each in error.errors]
        router = Router("none", version)
        try:
            router.load(text, skip_unknown=True)
        except LoadError as fatal:
            refused = [f"WHOLE {fatal}"]
            router = Router("none", version)
    # Where tunnels are, their keys tell; people write REMOVED for secrets that no hide-sensitive export has.
    kept = r"\b(preshared-key|passphrase|secret|password)=(?!\"?(?:REMOVED|\(Redacted))"
    tunnels = re.search(r"^/interface wireguard\b", text, re.MULTILINE)
    sensitive = bool(re.search(r"\bprivate-key=" if tunnels else kept, text))
    exported = router.export(show_sensitive=sensitive)
    spent = time.process_time() - began
    original, again = Counter(statements(text)), Counter(statements(exported))
    lost, more = original - again, again - original
    total, back = original.total(), original.total() - lost.total()
    wanted = order(text)
    got = [menu for menu in order(exported) if menu in wanted]
    turned = [
        f"{b} before {a}"
        for a, b in itertools.pairwise(wanted)
        if a in got and b in got and got.index(a) > got.index(b)
    ]
    print(
        f"{'strict ' if not refused else 'refused'} {back:5}/{total:<5} {100 * back / max(1, total):5.1f} %"
        f" {spent:5.2f} s {version:8} {path.name}{'  order: ' + '; '.join(turned) if turned else ''}"
    )
    if left:
        for each in refused[:lines]:
            print("    refused:", each[:200])
        for (menu, line), count in list(lost.items())[:lines]:
            print(f"    lost:  {menu} {line}"[:300] + (f" ({count} times)" if count > 1 else ""))
        for (menu, line), _ in list(more.items())[:lines]:
            print(f"    more:  {menu} {line}"[:300])
    return not refused, total, back


def main() -> None:
    """Measures what the arguments name."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--left", action="store_true", help="refused lines, and statements that came back otherwise")
    parser.add_argument("--lines", type=int, default=20, help="so many of each, for each file")
    options = parser.parse_args()
    files = [file for path in options.paths for file in (sorted(path.rglob("*")) if path.is_dir() else [path])]
    results = [measure(file, options.left, options.lines) for file in files if file.is_file()]
    strict = sum(each for each, _, _ in results)
    total, back = sum(n for _, n, _ in results), sum(n for _, _, n in results)
    rate = 100 * back / max(1, total)
    print(f"{strict} of {len(results)} load strictly; {back} of {total} statements come back, {rate:.1f} %")
    sys.exit(0)


if __name__ == "__main__":
    main()
