"""What the path tracer costs: traces per second, how they grow with rules and lists, and expectations in a preview.

The machine is noisy; what counts is how the figures grow, and that all expectations of the home site, on a router with
ten thousand rules and a hundred thousand list entries, take less than the preview that asks them takes without them.
"""

from __future__ import annotations

import base64
import itertools
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from wiretik.cli.commands.doctor import BESIDES
from wiretik.cli.exports import Supplied, exported
from wiretik.engine import Stack
from wiretik.engine.processes import provider
from wiretik_provider.api.link import Link, close_all
from wiretik_provider.declared import Declared
from wiretik_provider.doctor import Patient, examine
from wiretik_provider.gate import expectations
from wiretik_provider.menus.descriptor import Problem
from wiretik_provider.simulator import serve
from wiretik_provider.simulator.router import Router
from wiretik_provider.trace import MENUS, Snapshot, packet, trace

HOME = Path(__file__).parent.parent / "examples" / "home"
FILTER, LISTS = "/ip/firewall/filter", "/ip/firewall/address-list"
LAST = "defconf: drop all from WAN not DSTNATed"
"""Before which rule people add theirs."""
RULES = (100, 1_000, 10_000)
ENTRIES = (1_000, 10_000, 100_000)
ASKED = packet("192.168.88.10", "1.1.1.1", port=443, enters="bridge")


def addresses(seed: int) -> Iterator[str]:
    """Public addresses, each once."""
    dice = random.Random(seed)
    seen: set[int] = set()
    while True:
        number = dice.randrange(1 << 24, 100 << 24)
        if number >> 24 != 10 and number not in seen:
            seen.add(number)
            yield ".".join(str(number >> shift & 255) for shift in (24, 16, 8, 0))


def rules(count: int) -> list[dict[str, str]]:
    """Rules as long-lived routers have them: by address, by host and port, by port; none that stops the home site."""
    found, dice, places = [], random.Random(count), addresses(count)
    for place in itertools.islice(places, count):
        kind = dice.randrange(4)
        rule = {"chain": "forward", "action": dice.choice(("accept", "drop")), "comment": f"rule {len(found)}"}
        if kind in (0, 1):
            rule["src-address" if kind else "dst-address"] = place
        if kind == 2:
            rule["dst-address"] = f"{place.rpartition('.')[0]}.0/24"
        if kind == 3:
            rule["in-interface"] = "ether5"
        if kind in (2, 3):
            rule |= {"protocol": dice.choice(("tcp", "udp")), "dst-port": str(dice.randrange(1, 65536))}
        found.append(rule)
    return found


def read(router: Router) -> dict[str, list[dict[str, str]]]:
    return {path: router.rows(path) for path in MENUS if path in router.menus}


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def many(extra: list[dict[str, str]], entries: int) -> Snapshot:
    """The factory router with more of both."""
    rows = read(Router("defconf"))
    at = next(i for i, row in enumerate(rows[FILTER]) if row.get("comment") == LAST)
    listed = {"chain": "forward", "action": "drop", "src-address-list": "bad"}
    rows[FILTER][at:at] = [{".id": f"*F{i:X}", **row} for i, row in enumerate((*extra, listed))]
    rows[LISTS] = [
        {".id": f"*A{i:X}", "list": "bad", "address": one}
        for i, one in enumerate(itertools.islice(addresses(1), entries))
    ]
    return Snapshot(rows)


def growth(console: Console) -> None:
    table = Table("rules", "list entries", "first trace, ms", "traces/s")
    for count, entries in (*((count, 1_000) for count in RULES), *((100, entries) for entries in ENTRIES[1:])):
        snapshot = many(rules(count), entries)
        first = timed(lambda snapshot=snapshot: trace(snapshot, ASKED))  # type: ignore[misc]
        several = min(timed(lambda snapshot=snapshot: [trace(snapshot, ASKED) for _ in range(200)]) for _ in range(3))  # type: ignore[misc]
        table.add_row(f"{count:,}", f"{entries:,}", f"{first * 1000:.0f}", f"{200 / several:,.0f}")
    console.print(table)


def preview(console: Console, count: int, entries: int) -> None:
    """The home site's preview on such a router, and what of it its expectations take."""
    with serve(profile="defconf", tls=False) as lab, tempfile.TemporaryDirectory() as folder:
        router = lab.router
        before = next(row[".id"] for row in router.rows(FILTER) if row.get("comment") == LAST)
        for rule in [*rules(count), {"chain": "forward", "action": "drop", "src-address-list": "bad"}]:
            router.execute(
                (
                    f"{FILTER}/add",
                    *(f"={key}={text}" for key, text in rule.items()),
                    f"=place-before={before}",
                )
            )
        for place in itertools.islice(addresses(1), entries):
            router.execute((f"{LISTS}/add", "=list=bad", f"=address={place}"))
        shutil.copytree(HOME, Path(folder) / "home", ignore=shutil.ignore_patterns("Pulumi.*.yaml", "__pycache__"))
        config = {"home:lan": "192.168.88.0/24", "wiretik:host": lab.host, "wiretik:port": str(lab.api_port)}
        config |= {"wiretik:tls": "false", "wiretik:username": "admin"}
        stack = Stack(
            Path(folder) / "home",
            "bench",
            backend=Path(folder) / "state",
            passphrase="bench",
            config=config,
            host=provider.in_process,
        )
        asked: list[float] = []
        expected: list[Sequence[Mapping[str, object]]] = []
        reading: list[float] = []
        answer, look = expectations.problems, expectations.snapshot_of

        def read_by(link: Link, declared: Sequence[Declared], *, six: bool) -> Snapshot:
            began = time.perf_counter()
            try:
                return look(link, declared, six=six)
            finally:
                reading.append(time.perf_counter() - began)

        def watched(
            link: Link, declared: Sequence[Declared], told: Sequence[Mapping[str, object]], *, guarded: bool
        ) -> list[Problem]:
            began = time.perf_counter()
            expected.append(told)
            try:
                return answer(link, declared, told, guarded=guarded)
            finally:
                asked.append(time.perf_counter() - began)

        expectations.problems, expectations.snapshot_of = watched, read_by
        try:
            began = time.perf_counter()
            result = stack.preview()
            whole = time.perf_counter() - began
        finally:
            expectations.problems, expectations.snapshot_of = answer, look
            close_all()
        if not result.ok:
            raise SystemExit("\n".join(result.errors))
    answering, rest = asked[0] - reading[0], whole - asked[0] + reading[0]
    console.print(
        f"{count:,} rules, {entries:,} entries: a preview takes {whole:.1f} s; of that reading what a trace looks at "
        f"{reading[0]:.1f} s, answering home's {len(expected[0])} expectations {answering:.1f} s, "
        f"{answering / rest:.2f} of all the rest"
    )


def on_export(console: Console, lines: int) -> None:
    """What a trace and the doctor take of a process's time on an export of so many lines, its loading in it."""
    router = Router("defconf")
    router.run("/interface/wireguard/add", name="wg1", listen_port="13231")
    router.run("/ip/address/add", address="10.20.0.2/24", interface="wg1")
    router.run("/routing/table/add", name="vpn", fib="")
    for number in range(20):
        router.run(
            "/interface/wireguard/peers/add",
            interface="wg1",
            public_key=base64.b64encode(bytes([number] * 32)).decode(),
            allowed_address=f"10.{30 + number}.0.0/16",
        )
        router.run("/ip/route/add", dst_address=f"10.{30 + number}.0.0/16", gateway="wg1")
    before = next(row[".id"] for row in router.rows(FILTER) if row.get("comment") == LAST)
    for rule in rules(lines * 3 // 8):
        router.execute((f"{FILTER}/add", *(f"={key}={text}" for key, text in rule.items()), f"=place-before={before}"))
    for place in itertools.islice(addresses(1), lines * 3 // 8):
        router.execute((f"{LISTS}/add", "=list=bad", f"=address={place}"))
    text = router.export()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "router.rsc"
        file.write_text(text)
        began = time.process_time()
        found = exported(file, BESIDES, Supplied((("ether1", "203.0.113.2/24"),)))
        loaded = time.process_time() - began
        trace(found.snapshot, ASKED)
        traced = time.process_time() - began
        findings = sum(1 for _ in examine([Patient(found.snapshot, live=False)]))
        examined = time.process_time() - began - traced + loaded
    console.print(
        f"an export of {text.count(chr(10)):,} lines: loading takes {loaded:.2f} s of processor time, a trace on it "
        f"{traced:.2f} s with that, the doctor {examined:.2f} s with that ({findings} findings)"
    )


def main() -> None:
    console = Console(width=120)
    growth(console)
    on_export(console, 2_000)
    preview(console, 0, 0)
    preview(console, RULES[-1], ENTRIES[-1])


if __name__ == "__main__":
    main()
