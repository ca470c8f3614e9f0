"""`wiretik connect HOST`: a first look at a router, before anything is configured and without a login.

It looks at the TLS service alone. Nothing secret is ever sent to a certificate for which neither config nor an
authority nor the person vouches (`vouching`), and nothing at all to a service that has none.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import os
import socket
import ssl
import sys
from collections.abc import Iterable
from typing import Annotated, Final

import typer
from cryptography import x509

from wiretik.cli.first_contact import (
    DEFAULT_PORT,
    Anonymous,
    Certificate,
    Line,
    LoggedIn,
    Silent,
    Target,
    advice,
    login_report,
)
from wiretik.cli.reach import endpoint
from wiretik.cli.screen import Text, console, pasted, show
from wiretik.cli.vouching import Vouched, configured, objection
from wiretik_provider.api.access import variable
from wiretik_provider.api.session import Access, Command, Session
from wiretik_provider.errors import WiretikError

__all__ = ["connect", "look"]

_STYLES: Final = {"heading": "bold", "good": "green", "bad": "bold red", "paste": "cyan"}


def connect(  # noqa: PLR0917, each is an option
    where: Annotated[
        str,
        typer.Argument(metavar="HOST[:PORT]", help="The router's address or DNS name; [2001:db8::1]:8729 for IPv6."),
    ],
    port: Annotated[
        int | None,
        typer.Option(min=1, max=65535, metavar="PORT", help=f"Port of the service api-ssl; {DEFAULT_PORT} by default."),
    ] = None,
    user: Annotated[
        str, typer.Option(metavar="NAME", help="Log in as well; WIRETIK_PASSWORD has the password, or it is asked for.")
    ] = "",
    router: Annotated[
        str, typer.Option(metavar="NAME", help="With several routers in one stack, this one's name in wiretik:routers.")
    ] = "",
    fingerprint: Annotated[
        str, typer.Option(metavar="SHA-256", help="With --user: log in to this certificate, which you have compared.")
    ] = "",
    timeout: Annotated[float, typer.Option(min=0.1, metavar="SECONDS", help="How long to wait for an answer.")] = 5.0,
) -> None:
    """Show a router's certificate and the lines to configure, or the commands that the router still needs.

    No login is needed. Exit code 1 says that the router can't be used yet.
    """
    host, port = endpoint(where, port or 0)
    port = port or DEFAULT_PORT
    seen, here = look(host, port, timeout)
    target = Target(host=host, port=port, here=here, router=router, username=user or "wiretik")
    _say(advice(target, seen, dt.datetime.now(dt.UTC)))
    if not isinstance(seen, Certificate):
        raise typer.Exit(1)
    if user:
        _say([Line("")])
        vouched = configured(target)
        if why := objection(target, seen, vouched, fingerprint) or _unconfirmed(seen, vouched, fingerprint):
            _say([Line(why, "bad")])
            raise typer.Exit(1)
        try:
            login = _login(target, seen, vouched, timeout)
        except WiretikError as error:
            _say([Line(str(error), "bad")])
            raise typer.Exit(1) from None
        _say(login_report(target, login))


def look(host: str, port: int, timeout: float) -> tuple[Certificate | Anonymous | Silent, str]:
    """What answers at an address, and this machine's address on the way there (empty where that isn't known)."""
    try:
        raw = socket.create_connection((host, port), timeout)
    except (socket.gaierror, UnicodeError):  # a name that can't be one
        return Silent(f"DNS doesn't know the name {host!r}", "Try the router's address."), ""
    except ConnectionRefusedError:
        return Silent("the connection was refused: the service api-ssl is off", closed=True), _way_to(host)
    except TimeoutError:
        return (
            Silent(
                f"no answer within {timeout:g} s",
                "Is the address right? If it is, the router's input chain drops it: let this machine reach "
                f"tcp/{port}, in front of the drop.",
            ),
            _way_to(host),
        )
    except OSError as error:
        return Silent(error.strerror or str(error)), ""
    with raw:
        here = str(raw.getsockname()[0])
    return _handshake(host, port, timeout), here


def _way_to(host: str) -> str:
    """The source address towards a host; nothing is sent."""
    with contextlib.suppress(OSError):
        family, kind, _, _, address = socket.getaddrinfo(host, 9, type=socket.SOCK_DGRAM)[0]
        with socket.socket(family, kind) as probe:
            probe.connect(address)
            return str(probe.getsockname()[0])
    return ""


def _handshake(host: str, port: int, timeout: float) -> Certificate | Anonymous | Silent:
    distrust = ""
    try:
        try:
            found = _certificate(host, port, timeout, ssl.create_default_context())
        except ssl.SSLCertVerificationError as error:
            distrust = error.verify_message
            found = _certificate(host, port, timeout, _unchecked())
    except OSError as error:
        if isinstance(error, ssl.SSLError) and _is_anonymous(host, port, timeout):
            return Anonymous()
        return _failed(error, port)
    return _read(found, distrust)


def _failed(error: OSError, port: int) -> Silent:
    cure = f"Is it api-ssl that listens on {port}? The API without TLS has 8728."
    if isinstance(error, TimeoutError):
        return Silent("it accepts connections and then says nothing", cure)
    if isinstance(error, ssl.SSLError) and not isinstance(error, ssl.SSLEOFError):
        return Silent(_reason(error), cure)
    # A source address that the service doesn't allow: TCP opens, then closes without a byte
    # (docs/facts/traps.md#the-protocol 6).
    return Silent(
        f"it accepts connections and closes them ({_reason(error)})",
        f"{cure} If it is, its allowed addresses may leave this machine out: /ip/service/print",
        closed=True,
    )


def _certificate(host: str, port: int, timeout: float, context: ssl.SSLContext) -> bytes:
    with (
        socket.create_connection((host, port), timeout) as raw,
        context.wrap_socket(raw, server_hostname=host) as secure,
    ):
        return secure.getpeercert(binary_form=True) or b""


def _unchecked() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _is_anonymous(host: str, port: int, timeout: float) -> bool:
    """Whether the service shakes hands once anonymous suites are offered (docs/facts/api.md#the-service)."""
    context = _unchecked()
    try:
        context.set_ciphers("ADH:@SECLEVEL=0")
        context.maximum_version = ssl.TLSVersion.TLSv1_2  # TLS 1.3 has no anonymous suites
        return not _certificate(host, port, timeout, context)
    except OSError:  # of which ssl.SSLError is one
        return False


def _read(der: bytes, distrust: str) -> Certificate:
    """What a certificate says of itself, as far as it can be read; its fingerprint is known in any case."""
    subject = issuer = "(can't be read)"
    names: tuple[str, ...] = ()
    until = None
    # A certificate is whatever somebody sends: `cryptography` meets oddities with errors of many kinds.
    with contextlib.suppress(Exception):
        certificate = x509.load_der_x509_certificate(der)
        until = certificate.not_valid_after_utc
        subject = certificate.subject.rfc4514_string() or "(empty)"
        issuer = certificate.issuer.rfc4514_string() or "(empty)"
        told = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        names = tuple(str(name.value) for name in told)
    return Certificate(
        subject=subject,
        issuer=issuer,
        names=names,
        until=until,
        fingerprint=hashlib.sha256(der).hexdigest(),
        trusted=not distrust,
        distrust=distrust,
    )


def _unconfirmed(seen: Certificate, vouched: Vouched, given: str) -> str:
    """Why nobody vouches for the certificate yet; empty where somebody does, or the person just has."""
    if given or vouched.fingerprints or vouched.ca_file or seen.trusted:
        return ""
    if sys.stdin.isatty() and typer.confirm(
        f"Nobody vouches for this certificate. Is its fingerprint the router's ({seen.fingerprint})?", err=True
    ):
        return ""
    return (
        "Nobody vouches for this certificate, so the password was not sent: compare the fingerprint on the router, "
        f"then `--fingerprint {seen.fingerprint}` logs in, or pin it in config"
    )


def _login(target: Target, seen: Certificate, vouched: Vouched, timeout: float) -> LoggedIn:
    password = os.environ.get(variable("password", target.router), os.environ.get(variable("password")))
    if password is None:
        password = typer.prompt("password", hide_input=True, err=True) if sys.stdin.isatty() else ""
    access = Access(
        host=target.host,
        port=target.port,
        username=target.username,
        password=password,
        ca_file="" if vouched.fingerprints else vouched.ca_file,
        fingerprint="" if vouched.ca_file and not vouched.fingerprints else seen.fingerprint,
        timeout=timeout,
    )
    session = Session(access)
    try:
        answers = session.batch(
            (
                Command("/system/resource", "print"),
                Command("/system/routerboard", "print"),
                Command("/system/license", "print"),
                Command("/system/identity", "print"),
                Command("/user", "print", (f"?name={target.username}",)),
                Command("/user/group", "print"),
            )
        )
    finally:
        session.close()
    resource, board, licence, identity, users, groups = (list(answer.rows) for answer in answers)
    facts = {name: value for row in (*resource, *board, *licence, *identity) for name, value in row.items()}
    group = users[0].get("group") if users else None
    policy = next((row.get("policy") for row in groups if group and row.get("name") == group), None)
    return LoggedIn(
        version=facts.get("version", ""),
        board=facts.get("board-name", ""),
        identity=facts.get("serial-number") or facts.get("software-id") or facts.get("system-id") or "",
        name=facts.get("name", ""),
        policies=None if policy is None else tuple(word for word in policy.split(",") if not word.startswith("!")),
    )


def _reason(error: OSError) -> str:
    if isinstance(error, ssl.SSLError) and error.reason:
        return str(error.reason).lower().replace("_", " ")
    return error.strerror or str(error) or "closed"


def _say(lines: Iterable[Line]) -> None:
    screen = console()
    for line in lines:
        style, narrow = _STYLES.get(line.style, ""), screen.is_terminal and len(line.text) > screen.width
        for part in pasted(line.text, screen.width) if narrow and line.style == "paste" else [line.text]:
            show(screen, Text(part, style=style), hang=0)
