"""Netwatch tells of lines that fall silent, and drops what began by a line when another is taken.

A connection keeps the translation that it began with, so it would leave by the other line with an address that is none
of its own (docs/facts/packet-path.md#when-the-way-changes). Rule: nothing here keeps a state or writes a row that a
program declares; at every probe it is looked at which route is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pulumi

from wiretik.components.shared.alive import netwatch
from wiretik.components.shared.making import EVERYBODY, Making
from wiretik.components.uplinks.args import UplinksArgs, Wan

__all__ = ["watch"]

_MENU = {4: "/ip", 6: "/ipv6"}


def watch(make: Making, args: UplinksArgs, wan: Wan, after: Sequence[pulumi.Resource]) -> None:
    """Watches whoever is asked whether a line is alive.

    Args:
        make: the component.
        args: all lines.
        wan: the line.
        after: what must be there first.
    """
    hosts = [(version, host) for version in wan.versions for host in wan.asked(version)]
    first = dict(reversed(hosts))
    for version, host in hosts:
        netwatch(
            make,
            f"watch-{wan.interface}-{host.replace(':', '-')}",
            name=f"{wan.mark}-{host}",
            host=wan.called(host, version),
            said=f"{make.name}: {host} by {wan.interface}",
            tell=args.tell,
            test="; ".join(_drops(args, wan, version)) if first[version] == host else None,
            comment=f"{make.name}: {wan.interface}",
            after=after,
        )


def _drops(args: UplinksArgs, wan: Wan, version: int) -> Iterator[str]:
    """The script that drops what began by a line, where a route of another is the active one."""
    menu, everybody = _MENU[version], EVERYBODY[version]
    began = f"[{menu}/firewall/connection/find connection-mark={_quoted(wan.began)}]"
    for other in args.having(version):
        for host in other.asked(version) if other is not wan else ():
            gateway = other.called(host, version)
            gateway = _quoted(gateway) if "%" in gateway else gateway  # behind which an interface's name stands
            found = f'{menu}/route/find routing-table="main" dst-address={everybody} gateway={gateway} active=yes'
            yield f":if ([:len [{found}]] > 0) do={{{menu}/firewall/connection/remove {began}}}"


def _quoted(name: str) -> str:
    """A name as a string of the script language."""
    escaped = re.sub(r'["\\$]', r"\\\g<0>", name)
    return f'"{escaped}"'
