"""The lines of `wiretik connect`: from a look at a router to lines that a person can read and paste.

Pure. What a paste needs stands on lines of its own, two spaces in: commands for the router's terminal as RouterOS 7
writes them (the vendor's page "Certificates", docs/facts/api.md, docs/facts/permissions.md), commands for this machine
as `pulumi` takes them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final, NamedTuple

import attrs

from wiretik_provider.api.access import variable
from wiretik_provider.codecs.addresses import is_ip

__all__ = ["Anonymous", "Certificate", "Line", "LoggedIn", "Silent", "Target", "advice", "login_report"]

DEFAULT_PORT: Final = 8729
_LIFETIME: Final = 3650
"""Days; a pin outlives no certificate, and a router in a cupboard is not visited yearly."""

POLICIES: Final = ("api", "read", "write", "sensitive")
"""What the user's group needs, and why, is said where it is printed (docs/facts/permissions.md)."""


class Line(NamedTuple):
    """One line of the answer."""

    text: str
    style: str = ""
    """`heading`, `good`, `bad`, `paste` or nothing."""


@attrs.frozen(kw_only=True)
class Target:
    """Which router was asked, and how the program shall call it.

    Attributes:
        host: address or name.
        port: of api-ssl.
        here: this machine's address as the router sees it; empty where no connection came about.
        router: the router's name in `wiretik:routers`; empty for the only one.
        username: the user that the config lines name.
    """

    host: str
    port: int = DEFAULT_PORT
    here: str = ""
    router: str = ""
    username: str = "wiretik"


@attrs.frozen(kw_only=True)
class Certificate:
    """The service has a certificate.

    Attributes:
        subject: whom it names.
        issuer: who signed it.
        names: the addresses and DNS names that it is for.
        until: its end.
        fingerprint: SHA-256 in hex.
        trusted: this machine's own authorities vouch for it, and for this host.
        distrust: why they don't.
    """

    subject: str
    issuer: str
    names: tuple[str, ...]
    until: dt.datetime | None
    fingerprint: str
    trusted: bool = False
    distrust: str = ""


@attrs.frozen
class Anonymous:
    """The service has no certificate: it offers anonymous Diffie-Hellman alone."""


@attrs.frozen
class Silent:
    """No TLS came about.

    Attributes:
        why: what happened instead.
        cure: what may help, empty where the commands below it do.
        closed: the router is there and its service isn't open to us: the commands that open it help.
    """

    why: str
    cure: str = ""
    closed: bool = False


@attrs.frozen(kw_only=True)
class LoggedIn:
    """What the router said of itself after a login.

    Attributes:
        version: RouterOS's.
        board: the model.
        identity: serial number or software id.
        name: `/system/identity`.
        policies: the user's; None where it may not see them.
    """

    version: str
    board: str
    identity: str
    name: str
    policies: tuple[str, ...] | None


def advice(target: Target, seen: Certificate | Anonymous | Silent, now: dt.datetime) -> list[Line]:
    """The whole answer to one look at a router."""
    where = f"{target.host}:{target.port}"
    match seen:
        case Certificate():
            lines = [Line(f"{where} speaks TLS and shows this certificate:", "good"), Line("")]
            return [*lines, *_certificate(seen, now), Line(""), *_configure(target, seen)]
        case Anonymous():
            return [
                Line(f"{where} speaks TLS without a certificate.", "bad"),
                Line(
                    "It offers anonymous Diffie-Hellman alone, so nothing would tell this router from an impostor, "
                    "and a password sent there could be read by one. Wiretik doesn't log in so."
                ),
                Line(""),
                *_certificate_commands(target),
                *_user_commands(target),
                *_again(target),
            ]
        case Silent():
            lines = [Line(f"no TLS with {where}: {seen.why}", "bad"), *([Line(seen.cure)] if seen.cure else [])]
            if not seen.closed:
                return lines
            return [*lines, Line(""), *_certificate_commands(target), *_user_commands(target), *_again(target)]


def login_report(target: Target, login: LoggedIn) -> list[Line]:
    """What a login found out; the last word on whether a program can start."""
    rows = (("router", login.name), ("board", login.board), ("RouterOS", login.version), ("identity", login.identity))
    lines = [Line(f"{target.username!r} can log in:", "good"), Line("")]
    lines += [Line(f"  {name:<11} {value}") for name, value in rows if value]
    if login.policies is None:
        lines.append(Line("  policies    not to be seen by this user; the gate will check those that matter"))
        return lines
    lines.append(Line(f"  policies    {', '.join(login.policies)}"))
    if lacking := [policy for policy in POLICIES if policy not in login.policies]:
        needed = [policy for policy in lacking if policy != "sensitive"]
        why = "nothing can be deployed without it" if needed else "keys read back as *****, and their drift isn't seen"
        lines += [Line(""), Line(f"The user lacks {', '.join(lacking)}: {why}.", "bad" if needed else "")]
    return lines


def _certificate(seen: Certificate, now: dt.datetime) -> Iterator[Line]:
    left = (seen.until - now).days if seen.until else 0
    ends = f"{seen.until:%Y-%m-%d}  ({f'{left} days left' if left >= 0 else 'EXPIRED'})" if seen.until else "not known"
    signed = "  (signed by itself)" if seen.issuer == seen.subject else ""
    yield Line(f"  subject      {seen.subject}")
    yield Line(f"  issuer       {seen.issuer}{signed}")
    if seen.names:
        yield Line(f"  for          {', '.join(seen.names)}")
    yield Line(f"  valid until  {ends}", "bad" if left < 0 else "")
    yield Line(f"  SHA-256      {seen.fingerprint}")
    yield Line("")
    if seen.trusted:
        yield Line("This machine's authorities vouch for it, so nothing else is needed; a pin is stricter still.")
        return
    yield Line(f"This machine doesn't trust it by itself ({seen.distrust}): pin its fingerprint.")
    yield Line("A pin is only as good as this connection: compare it on the router, over a way that you trust:")
    yield Line("  /certificate/print detail", "paste")


def _configure(target: Target, seen: Certificate) -> Iterator[Line]:
    yield Line("In the project's folder:", "heading")
    path = f"--path 'wiretik:routers.{target.router}." if target.router else "wiretik:"
    quote = "'" if target.router else ""
    given = [("host", target.host), ("username", target.username)]
    if target.port != DEFAULT_PORT:
        given.insert(1, ("port", str(target.port)))
    if not seen.trusted:
        given.append(("fingerprint", seen.fingerprint))
    for key, value in given:
        yield Line(f"  pulumi config set {path}{key}{quote} {value}", "paste")
    yield Line(f"  pulumi config set --secret {path}password{quote}", "paste")
    yield Line("")
    if not target.router:
        yield Line("Without the Pulumi CLI, `wiretik config set` does the same.")
    yield Line("The environment may hold the credentials as well, and wins over config:")
    keys = ["username", "password", *(() if seen.trusted else ("fingerprint",))]
    yield Line(f"  {'  '.join(variable(key, target.router) for key in keys)}")
    yield Line("")
    yield Line("No user of its own yet? On the router:", "heading")
    yield from _user_lines(target)


def _certificate_commands(target: Target) -> Iterator[Line]:
    kind = "IP" if is_ip(target.host) else "DNS"
    host = target.host
    yield Line(
        "On the router, line by line, since `sign` takes a while and a key pressed meanwhile stops it:", "heading"
    )
    days = f"days-valid={_LIFETIME}"
    usage = "key-usage=digital-signature,key-encipherment,tls-server"
    lines = (
        f"/certificate/add name=wiretik-ca common-name=wiretik-ca key-usage=key-cert-sign,crl-sign {days}",
        "/certificate/sign wiretik-ca",
        f"/certificate/add name=wiretik-api common-name={host} subject-alt-name={kind}:{host} {usage} {days}",
        "/certificate/sign wiretik-api ca=wiretik-ca",
        f"/ip/service/set api-ssl certificate=wiretik-api{_allowed(target)}{_port(target)} disabled=no",
        "/ip/service/disable api",
    )
    yield from (Line(f"  {line}", "paste") for line in lines)
    yield Line("The last one closes the API without TLS; leave it out if something else still uses that.")
    yield Line("")


def _user_commands(target: Target) -> Iterator[Line]:
    yield Line("And a user with the policies that Wiretik needs and no others:", "heading")
    yield from _user_lines(target)
    yield Line("")


def _user_lines(target: Target) -> Iterator[Line]:
    user = target.username if target.username != "admin" else "wiretik"
    yield Line(f"  /user/group/add name={user} policy={','.join(POLICIES)}", "paste")
    yield Line(f"  /user/add name={user} group={user}{_allowed(target)} password=CHOOSE-A-LONG-ONE", "paste")
    yield Line(
        "api lets it in; read and write don't hold each other; without sensitive, keys read back as ***** and their "
        "drift can't be seen. It can't make users, read files, reboot or open a terminal."
    )


def _again(target: Target) -> Iterator[Line]:
    options = "" if target.port == DEFAULT_PORT else f" --port {target.port}"
    yield Line("Then look again, and pin the certificate:", "heading")
    yield Line(f"  wiretik connect {target.host}{options}", "paste")


def _allowed(target: Target) -> str:
    if not target.here:
        return " address=ADDRESS-OF-THIS-MACHINE"
    return f" address={target.here}/{128 if ':' in target.here else 32}"


def _port(target: Target) -> str:
    return "" if target.port == DEFAULT_PORT else f" port={target.port}"
