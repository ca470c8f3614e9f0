"""A router on a loopback port for tests: `with serve(profile="defconf") as lab`.

The sockets, the TLS and the bytes are real; the router stands in this process, in a thread of its own, so a test can
look into it and change things by hand while a client is at work.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import tempfile
import threading
from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Final, TypedDict, TypeVar, Unpack

from wiretik_provider.simulator.machine.network import Lease
from wiretik_provider.simulator.machine.options import Options
from wiretik_provider.simulator.router import Router
from wiretik_provider.simulator.services.faults import Fault
from wiretik_provider.simulator.services.server import Server
from wiretik_provider.simulator.services.stats import Stats
from wiretik_provider.simulator.services.tls import Identity, anonymous_context, identity

__all__ = ["Lab", "LabOptions", "listen", "serve"]

T = TypeVar("T")

_QUIET: Final = 3
"""So many rounds of the loop with nothing left to close: closing itself takes one or two."""


class Lab:
    """A router that is being served.

    Attributes:
        host: the address that it listens on.
        api_port: the plain API's port.
        apis_port: the API's port with TLS, 0 where there is none.
        rest_port: the REST service's port, 0 where there is none.
        rests_port: the REST service's port with TLS, 0 where there is none.
        router: the router itself.
        fingerprint: SHA-256 of its certificate in hex, empty where it has none.
        ca_file: a PEM file with its certificate, empty where it has none.
    """

    def __init__(self, router: Router, server: Server, loop: asyncio.AbstractEventLoop, host: str) -> None:
        self.router = router
        self.host = host
        self.api_port = 0
        self.apis_port = 0
        self.rest_port = 0
        self.rests_port = 0
        self.fingerprint = ""
        self.ca_file = ""
        self._server = server
        self._loop = loop

    def run(self, command: str, *queries: str, **attributes: str) -> list[dict[str, str]]:
        """Gives a command as another admin would; see `Router.run`."""
        return self.router.run(command, *queries, **attributes)

    def stats(self) -> Stats:
        """What went over the wire so far; the live object."""
        return self._server.stats

    def reset_stats(self) -> None:
        """Counts from zero again."""
        self._server.stats = Stats()

    def fault(self, action: str, path: str = "", verb: str = "", **details: object) -> Fault:
        """Asks for an accident; see `Fault` for the details."""
        fault = Fault(action=action, path=path, verb=verb, **details)  # type: ignore[arg-type]
        self._server.faults.append(fault)
        return fault

    def clear_faults(self) -> None:
        """No more accidents."""
        self._server.faults.clear()

    def drop_connections(self) -> None:
        """Resets every connection, as a link that breaks."""
        self.call(self._server.drop)

    def reboot(self, seconds: float = 0) -> None:
        """Restarts the router: connections drop and new ones are refused for a while."""
        self.call(lambda: self._server.restart(seconds))

    def slow(self, *, rtt_ms: float | None = None, command_ms: float | None = None) -> None:
        """Changes how slow line and router are."""
        if rtt_ms is not None:
            self._server.rtt = rtt_ms / 1000
        if command_ms is not None:
            self._server.command = command_ms / 1000

    def call(self, action: Callable[[], T]) -> T:
        """Does something in the server's own thread and gives its result."""
        result: Future[T] = Future()

        def act() -> None:
            try:
                result.set_result(action())
            except BaseException as error:  # noqa: BLE001  (it is raised again where it was asked for)
                result.set_exception(error)

        self._loop.call_soon_threadsafe(act)
        return result.result(timeout=10)


async def listen(
    server: Server, host: str, ports: Mapping[str, int], tls: Identity | None = None
) -> tuple[list[asyncio.Server], dict[str, int]]:
    """Opens services.

    Args:
        server: who answers.
        host: the address to listen on.
        ports: the port of each service that is wanted, by its name in /ip/service; 0 picks a free one.
        tls: the certificate; None offers anonymous Diffie-Hellman alone, as RouterOS without a certificate does.

    Returns:
        The listeners, and the ports by service.
    """
    loop = asyncio.get_running_loop()
    listeners: list[asyncio.Server] = []
    opened: dict[str, int] = {}
    try:
        for service, port in ports.items():
            connect = functools.partial(server.connection, service)
            if service.endswith("-ssl"):
                context = tls.context() if tls is not None else anonymous_context()
                connect = functools.partial(server.handshake, service, context)
            listeners.append(await loop.create_server(connect, host, port, backlog=1024))
            opened[service] = listeners[-1].sockets[0].getsockname()[1]
    except OSError:
        await hang_up(server, listeners)
        raise
    server.beat()
    return listeners, opened


async def hang_up(server: Server, listeners: Iterable[asyncio.Server]) -> None:
    """Closes listeners and connections and waits until nothing of them is left."""
    listeners = tuple(listeners)
    # A connection that was just accepted is lost with its socket where its listener is closed before asyncio has
    # made its transport, so accepting ends one round earlier.
    for listener in listeners:
        for accepting in listener.sockets:
            asyncio.get_running_loop().remove_reader(accepting.fileno())
    await asyncio.sleep(0)
    for listener in listeners:
        listener.close()
    server.close()
    quiet = 0
    for _ in range(200):
        server.drop()
        quiet = 0 if server.connections or server.clients or server.handshakes else quiet + 1
        if quiet == _QUIET:
            break
        await asyncio.sleep(0 if quiet else 0.005)


class RouterOptions(TypedDict, total=False):
    """What else a router is made of."""

    identity: str
    serial: str
    leases: Mapping[str, Lease] | None
    resolves: Mapping[str, Sequence[str]] | None
    options: Options | None
    clock: Callable[[], float]


class LabOptions(RouterOptions, total=False):
    """What `serve` takes besides the router and its profile."""

    version: str
    tls: bool
    certificate: bool
    rest: bool
    user: str
    password: str
    rtt_ms: float
    command_ms: float
    shuffle: int | None
    cliff: int
    faults: Iterable[Fault]
    host: str
    port: int
    tls_port: int
    certificate_number: int


@contextlib.contextmanager
def serve(
    router: Router | None = None,
    *,
    profile: str = "bare",
    version: str = "7.23.2",
    tls: bool = True,
    certificate: bool = True,
    rest: bool = False,
    user: str = "admin",
    password: str = "",
    rtt_ms: float = 0,
    command_ms: float = 0,
    shuffle: int | None = None,
    cliff: int = 0,
    faults: Iterable[Fault] = (),
    host: str = "127.0.0.1",
    port: int = 0,
    tls_port: int = 0,
    certificate_number: int = 0,
    **router_options: Unpack[RouterOptions],
) -> Iterator[Lab]:
    """Serves a router while the block runs.

    Args:
        router: a router that is already there; else one is made from the next arguments.
        profile: `bare` or `defconf`.
        version: the RouterOS version to play.
        tls: open api-ssl too.
        certificate: api-ssl has a certificate; else it offers anonymous Diffie-Hellman alone.
        rest: open the REST service too, and with TLS where `tls` is set.
        user: the full user.
        password: that user's password.
        rtt_ms: how long after its command each answer leaves.
        command_ms: the router's own time for each command, serial over all connections.
        shuffle: a seed, with which commands that are in flight are executed in random order.
        cliff: with so many commands under way each takes 20 ms, until none is; 0 is never.
        faults: accidents to come.
        host: a loopback address.
        port: the plain port, 0 for a free one.
        tls_port: the TLS port, 0 for a free one.
        certificate_number: another number gives another certificate.
        router_options: further arguments of `Router`.

    Yields:
        The lab.
    """
    if router is None:
        router = Router(profile, version, user=user, password=password, **router_options)
    server = Server(router, rtt_ms=rtt_ms, command_ms=command_ms, shuffle=shuffle, cliff=cliff)
    server.faults.extend(faults)
    proof = identity(host, number=certificate_number) if tls and certificate else None
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="wiretik-lab", daemon=True)
    thread.start()
    lab = Lab(router, server, loop, host)

    def do(work: Coroutine[object, object, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, loop).result(timeout=10)

    listeners: list[asyncio.Server] = []
    with tempfile.TemporaryDirectory(prefix="wiretik-lab-") as folder:
        try:
            wanted = {"api": port}
            if tls:
                wanted["api-ssl"] = tls_port
            if rest:
                wanted |= {"www": 0, "www-ssl": 0} if tls else {"www": 0}
                router.run("/ip/service/enable", numbers="www-ssl")
            listeners, opened = do(listen(server, host, wanted, proof))
            lab.api_port, lab.apis_port = opened["api"], opened.get("api-ssl", 0)
            lab.rest_port, lab.rests_port = opened.get("www", 0), opened.get("www-ssl", 0)
            if proof is not None:
                lab.fingerprint = proof.fingerprint
                lab.ca_file = str(Path(folder) / "ca.pem")
                Path(lab.ca_file).write_bytes(proof.certificate)
            yield lab
        finally:
            do(hang_up(server, listeners))
            loop.call_soon_threadsafe(loop.stop)
            thread.join(timeout=10)
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.close()
