"""Conditions on a router's packets after a deployment, checked by the path tracer before the first write.

An expectation is no resource: nothing of it is in the state. It is asked in every preview and every up, with the
router's present rows and the program's; one that won't hold stops the deployment.
"""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from typing import Any

import pulumi

from wiretik.resources.base.gate import gate_of
from wiretik.resources.base.misuse import Misuse
from wiretik.resources.base.router import Router
from wiretik.resources.base.row import Ref, Row, _plain
from wiretik_provider.codecs.spans import span4, span6

__all__ = ["Expect"]

Places = pulumi.Input[str] | Sequence[pulumi.Input[str]]


class Expect:
    """Packets from somewhere, and the condition that they must meet.

    One answer holds for every packet from the given prefix, of every kind that is asked about; if it doesn't hold, the
    deployment stops and names a packet that shows it, the rule that decides, and a cure.

    Example:
        ```python
        lan = wt.Expect("192.168.88.0/24", in_interface="bridge")
        lan.reaches("router", port=8729)
        lan.leaves_by(wg0, to="1.1.1.1", translated=True)
        lan.never_leaves_by("WAN")
        wt.Expect("198.51.100.0/24", in_interface="ether1").is_dropped(to="192.168.88.0/24")
        ```

    IPv4 and IPv6 are asked about apart: `source` is of one of the two, and so is every `to`.

    Args:
        source: an address or a prefix that packets come from; of a prefix the router's own addresses are left out.
        in_interface: the interface that they come in by; where it isn't said, the one by which the router would
            answer.
        router: which router; may be left out where the stack has only one.
    """

    def __init__(
        self,
        source: pulumi.Input[str],
        *,
        in_interface: Ref | None = None,
        router: Router | str = "",
        _promise: bool = False,
    ) -> None:
        self._packets = {"source": source, "enters": in_interface}
        self._router = router.name if isinstance(router, Router) else router
        self._promise = _promise

    def reaches(
        self,
        to: Places,
        *,
        port: pulumi.Input[int] | None = None,
        protocol: pulumi.Input[str] | None = None,
        down: Ref | Sequence[Ref] | None = None,
        up: Ref | Sequence[Ref] | None = None,
        name: str = "",
    ) -> None:
        """They get there, and the answer gets back.

        Args:
            to: addresses and prefixes, or `"router"`: its own addresses on the interface that they come in by.
            port: where to; with a port it is TCP, without one a ping, unless `protocol` says otherwise.
            protocol: by name or number.
            down: an interface, or several, that is taken to be down meanwhile.
            up: an interface, or several, by which gateways that routes check are taken to answer meanwhile.
            name: what the message calls it.
        """
        self._expect("reaches", name, to=to, port=port, protocol=protocol, down=down, up=up)

    def leaves_by(
        self,
        out_interface: Ref,
        *,
        to: Places = (),
        port: pulumi.Input[int] | None = None,
        protocol: pulumi.Input[str] | None = None,
        translated: bool = False,
        down: Ref | Sequence[Ref] | None = None,
        up: Ref | Sequence[Ref] | None = None,
        name: str = "",
    ) -> None:
        """They leave by an interface, the first packet of a connection and, where FastTrack takes it, all later ones.

        Args:
            out_interface: the interface, or the name of an interface list.
            to: addresses and prefixes; everywhere if it isn't said. The router's own addresses don't count.
            port: the destination port; it makes the packets TCP unless `protocol` says otherwise.
            protocol: by name or number; every one if neither it nor a port is said.
            translated: whether their source must be one that a NAT rule has translated.
            down: an interface, or several, that is taken to be down meanwhile.
            up: an interface, or several, by which gateways that routes check are taken to answer meanwhile.
            name: what the message calls it.
        """
        self._expect(
            "leaves_by",
            name,
            by=out_interface,
            to=to,
            port=port,
            protocol=protocol,
            translated=translated,
            down=down,
            up=up,
        )

    def never_leaves_by(
        self,
        out_interface: Ref,
        *,
        to: Places = (),
        port: pulumi.Input[int] | None = None,
        protocol: pulumi.Input[str] | None = None,
        down: Ref | Sequence[Ref] | None = None,
        up: Ref | Sequence[Ref] | None = None,
        name: str = "",
    ) -> None:
        """No packet of theirs leaves by an interface, not even a later one of a connection that FastTrack took.

        Args:
            out_interface: the interface, or the name of an interface list.
            to: addresses and prefixes; everywhere if it isn't said.
            port: the destination port; it makes the packets TCP unless `protocol` says otherwise.
            protocol: by name or number; every one if neither it nor a port is said.
            down: an interface, or several, that is taken to be down meanwhile: `down=wg0` asks for a kill switch.
            up: an interface, or several, by which gateways that routes check are taken to answer meanwhile.
            name: what the message calls it.
        """
        self._expect("never_leaves_by", name, by=out_interface, to=to, port=port, protocol=protocol, down=down, up=up)

    def is_dropped(
        self,
        *,
        to: Places = (),
        port: pulumi.Input[int] | None = None,
        protocol: pulumi.Input[str] | None = None,
        name: str = "",
    ) -> None:
        """None of them gets anywhere.

        Args:
            to: addresses and prefixes; everywhere if it isn't said.
            port: the destination port; it makes the packets TCP unless `protocol` says otherwise.
            protocol: by name or number; every one if neither it nor a port is said.
            name: what the message calls it.
        """
        self._expect("is_dropped", name, to=to, port=port, protocol=protocol)

    def keeps_off(self, out_interface: Ref, *, name: str = "") -> None:
        """A tunnel for everything else takes nothing that the router knows to be elsewhere, such as in another VLAN.

        What main has a route for, but for its default route and the interfaces that this leads to, must get there if it
        would without a routing mark. A network that the firewall keeps them out of isn't counted.

        Args:
            out_interface: the tunnel.
            name: what the message calls it.
        """
        self._expect("keeps_off", name, by=out_interface, to=())

    def _is_lan(self, name: str, said: str, **vpn: Sequence[Any]) -> None:
        """They are a LAN's: the interface has an address among them. Components say so of the LANs that they are told.

        Args:
            name: what the message calls it.
            said: the argument that names them.
            vpn: where a VPN takes the LAN's packets, the interfaces and lists by which it does instead.
        """
        self._expect("lan", name, to=(), said=said, **{key: list(given) for key, given in vpn.items()})

    def _keeps_the_time(self, name: str) -> None:
        """The router learns the time past all tunnels. A component says so that can't come up without it.

        Args:
            name: what the message calls it.
        """
        self._expect("clock", name, to=())

    def _shares(self, name: str) -> None:
        """A tunnel's prefixes are those of other tunnels, too, at the same distance. A component says so that means it.

        Args:
            name: the tunnel's logical name.
        """
        self._expect("shares", name, to=())

    def _expect(self, kind: str, name: str, *, to: Places, **asked: object) -> None:
        places = [to] if isinstance(to, str | pulumi.Output | Awaitable) else list(to)
        _of_one_family(self._packets["source"], places)
        props: dict[str, Any] = {"kind": kind, "to": _plain(places)}
        for key, value in {**self._packets, **asked}.items():
            if isinstance(value, Row) and not value._named:
                raise Misuse(f"Expect: {key} takes a name; {value._menu.a_row} has none")
            if value not in (None, "", False) or isinstance(value, pulumi.Output):
                props[key] = _plain(value)
        gate_of(self._router).expect(name, props, promise=self._promise)


def _of_one_family(source: object, places: Sequence[object]) -> None:
    """Refuses packets that have a source of IPv4 and a destination of IPv6, or the other way round."""
    if isinstance(source, str) and (span6 if ":" in source else span4)(source) is None:
        raise Misuse(f"Expect: {source!r} is neither an address nor a prefix, such as 192.168.88.0/24")
    told = [text for text in (source, *places) if isinstance(text, str) and ("." in text or ":" in text)]
    if len({":" in text for text in told}) > 1:
        four = next(text for text in told if ":" not in text)
        six = next(text for text in told if ":" in text)
        raise Misuse(f"Expect: {four} is IPv4 and {six} is IPv6, and no packet has both: ask about each by itself")
