"""Fleets for tests: a program of three rows, a fleet's file, and a lab for each site."""

import contextlib
import json
import os
import pathlib
from collections.abc import Iterator, Mapping

import attrs
from typer.testing import CliRunner

from deploying import SHARED, cipher
from wiretik.cli import _app
from wiretik.engine.processes import children
from wiretik_provider.simulator import Lab, serve

PROGRAM = """
import pulumi
import wiretik as wt

config = pulumi.Config()
wt.WireGuardInterface("wg0", listen_port=config.get_int("port") or 51820)
wt.FilterRule("in", chain="input", protocol="udp", dst_port="51820", action="accept")
wt.Route("office", dst_address=config.get("office") or "10.77.0.0/24", blackhole=True)
pulumi.export("site", pulumi.get_stack())
"""
LINKED = """
import pulumi
import wiretik as wt

config = pulumi.Config()
number = config.require_int("number")
wg = wt.WireGuardInterface("wg0", listen_port=51820)
wt.IpAddress("inside", address=f"10.9.0.{number}/24", interface=wg)
for name, facts in (config.get_object("ends") or {}).items():
    wt.Peer(name, interface=wg, public_key=facts["key"], allowed_address=[facts["address"]], name=name)
pulumi.export("facts", {"key": wg.public_key, "address": f"10.9.0.{number}/32"})
"""
"""A hub or a spoke: a peer for each of those whose facts it is given."""
PASSWORD = "Tr0ub4dor&3"
NOBODY = 1
"""A port on which nobody answers."""


@attrs.frozen
class Done:
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def events(self) -> list[dict[str, object]]:
        """Of `--json`, its lines."""
        return [json.loads(line) for line in self.out.splitlines() if line.startswith("{")]


@attrs.define
class Fleet:
    """A fleet in a directory, with its routers."""

    place: pathlib.Path
    labs: Mapping[str, Lab]
    closed: dict[str, int] = attrs.field(factory=dict)

    def write(self, *, program: str = PROGRAM, more: str = "", salt: str | None = None, **ports: int) -> None:
        """Write program and fleet's file; a site may have another port than its router's."""
        (self.place / "Pulumi.yaml").write_text("name: net\nruntime: python\n")
        (self.place / "__main__.py").write_text(program)
        salt = cipher().salt if salt is None else salt
        password = cipher().encrypt(PASSWORD, "fleet")
        sites = "".join(
            f"  {name}: {{host: {lab.host}, port: {ports.get(name, lab.api_port)}, labels: {{ring: {number % 2}}}"
            + (f", vars: {{number: {number + 1}}}}}\n" if "number" in program else "}\n")
            for number, (name, lab) in enumerate(self.labs.items())
        )
        (self.place / "fleet.yaml").write_text(
            f"defaults: {{username: admin, tls: false, password: {{secure: {password}}}}}\n"
            f"sites:\n{sites}{more}" + (f"encryptionsalt: {salt}\n" if salt else "")
        )

    def run(self, *words: str) -> Done:
        """Run a command in this process; sites' processes are forks of the tests' nursery."""
        children.prepare_apart(SHARED)
        app = _app(["fleet"])
        done = CliRunner().invoke(app, ["fleet", words[0], "-f", str(self.place / "fleet.yaml"), *words[1:]])
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return Done(done.exit_code, done.stdout, done.stderr)

    def rows(self, menu: str = "/ip/route") -> dict[str, int]:
        """How many rows with a tag each router has in a menu."""
        return {
            name: sum("[wt:" in row.get("comment", "") for row in lab.run(f"{menu}/print"))
            for name, lab in self.labs.items()
        }

    @property
    def records(self) -> list[pathlib.Path]:
        """All files that runs have left."""
        return [file for file in (self.place / ".wiretik" / "fleet").rglob("*") if file.is_file()]


@contextlib.contextmanager
def fleet(place: pathlib.Path, *names: str) -> Iterator[Fleet]:
    """A fleet with a router for each name."""
    with contextlib.ExitStack() as closing:
        labs = {
            name: closing.enter_context(serve(password=PASSWORD, tls=False, serial=f"HE{number}"))
            for number, name in enumerate(names)
        }
        before = os.environ.get("PULUMI_CONFIG_PASSPHRASE")
        os.environ["PULUMI_CONFIG_PASSPHRASE"] = "correct horse battery staple"
        try:
            found = Fleet(place, labs)
            found.write()
            yield found
        finally:
            del os.environ["PULUMI_CONFIG_PASSPHRASE"]
            if before is not None:
                os.environ["PULUMI_CONFIG_PASSPHRASE"] = before
