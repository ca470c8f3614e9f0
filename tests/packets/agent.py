"""Inside one network namespace: sends probes, and tells which probes came by, where, and from whom.

It speaks JSON lines on its standard streams and needs nothing but Python. A probe is a UDP packet that names itself.
"""

import contextlib
import json
import socket
import sys
import threading

MARK = b"WTP:"
OUTGOING = 4
seen = []
lock = threading.Lock()


def note(where, source, payload):
    with lock:
        seen.append([where, source, payload.removeprefix(MARK).decode()])


def sniff():
    """Every probe that comes into the namespace, by the interface it comes in by."""
    tap = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(0x0800))
    while True:
        data, address = tap.recvfrom(2048)
        length = (data[0] & 15) * 4
        payload = data[length + 8 :]
        if address[2] != OUTGOING and data[9] == 17 and payload.startswith(MARK):
            note(address[0], socket.inet_ntoa(data[12:16]), payload)


def serve(port):
    """What gets to a program of this host."""
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("0.0.0.0", port))
    while True:
        data, address = server.recvfrom(2048)
        if data.startswith(MARK):
            note("here", address[0], data)


def send(probe):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out, contextlib.suppress(OSError):
        out.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, probe["device"].encode())
        out.bind((probe["src"], probe["src_port"]))
        out.sendto(MARK + probe["id"].encode(), (probe["dst"], probe["port"]))


def main():
    for what in sys.argv[1:]:
        work = (sniff, ()) if what == "sniff" else (serve, (int(what),))
        threading.Thread(target=work[0], args=work[1], daemon=True).start()
    print("ready", flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        for probe in asked.get("send", ()):
            send(probe)
        with lock:
            told, seen[:] = list(seen), []
        print(json.dumps(told), flush=True)


main()
