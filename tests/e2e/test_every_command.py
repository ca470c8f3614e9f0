"""Every command, with hostile names in every place that can be named, on a terminal and piped: no control character.

The commands are found from the command line itself, so a new one fails here until it is walked. In `make test` they run
in this process, on a real pseudo-terminal; at length each is a process of its own.
"""

import contextlib
import datetime as dt
import json
import os
import pathlib
import socket
import ssl
import subprocess
import sys
import threading

import pytest
import typer.main
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

import evil
from at_length import LONG, SHARE, rounds
from hostile import BYTES, ESCAPES, LINES, MARKUP, NAMES, TURNED, no_control_characters
from terminal import called, printed_by
from wiretik.cli import app
from wiretik.engine.processes import program, provider
from wiretik_provider.keys import generate
from wiretik_provider.simulator import serve
from wiretik_provider.wire import encode

PASSWORD = "Login-Pw-9f"
SALT = "v1:SFyPvzqfvo4=:v1:xN73EIm+3xPD1xFq:RE+1K2ceOB0y+or6/jQdOTLfTPu9sQ=="
"""Of the empty passphrase."""
EVERYTHING = ESCAPES + LINES + TURNED + MARKUP
"""All in one name, of what Pulumi takes: whole characters."""
KEYS = [generate() for _ in range(2)]
ROWS = f"""
wt.FilterRule({EVERYTHING!r}, chain="forward", action="accept", src_address="10.7.7.7", comment={EVERYTHING!r})
wt.AddressList("list", list="l", entries=[wt.Entry("1.2.3.4", comment={EVERYTHING!r})])
pulumi.export({EVERYTHING!r}, {EVERYTHING!r})
pulumi.export("phone", wt.ClientProfile({EVERYTHING!r}, wt.ClientProfileArgs(
    address="10.99.0.3/24", endpoint="r.example.com:51820", public_key={KEYS[0]!r},
    modes={{{EVERYTHING!r}: wt.ProfileMode(["10.99.0.0/24"])}})).texts)
mesh = wt.RelayMesh("m", wt.RelayMeshArgs("wg-mesh", endpoint="r.example.com:51820", address="10.99.0.1/24",
    clients=[wt.MeshClient({MARKUP!r}, "10.99.0.2", public_key={KEYS[1]!r})]))
print({ESCAPES + TURNED!r})
pulumi.log.warn({ESCAPES + TURNED!r})
pulumi.log.info({ESCAPES + TURNED!r})
"""
ADOPTS = f'wt.FilterRule("ad", chain="forward", action="accept", src_address="10.9.9.9", adopt=True)\n{ROWS}'
CLASHES = 'wt.FilterRule("ad", chain="forward", action="accept", src_address="10.9.9.9")\n' + ROWS
LACKS = f'wt.InterfaceListMember("m", list={MARKUP!r}, interface="bridge")\n{ROWS}'
FAILS = f"{ROWS}\nraise ValueError({ESCAPES + TURNED!r})\n"


def hostile_router(lab):
    """Names of others wherever a router has any."""
    first = lab.run("/ip/firewall/filter/print")[1][".id"]
    for name in (*NAMES, EVERYTHING):
        lab.run("/interface/list/add", name=name, comment=name)
        lab.run("/ip/firewall/filter/add", chain="mine", action="accept", comment=name)
        lab.run("/ip/firewall/mangle/add", chain="prerouting", action="accept", comment=name)
        lab.run("/ip/firewall/nat/add", chain=name, action="accept", comment=name)
        lab.run("/ip/firewall/address-list/add", list=name, address="1.2.3.4", comment=name)
        lab.run("/system/script/add", name=name, source=name, comment=name)
        lab.run("/routing/table/add", name=name, fib="", comment=name)
    lab.run("/ip/firewall/filter/add", chain="forward", action="accept", src_address="10.9.9.9", comment=EVERYTHING)
    lab.run("/ip/firewall/filter/add", chain="forward", action="drop", comment=EVERYTHING, place_before=first)
    lab.run(
        "/ip/firewall/filter/add", chain="input", action="drop", protocol="udp", comment=ESCAPES, place_before=first
    )
    lab.run("/ip/route/add", dst_address="10.55.0.0/16", gateway="bridge", comment=EVERYTHING)
    for at, name in enumerate((ESCAPES, BYTES)):
        lab.run("/interface/wireguard/add", name=name, comment=EVERYTHING, listen_port=str(14000 + at))
        peer = {"interface": name, "public_key": generate(), "comment": EVERYTHING, "name": name}
        lab.run("/interface/wireguard/peers/add", allowed_address=f"10.{at}.0.0/24", **peer)
        lab.run("/ip/address/add", address=f"10.{at}.0.1/24", interface=name, comment=name)
    lab.run("/system/identity/set", name=EVERYTHING)


def refusing(reply):
    def answer(connection, _sentence, tag):
        words = (reply, *([tag] if reply == "!trap" else ()))
        said = f"=message={EVERYTHING}" if reply == "!trap" else EVERYTHING
        connection.sendall(encode((*words, said)) + (encode(("!done", tag)) if reply == "!trap" else b""))

    return answer


@contextlib.contextmanager
def certified():
    """A TLS service whose certificate says hostile names."""
    private, now = ec.generate_private_key(ec.SECP256R1()), dt.datetime.now(dt.UTC)
    told = {NameOID.COMMON_NAME: ESCAPES, NameOID.ORGANIZATION_NAME: LINES + TURNED}
    subject = x509.Name([x509.NameAttribute(*pair) for pair in told.items()])
    certificate = x509.CertificateBuilder(subject, subject, private.public_key(), x509.random_serial_number())
    certificate = certificate.not_valid_before(now - dt.timedelta(1)).not_valid_after(now + dt.timedelta(30))
    pem = certificate.sign(private, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    pem += private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file = pathlib.Path("certificate.pem")
    file.write_bytes(pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def listen():
            while True:
                try:
                    connection, _ = listener.accept()
                    with contextlib.suppress(OSError), context.wrap_socket(connection, server_side=True) as secure:
                        secure.recv(1)
                except OSError:
                    return

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()


class World:
    """A project whose stack `lab` reaches a router full of hostile names."""

    def __init__(self, lab):
        self.lab = lab
        pathlib.Path("Pulumi.yaml").write_text("name: site\nruntime: python\n")
        self.configure(lab.api_port)
        self.write(ROWS)

    def configure(self, port):
        config = {"wiretik:host": "127.0.0.1", "wiretik:port": str(port), "wiretik:tls": "false"}
        config |= {"wiretik:username": "admin", "wiretik:timeout": "3s", "site:odd": EVERYTHING}
        pathlib.Path("Pulumi.lab.yaml").write_text(json.dumps({"encryptionsalt": SALT, "config": config}))

    def write(self, text):
        pathlib.Path("__main__.py").write_text(f"import pulumi\nimport wiretik as wt\n{text}")


# --- running ---------------------------------------------------------------------------------------------------------


def here(words, *, terminal):
    """Runs a command in this process as `main` does."""
    if terminal:
        return printed_by(lambda out: called(words, out))
    printed = pathlib.Path("printed")
    with printed.open("wb") as file:
        called(words, file.fileno())
    return printed.read_bytes()


def process(words, *, terminal):
    """Runs a command as people do."""
    command = [sys.executable, "-m", "wiretik", *words]
    if terminal:
        return printed_by(
            lambda out: subprocess.run(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, check=False)
        )
    return subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    ).stdout


RUN = process if SHARE >= 1 else here
pytestmark = pytest.mark.xdist_group("every-command")  # one worker has the world of all of them


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch, serve(profile="defconf", password=PASSWORD) as lab:
        patch.chdir(tmp_path_factory.mktemp("world"))
        for name in [one for one in os.environ if one.startswith(("WIRETIK_", "PULUMI_"))]:
            patch.delenv(name)
        patch.setenv("WIRETIK_PASSWORD", PASSWORD)
        patch.setenv("PULUMI_CONFIG_PASSPHRASE", "")
        patch.setenv("COLUMNS", "120")
        patch.setenv("TERM", "xterm-256color")
        if SHARE < 1:
            patch.setattr(provider, "process", provider.in_process)
            patch.setattr(program, "process", lambda job, say, **_: program.inline()(job, say))
        hostile_router(lab)
        made = World(lab)
        assert b"created" in RUN(["up", "--yes", "--skip-preview"], terminal=False)
        yield made


def commands():
    """Every command that there is, as its words."""

    def below(group, words):
        for name, one in group.commands.items():
            yield (*words, name)
            if hasattr(one, "commands"):
                yield from below(one, (*words, name))

    return set(below(typer.main.get_command(app), ()))


EXPORT = f'# 2026-01-01 by RouterOS 7.23.2\n/system identity\nset name="{ESCAPES}"\n{LINES}\n'
WALKS = {
    ("adopt",): [
        ["adopt", "127.0.0.1", "--port", "{api}", "--plain", "--dry-run", "-C", "mine"],
        ["adopt", "--export", "export.rsc", "-C", "adopted"],
        ["adopt", "--export", f"no{ESCAPES}"],
        ["adopt", "--menus", EVERYTHING],
        ["adopt", EVERYTHING, "-C", "nowhere"],
    ],
    ("plan",): [
        ["plan", "--rsc"],
        ["plan", "--rsc", "--export", "export.rsc"],
        ["plan", "--rsc", "--router", EVERYTHING],
        ["plan", "--rsc", f"/dev/null/{ESCAPES}"],
        ["plan"],
    ],
    ("own",): [["own"], ["own", EVERYTHING], ["own", "-C", f"/{ESCAPES}"]],
    ("plugin",): [["plugin"], ["plugin", EVERYTHING]],
    ("plugin", "install"): [["plugin", "install"], ["plugin", "install", EVERYTHING]],
    ("show",): [["show"], ["show", "--json"], ["show", EVERYTHING], ["show", "--router", EVERYTHING]],
    ("unmanaged",): [["unmanaged", "--all"], ["unmanaged", "--json"], ["unmanaged", "-C", f"/{ESCAPES}"]],
    ("trace",): [
        ["trace", "--src", "192.168.88.10", "--dst", "10.0.0.5"],
        ["trace", "--src", "192.168.88.10", "--dst", "10.0.0.5", "--json"],
        ["trace", "--src", "192.168.88.10", "--dst", "10.0.0.5", "--svg", "walk.svg"],
        ["trace", "--src", "192.168.88.10", "--dst", "10.0.0.5", "--in", EVERYTHING],
        ["trace", "--src", "192.168.88.10", "--dst", "10.0.0.5", "--export", "export.rsc"],
        ["trace", "--src", EVERYTHING, "--dst", "10.0.0.5"],
    ],
    ("doctor",): [
        ["doctor"],
        ["doctor", "--json"],
        ["doctor", "--ignore", EVERYTHING],
        ["doctor", "--export", "export.rsc"],
        ["doctor", "--export", f"no{ESCAPES}"],
    ],
    ("graph",): [
        ["graph"],
        ["graph", "--json"],
        ["graph", "--svg", "-"],
        ["graph", "--state", f"no{ESCAPES}"],
        ["graph", EVERYTHING],
    ],
    ("profile",): [
        ["profile", "lab", "phone"],
        ["profile", "lab", "phone", "--qr"],
        ["profile", "lab", EVERYTHING],
        ["profile", "lab", "phone", "--mode", EVERYTHING + "x"],
        ["profile", EVERYTHING, "phone"],
    ],
    ("compare",): [
        ["compare"],
        ["compare", "--export", "export.rsc"],
        ["compare", "--export", f"no{ESCAPES}"],
        ["compare", "--probe", f"no{ESCAPES}"],
        ["compare", EVERYTHING],
    ],
    ("connect",): [
        ["connect", "127.0.0.1", "--port", "{certified}", "--timeout", "3"],
        ["connect", "127.0.0.1", "--port", "{plain}", "--user", EVERYTHING, "--timeout", "3"],
        ["connect", EVERYTHING],
    ],
    ("lab",): [
        ["lab", "--load", f"no{ESCAPES}"],
        ["lab", "--load", "export.rsc"],
        ["lab", "--fault", EVERYTHING],
        ["lab", "--option", EVERYTHING],
        ["lab", "--host", EVERYTHING],
    ],
    ("guard",): [["guard"], ["guard", "--json"], ["guard", "-C", f"/{ESCAPES}"]],
    ("confirm",): [["confirm"], ["confirm", "--router", EVERYTHING]],
    ("rollback",): [["rollback"], ["rollback", "-C", f"/{ESCAPES}"]],
    ("preview",): [
        ["preview"],
        ["preview", "--diff", "--refresh"],
        ["preview", "--json"],
        ["preview", "-s", EVERYTHING],
        ["preview", f"--{ESCAPES}"],
        ["preview", "--target", EVERYTHING],
    ],
    ("refresh",): [["refresh", "--yes", "--diff"], ["refresh", "--yes", "--json"]],
    ("up",): [["up", "--yes", "--diff"], ["up", "--yes", "--json"], ["up"]],
    ("export",): [["export"], ["export", "-s", EVERYTHING], ["export", "--file", f"/dev/null/{ESCAPES}"]],
    ("import",): [
        ["import", "--file", "import.json", "--yes"],
        ["import", "--file", f"no{ESCAPES}", "--yes"],
        ["import", "--file", "broken.json", "--yes"],
    ],
    ("config",): [["config"], ["config", "-C", f"/{ESCAPES}"]],
    ("config", "set"): [["config", "set", f"x{ESCAPES}", "x"], ["config", "set", "-C", f"/{ESCAPES}", "a", "b"]],
    ("cancel",): [["cancel"], ["cancel", "--yes"]],
    ("fleet",): [["fleet"], ["fleet", ESCAPES]],
    ("fleet", "status"): [["fleet", "status", "-l", EVERYTHING], ["fleet", "status", "-f", f"no{ESCAPES}"]],
    ("fleet", "preview"): [["fleet", "preview", "-f", "odd.yaml"]],
    ("fleet", "drift"): [["fleet", "drift", "-f", f"no{ESCAPES}"]],
    ("fleet", "up"): [["fleet", "up", "-f", "odd.yaml", "--waves", ESCAPES]],
    ("fleet", "destroy"): [["fleet", "destroy", "-f", "odd.yaml", "--resume", ESCAPES]],
    ("fleet", "join"): [["fleet", "join", "-f", f"no{ESCAPES}", "x"], ["fleet", "join", "-f", "odd.yaml", ESCAPES]],
    ("fleet", "doctor"): [["fleet", "doctor", "-f", "odd.yaml"]],
    ("fleet", "report"): [["fleet", "report", "-f", "odd.yaml", EVERYTHING]],
    ("fleet", "export"): [["fleet", "export", ESCAPES], ["fleet", "export", "mktxp", "-f", "odd.yaml"]],
    ("fleet", "render"): [["fleet", "render", "-f", "odd.yaml", "-l", EVERYTHING]],
    ("fleet", "encrypt"): [["fleet", "encrypt", "-f", f"no{ESCAPES}"]],
    ("destroy",): [["destroy", "--preview-only", "--diff"], ["destroy", "--yes", "--json", "--target", EVERYTHING]],
}
"""Words by command; the same with other programs and other routers are in tests of their own."""


def test_every_command_is_walked():
    assert set(WALKS) == commands()


WAYS = [
    pytest.param(name, terminal, id=f"{' '.join(name)}-{'terminal' if terminal else 'piped'}")
    for at, name in enumerate(sorted(WALKS))
    for terminal in (False, True)
    if LONG or not terminal or at % 2
]
"""Each command piped, and each other one on a terminal; at length each in both ways."""


@pytest.mark.parametrize(("name", "terminal"), WAYS)
def test_no_command_prints_a_control_character(world, name, terminal):
    pathlib.Path("export.rsc").write_text(EXPORT)
    pathlib.Path("broken.json").write_text(ESCAPES)
    odd = {"sites": {EVERYTHING: {"host": "127.0.0.1", "port": 1, "labels": {EVERYTHING: ESCAPES}}}}
    pathlib.Path("odd.yaml").write_text(json.dumps(odd))
    named = {"type": "wiretik:Route" + ESCAPES, "name": EVERYTHING, "id": EVERYTHING}
    pathlib.Path("import.json").write_text(json.dumps({"resources": [named]}))
    reached = ""
    with certified() as port:
        lab = world.lab
        ports = {"{certified}": str(port), "{plain}": str(lab.apis_port), "{api}": str(lab.api_port)}
        for words in WALKS[name][: rounds(1, 99)] if terminal else WALKS[name]:
            if name == ("cancel",):
                lock_by_somebody_odd()
            printed = RUN([ports.get(word, word) for word in words], terminal=terminal)
            assert printed or name == ("config", "set"), words
            no_control_characters(printed, terminal=terminal)
            assert not [line for line in printed.decode().splitlines() if line.strip().startswith("error: a forged")]
            reached += printed.decode()
    assert terminal or "\\x1b" in reached or "\\u001b" in reached, "no hostile name was in what it printed"
    for picture in pathlib.Path().glob("*.svg"):
        no_control_characters(picture.read_bytes())


def lock_by_somebody_odd():
    """A lock as another machine may have left it."""
    place = pathlib.Path(".wiretik/.pulumi/locks/organization/site/lab")
    place.mkdir(parents=True, exist_ok=True)
    lock = {"pid": 1, "username": EVERYTHING, "hostname": EVERYTHING, "timestamp": "2026-01-01T00:00:00Z"}
    (place / "odd.json").write_text(json.dumps(lock))


PREVIEWS = {"adopts": ADOPTS, "clashes": CLASHES, "lacks": LACKS, "fails": FAILS}


def in_turn(*kinds):
    """Each kind on a terminal or piped, in turn; at length each in both ways."""
    ways = (
        (kind, terminal) for at, kind in enumerate(kinds) for terminal in ((False, True) if LONG else (bool(at % 2),))
    )
    return [pytest.param(*way, id=f"{way[0]}-{'terminal' if way[1] else 'piped'}") for way in ways]


@pytest.mark.parametrize(("kind", "terminal"), in_turn(*PREVIEWS))
def test_no_preview_prints_one_whatever_the_program_says(world, kind, terminal):
    world.write(PREVIEWS[kind])
    try:
        for words in (["preview", "--diff"], ["preview", "--json"])[: rounds(1, 2)]:
            printed = RUN(words, terminal=terminal)
            no_control_characters(printed, terminal=terminal)
            assert b"\\x1b" in printed or b"\\u001b" in printed
    finally:
        world.write(ROWS)


ASKING = [["show"], ["unmanaged"], ["doctor"], ["trace", "--src", "192.168.88.10", "--dst", "1.1.1.1"], ["preview"]]


@pytest.mark.parametrize(("reply", "terminal"), in_turn("!trap", "!fatal"))
@pytest.mark.parametrize("when", ["login", "answer"])
def test_no_refusal_of_a_router_prints_one(world, reply, when, terminal):
    with evil.hostile(**{when: refusing(reply)}) as port:
        world.configure(port)
        try:
            for words in ASKING[: rounds(1, 5)] if terminal else ASKING:
                printed = RUN(words, terminal=terminal)
                no_control_characters(printed, terminal=terminal)
                assert b"\\x1b" in printed or words[0] in ("unmanaged", "trace")
                assert not [x for x in printed.decode().splitlines() if x.strip().startswith("error: a forged")]
        finally:
            world.configure(world.lab.api_port)


@pytest.mark.usefixtures("world")
def test_a_command_of_its_own_process_is_guarded_from_its_start():
    for words in (["show"], [EVERYTHING], ["show", f"--{ESCAPES}"]):
        printed = process(words, terminal=True)
        no_control_characters(printed, terminal=True)
        assert b"x1b" in printed
