"""Plain Linux hosts as the tracer sees them: a wg-quick tunnel, and the commands of a client that lets others out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from wiretik_provider.trace.packet import dotted
from wiretik_provider.trace.router.derive import Rows, derived
from wiretik_provider.trace.router.snapshot import Snapshot, span_of

__all__ = ["host"]

WIREGUARD: Final = "/interface/wireguard"
PEERS: Final = "/interface/wireguard/peers"


def host(
    address: str,
    public_key: str,
    peer_key: str,
    allowed: Iterable[str],
    *,
    endpoint: str = "",
    uplink: str = "192.0.2.2/24",
    lan: str = "",
    forwards: bool = False,
    routes: bool = True,
    listen_port: int = 51820,
) -> Snapshot:
    """A Linux host with a wg-quick tunnel `wg0`: `eth0` is its way out, `eth1` its LAN.

    Args:
        address: its own in the tunnel, with a mask.
        public_key: its key.
        peer_key: the key of its only peer.
        allowed: the peer's AllowedIPs.
        endpoint: where it calls the peer, `ADDRESS:PORT`.
        uplink: its address outside, with a mask; the first address of that network is its gateway.
        lan: its address in the LAN behind it, with a mask.
        forwards: whether it forwards, and masquerades what leaves by `eth0` or into the LAN.
        routes: whether the AllowedIPs are routed into the tunnel, as wg-quick does without `Table = off`.
        listen_port: where it listens.
    """
    prefixes = list(allowed)
    outside = span_of(uplink) or (0, 0)
    interfaces = {"eth0": uplink, "wg0": address, **({"eth1": lan} if lan else {})}
    called, _, port = endpoint.rpartition(":")
    peer = {"interface": "wg0", "name": "peer", "public-key": peer_key, "allowed-address": ",".join(prefixes)}
    peer |= {"endpoint-address": called, "endpoint-port": port} if endpoint else {}
    into = [text for text in prefixes if routes and text != "0.0.0.0/0"]
    rows: dict[str, list[dict[str, str]]] = {
        "/interface": [{"name": name, "type": "ether"} for name in interfaces if name != "wg0"],
        WIREGUARD: [{"name": "wg0", "public-key": public_key, "listen-port": str(listen_port)}],
        PEERS: [peer],
        "/ip/address": [{"interface": name, "address": text} for name, text in interfaces.items()],
        "/ip/route": [
            {"dst-address": "0.0.0.0/0", "gateway": dotted(outside[0] + 1)},
            *({"dst-address": text, "gateway": "wg0"} for text in into),
        ],
        "/ip/settings": [{"ip-forward": "true" if forwards else "false"}],
    }
    if forwards:
        out = [name for name in ("eth0", "eth1") if name in interfaces]
        rows["/ip/firewall/nat"] = [{"chain": "srcnat", "out-interface": name, "action": "masquerade"} for name in out]
    if routes and "0.0.0.0/0" in prefixes:
        rows |= _everything_into_the_tunnel(called, port)
        rows["/ip/route"].append({"dst-address": "0.0.0.0/0", "gateway": "wg0", "routing-table": "wg-quick"})
    return Snapshot(derived(_numbered(rows)))


def _everything_into_the_tunnel(called: str, port: str) -> dict[str, list[dict[str, str]]]:
    """What wg-quick does of 0.0.0.0/0: a table for all but the tunnel's own packets and what main knows better."""
    own = {"chain": "output", "protocol": "udp", "dst-address": called, "dst-port": port}
    own |= {"action": "mark-routing", "new-routing-mark": "main"}
    return {
        "/routing/table": [{"name": "wg-quick", "fib": ""}],
        "/routing/rule": [
            {"action": "lookup", "table": "main", "min-prefix": "0"},
            {"action": "lookup", "table": "wg-quick"},
        ],
        "/ip/firewall/mangle": [{**own, "action": "mark-routing", "new-routing-mark": "main"}]
        if span_of(called)
        else [],
    }


def _numbered(rows: Mapping[str, list[dict[str, str]]]) -> Rows:
    return {path: [{".id": f"*{at:X}", **row} for at, row in enumerate(some, 1)] for path, some in rows.items()}
