"""Commands that single menus have, and those of the console's root: what they do and how they answer.

What isn't known of one is refused by name, or an option with a documented default; docs/lab.md lists them. Arguments
and versions are the router's own (tikoci/restraml), answers as cited at each.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from wiretik_provider.simulator import refusal
from wiretik_provider.simulator.console.commands import Command, Request, find, only
from wiretik_provider.simulator.console.export import Form, export
from wiretik_provider.simulator.console.script import run
from wiretik_provider.simulator.console.statements import ScriptError
from wiretik_provider.simulator.machine.behaviour import public_key
from wiretik_provider.simulator.machine.device import Device
from wiretik_provider.simulator.machine.session import Session
from wiretik_provider.simulator.machine.table import Row
from wiretik_provider.simulator.spec.grammar import ipv4, milliseconds
from wiretik_provider.wire import Sentence, attribute

__all__ = ["ACTIONS", "ROOT"]

_DONE: Final[Sentence] = ("!done",)
Root = Callable[[Device, Session, str, dict[str, str]], list[Sentence]]


def _known(given: dict[str, str], *names: str) -> None:
    for name in given:
        if name not in names:
            raise refusal.unknown_parameter(name)


def _needed(given: dict[str, str], name: str) -> str:
    if not given.get(name):
        raise refusal.missing((name,))
    return given[name]


# -- the root ---------------------------------------------------------------------------------------------------------


def _execute(router: Device, session: Session, _: str, given: dict[str, str]) -> list[Sentence]:
    """A job that runs at once and answers with its number (docs/facts/api.md#commands)."""
    _known(given, "script", "file", "as-string")
    if "script" not in given:
        raise refusal.missing(("script",))
    number = router.new_job()
    try:
        run(router, given["script"], session)
    except ScriptError as error:
        router.log.append(f"script error: {error}")
    return [("!done", "=ret=" if "as-string" in given else f"=ret=*{number:X}")]


def _export(router: Device, _: Session, path: str, given: dict[str, str]) -> list[Sentence]:
    """Prints nothing over the API; to read it, it is written to a file (luqasz/librouteros 383)."""
    forms = ("compact", "hide-sensitive", "show-sensitive", "terse", "verbose")
    _known(given, "file", *forms, *(("path",) if router.version >= (7, 23) else ()))
    if "file" in given:
        form = Form("show-sensitive" in given, "verbose" in given, terse="terse" in given and "verbose" not in given)
        text = export(router, form, given.get("path", path))
        write_file(router, f"{given['file'].removesuffix('.rsc')}.rsc", text)
    return [_DONE]


def _import(router: Device, session: Session, _: str, given: dict[str, str]) -> list[Sentence]:
    """Stops at the first error, and what was done before stays done (docs/facts/changes.md)."""
    dry = ("dry-run",) if router.version >= (7, 16) else ()
    _known(given, "file-name", "verbose", "from-line", *dry)
    text = read_file(router, _needed(given, "file-name"))
    skipped = int(given.get("from-line", "1")) - 1
    with router.history.rehearsal() if "dry-run" in given else contextlib.nullcontext():
        try:
            run(router, "\n" * skipped + "\n".join(text.splitlines()[skipped:]), session)
        except ScriptError as error:
            raise refusal.script(f"failure: {error.problem} (line {error.line})") from None
    return [_DONE]


def _undo(router: Device, _: Session, __: str, given: dict[str, str]) -> list[Sentence]:
    _known(given)
    router.history.undo()
    return [_DONE]


def _redo(router: Device, _: Session, __: str, given: dict[str, str]) -> list[Sentence]:
    _known(given)
    router.history.redo()
    return [_DONE]


def _ping(router: Device, _: Session, __: str, given: dict[str, str]) -> list[Sentence]:
    """One row a packet, each with the sums so far (docs/facts/undo.md#asking-whether-all-is-well)."""
    _known(given, "address", "count", "interface", "src-address", "interval", "size")
    address = _needed(given, "address")
    count = min(int(given.get("count", "4")), _PINGS)
    own = any(row["address"].partition("/")[0] == address for row in router.run("/ip/address/print"))
    answers = own or router.beyond(address, given.get("interface", ""))
    rows: list[Sentence] = []
    for at in range(count):
        received = at + 1 if answers else 0
        told = ("=size=56", "=ttl=64", "=time=1ms") if answers else ("=status=timeout",)
        sums = (f"=sent={at + 1}", f"=received={received}", f"=packet-loss={0 if answers else 100}")
        rows.append(("!re", f"=seq={at}", f"=host={address}", *told, *sums))
    return [*rows, _DONE]


_PINGS: Final = 100


def _inspect(router: Device, _: Session, __: str, given: dict[str, str]) -> list[Sentence]:
    """What stands below a path, as the console knows it (docs/facts/rest-and-export.md); of others nothing is said."""
    _known(given, "request", "path", "input", ".proplist")
    if given.get("request") != "child":
        raise refusal.mismatch("request")
    *words, verb = given.get("path", "").split(",")
    menu = router.menus.get("/" + "/".join(words))
    if menu is None or verb not in menu.verbs:
        return [*_below(router, "".join(f"/{word}" for word in [*words, verb] if word)), _DONE]
    own = ("!re", f"=name={verb}", "=node-type=cmd", "=type=self")
    taken = menu.args if verb in _TAKING else ()
    return [own, *(("!re", f"=name={name}", "=node-type=arg", "=type=child") for name in sorted(taken)), _DONE]


def _below(router: Device, path: str) -> list[Sentence]:
    """The menus and the commands of a menu, or of what stands above menus."""
    menus = sorted({one[len(path) + 1 :].split("/")[0] for one in router.menus if one.startswith(f"{path}/")})
    menu = router.menus.get(path)
    commands = sorted((menu.verbs - _API_ONLY) | (set() if menu.menu.singleton else {"find"})) if menu else []
    if not menus and not commands:
        return []
    own = ("!re", f"=name={path.rpartition('/')[2]}", "=node-type=dir", "=type=self")
    below = [("!re", f"=name={name}", "=node-type=dir", "=type=child") for name in menus]
    return [own, *below, *(("!re", f"=name={name}", "=node-type=cmd", "=type=child") for name in commands)]


_API_ONLY: Final = frozenset({"getall", "listen"})
_TAKING: Final = frozenset({"add", "set"})

ROOT: Final[dict[str, tuple[Root, str]]] = {
    "ping": (_ping, "test"),
    "execute": (_execute, "write"),
    "export": (_export, "read"),
    "inspect": (_inspect, "read"),  # in /console; which policy it needs isn't known, and all who print have this one
    "import": (_import, "write"),
    "undo": (_undo, "write"),
    "redo": (_redo, "write"),
}
"""Commands that stand in no menu, `export` in every one, with the policy that each needs."""


# -- files ------------------------------------------------------------------------------------------------------------


def write_file(router: Device, name: str, contents: str) -> Row:
    """Writes a file."""
    table = router.table("/file")
    row = table.names.get(name)
    if row is None:
        row = Row(table.new_id(), {"name": name, "contents": contents})
        table.insert(row)
    else:
        table.alter(row, {"contents": contents})
    row.facts["last-modified"] = router.now_text()
    return row


def read_file(router: Device, name: str) -> str:
    """A file's contents.

    Raises:
        Refusal: there is none.
    """
    row = router.table("/file").names.get(name)
    if row is None:
        raise refusal.mismatch("file-name")
    return row.values.get("contents", "")


# -- WireGuard --------------------------------------------------------------------------------------------------------


def _client_config(router: Device, request: Request) -> list[Sentence]:
    """The peer's own configuration, as `conf`; `numbers` isn't known (docs/facts/samples.md#client-config).

    The picture `qr` isn't drawn. The address is the manual's default where the peer has none.
    """
    sensitive = ("show-sensitive",) if router.version >= (7, 21) else ()
    only(request, ".id", "number", "file", "as-value", *sensitive)
    given = request.attributes
    peer = find(request, given.get(".id") or _needed(given, "number"))
    interface = router.table("/interface").names[peer.values["interface"]]
    shown = "sensitive" in request.session.policies
    lines = ["[Interface]"]
    if port := peer.values.get("client-listen-port"):
        lines.append(f"ListenPort = {port}")
    if key := peer.values.get("private-key"):
        lines.append(f"PrivateKey = {key if shown else '*****'}")
    lines.append(f"Address = {peer.values.get('client-address', '192.168.177.2/24').replace(',', ', ')}")
    if dns := peer.values.get("client-dns"):
        lines.append(f"DNS = {dns.replace(',', ', ')}")
    lines += ["", "[Peer]", f"PublicKey = {public_key(interface.values['private-key'])}"]
    if key := peer.values.get("preshared-key"):
        lines.append(f"PresharedKey = {key if shown else '*****'}")
    lines.append(f"AllowedIPs = {_client_allowed(router, peer)}")
    if endpoint := peer.values.get("client-endpoint"):
        host, _, port = endpoint.rpartition(":") if endpoint.rpartition(":")[2].isdigit() else (endpoint, "", "")
        lines.append(f"Endpoint = {host}:{port or interface.values['listen-port']}")
    if keepalive := peer.values.get("client-keepalive"):
        lines.append(f"PersistentKeepalive = {(milliseconds(keepalive) or 0) // 1000}")
    text = "\n".join([*lines, ""])
    if "file" in given:
        write_file(router, given["file"], text)
    return [("!re", f"=conf={text}"), _DONE]


def _client_allowed(router: Device, peer: Row) -> str:
    """All addresses before 7.21, and while nobody said otherwise (MikroTik's manual, WireGuard)."""
    given = peer.values.get("client-allowed-address", "") if router.version >= (7, 21) else ""
    return given.replace(",", ", ") or "0.0.0.0/0, ::/0"


def _wg_import(router: Device, request: Request) -> list[Sentence]:
    """Makes interface, addresses and peers from a configuration; the interface is called `wg1`, or the next free.

    (MikroTik's manual, WireGuard; the name by two users' accounts, docs/facts/samples.md#wg-import.) A text
    that begins with a comment can't be parsed, as the manual warns; the exact words aren't known.
    """
    string = ("config-string",) if router.version >= (7, 19) else ()
    only(request, "config-file", "as-value", *string)
    given = request.attributes
    text = given["config-string"] if "config-string" in given else read_file(router, _needed(given, "config-file"))
    blocks = list(_blocks(text))
    if not blocks or blocks[0][0] != "interface":
        raise refusal.failure("Could not parse")
    names = router.table("/interface").names
    name = next(f"wg{number}" for number in range(1, len(names) + 2) if f"wg{number}" not in names)
    own = blocks[0][1]
    words = [f"=name={name}"]
    words += [f"={ours}={own[theirs]}" for theirs, ours in _OWN.items() if theirs in own]
    _give(router, request, "/interface/wireguard/add", words)
    for address in filter(None, own.get("address", "").replace(" ", "").split(",")):
        menu = "/ipv6/address/add" if ":" in address else "/ip/address/add"
        _give(router, request, menu, [f"=address={address}", f"=interface={name}"])
    for kind, peer in blocks[1:]:
        if kind != "peer":
            raise refusal.failure("Could not parse")
        words = [f"=interface={name}"]
        words += [f"={ours}={peer[theirs].replace(' ', '')}" for theirs, ours in _PEER.items() if theirs in peer]
        if host := peer.get("endpoint", "").rpartition(":")[0]:
            words += [f"=endpoint-address={host.strip('[]')}", f"=endpoint-port={peer['endpoint'].rpartition(':')[2]}"]
        _give(router, request, "/interface/wireguard/peers/add", words)
    return [_DONE]


_OWN: Final = {"privatekey": "private-key", "listenport": "listen-port", "mtu": "mtu"}
_PEER: Final = {
    "publickey": "public-key",
    "presharedkey": "preshared-key",
    "allowedips": "allowed-address",
    "persistentkeepalive": "persistent-keepalive",
}


def _blocks(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The blocks of a wg-quick configuration: `[name]` and what it says, names in small letters."""
    kind = ""
    values: dict[str, str] = {}
    for line in map(str.strip, text.strip().splitlines()):
        if line.startswith("[") and line.endswith("]"):
            if kind:
                yield kind, values
            kind, values = line[1:-1].lower(), {}
        elif line and kind:
            name, _, value = line.partition("=")
            values[name.strip().lower()] = value.strip()
        elif line:
            raise refusal.failure("Could not parse")
    if kind:
        yield kind, values


def _give(router: Device, request: Request, command: str, words: list[str]) -> None:
    for reply in router.execute([command, *words], request.session):
        if reply[0] == "!trap":
            said = dict(attribute(word) for word in reply[1:])
            raise refusal.Refusal(said["message"], int(said["category"]) if "category" in said else None)


def _wg_export(router: Device, request: Request) -> list[Sentence]:
    """Writes an interface and its peers to a file; what it answers without one isn't known."""
    only(request, "number", ".id", "file", "as-value")
    given = request.attributes
    interface = find(request, given.get("number") or _needed(given, ".id"))
    own = interface.values
    lines = ["[Interface]", f"ListenPort = {own['listen-port']}", f"PrivateKey = {own['private-key']}"]
    for row in router.table("/interface/wireguard/peers"):
        peer = row.values
        if peer["interface"] == own["name"]:
            lines += ["", "[Peer]", f"PublicKey = {peer.get('public-key', '')}"]
            lines += [f"PresharedKey = {peer['preshared-key']}"] if "preshared-key" in peer else []
            lines.append(f"AllowedIPs = {peer['allowed-address'].replace(',', ', ')}")
            if address := peer.get("endpoint-address"):
                lines.append(f"Endpoint = {address}:{peer.get('endpoint-port', '0')}")
            if keepalive := peer.get("persistent-keepalive"):
                lines.append(f"PersistentKeepalive = {(milliseconds(keepalive) or 0) // 1000}")
    write_file(router, _needed(given, "file"), "\n".join([*lines, ""]))
    return [_DONE]


# -- routes -----------------------------------------------------------------------------------------------------------


def _check(router: Device, request: Request) -> list[Sentence]:
    """Which way a packet to an address would take in main; without `once` it is asked again and again.

    That a way is `ok`, and its properties, are by a user's script (docs/facts/samples.md#route-check) and the manual;
    what is said where there is none is an option.
    """
    only(request, "dst-ip", "src-ip", "once", "interval", "duration", "as-value", ".proplist")
    address = ipv4(_needed(request.attributes, "dst-ip"))
    if address is None:
        raise refusal.bad_value("dst-ip")
    way = router.network.way(address)
    if way is None:
        return [("!re", f"=status={router.options.no_route}"), _DONE]
    host, _, interface = way.rpartition("%")
    return [("!re", "=status=ok", f"=interface={interface}", *([f"=nexthop={host}"] if host else [])), _DONE]


# -- certificates -----------------------------------------------------------------------------------------------------


def _sign(router: Device, request: Request) -> list[Sentence]:
    """Makes a template a certificate, signed by itself or by another; what it shows is TF's sample.

    The key is always one of an elliptic curve here, whatever `key-size` says: nobody uses it.
    """
    only(request, ".id", "number", "numbers", "name", "ca", "ca-crl-host", "once", "interval", "duration", "as-value")
    given = request.attributes
    row = find(request, given.get(".id") or given.get("numbers") or _needed(given, "number"))
    if "fingerprint" in row.facts:
        raise refusal.failure("already signed")
    authority = find(request, given["ca"]) if "ca" in given else None
    if given.get("name"):
        request.table.alter(row, {"name": given["name"]})
    now = dt.datetime.fromtimestamp(int(router.clock()), dt.UTC)
    until = now + dt.timedelta(days=int(row.values.get("days-valid", "365")))
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, row.values.get("common-name") or "router")])
    built = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
    built = built.serial_number(x509.random_serial_number()).not_valid_before(now).not_valid_after(until)
    certificate = built.sign(key, hashes.SHA256())
    identity = x509.SubjectKeyIdentifier.from_public_key(key.public_key()).digest.hex()
    row.facts |= {
        "fingerprint": certificate.fingerprint(hashes.SHA256()).hex(),
        "serial-number": f"{certificate.serial_number:X}"[:16],
        "invalid-before": router.now_text(now.timestamp()),
        "invalid-after": router.now_text(until.timestamp()),
        "skid": identity,
        "akid": authority.facts.get("skid", "") if authority else "",
        "private-key": "true",
        "authority": "true" if "key-cert-sign" in row.values.get("key-usage", "key-cert-sign") else "false",
    }
    if authority is not None:
        row.facts["ca"] = authority.values["name"]
    return [("!re", "=progress=done"), _DONE]


def _revoke(router: Device, request: Request) -> list[Sentence]:
    """Revokes a certificate that another one signed."""
    only(request, ".id", "numbers")
    row = find(request, request.attributes.get(".id") or _needed(request.attributes, "numbers"))
    row.facts["revoked"] = router.now_text()
    return [_DONE]


ACTIONS: Final[dict[tuple[str, str], Command]] = {
    ("/interface/wireguard", "wg-import"): Command(_wg_import),
    ("/interface/wireguard", "wg-export"): Command(_wg_export, reads=True),
    ("/interface/wireguard/peers", "show-client-config"): Command(_client_config, reads=True),
    ("/ip/route", "check"): Command(_check, reads=True),
    ("/certificate", "sign"): Command(_sign),
    ("/certificate", "issued-revoke"): Command(_revoke),
}
"""Commands of single menus, by menu and command."""
