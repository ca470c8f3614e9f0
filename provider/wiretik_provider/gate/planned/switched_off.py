"""Addresses and routes of IPv6 that a program gives to a router on which IPv6 is switched off.

`/ipv6/settings disable-ipv6` is for the whole router (MikroTik's manual, cli-reference/ipv6/settings), and no row of
IPv6 says anything of it: they would stand there and carry nothing.

Pure. It is a warning and no refusal: whoever switches IPv6 on later has the rows already. Blackholes and rules of the
firewall, which keep IPv6 from going past a VPN, are right there all the same, so of these nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wiretik_provider.declared import Declared
from wiretik_provider.trace.family import SIX
from wiretik_provider.trace.router.snapshot import Snapshot

__all__ = ["warnings"]

_NAMED = 3
"""So many rows are named; the others are counted."""


def warnings(then: Snapshot, declared: Sequence[Declared]) -> Iterator[str]:
    """The line that says so, once for all rows.

    Args:
        then: the router as it will be.
        declared: the program's resources.
    """
    if SIX.settings in then.unread or then.setting(SIX.settings, "disable-ipv6", "no") not in ("true", "yes"):
        return
    names = [row.name for row in declared if _carries(row)]
    if names:
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        yield (
            f"{SIX.settings} disable-ipv6 is on, so nothing goes by IPv6 on this router, whatever "
            f"{', '.join(names[:_NAMED])}{more} say: switch it on, "
            f'wt.MenuSettings("{SIX.settings}", "ipv6", disable_ipv6=False), or leave the addresses and prefixes of '
            "IPv6 out of the program"
        )


def _carries(row: Declared) -> bool:
    """Whether a row is there for IPv6 to get somewhere."""
    if row.values.get("disabled"):
        return False
    gateway = "gateway" in row.values or "gateway" in row.waiting
    return row.kind == SIX.addresses or (row.kind == SIX.routes and gateway)
