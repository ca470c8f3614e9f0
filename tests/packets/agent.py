"""Inside one network namespace: sends probes, answers them, and tells which came by, where, from whom and to whom.

It speaks JSON lines on its standard streams and needs nothing but Python. A probe is the first packet of a connection
(a UDP packet, a TCP SYN, a ping) and is known by the port that it comes from, or a ping's identifier, which is one of
PROBES and unique; nothing else here has such a number, and no NAT rule of the lab changes it. Answers are the kernel's
own (SYN+ACK, echo reply) or those of a socket, and go the way that the kernel sends them. A connection that has been
answered goes on when it is told to: data there and back, or another ping. An ICMP error is known by what it is about.
"""

import contextlib
import itertools
import json
import selectors
import socket
import struct
import sys

PROBES = range(20000, 50000)
SERVED = (53, 80, 8080, 8728, 8729, 9999)
OUTGOING = 4
IPV4, IPV6 = 0x0800, 0x86DD
SYN, ACK = 2, 16
ICMP, TCP, UDP, ICMPV6 = 1, 6, 17, 58
ECHO = {ICMP: {8: "probe", 0: "answer"}, ICMPV6: {128: "probe", 129: "answer"}}
ERRORS = {ICMP: range(3, 6), ICMPV6: range(1, 5)}
FIRST, LATER = b"wiretik", b"later"
"""What is sent."""
PKTINFO = 8
RESET = struct.pack("ii", 1, 0)
"""SO_LINGER: close at once and leave no half-open connection behind."""
FORGET = struct.pack("=IHHIIBBH", 20, 0x0102, 5, 1, 0, socket.AF_INET, 0, 0)
"""Netlink: delete every entry of connection tracking, acknowledged (linux/netfilter/nfnetlink_conntrack.h)."""

seen = []
asking = []
serving = []
sent = {}


def known(data):
    """What a packet says of itself: kind, number, source, destination and port; None where it is nobody's here."""
    if data[0] >> 4 == 6:
        protocol, payload = data[6], data[40:]
        source, destination = (socket.inet_ntop(socket.AF_INET6, data[at : at + 16]) for at in (8, 24))
    else:
        protocol, payload = data[9], data[(data[0] & 15) * 4 :]
        source, destination = socket.inet_ntoa(data[12:16]), socket.inet_ntoa(data[16:20])
    if len(payload) < 8:
        return None
    if protocol in ECHO and payload[0] in ECHO[protocol]:
        kind, number, port = ECHO[protocol][payload[0]], struct.unpack("!H", payload[4:6])[0], 0
        kind = f"later {kind}" if payload[7] == 2 else kind  # the second of its sequence
    elif protocol in ERRORS and payload[0] in ERRORS[protocol]:
        about = known(payload[8:])
        if about is None or about[0] != "probe":
            return None
        kind, number, port = "error", about[1], 0
    elif protocol in (TCP, UDP):
        low, high = struct.unpack("!HH", payload[:4])
        kind, number, port = ("answer", high, low) if high in PROBES else ("probe", low, high)
        flags = {"probe": SYN, "answer": SYN | ACK}[kind]
        if protocol == TCP and payload[13] & (SYN | ACK | 4) != flags:
            if LATER not in payload[20:] or payload[13] & (SYN | ACK | 4) != ACK:
                return None  # a connection's end, or an ACK without data
            kind = f"later {kind}"
        elif protocol == UDP and payload[8:] == LATER:
            kind = f"later {kind}"
    else:
        return None
    return (kind, number, source, destination, port) if number in PROBES else None


def drain(tap):
    """Every probe that comes into the namespace, by the interface it comes in by."""
    with contextlib.suppress(BlockingIOError):
        while True:
            data, address = tap.recvfrom(2048)
            if address[2] != OUTGOING and (told := known(data)):
                seen.append([address[0], *told])


def answer(server):
    """A UDP answer from the address that was asked."""
    with contextlib.suppress(OSError):
        data, told, _, sender = server.recvmsg(2048, 256)
        for _, kind, info in told:
            if kind == PKTINFO and sender[1] in PROBES:
                source = struct.pack("=I4s4s", 0, info[8:12], bytes(4))
                server.sendmsg([data], [(socket.IPPROTO_IP, PKTINFO, source)], 0, sender)
            elif kind == socket.IPV6_PKTINFO and sender[1] in PROBES:
                source = info[:16] + struct.pack("=I", 0)  # from the address, by any interface
                server.sendmsg([data], [(socket.IPPROTO_IPV6, socket.IPV6_PKTINFO, source)], 0, sender)


def accept(server):
    with contextlib.suppress(OSError):
        one, _ = server.accept()
        one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        one.setblocking(False)
        asking.append(one)
        serving.append(one)


def serve():
    """Data back where data came."""
    for one in serving:
        with contextlib.suppress(OSError):
            if data := one.recv(64):
                one.send(data)


def ping(number, protocol, turn=1):
    if protocol == "icmpv6":
        return struct.pack("!BBHHH", 128, 0, 0, number, turn)  # the kernel adds the sum
    head = struct.pack("!BBHHH", 8, 0, 0, number, turn)
    total = sum(struct.unpack("!4H", head))
    return head[:2] + struct.pack("!H", ~(total + (total >> 16)) & 0xFFFF) + head[4:]


KINDS = {
    "udp": (socket.SOCK_DGRAM, 0),
    "tcp": (socket.SOCK_STREAM, 0),
    "icmp": (socket.SOCK_RAW, socket.IPPROTO_ICMP),
    "icmpv6": (socket.SOCK_RAW, socket.IPPROTO_ICMPV6),
}


def send(probe):
    """One probe, from where the kernel sends it; its socket stays open, for the answer."""
    kind, protocol = KINDS[probe["protocol"]]
    out = socket.socket(socket.AF_INET6 if ":" in probe["dst"] else socket.AF_INET, kind, protocol)
    asking.append(out)
    sent[probe["id"]] = out
    out.setblocking(False)
    with contextlib.suppress(OSError):
        if kind == socket.SOCK_RAW:
            out.bind((probe["src"], 0))
            out.sendto(ping(probe["id"], probe["protocol"]), (probe["dst"], 0))
            return
        if probe["protocol"] == "tcp":
            out.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        out.bind((probe["src"], probe["id"]))
        if probe["protocol"] == "tcp":
            out.connect((probe["dst"], probe["port"]))
        else:
            out.sendto(FIRST, (probe["dst"], probe["port"]))


def go_on(probe):
    """A later packet of the same connection; of one that has no answer TCP sends none."""
    out = sent[probe["id"]]
    with contextlib.suppress(OSError):
        if probe["protocol"] == "tcp":
            out.send(LATER)
        elif probe["protocol"] == "udp":
            out.sendto(LATER, (probe["dst"], probe["port"]))
        else:
            out.sendto(ping(probe["id"], probe["protocol"], 2), (probe["dst"], 0))


def stop():
    for out in asking:
        out.close()
    for several in (asking, serving, sent):
        several.clear()


def forget():
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 12) as netlink:
        netlink.send(FORGET)
        code = struct.unpack("=i", netlink.recv(4096)[16:20])[0]
        assert code == 0, f"connection tracking can't be emptied: error {code}"


def listen(selector):
    kinds = ((socket.SOCK_DGRAM, answer), (socket.SOCK_STREAM, accept))
    for port, family, (kind, work) in itertools.product(SERVED, (socket.AF_INET, socket.AF_INET6), kinds):
        server = socket.socket(family, kind)
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            server.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        if kind == socket.SOCK_DGRAM and family == socket.AF_INET:
            server.setsockopt(socket.IPPROTO_IP, PKTINFO, 1)
        elif kind == socket.SOCK_DGRAM:
            server.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_RECVPKTINFO, 1)
        server.bind(("", port))
        server.setblocking(False)
        if kind == socket.SOCK_STREAM:
            server.listen(64)
        selector.register(server, selectors.EVENT_READ, work)


def obey(asked, taps):
    """One line from the lab; what was seen since the last one is the answer."""
    if asked.get("forget"):
        forget()
    if asked.get("stop"):
        stop()
    for probe in asked.get("send", ()):
        send(probe)
    for probe in asked.get("go on", ()):
        go_on(probe)
    serve()
    for tap in taps:
        drain(tap)
    told, seen[:] = list(seen), []
    print(json.dumps(told), flush=True)


def main():
    selector = selectors.DefaultSelector()
    taps = [socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(kind)) for kind in (IPV4, IPV6)]
    for tap in taps:
        tap.setblocking(False)
        selector.register(tap, selectors.EVENT_READ, drain)
    listen(selector)
    selector.register(sys.stdin, selectors.EVENT_READ, None)
    print("ready", flush=True)
    while True:
        for key, _ in selector.select():
            if key.data:
                key.data(key.fileobj)
            elif line := sys.stdin.readline():
                obey(json.loads(line), taps)
            else:
                return


main()
