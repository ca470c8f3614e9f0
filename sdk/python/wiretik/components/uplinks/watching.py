"""Netwatch tells of lines that fall silent, and drops what began by a line when another takes its place.

A connection keeps the translation that it began with, so it would leave by the other line with an address that is none
of its own (docs/facts/packet-path.md#when-the-way-changes). Rule: no row is written that a program declares. Which line
was taken at the last probe is an entry of an address list with a time, which is no configuration and doesn't outlive a
reboot (docs/facts/menus.md#ipfirewalladdress-list); what its owner sends by an idle line is left alone until a switch.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import pulumi

from wiretik._text import quoted
from wiretik.components.shared.alive import netwatch
from wiretik.components.shared.making import EVERYBODY, Making
from wiretik.components.uplinks.args import UplinksArgs, Wan

__all__ = ["watch"]

_MENU = {4: "/ip", 6: "/ipv6"}
_KEPT: Final = "30w"
"""So long an entry tells that a line is taken; behind it a switch to the same line is seen, and drops nothing of it."""


_ANYBODY: Final = {4: "127.0.0.1", 6: "::1"}
"""The entry's address, which nobody looks at."""


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
        scripts = [_switch(args, one, version) for one in _seen_by(args, wan, version)]
        netwatch(
            make,
            f"watch-{wan.interface}-{host.replace(':', '-')}",
            name=f"{wan.mark}-{host}",
            host=wan.called(host, version),
            said=f"{make.name}: {host} by {wan.interface}",
            tell=args.tell,
            test="; ".join(filter(None, scripts)) or None if first[version] == host else None,
            comment=f"{make.name}: {wan.interface}",
            after=after,
        )


def _seen_by(args: UplinksArgs, wan: Wan, version: int) -> list[Wan]:
    """The lines whose switch a line's first host sees: its own, and the first one's those that ask nobody."""
    asking = [one for one in args.having(version) if one.asked(version)]
    return [wan, *(one for one in args.having(version) if wan is asking[0] and not one.asked(version))]


def _switch(args: UplinksArgs, wan: Wan, version: int) -> str | None:
    """The script that sees a line take the place of another one, and drops what began by any other.

    Where lines share connections what began by a line is dropped while that is dead and another one isn't.
    """
    others = [one for one in args.having(version) if one is not wan]
    if not others:
        return None
    if args.balance:
        rest = " + ".join(_active(one, version) for one in others)
        return f":if (({_active(wan, version)} = 0) && (({rest}) > 0)) do={{{_drop(wan, version)}}}"
    entries = f"{_MENU[version]}/firewall/address-list"
    own = f"list={quoted(_taken(wan))}"
    done = [_drop(one, version) for one in others]
    done += [f"{entries}/remove [{entries}/find list={quoted(_taken(one))}]" for one in others]
    done.append(f"{entries}/add {own} address={_ANYBODY[version]} timeout={_KEPT}")
    new = f"(({_active(wan, version)} > 0) && ([:len [{entries}/find {own}]] = 0))"
    return f":if {new} do={{{'; '.join(done)}}}"


def _taken(wan: Wan) -> str:
    """The list that has an entry while the line is the one that is taken."""
    return f"{wan.mark}-taken"


def _active(wan: Wan, version: int) -> str:
    """How many default routes of a line are active, as an expression."""
    menu = f"{_MENU[version]}/route"
    gateways = [wan.called(host, version) for host in wan.asked(version)]  # behind % stands an interface's name
    asked = [f"gateway={quoted(one) if '%' in one else one}" for one in gateways]
    if not asked:
        by = re.sub(r"([][\\.^$*+?{}|()])", r"\\\1", wan.interface)
        asked = [f"immediate-gw~{quoted(f'%{by}$')}"]
    where = f'routing-table="main" dst-address={EVERYBODY[version]}'
    return f"({' + '.join(f'[:len [{menu}/find {where} {one} active=yes]]' for one in asked)})"


def _drop(wan: Wan, version: int) -> str:
    """The command that drops what began by a line."""
    menu = f"{_MENU[version]}/firewall/connection"
    return f"{menu}/remove [{menu}/find connection-mark={quoted(wan.began)}]"
