"""What a Linux host runs to let a tunnel out by its own line, and the undoing. Pure: choices in, shell commands out.

Rule: every command may run twice, and the undoing leaves the host as it was, forwarding included. What goes into a
command is a prefix or an interface's name, and nothing else: root runs it.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Iterator, Sequence

import attrs

from wiretik.components.shared.prefixes import prefix
from wiretik.resources.base.lists import listed

__all__ = ["Firewall", "LinuxExitNode"]


class Firewall(enum.StrEnum):
    """Which of Linux's firewalls a host uses."""

    NFTABLES = "nftables"
    """A table of its own, which the undoing deletes whole."""
    IPTABLES = "iptables"
    """Rules in the chains `POSTROUTING` and `FORWARD`."""


def _prefixes(texts: Sequence[str]) -> tuple[str, ...]:
    listed("LinuxExitNode", "sources", texts)
    return tuple(str(prefix(text)) for text in texts)


def _interface(_: object, attribute: attrs.Attribute[str], value: str) -> None:
    """What goes into a command must be no more than a name."""
    if value and not re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,14}", value):
        raise ValueError(f"{attribute.name}: {value!r} is not a Linux interface's name")


@attrs.frozen(kw_only=True)
class LinuxExitNode:
    """What a Linux host behind a tunnel runs, so that others reach the internet, or its LAN, by it.

    It forwards, and gives what leaves its own address, since nobody out there knows the way back into the tunnel. As a
    script (`script`, `undo`) or as lines of a wg-quick file (`post_up`, `post_down`). Nothing of it is deployed: a
    Linux host is no router of the stack.

    Example:
        ```python
        laptop = wt.LinuxExitNode(sources=["10.99.0.0/24"], outgoing="eth0")
        pulumi.export("on-the-laptop", laptop.script)
        ```

    Args:
        sources: the prefixes that come out of the tunnel: only they get the host's address. Without them all that
            leaves by `outgoing` does, which is fine for most home hosts.
        outgoing: the interface towards the internet, `eth0`; every one but the tunnel where it isn't given.
        interface: the WireGuard interface; in a wg-quick file it is that file's.
        firewall: which firewall the host uses.

    Raises:
        ValueError: a source isn't a prefix, an interface isn't a name, or neither `sources` nor `outgoing` is given.
    """

    sources: Sequence[str] = attrs.field(default=(), converter=_prefixes)
    outgoing: str = attrs.field(default="", validator=_interface)
    interface: str = attrs.field(default="wg0", validator=_interface)
    firewall: Firewall = attrs.field(default=Firewall.IPTABLES, converter=Firewall)

    def __attrs_post_init__(self) -> None:
        if not self.sources and not self.outgoing:
            raise ValueError(
                "an exit node needs sources=, outgoing= or both: which packets get its address on the way out?"
            )

    @property
    def post_up(self) -> tuple[str, ...]:
        """Commands for wg-quick's `PostUp`, a line each."""
        return (*_forwarding(self._families, "%i"), *self._rules("%i"))

    @property
    def post_down(self) -> tuple[str, ...]:
        """Commands for wg-quick's `PostDown`, a line each."""
        return (*self._undone("%i"), *_as_before(self._families, "%i"))

    @property
    def script(self) -> str:
        """A shell script that does it, to be run as root."""
        return _script((*_forwarding(self._families, self.interface), *self._rules(self.interface)))

    @property
    def undo(self) -> str:
        """A shell script that undoes it."""
        return _script((*self._undone(self.interface), *_as_before(self._families, self.interface)))

    @property
    def _families(self) -> dict[int, list[str]]:
        """The sources by IP version; of all sources IPv4 is meant."""
        found: dict[int, list[str]] = {}
        for text in self.sources:
            found.setdefault(prefix(text).version, []).append(text)
        return found or {4: []}

    def _rules(self, tunnel: str) -> Iterator[str]:
        if self.firewall is Firewall.NFTABLES:
            for version, sources in self._families.items():
                table = _table(version, tunnel)
                hook = "{ type nat hook postrouting priority 100 ; }"
                yield f"nft add table {table}"
                yield f"nft delete table {table}"  # with what an earlier run left in it
                yield f"nft add table {table}"
                yield f"nft 'add chain {table} postrouting {hook}'"
                yield f"nft 'add rule {table} postrouting {self._matched(version, sources, tunnel)} masquerade'"
            return
        for command, add, rule in self._chained(tunnel):
            yield f"{command} -C {rule} 2>/dev/null || {command} {add} {rule}"

    def _undone(self, tunnel: str) -> Iterator[str]:
        if self.firewall is Firewall.NFTABLES:
            for version in self._families:
                yield f"nft add table {_table(version, tunnel)}"  # so that deleting it twice is no error
                yield f"nft delete table {_table(version, tunnel)}"
            return
        for command, _, rule in self._chained(tunnel):
            yield f"{command} -D {rule} 2>/dev/null || true"

    def _matched(self, version: int, sources: Sequence[str], tunnel: str) -> str:
        way = f'oifname "{self.outgoing}"' if self.outgoing else f'oifname != "{tunnel}"'
        whose = f"{'ip' if version == 4 else 'ip6'} saddr {{ {', '.join(sources)} }} " if sources else ""
        return whose + way

    def _chained(self, tunnel: str) -> Iterator[tuple[str, str, str]]:
        """Each rule with its command and where it goes: the masquerade, and accepts in front of any drop."""
        way = f"-o {self.outgoing}" if self.outgoing else f"! -o {tunnel}"
        for version, sources in self._families.items():
            command = "iptables" if version == 4 else "ip6tables"
            for whose in [f"-s {source} " for source in sources] or [""]:
                yield f"{command} -t nat", "-A", f"POSTROUTING {whose}{way} -j MASQUERADE"
            yield command, "-I", f"FORWARD -i {tunnel} -j ACCEPT"
            yield command, "-I", f"FORWARD -o {tunnel} -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT"


_SWITCHES = {4: "net.ipv4.ip_forward", 6: "net.ipv6.conf.all.forwarding"}


def _table(version: int, tunnel: str) -> str:
    return f"{'ip' if version == 4 else 'ip6'} wiretik-{tunnel}"


def _forwarding(versions: Iterable[int], tunnel: str) -> Iterator[str]:
    """Forwarding on; what it was before is kept where a reboot forgets it."""
    for version in versions:
        switch, kept = _SWITCHES[version], f"/run/wiretik-{tunnel}-{version}"
        yield f"test -e {kept} || sysctl -n {switch} > {kept}"
        yield f"sysctl -w {switch}=1"


def _as_before(versions: Iterable[int], tunnel: str) -> Iterator[str]:
    for version in versions:
        switch, kept = _SWITCHES[version], f"/run/wiretik-{tunnel}-{version}"
        yield f'test ! -e {kept} || {{ sysctl -w {switch}="$(cat {kept})" && rm {kept}; }}'


def _script(commands: Sequence[str]) -> str:
    return "\n".join(["#!/bin/sh", "# Made by Wiretik; run it as root.", "set -eu", *commands, ""])
