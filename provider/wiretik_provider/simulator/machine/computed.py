"""What menus without rules of their own compute: automatic names, what `print` adds; found by path like `behaviour.py`.

The little that outside clients miss in plain tables, interfaces among them, files and certificates.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from typing import Final

from wiretik_provider.simulator import refusal
from wiretik_provider.simulator.machine.machine import Machine
from wiretik_provider.simulator.machine.session import Session
from wiretik_provider.simulator.machine.table import Row
from wiretik_provider.simulator.spec import plain
from wiretik_provider.simulator.spec.grammar import duration

__all__ = ["PREPARE", "SHOW", "free", "truth"]

Values = dict[str, str]


def truth(value: bool) -> str:
    """A flag as it is printed."""
    return "true" if value else "false"


def free(stem: str, router: Machine, path: str) -> str:
    """The first free automatic name."""
    names = router.table(path).names
    return next(name for name in _numbered(stem) if name not in names)


def _numbered(stem: str) -> Iterator[str]:
    number = 0
    while True:
        number += 1
        yield f"{stem}{number}"


def _prepare_link(kind: str, router: Machine, _: Session, values: Values, row: Row | None) -> None:
    """An interface that is a plain table: the automatic name is its kind's, or its menu's."""
    if not values.get("name"):
        stem = kind if kind.endswith(("-in", "-out", "-tunnel")) else plain.TYPES[kind].rpartition("/")[2]
        values["name"] = free(stem, router, "/interface")
    if row is None and (kind.endswith("-out") or kind in ("wifi", "wlan")):
        values.setdefault("disabled", "true")
    if kind == "bond" and not values.get("slaves"):
        raise refusal.failure("need at least one slave interface")


def _show_link(router: Machine, row: Row, out: Values) -> None:
    if "default-name" in row.facts:
        out["default-name"] = row.facts["default-name"]
    out["running"] = truth(router.running(row))


def _show_certificate(router: Machine, row: Row, out: Values) -> None:
    out |= {name: value for name, value in row.facts.items() if name != "expires-after"}
    if "invalid-after" in row.facts:
        day, clock = row.facts["invalid-after"].split(" ")
        out["expires-after"] = duration(int(router.moment(day, clock) - router.clock()) * 1000)


def _show_file(_: Machine, row: Row, out: Values) -> None:
    out.setdefault("type", f".{out['name'].rpartition('.')[2]} file" if "." in out["name"] else "file")
    out["size"] = str(len(out["contents"].encode("utf-8", "surrogateescape")))
    if "last-modified" in row.facts:
        out["last-modified"] = row.facts["last-modified"]


def _show_bridge_vlan(_: Machine, row: Row, out: Values) -> None:
    # All ports are taken to be up; what they carry is what they were given.
    out["current-tagged"], out["current-untagged"] = out.get("tagged", ""), out.get("untagged", "")
    out["dynamic"] = truth(row.dynamic)


_RATES: Final = frozenset({"max-limit", "limit-at", "burst-limit", "burst-threshold"})
_RATE: Final = re.compile(r"(\d+)([kMG])")
_TIMES: Final = {"k": 1000, "M": 1_000_000, "G": 1_000_000_000}


def _show_queue(_: Machine, row: Row, out: Values) -> None:
    """Rates are printed in full; the console and exports shorten them (TF's acceptance tests)."""
    for name in _RATES & out.keys():
        out[name] = _RATE.sub(lambda match: str(int(match[1]) * _TIMES[match[2]]), out[name])
    out["dynamic"], out["invalid"] = truth(row.dynamic), "false"


def _show_logging(_: Machine, __: Row, out: Values) -> None:
    out.setdefault("default", "false")
    out["invalid"] = "false"


def _show_tracking(_: Machine, __: Row, out: Values) -> None:
    """What is counted: nothing, since nothing goes through here (names: TF's sample)."""
    for name in ("active-ipv4", "active-ipv6"):
        out.setdefault(name, "true")
    for name in ("total-entries", "total-ip4-entries", "total-ip6-entries"):
        out[name] = "0"


def _show_option(_: Machine, __: Row, out: Values) -> None:
    """`0x…` is bytes, text stands in quotes, perhaps behind `s` (TF's acceptance test)."""
    value = out.get("value", "")
    text = value.removeprefix("s").strip("'")
    out["raw-value"] = value[2:] if value.startswith("0x") else text.encode("utf-8", "surrogateescape").hex()


def _prepare_record(_: Machine, session: Session, values: Values, row: Row | None) -> None:
    """A record with an address has a type, which exports of newer routers write (docs/facts/exports.md#forms).

    Of one that an export showed without it, another property's change says none.
    """
    as_before = row is not None and row.values.get("address") == values.get("address") and "type" not in row.values
    if "address" in values and not session.written and not as_before:
        values.setdefault("type", _record_type(values))


def _record_type(values: Values) -> str:
    return "AAAA" if ":" in values["address"] else "A"


def _show_record(_: Machine, __: Row, out: Values) -> None:
    if "address" in out:
        out.setdefault("type", _record_type(out))


PREPARE: Final[dict[str, Callable[[Machine, Session, Values, Row | None], None]]] = {
    "/ip/dns/static": _prepare_record,
    **{path: functools.partial(_prepare_link, kind) for path, kind in plain.LINKS.items()},
}
SHOW: Final[dict[str, Callable[[Machine, Row, Values], None]]] = {
    **dict.fromkeys(plain.LINKS, _show_link),
    "/certificate": _show_certificate,
    "/file": _show_file,
    "/interface/bridge/vlan": _show_bridge_vlan,
    "/ip/dhcp-server/option": _show_option,
    "/ip/dns/static": _show_record,
    "/ip/firewall/connection/tracking": _show_tracking,
    "/queue/simple": _show_queue,
    "/system/logging": _show_logging,
    "/queue/tree": _show_queue,
}
