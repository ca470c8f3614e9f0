"""A bridge with VLAN filtering, inside one network namespace: real frames, by the rules that the rows say.

This kernel may have no 802.1Q, so the bridge is this process: each port is a wire, and so is each interface that the
router has on the bridge, the bridge's own and those of VLANs. It reads JSON lines, one for each state, and answers when
that counts.

It leans on MikroTik's manual alone (docs/facts/menus.md#bridge-vlans): without filtering numbers mean nothing, and
every frame goes everywhere; with it a port's own number is that of its untagged frames, and entries say who else
carries which. As another program it is a host: `switch.py ask DEVICE NUMBER ADDRESS` asks for a neighbour by tagged
frames, `switch.py ping ADDRESS SECONDS` pings.
"""

import json
import select
import socket
import struct
import sys

ALL, TAGGED_ONLY, UNTAGGED_ONLY = "admit-all", "admit-only-vlan-tagged", "admit-only-untagged-and-priority-tagged"
CPU = "bridge"
AUXDATA, VLAN_VALID = 8, 1 << 4
DOT1Q = b"\x81\x00"


def opened(device):
    """A raw socket that tells the number of a tagged frame besides."""
    found = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
    found.bind((device, 0))
    found.setsockopt(263, AUXDATA, 1)
    found.setblocking(False)
    return found


def received(one):
    """A frame without its tag, and its number; None for what the namespace itself sends."""
    data, more, _, address = one.recvmsg(4096, 256)
    if address[2] == socket.PACKET_OUTGOING:
        return None
    for _, kind, told in more:
        if kind == AUXDATA:
            status, tci = struct.unpack("=I12xH2x", told)
            if status & VLAN_VALID:
                return data, tci & 0xFFF
    return (data[:12] + data[16:], struct.unpack("!H", data[14:16])[0] & 0xFFF) if data[12:14] == DOT1Q else (data, 0)


def tagged(frame, number):
    return frame[:12] + DOT1Q + struct.pack("!H", number) + frame[12:] if number else frame


class Bridge:
    """What a state says.

    Args:
        state: `filtering`; `ports` by name with `pvid` and `frame-types`, the bridge's own among them; `tagged` by
            number; `links`, the numbers of VLANs' interfaces by name.
    """

    def __init__(self, state):
        self.state = state

    def enters(self, port, number):
        """The VLAN of a frame that comes in by a port; None where it is dropped."""
        own = self.state["ports"][port]
        if number == 0:
            return None if own["frame-types"] == TAGGED_ONLY else own["pvid"]
        if own["frame-types"] == UNTAGGED_ONLY:
            return None
        return number if self.carries(port, number) is not None else None

    def carries(self, port, vlan):
        """With which number a port sends a VLAN's frames: 0 is none; None where it doesn't."""
        if port in self.state["tagged"].get(str(vlan), ()):
            return vlan
        own = self.state["ports"][port]
        return 0 if own["pvid"] == vlan and own["frame-types"] != TAGGED_ONLY else None

    def ways(self, port, number):
        """Where a frame goes, and with which number."""
        if not self.state["filtering"]:
            return [(other, number) for other in self.state["ports"] if other != port]
        vlan = self.enters(port, number)
        found = [] if vlan is None else [(other, self.carries(other, vlan)) for other in self.state["ports"]]
        return [(other, with_) for other, with_ in found if other != port and with_ is not None]


def serve():
    wires = {}
    bridge = Bridge({"filtering": False, "ports": {}, "tagged": {}, "links": {}})
    while True:
        ready, _, _ = select.select([sys.stdin, *wires.values()], [], [])
        if sys.stdin in ready:
            line = sys.stdin.readline()
            if not line:
                return
            bridge = Bridge(json.loads(line))
            links = bridge.state["links"]
            for name in {*bridge.state["ports"], *links} - {*wires}:
                wires[name] = opened(f"sw-{name}")
            print("ready", flush=True)
            continue
        for name, one in wires.items():
            if one in ready and (got := received(one)) is not None:
                forward(bridge, wires, name, *got)


def forward(bridge, wires, name, frame, number):
    links = bridge.state["links"]
    if name in links:  # a VLAN's interface on the bridge: what it sends has its number
        if number:
            return
        port, number = CPU, links[name]
    elif name in bridge.state["ports"]:
        port = name
    else:
        return
    for other, with_ in bridge.ways(port, number):
        if other != CPU or not with_:
            wires[other].send(tagged(frame, with_))
            continue
        for link, own in links.items():
            if own == with_:
                wires[link].send(frame)


def ask(device, number, address):
    """Whether somebody answers who has an address, asked by ARP with a number."""
    mac, own = bytes.fromhex("025754aa0001"), socket.inet_aton(address.rpartition(".")[0] + ".77")
    request = struct.pack("!HHBBH", 1, 0x0800, 6, 4, 1) + mac + own + bytes(6) + socket.inet_aton(address)
    one = opened(device)
    one.send(tagged(b"\xff" * 6 + mac + b"\x08\x06" + request, int(number)))
    while select.select([one], [], [], 1)[0]:
        got = received(one)
        if got is not None and got[1] == int(number) and got[0][12:14] == b"\x08\x06" and got[0][20:22] == b"\x00\x02":
            print("yes", flush=True)
            return
    print("no", flush=True)


def ping(address, patience):
    """Whether a ping is answered."""
    head = struct.pack("!BBHHH", 8, 0, 0, 1, 1)
    with socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP) as one:
        one.sendto(head[:2] + struct.pack("!H", ~(0x0802) & 0xFFFF) + head[4:], (address, 0))
        while select.select([one], [], [], float(patience))[0]:
            if one.recv(256)[20] == 0:
                print("yes", flush=True)
                return
    print("no", flush=True)


if __name__ == "__main__":
    {"ask": ask, "ping": ping}.get("".join(sys.argv[1:2]), serve)(*sys.argv[2:])
