"""From an address to a socket that is logged in: TCP, TLS with the certificate checked on this very connection, login.

librouteros opens the connection. Shaking hands and logging in is done here, since before the login nobody is known:
both together have one deadline, however the bytes come, and of an answer only so much is read as a router's can hold.

Rule: the password goes nowhere before the certificate is the pinned one, or an authority vouches for it.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import selectors
import socket
import ssl
import time
from collections.abc import Iterable
from typing import Final

import attrs
from librouteros import create_transport

from wiretik_provider.errors import ConnectError, LoginError, OverLimit, ProtocolError, RouterError, TlsError
from wiretik_provider.masks import Known
from wiretik_provider.wire import Decoder, Malformed, Sentence, attribute, encode

__all__ = ["Access", "Deadline", "log_in", "quoted", "reason", "shake_hands"]

_CONNECTING: Final = 10.0
"""A TCP connection that isn't there after so many seconds won't come."""
_ANSWER_BYTES: Final = 16 * 1024
_ANSWER_SENTENCES: Final = 16
"""An answer to a login is a `!done`, or a `!trap` with a message and a `!done` (docs/facts/api.md#login)."""
_QUOTED: Final = 300
"""So much of what a stranger or a router says is repeated."""

# A source address that the service doesn't allow: TCP opens, then closes without a byte
# (docs/facts/traps.md#the-protocol 6).
_PORTS: Final = "is the port right? The service api-ssl has 8729, and api, without TLS, 8728 (wiretik:tls false)"
_NO_TLS: Final = {"WRONG_VERSION_NUMBER", "UNKNOWN_PROTOCOL", "HTTP_REQUEST", "RECORD_LAYER_FAILURE"}
"""How OpenSSL names an answer that is none of TLS's."""
UNWELCOME: Final = "the service's allowed addresses, or its max-sessions, may refuse this machine (/ip/service)"


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
        timeout: seconds to wait for a login, and for any sign of life while an answer is due; a whole answer may take
            four times as long.
        max_answer: the memory in MiB that the answers to one batch of commands may take.
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
    max_answer: int = 192

    @property
    def label(self) -> str:
        """The router in an error's text."""
        return f"router {self.name} ({self.host})" if self.name else f"router {self.host}"


@attrs.frozen
class Deadline:
    """A moment at which something must have ended, however many signs of life come before."""

    seconds: float
    end: float = attrs.field(default=attrs.Factory(lambda self: time.monotonic() + self.seconds, takes_self=True))

    def left(self) -> float:
        """The seconds that are left.

        Raises:
            TimeoutError: there are none.
        """
        left = self.end - time.monotonic()
        if left <= 0:
            raise TimeoutError(f"not within {self.seconds:g} s")
        return left

    def wait(self, opened: socket.socket, event: int) -> None:
        """Waits until a socket can be read or written; see `left`."""
        with selectors.DefaultSelector() as selector:
            selector.register(opened, event)
            if not selector.select(self.left()):
                self.left()


def shake_hands(secure: ssl.SSLSocket, deadline: Deadline) -> None:
    """The TLS handshake, as a whole within the deadline; the socket no longer blocks afterwards."""
    secure.setblocking(False)
    while True:
        deadline.left()
        try:
            secure.do_handshake()
        except ssl.SSLWantReadError:
            deadline.wait(secure, selectors.EVENT_READ)
        except ssl.SSLWantWriteError:
            deadline.wait(secure, selectors.EVENT_WRITE)
        else:
            return


def quoted(text: str, known: Known) -> str:
    """What a router said, for an error: without secrets, on one line, and not without an end."""
    told = " ".join(known.masked(text[: 4 * _QUOTED]).split())
    return told if len(told) <= _QUOTED and len(text) <= 4 * _QUOTED else f"{told[:_QUOTED]}…"


def log_in(access: Access, known: Known) -> socket.socket:
    """Connects, checks the certificate and logs in; the socket is closed if anything fails.

    Args:
        access: how to reach the router.
        known: what must not be repeated.

    Returns:
        The socket, which doesn't block.

    Raises:
        ConnectError: nobody answers, or not as a router does, or not in time.
        TlsError: the certificate is missing, unknown or another than the pinned one.
        LoginError: user or password refused.
    """
    where = f"{access.host}:{access.port}"
    opened: list[socket.socket] = []
    try:
        raw = _connect(access, where, opened)
        deadline = Deadline(access.timeout)
        if access.tls:
            opened.append(_secure(raw, access, deadline))
        opened[-1].setblocking(False)
        _introduce(opened[-1], access, known, deadline)
    except BaseException as error:
        _close(opened)
        if isinstance(error, TimeoutError):
            raise ConnectError(
                access.label,
                f"{where} was connected and did not answer the login in time ({access.timeout:g} s, wiretik:timeout)",
            ) from None
        if isinstance(error, OSError):
            raise _gone(access, where, error) from None
        raise
    return opened[-1]


def _connect(access: Access, where: str, opened: list[socket.socket]) -> socket.socket:
    seconds = min(access.timeout, _CONNECTING)

    def wrapper(raw: socket.socket) -> socket.socket:
        opened.append(raw)
        raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return raw

    try:
        create_transport(access.host, port=access.port, saddr=None, timeout=seconds, ssl_wrapper=wrapper)
    except TimeoutError:
        raise ConnectError(
            access.label, f"no answer from {where} in time ({seconds:g} s); is the address right and the API open?"
        ) from None
    except ConnectionRefusedError:
        service = "api-ssl" if access.tls else "api"
        raise ConnectError(
            access.label,
            f"{where} refuses connections; is the service {service} enabled (/ip/service), and is the port right?",
        ) from None
    except socket.gaierror:
        raise ConnectError(access.label, f"the name {access.host!r} isn't known to DNS") from None
    except (OSError, ValueError) as error:  # a ValueError is a name that can't be one
        raise ConnectError(access.label, f"no connection to {where}: {reason(error)}") from None
    return opened[-1]


def _unwelcome(access: Access) -> str:
    """Why a connection may be closed before a word is said."""
    return UNWELCOME if access.tls else f"{UNWELCOME}; or it is the port of api-ssl, and wiretik:tls must be true"


def _gone(access: Access, where: str, error: OSError) -> RouterError:
    if isinstance(error, (ConnectionResetError, BrokenPipeError)):
        return ConnectError(
            access.label, f"{where} closed the connection before the login: {reason(error)}; {_unwelcome(access)}"
        )
    return ConnectError(access.label, f"no connection to {where}: {reason(error)}")


# --- TLS --------------------------------------------------------------------------------------------------------------


def _no_tls(where: str, error: ssl.SSLError, cure: str) -> str:
    if error.reason in _NO_TLS:
        return f"{where} speaks no TLS ({reason(error)}): {_PORTS}"
    return (
        f"no TLS with {where}: {reason(error)}; a service api-ssl without a certificate offers only anonymous key "
        f"exchange: {cure}"
    )


def _secure(raw: socket.socket, access: Access, deadline: Deadline) -> ssl.SSLSocket:
    """TLS with the certificate checked: by pin, by the given authority, or by the system's."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if access.fingerprint:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    elif access.ca_file:
        try:
            context.load_verify_locations(access.ca_file)
        except (OSError, ssl.SSLError) as error:
            raise TlsError(access.label, f"wiretik:ca-file {access.ca_file!r} can't be read: {reason(error)}") from None
    else:
        context.load_default_certs()
    port = "" if access.port == 8729 else f" --port {access.port}"
    cure = f"`wiretik connect {access.host}{port}` shows the certificate and the lines to configure"
    where = f"{access.host}:{access.port}"
    try:
        secure = context.wrap_socket(raw, server_hostname=access.host, do_handshake_on_connect=False)
    except (ssl.SSLError, ValueError) as error:  # a ValueError is a name that no certificate can have
        raise TlsError(access.label, f"no TLS with {where}: {reason(error)}; {cure}") from None
    with contextlib.ExitStack() as failing:
        failing.callback(secure.close)
        try:
            shake_hands(secure, deadline)
        except TimeoutError:
            text = (
                f"the TLS handshake with {where} did not end in time ({access.timeout:g} s, wiretik:timeout): is it "
                f"api-ssl that listens there? {cure}"
            )
            raise TlsError(access.label, text) from None
        except ssl.SSLCertVerificationError as error:
            text = f"the certificate of {where} isn't trusted: {error.verify_message}; {cure}"
            raise TlsError(access.label, text) from None
        except ssl.SSLEOFError:
            text = (
                f"{where} closed the connection in the TLS handshake, as a service api-ssl without a certificate does: "
                f"{cure}; or {UNWELCOME}; {_PORTS}"
            )
            raise TlsError(access.label, text) from None
        except ssl.SSLError as error:
            raise TlsError(access.label, _no_tls(where, error, cure)) from None
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


# --- login ------------------------------------------------------------------------------------------------------------


def _introduce(opened: socket.socket, access: Access, known: Known, deadline: Deadline) -> None:
    """Sends user and password and reads the answer, which is small or no router's."""
    _send(opened, encode(("/login", f"=name={access.username}", f"=password={access.password}")), deadline)
    where = f"{access.host}:{access.port}"
    decoder, size, count = Decoder(_ANSWER_BYTES, _ANSWER_BYTES), 0, 0
    while True:
        data = _receive(opened, deadline)
        if not data:
            raise ConnectError(access.label, f"{where} closed the connection before the login; {_unwelcome(access)}")
        size += len(data)
        try:
            for sentence in decoder.feed(data):
                count += 1
                if _is_welcome(sentence, access, known):
                    return
        except Malformed as error:
            raise ProtocolError(
                access.label, f"the service at {where} doesn't speak RouterOS's API: {error}; is the port right?"
            ) from None
        if size > _ANSWER_BYTES or count > _ANSWER_SENTENCES:
            raise OverLimit(
                access.label,
                f"{where} answers the login with more than {_ANSWER_BYTES // 1024} KiB, as no router does; "
                "the connection was closed. Is the address right?",
            )


def _is_welcome(sentence: Sentence, access: Access, known: Known) -> bool:
    reply = sentence[0]
    told = dict(attribute(word) for word in sentence[1:] if word.startswith("="))
    if reply == "!fatal":
        text = quoted(" ".join(sentence[1:]) or "no reason", known)
        raise ConnectError(
            access.label, f"{access.host}:{access.port} closed the connection before the login: {text}; {UNWELCOME}"
        )
    if reply == "!trap":
        text = quoted(told.get("message", "no reason given"), known)
        raise LoginError(
            access.label,
            f"login as {access.username!r} refused: {text}; check the user and password in the stack's config, or "
            "WIRETIK_USERNAME and WIRETIK_PASSWORD, which win (refresh and destroy use the config of the last up)",
        )
    if reply == "!done" and "ret" in told:
        raise LoginError(
            access.label, "it asks for a challenge, as RouterOS before 6.43 does; Wiretik needs RouterOS 7"
        )
    if reply not in ("!done", "!re", "!empty"):
        raise ProtocolError(
            access.label,
            f"the service at {access.host}:{access.port} doesn't speak RouterOS's API: {quoted(reply, known)!r} is no "
            "answer; is the port right?",
        )
    return reply == "!done"


def _send(opened: socket.socket, data: bytes, deadline: Deadline) -> None:
    while data:
        try:
            data = data[opened.send(data) :]
        except (BlockingIOError, ssl.SSLWantWriteError):
            deadline.wait(opened, selectors.EVENT_WRITE)
        except ssl.SSLWantReadError:
            deadline.wait(opened, selectors.EVENT_READ)
        deadline.left()


def _receive(opened: socket.socket, deadline: Deadline) -> bytes:
    while True:
        deadline.left()
        try:
            return opened.recv(4096)
        except (BlockingIOError, ssl.SSLWantReadError):
            deadline.wait(opened, selectors.EVENT_READ)
        except ssl.SSLWantWriteError:
            deadline.wait(opened, selectors.EVENT_WRITE)
        except ssl.SSLEOFError:
            return b""


def _close(sockets: Iterable[socket.socket]) -> None:
    for opened in sockets:
        with contextlib.suppress(OSError):
            opened.close()


def reason(error: BaseException) -> str:
    """An outside error in a few words on one line."""
    if isinstance(error, ssl.SSLError) and error.reason:
        return str(error.reason).lower().replace("_", " ")
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return " ".join(str(error).split()) or type(error).__name__
