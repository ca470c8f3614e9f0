"""How fast the embedded router is: adds and prints per second, memory per 100,000 entries.

The adds are set against a bare server that only decodes sentences and answers `!done`, in the same run: what the
router itself costs is the ratio, which the machine's speed doesn't change much.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
import threading
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from rawclient import RawClient
from wiretik_provider.simulator import Router, serve
from wiretik_provider.wire import Decoder, encode

ADDS = 10_000
ENTRIES = 100_000
RULES = 10_000


def adds(count: int) -> list[tuple[str, ...]]:
    return [
        ("/ip/firewall/address-list/add", "=list=a", f"=address=10.{n >> 16}.{n >> 8 & 255}.{n & 255}", f".tag={n}")
        for n in range(count)
    ]


def timed_batch(client: RawClient, count: int) -> float:
    batch = b"".join(map(encode, adds(count)))
    began = time.perf_counter()
    writer = threading.Thread(target=client.socket.sendall, args=(batch,))
    writer.start()
    for _ in range(count):
        client.sentence()
    writer.join()
    return time.perf_counter() - began


class Bare(asyncio.Protocol):
    """Decodes sentences and answers `!done` with their tag."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.decoder = Decoder()

    def data_received(self, data: bytes) -> None:
        for sentence in self.decoder.feed(data):
            self.transport.write(encode(("!done", *(word for word in sentence if word.startswith(".tag=")))))


@contextlib.contextmanager
def bare_server() -> Iterator[int]:
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(loop.create_server(Bare, "127.0.0.1", 0))
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    yield server.sockets[0].getsockname()[1]
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    server.close()
    loop.close()


def main() -> None:
    with bare_server() as port, RawClient("127.0.0.1", port) as client:
        client.talk("/login")
        bare = min(timed_batch(client, ADDS) for _ in range(3))
    routers = []
    for _ in range(3):
        with serve(tls=False) as lab, RawClient(lab.host, lab.api_port) as client:
            client.login()
            routers.append(timed_batch(client, ADDS))
    ours = min(routers)
    print(f"{ADDS:,} tagged adds in one batch: {ours:.2f} s, {ADDS / ours:,.0f}/s")
    print(f"a bare server that only answers: {bare:.2f} s; the router takes {ours / bare:.1f} times as long")

    tracemalloc.start()
    router = Router()
    empty = tracemalloc.get_traced_memory()[0]
    for words in adds(ENTRIES):
        router.execute(words[:-1])
    used = tracemalloc.get_traced_memory()[0] - empty
    tracemalloc.stop()
    print(f"{ENTRIES:,} entries: {used / 2**20:.0f} MiB, {used / ENTRIES:.0f} bytes each")

    with serve(router, tls=False) as lab, RawClient(lab.host, lab.api_port, timeout=120) as client:
        client.login()
        began = time.perf_counter()
        rows = len(client.talk("/ip/firewall/address-list/print")) - 1
        whole = time.perf_counter() - began
        began = time.perf_counter()
        client.talk("/ip/firewall/address-list/print", "=.proplist=.id,address", "?list=a")
        some = time.perf_counter() - began
    print(f"printing {rows:,} rows: {whole:.2f} s, {rows / whole:,.0f} rows/s; two properties {some:.2f} s")

    router = Router()
    began = time.perf_counter()
    for number in range(RULES):
        place = (f"=place-before=*{max(number // 2, 1):X}",) if number else ()
        router.execute(("/ip/firewall/filter/add", "=chain=forward", "=protocol=tcp", "=dst-port=443", *place))
    for number in range(RULES):
        router.execute(("/ip/firewall/filter/move", f"=numbers=*{number + 1:X}", f"=destination=*{RULES - number:X}"))
    print(f"{RULES:,} rules placed in front of others and moved: {time.perf_counter() - began:.2f} s")


if __name__ == "__main__":
    main()
