"""Whatever a man in the middle makes of any word: no crash, no hang, no control character, no secret, bounded memory.

`make test` has sixteen rounds, `make test-long` 5,000. A round that fails is had again by its number.
"""

import base64
import contextlib
import datetime as dt
import io
import pathlib
import resource
import socket
import ssl
import time
from random import Random

import pytest
from typer.testing import CliRunner

from at_length import rounds
from deploying import PASSPHRASE, Site
from hostile import no_control_characters
from middle import Middle, meddled_bytes
from wiretik.cli import app
from wiretik.cli.commands.connect import _read
from wiretik.cli.first_contact import Target, advice
from wiretik.cli.output import say
from wiretik.engine import EngineError
from wiretik_provider.api.link import close_all
from wiretik_provider.api.session import Access, Command, Session
from wiretik_provider.errors import WiretikError
from wiretik_provider.kinds import Links
from wiretik_provider.masks import Known
from wiretik_provider.registry import kind_named
from wiretik_provider.simulator import serve
from wiretik_provider.simulator.services.tls import identity

pytestmark = pytest.mark.property

ROUNDS = rounds(8, 5000)
PARTS = 2
PASSWORD = "Login/Passwort=9f+"
PRIVATE, SHARED = "cF3ISTw2V5pbEWmVEA9jXjVy/fhwPnCO8aCNlDs2d04=", "dwdtCnMYpX08FsFyUbJmRd9ML4frwJkqsXf7pR25LCo="
PUBLIC = "6KHzdddhlPpRo1Vql+ZB5haF+RTURpedpQpVGkMz/1c="
ANOTHER = "rkSKyGxOjk3sZFcpcI70GHOuecbf+E7/czYJiUh/COU="
SECRETS = Known([PASSWORD, PRIVATE, SHARED])
LONGEST = 40
"""Seconds; a round has a timeout of one, and four for an answer that doesn't end, and may log in twice."""
MOST = 900
"""Megabytes that the whole process may have grown to: an answer may take 8 MiB, a word 16."""

PROGRAM = f"""
wg0 = wt.WireGuardInterface("wg0", private_key=pulumi.Output.secret("{PRIVATE}"))
wt.Peer("p", interface=wg0, public_key="{PUBLIC}", allowed_address=["10.9.0.2/32"], preshared_key="{SHARED}")
wt.AddressList("a", entries=["10.0.0.0/8", "192.168.1.1"])
wt.FilterRule("f", chain="forward", action="drop", comment="of mine", position=wt.BEFORE_DROP)
wt.Dns("d", servers=["9.9.9.9"])
"""
KINDS = {
    "/interface/wireguard": {"name": "wg7", "private_key": PRIVATE, "tag": "aaaa00000001"},
    "/interface/wireguard/peers": {
        "interface": "wg8",
        "public_key": ANOTHER,
        "allowed_address": ["10.9.9.2/32"],
        "preshared_key": SHARED,
        "tag": "aaaa00000002",
    },
    "/ip/address": {"address": "10.9.9.1/24", "interface": "bridge", "tag": "aaaa00000003", "comment": "mine"},
    "/ip/firewall/filter": {"chain": "forward", "action": "accept", "tag": "aaaa00000004"},
    "/ip/dns": {"servers": ["9.9.9.9"]},
    "address-list": {"list": "x", "entries": {"10.0.0.0/8": {}, "10.1.1.1": {}}, "tag": "aaaa00000005"},
}
COMMANDS = (
    ["show"],
    ["show", "--json"],
    ["unmanaged", "--all"],
    ["unmanaged", "--json"],
    ["doctor"],
    ["doctor", "--json"],
    ["trace", "--src", "192.168.88.10", "--dst", "9.9.9.9"],
    ["trace", "--src", "192.168.88.10", "--dst", "9.9.9.9", "--json"],
    ["connect"],
)


class Rounds:
    """A router, the men before it, and a project that goes by them."""

    def __init__(self, lab, folder, monkeypatch):
        self.lab = lab
        lab.run("/interface/wireguard/add", name="wg8")
        self.words = Middle(lab.api_port, identity("127.0.0.1", number=0).context())
        self.bytes = Middle(lab.apis_port, words=False)
        self.config = {
            "host": lab.host,
            "port": self.words.port,
            "fingerprint": lab.fingerprint,
            "username": "admin",
            "password": {"secret": PASSWORD},
            "timeout": "1s",
            "max-answer": 8,
        }
        self.site = Site(folder, PROGRAM, {f"wiretik:{key}": value for key, value in self.config.items()})
        self.plain = {f"wiretik:{key}": str(value) for key, value in self.config.items() if key != "password"}
        self.plain["wiretik:password"] = PASSWORD
        self.folder = folder
        monkeypatch.setenv("WIRETIK_PASSWORD", PASSWORD)
        monkeypatch.setenv("PULUMI_CONFIG_PASSPHRASE", PASSPHRASE)
        monkeypatch.setenv("COLUMNS", "200")

    def round(self, number):
        """What one round printed; whoever goes past an error of Wiretik's own fails it."""
        dice = Random(number)
        acts = [self.by_command] * 8 + [self.by_kind] * 10 + [self.by_session] * 8 + [self.by_bytes] * 4
        acts += [self.by_export] * 3 + [self.by_rest] * 3 + [self.by_certificate] * 2 + [self.by_deployment]
        self.words.plan(dice, dice.choice((1, 3, 30, 300)))
        self.bytes.plan(dice, dice.choice((1, 3, 8)))
        try:
            return dice.choice(acts)(dice)
        finally:
            close_all()
            self.words.hang_up()
            self.bytes.hang_up()

    def by_command(self, dice):
        words = dice.choice(COMMANDS)
        port = self.words.port if dice.random() < 0.9 else self.bytes.port
        if words == ["connect"]:
            words = ["connect", self.lab.host, "--port", str(port), "--user", "admin", "--timeout", "1"]
            words += ["--fingerprint", self.lab.fingerprint]
        else:
            words = [*words, "-C", str(self.site.directory)]
        return self.called(words)

    def called(self, words):
        done = CliRunner().invoke(app, words)
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done.output

    def by_kind(self, dice):
        path, props = dice.choice(list(KINDS.items()))
        kind, links = kind_named(path), Links(self.plain)
        props = {"router": "", **props}
        told = []
        with self.refused(told):
            made = kind.create(links, props)
            close_all()
            seen = kind.read(links, made.id, made.outputs)
            close_all()
            kind.update(links, made.id, seen.outputs if seen else made.outputs, props)
            close_all()
            kind.delete(links, made.id, made.outputs)
        return "\n".join(told)

    @contextlib.contextmanager
    def refused(self, told):
        try:
            yield
        except WiretikError as error:
            told += [str(error), repr(error)]

    def by_session(self, dice):
        port = dice.choice((self.words.port, self.words.port, self.bytes.port))
        told = []
        with self.refused(told):
            session = Session(
                Access(
                    host=self.lab.host,
                    port=port,
                    fingerprint=self.lab.fingerprint,
                    username="admin",
                    password=PASSWORD,
                    timeout=0.4,
                    max_answer=8,
                )
            )
            try:
                answers = session.batch(
                    [
                        Command("/interface", "print"),
                        Command("/ip/firewall/filter", "print"),
                        Command("/interface/wireguard", "add", ("=name=", f"=private-key={PRIVATE}")),
                        Command("/no/such", "print"),
                    ]
                )
            finally:
                session.close()
            told += [str(answer.trap) for answer in answers if answer.trap]
        return "\n".join(told)

    def by_bytes(self, dice):
        return self.called(
            [
                "connect",
                self.lab.host,
                "--port",
                str(dice.choice((self.bytes.port, self.words.port))),
                "--timeout",
                "1",
            ]
        )

    def by_export(self, dice):
        text = self.lab.router.export()
        file = self.folder / "export.rsc"
        file.write_bytes(meddled_bytes(dice, meddled_bytes(dice, text.encode())))
        words = ["doctor", "--export", str(file)]
        if dice.random() < 0.5:
            words = ["trace", "--src", "192.168.88.10", "--dst", "9.9.9.9", "--export", str(file)]
        return self.called(words)

    def by_rest(self, dice):
        body = b'{"name": "lab", "comment": "x"}'
        head = b"%s /rest/%s HTTP/1.1\r\nHost: x\r\n%s: %s\r\nAuthorization: Basic %s\r\nConnection: close\r\n\r\n"
        length = dice.choice(((b"Content-Length", b"%d" % len(body)), (b"Transfer-Encoding", b"chunked")))
        if length[1] == b"chunked":
            body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
        way = (dice.choice((b"GET", b"PUT", b"POST")), dice.choice((b"system/identity", b"ip/address")))
        data = head % (*way, *length, base64.b64encode(f"admin:{PASSWORD}".encode()))
        with socket.create_connection((self.lab.host, self.lab.rest_port), 20) as client, contextlib.suppress(OSError):
            client.sendall(meddled_bytes(dice, data + body))
            client.shutdown(socket.SHUT_WR)
            while client.recv(65536):
                pass
        return ""

    def by_certificate(self, dice):
        der = ssl.PEM_cert_to_DER_cert(pathlib.Path(self.lab.ca_file).read_text())
        seen = _read(meddled_bytes(dice, meddled_bytes(dice, der)), "changed")
        target = Target(host="192.168.88.1", here="192.168.88.10")
        with contextlib.redirect_stdout(said := io.StringIO()):
            for line in advice(target, seen, dt.datetime.now(dt.UTC)):
                say(line.text)
        return said.getvalue()

    def by_deployment(self, dice):
        told = ""
        for operation in dice.sample(("preview", "up", "refresh", "destroy"), 2):
            try:
                told += self.site.run(operation).text
            except EngineError as error:
                told += str(error)
        return told


@pytest.mark.timeout(14_400)
@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_that_a_man_in_the_middle_does_is_a_surprise(part, tmp_path, monkeypatch):
    with serve(profile="defconf", password=PASSWORD, rest=True) as lab:
        setting = Rounds(lab, tmp_path, monkeypatch)
        setting.site.configure(
            {f"wiretik:{key}": value for key, value in {**setting.config, "port": lab.apis_port}.items()}
        )
        assert setting.site.up().ok
        setting.site.configure({f"wiretik:{key}": value for key, value in setting.config.items()})
        with setting.words, setting.bytes:
            for number in range(part, ROUNDS, PARTS):
                began = time.monotonic()
                try:
                    told = setting.round(number)
                except Exception as error:
                    error.add_note(f"round {number}")
                    raise
                assert time.monotonic() - began < LONGEST, number
                no_control_characters(told)
                assert SECRETS.masked(told) == told, number
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < MOST * 1024


def test_without_the_man_every_act_of_a_round_succeeds(tmp_path, monkeypatch):
    """Else the rounds would show nothing."""
    with serve(profile="defconf", password=PASSWORD, rest=True) as lab:
        setting = Rounds(lab, tmp_path, monkeypatch)
        with setting.words, setting.bytes:
            for number in range(3):
                dice = Random(number)
                assert setting.by_kind(dice) == ""
                assert "no such command" in setting.by_session(dice)
                assert "SHA-256" in setting.by_bytes(dice)
                assert "error: router" not in setting.by_command(dice)
                assert setting.by_deployment(dice).count("error: router") == 0
                close_all()
