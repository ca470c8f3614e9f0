"""Netwatch tells of lines that fall silent, and drops what began by a line when another is taken.

A connection keeps the translation that it began with, so it would leave by the other line with an address that is none
of its own (docs/facts/packet-path.md#when-the-way-changes). Rule: nothing here keeps a state or writes a row that a
program declares; at every probe it is looked at which route is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pulumi

from wiretik.components.shared.alive import AFTER_BOOT, EVERY
from wiretik.components.shared.making import EVERYBODY, Making
from wiretik.components.uplinks.args import UplinksArgs, Wan
from wiretik.resources.every.menu_row import MenuRow

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
    more = f"; {args.tell}" if args.tell else ""
    hosts = [(version, host) for version in wan.versions for host in wan.asked(version)]
    first = dict(reversed(hosts))
    for version, host in hosts:
        said = re.sub(r'["\\$\r\n?]', "_", f"{make.name}: {host} by {wan.interface}")
        MenuRow(
            "/tool/netwatch",
            make.named(f"watch-{wan.interface}-{host.replace(':', '-')}"),
            make.below(*after),
            router=make.router,
            name=f"{wan.mark}-{host}",
            host=wan.called(host, version),
            type="simple",  # the other kind takes an average above 100 ms for silence
            interval=EVERY,
            startup_delay=AFTER_BOOT,
            down_script=f':log warning "{said} is silent"{more}',
            up_script=f':log info "{said} answers"{more}',
            test_script="; ".join(_drops(args, wan, version)) if first[version] == host else None,
            comment=f"{make.name}: {wan.interface}",
        )


def _drops(args: UplinksArgs, wan: Wan, version: int) -> Iterator[str]:
    """The script that drops what began by a line, where a route of another is the active one."""
    menu, everybody = _MENU[version], EVERYBODY[version]
    began = f'[{menu}/firewall/connection/find connection-mark="{_escaped(wan.began)}"]'
    for other in args.having(version):
        for host in other.asked(version) if other is not wan else ():
            gateway = other.called(host, version)
            gateway = f'"{_escaped(gateway)}"' if "%" in gateway else gateway  # behind which an interface's name stands
            found = f'{menu}/route/find routing-table="main" dst-address={everybody} gateway={gateway} active=yes'
            yield f":if ([:len [{found}]] > 0) do={{{menu}/firewall/connection/remove {began}}}"


def _escaped(name: str) -> str:
    """A name inside a script's quotes."""
    return re.sub(r'["\\$]', r"\\\g<0>", name)
