"""One connection to one router: TLS, login, and a bounded window of tagged commands.

librouteros connects and logs in; after that its socket is driven here, since it has neither tags nor buffered reading
(packet-lab.md 4). One thread of the session reads and writes at the same time; any number of threads may call `ask`
and `batch`, and share the window. RouterOS promises no order between tags (routeros.md A.5), so a caller whose
commands must come in order waits for the answer before it sends the next one.

Rule: a connection that broke, stalled or spoke nonsense is closed and never used again; a write whose answer didn't
come has an unknown outcome, which the error says.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import itertools
import selectors
import socket
import ssl
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from typing import Final, NamedTuple

import attrs
from librouteros import create_transport
from librouteros.api import Api
from librouteros.exceptions import ConnectionClosed, FatalError, LibRouterosError, MultiTrapError, TrapError
from librouteros.login import plain
from librouteros.protocol import ApiProtocol

from wiretik_provider.errors import (
    ConnectError,
    ConnectionLost,
    LoginError,
    ProtocolError,
    RouterError,
    TlsError,
    Trap,
)
from wiretik_provider.wire import Decoder, Malformed, Sentence, attribute, encode

__all__ = ["Access", "Answer", "Command", "Session"]

Row = Mapping[str, str]
"""A row exactly as the router printed it, `.id` included."""

READ_ONLY: Final = frozenset({"print", "getall", "get", "monitor", "listen"})
"""Verbs that change nothing, so that a lost answer leaves nothing open."""

# A source address that the service doesn't allow: TCP opens, then closes without a byte (traps.md 6).
_UNWELCOME: Final = "the service's allowed addresses, or its max-sessions, may refuse this machine (/ip/service)"


@attrs.frozen(kw_only=True)
class Access:
    """How one router is reached.

    Attributes:
        name: the router's name in the program; empty for the only one.
        host: address or DNS name.
        port: 8729 with TLS and 8728 without, unless said.
        tls: encrypt, and check the router's certificate.
        username: who logs in.
        password: with what; never shown.
        ca_file: a PEM file with the authority that signed the router's certificate; empty for the system's.
        fingerprint: the certificate's SHA-256 in hex, which pins it instead of any authority.
        window: how many commands may be in flight.
        timeout: seconds to wait for a connection, and for any sign of life while an answer is due.
    """

    name: str = ""
    host: str
    port: int = 8729
    tls: bool = True
    username: str = ""
    password: str = attrs.field(default="", repr=False)
    ca_file: str = ""
    fingerprint: str = ""
    window: int = 32
    timeout: float = 30.0

    @property
    def label(self) -> str:
        """The router in an error's text."""
        return f"router {self.name} ({self.host})" if self.name else f"router {self.host}"


class Command(NamedTuple):
    """One command to send."""

    path: str
    """The menu, such as `/ip/route`."""
    verb: str
    """Such as `add`."""
    words: tuple[str, ...] = ()
    """Attributes and queries as words: `=name=wg0`, `?disabled=false`."""


class Answer(NamedTuple):
    """What the router answered to one command."""

    rows: Sequence[Row]
    ret: str
    """What `!done` carried, such as the new row's id."""
    trap: Trap | None
    """The refusal, if it refused."""


@attrs.define(eq=False)
class _Pending:
    command: Command
    future: Future[Answer]
    rows: list[Row] = attrs.field(factory=list)
    trap: Trap | None = None


class Session:
    """A logged-in connection.

    Args:
        access: how to reach the router.

    Raises:
        ConnectError: nobody answers at that address.
        TlsError: the certificate is missing, unknown or another than the pinned one.
        LoginError: user or password refused.
    """

    def __init__(self, access: Access) -> None:
        self.access = access
        self._socket = _login(access)
        self._socket.setblocking(False)
        self._decoder = Decoder()
        self._tags = itertools.count(1)
        self._lock = threading.Lock()
        self._queue: deque[_Pending] = deque()
        self._in_flight: dict[str, _Pending] = {}
        self._out = bytearray()
        self._heard = time.monotonic()
        self._failure: RouterError | None = None
        self._closing = False
        self._bell, self._ring = socket.socketpair()
        self._bell.setblocking(False)
        self._thread = threading.Thread(target=self._serve, name=f"wiretik {access.label}", daemon=True)
        self._thread.start()

    @property
    def alive(self) -> bool:
        """Whether commands can still be sent."""
        return self._failure is None and not self._closing

    @property
    def ends(self) -> tuple[str, str, int]:
        """Our address, the router's address and its port."""
        host, port = self._socket.getpeername()[:2]
        return str(self._socket.getsockname()[0]), str(host), int(port)

    def ask(self, path: str, verb: str, *words: str) -> Answer:
        """Sends one command and waits for its answer.

        Raises:
            Trap: the router refused it.
            ConnectionLost: the connection broke or stalled before the answer.
        """
        answer = self._submit([Command(path, verb, words)])[0].result()
        if answer.trap:
            raise answer.trap
        return answer

    def batch(self, commands: Iterable[Command], progress: Callable[[int], None] | None = None) -> list[Answer]:
        """Sends independent commands, as many at once as the window takes, and waits for all of them.

        Args:
            commands: whose order doesn't matter.
            progress: called with the number that is done, after each one.

        Raises:
            ConnectionLost: the connection broke; which commands were done must be looked up.
        """
        answers = []
        for done, future in enumerate(self._submit(commands), 1):
            answers.append(future.result())
            if progress:
                progress(done)
        return answers

    def close(self) -> None:
        """Ends the session; what is still in flight fails."""
        with self._lock:
            self._closing = True
        self._wake()
        self._thread.join(timeout=5)

    def _submit(self, commands: Iterable[Command]) -> list[Future[Answer]]:
        entries = [_Pending(command, Future()) for command in commands]
        with self._lock:
            if self._failure or self._closing:
                raise self._failure or ConnectionLost(self.access.label, "the session was closed")
            self._queue.extend(entries)
        self._wake()
        return [entry.future for entry in entries]

    def _wake(self) -> None:
        with contextlib.suppress(OSError):
            self._ring.send(b"\x00")

    def _serve(self) -> None:
        selector = selectors.DefaultSelector()
        selector.register(self._socket, selectors.EVENT_READ)
        selector.register(self._bell, selectors.EVENT_READ)
        try:
            while not self._closing:
                self._fill()
                self._send()
                wanted = selectors.EVENT_READ | (selectors.EVENT_WRITE if self._out else 0)
                selector.modify(self._socket, wanted)
                # TLS may hold bytes that were read already, which no selector sees.
                held = isinstance(self._socket, ssl.SSLSocket) and self._socket.pending()
                selector.select(0 if held else 1.0)
                with contextlib.suppress(BlockingIOError):
                    self._bell.recv(4096)
                self._receive()
                self._watch()
        except RouterError as error:
            self._fail(error)
        except (OSError, Malformed) as error:
            self._fail(ConnectionLost(self.access.label, f"the connection broke: {_reason(error)}"))
        else:
            self._fail(ConnectionLost(self.access.label, "the session was closed"))
        finally:
            selector.close()
            self._socket.close()
            self._bell.close()
            self._ring.close()

    def _fill(self) -> None:
        """Moves commands from the queue into the window."""
        with self._lock:
            if self._queue and not self._in_flight:
                self._heard = time.monotonic()
            while self._queue and len(self._in_flight) < self.access.window:
                entry = self._queue.popleft()
                tag = str(next(self._tags))
                self._in_flight[tag] = entry
                command = entry.command
                self._out += encode((f"{command.path}/{command.verb}", *command.words, f".tag={tag}"))

    def _send(self) -> None:
        while self._out:
            try:
                sent = self._socket.send(self._out)
            except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
                return
            del self._out[:sent]

    def _receive(self) -> None:
        while True:
            try:
                data = self._socket.recv(65536)
            except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
                return
            if not data:
                raise ConnectionLost(self.access.label, "the router closed the connection")
            self._heard = time.monotonic()
            for sentence in self._decoder.feed(data):
                self._take(sentence)

    def _take(self, sentence: Sentence) -> None:
        reply, words = sentence[0], sentence[1:]
        if reply == "!fatal":
            raise ConnectionLost(self.access.label, f"the router ended the session: {' '.join(words) or 'no reason'}")
        tag, row = self._read(reply, words)
        entry = self._in_flight.get(tag)
        if entry is None:
            raise ProtocolError(self.access.label, f"an answer {reply} to no command of ours (tag {tag!r})")
        if reply == "!re":
            entry.rows.append(row)
        elif reply == "!trap":
            # A wrong path comes as two traps; the first says more.
            entry.trap = entry.trap or self._trap(entry.command, row)
        elif reply == "!done":
            with self._lock:
                del self._in_flight[tag]
            entry.future.set_result(Answer(entry.rows, row.get("ret", ""), entry.trap))
        elif reply != "!empty":
            raise ProtocolError(self.access.label, f"an answer of an unknown kind: {reply}")

    def _read(self, reply: str, words: Sentence) -> tuple[str, dict[str, str]]:
        """The tag of a sentence, and its attributes."""
        tag = ""
        row: dict[str, str] = {}
        for word in words:
            if word.startswith("="):
                name, value = attribute(word)
                row[name] = value
            elif word.startswith(".tag="):
                tag = word[5:]
            elif not word.startswith("."):
                # Who goes on after that takes one answer for another's. The word may be a secret's half.
                raise ProtocolError(self.access.label, f"an answer {reply} has a word that is no attribute")
        return tag, row

    def _trap(self, command: Command, row: Row) -> Trap:
        category = row.get("category", "")
        message = row.get("message", "no reason given")
        number = int(category) if category.isdecimal() else None
        return Trap(self.access.label, command.path, command.verb, message, number)

    def _watch(self) -> None:
        silent = time.monotonic() - self._heard
        if self._in_flight and silent > self.access.timeout:
            raise ConnectionLost(
                self.access.label, f"no answer for {silent:.0f} s: the connection stalled; it was closed"
            )

    def _fail(self, error: RouterError) -> None:
        with self._lock:
            self._failure = error
            sent, queued = list(self._in_flight.values()), list(self._queue)
            self._in_flight.clear()
            self._queue.clear()
        for entry in sent:
            unknown = entry.command.verb not in READ_ONLY
            doing = f"during {entry.command.path} {entry.command.verb}: {error.text}"
            entry.future.set_exception(ConnectionLost(self.access.label, doing, outcome_unknown=unknown))
        for entry in queued:
            entry.future.set_exception(ConnectionLost(self.access.label, error.text))


def _login(access: Access) -> socket.socket:
    """Connects, checks the certificate and logs in; the socket is closed if anything fails."""
    where = f"{access.host}:{access.port}"
    opened: list[socket.socket] = []

    def wrapper(raw: socket.socket) -> socket.socket:
        opened.append(raw)
        raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if not access.tls:
            return raw
        secure = _secure(raw, access)
        opened.append(secure)
        return secure

    try:
        transport = create_transport(
            access.host, port=access.port, saddr=None, timeout=min(access.timeout, 10.0), ssl_wrapper=wrapper
        )
        api = Api(protocol=ApiProtocol(transport=transport, encoding="utf-8"))
        plain(api, access.username, access.password)
    except RouterError:
        _close(opened)
        raise
    except (TrapError, MultiTrapError) as error:
        _close(opened)
        raise LoginError(
            access.label,
            f"login as {access.username!r} refused: {error}; check the user and password in the stack's config, or "
            "WIRETIK_USERNAME and WIRETIK_PASSWORD, which win (refresh and destroy use the config of the last up)",
        ) from None
    except (FatalError, ConnectionClosed, ConnectionResetError, BrokenPipeError) as error:
        _close(opened)
        raise ConnectError(
            access.label, f"{where} closed the connection before the login: {_reason(error)}; {_UNWELCOME}"
        ) from None
    except TimeoutError:
        _close(opened)
        raise ConnectError(
            access.label, f"no answer from {where} in time; is the address right and the API open?"
        ) from None
    except ConnectionRefusedError:
        _close(opened)
        service = "api-ssl" if access.tls else "api"
        raise ConnectError(
            access.label, f"{where} refuses connections; is the service {service} enabled (/ip/service)?"
        ) from None
    except socket.gaierror:
        _close(opened)
        raise ConnectError(access.label, f"the name {access.host!r} isn't known to DNS") from None
    except (OSError, LibRouterosError, ValueError) as error:
        _close(opened)
        raise ConnectError(access.label, f"no connection to {where}: {_reason(error)}") from None
    return opened[-1]


def _secure(raw: socket.socket, access: Access) -> ssl.SSLSocket:
    """TLS with the certificate checked on this very connection: by pin, by the given authority, or by the system's."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if access.fingerprint:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    elif access.ca_file:
        try:
            context.load_verify_locations(access.ca_file)
        except (OSError, ssl.SSLError) as error:
            raise TlsError(
                access.label, f"wiretik:ca-file {access.ca_file!r} can't be read: {_reason(error)}"
            ) from None
    else:
        context.load_default_certs()
    port = "" if access.port == 8729 else f" --port {access.port}"
    cure = f"`wiretik connect {access.host}{port}` shows the certificate and what to configure"
    where = f"{access.host}:{access.port}"
    secure = context.wrap_socket(raw, server_hostname=access.host, do_handshake_on_connect=False)
    with contextlib.ExitStack() as failing:
        failing.callback(secure.close)
        try:
            secure.do_handshake()
        except ssl.SSLCertVerificationError as error:
            text = f"the certificate of {where} isn't trusted: {error.verify_message}; {cure}"
            raise TlsError(access.label, text) from None
        except ssl.SSLEOFError:
            text = (
                f"{where} closed the connection in the TLS handshake, as a service api-ssl without a certificate does: "
                f"{cure}; or {_UNWELCOME}"
            )
            raise TlsError(access.label, text) from None
        except ssl.SSLError as error:
            text = (
                f"no TLS with {where}: {_reason(error)}; a service api-ssl without a certificate offers only anonymous "
                f"key exchange: {cure}"
            )
            raise TlsError(access.label, text) from None
        seen = hashlib.sha256(secure.getpeercert(binary_form=True) or b"").hexdigest()
        pinned = access.fingerprint.replace(":", "").strip().lower()
        if pinned and not hmac.compare_digest(seen, pinned):
            text = (
                f"the certificate of {where} has the fingerprint {seen}, pinned is {pinned}; if the router really has "
                f"a new certificate, change wiretik:fingerprint; {cure}"
            )
            raise TlsError(access.label, text)
        failing.pop_all()
    return secure


def _close(sockets: Iterable[socket.socket]) -> None:
    for opened in sockets:
        with contextlib.suppress(OSError):
            opened.close()


def _reason(error: BaseException) -> str:
    """An outside error in a few words on one line."""
    if isinstance(error, ssl.SSLError) and error.reason:
        return str(error.reason).lower().replace("_", " ")
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return " ".join(str(error).split()) or type(error).__name__
