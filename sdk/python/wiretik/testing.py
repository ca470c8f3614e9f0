"""Pytest fixtures for tests of your own site programs, on an embedded router and the embedded engine.

In a `conftest.py` beside the tests: `from wiretik.testing import site`. Then:

    def test_the_lan_leaves_by_the_vpn(site):
        home = site(HERE.parent, config={"lan": "192.168.88.0/24"})
        home.up().check()
        assert home.trace("192.168.88.10", "1.1.1.1", port=443).ends == "sent into the tunnel wg0"
        assert not home.up().changed

docs/testing.md has more of it.

Program and provider run in the test's own process, by the same code and the same wire as in processes of their own, so
a deployment takes a fraction of a second. Nothing of the real stack is touched: state, config and secrets live in a
temporary directory.
"""

import contextlib
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, Unpack

import attrs
import pytest
import yaml

from wiretik.engine import Result, Secret, Stack
from wiretik.engine.options import Chosen
from wiretik.engine.processes import program, provider
from wiretik.engine.processes.provider import Say
from wiretik.engine.project import load_project
from wiretik.engine.urn import DYNAMIC_PACKAGE
from wiretik.engine.values import Value, unwrap
from wiretik_provider.api.link import close_all
from wiretik_provider.simulator import Lab, serve
from wiretik_provider.simulator.services.lab import LabOptions
from wiretik_provider.trace import (
    MENUS,
    MENUS6,
    Disposition,
    Snapshot,
    Trace,
    entrance,
    network,
    packet,
    trace,
    trace_through,
)

__all__ = ["Site", "Walk", "deployed", "site"]

_PASSPHRASE: Final = "testing"  # noqa: S105, it guards nothing
_SALT: Final = "v1:N6XSzwkLgR8=:v1:zJOGqt8CtqiVp3Ym:CEX0XC74dnGu4yx/3MTl0m+dM/w+CQ=="
"""One salt for all tests, made of that passphrase: its key is derived once per process, which takes a while."""
_STACK: Final = "test"


@attrs.frozen
class Walk:
    """Where a packet went, as `wiretik trace` would tell it; `str()` of it, and a failed test, show every step.

    Attributes:
        ends: How it ended, and by which interface: `sent into the tunnel wg0`, `forwarded out of ether1`, `delivered to
            the router`, `dropped`, `rejected`, `blackholed`, `without a route`, … or `unknown`.
        verdict: The same with all that decided: `dropped by filter rule 7 'drop all'`.
        arrives: Whether it got where the router could bring it; None where that isn't known.
        answered: Whether the answer gets back to whom it came from; None where that isn't known.
        leaves: The interface by which it left; empty where it didn't.
        peer: The peer that it was sent to, by its comment, name or key; empty where it was sent to none.
        source: The source that it left with; empty where it didn't leave.
        steps: What was done to it, a line each.
    """

    ends: str
    verdict: str
    arrives: bool | None
    answered: bool | None
    leaves: str
    peer: str
    source: str
    steps: tuple[str, ...]
    _whole: str = attrs.field(repr=False, alias="whole")

    def __str__(self) -> str:
        return self._whole

    @classmethod
    def _of(cls, found: Trace) -> "Walk":
        kind = found.disposition
        by = {Disposition.INTO_TUNNEL: f" {found.leaves}", Disposition.FORWARDED: f" out of {found.leaves}"}
        return cls(
            ends=f"{kind.value}{by.get(kind, '')}",
            verdict=found.verdict,
            arrives=None if kind is Disposition.UNKNOWN else kind.arrives,
            answered=found.answered,
            leaves=found.leaves,
            peer=found.peer,
            source=found.packet.family.text(found.source) if found.source else "",
            steps=tuple(map(str, found.steps)),
            whole=str(found),
        )


@attrs.frozen
class Site:
    """A program, the stack that it is deployed to, and the embedded routers that it configures.

    Attributes:
        stack: The stack, for what isn't offered here.
        routers: The routers by name; one that wasn't named is called `router`.
    """

    stack: Stack
    routers: Mapping[str, Lab]

    @property
    def router(self) -> Lab:
        """The first or only router: look at `router.rows(path)`, change it by hand with `router.run(command, ...)`."""
        return next(iter(self.routers.values()))

    def rows(self, path: str, router: str = "") -> list[dict[str, str]]:
        """The rows of a menu of a router, as an admin sees them, `/ip/route` for example."""
        lab = self.routers[router] if router else self.router
        return lab.router.rows(path)

    def preview(self, **options: Unpack[Chosen]) -> Result:
        """Say what `up` would do; the options are those of `wiretik.engine.Options`. `.check()` raises what failed."""
        return self.stack.preview(**options)

    def up(self, **options: Unpack[Chosen]) -> Result:
        """Deploy; `.check()` of the result raises what failed, whole."""
        return self.stack.up(**options)

    def refresh(self, **options: Unpack[Chosen]) -> Result:
        """Compare the state with the routers: drift is in the result's steps."""
        return self.stack.refresh(**options)

    def destroy(self, **options: Unpack[Chosen]) -> Result:
        """Delete everything."""
        return self.stack.destroy(**options)

    def trace(
        self,
        source: str,
        destination: str,
        *,
        port: int | None = None,
        protocol: str = "",
        src_port: int | None = None,
        enters: str = "",
        router: str = "",
    ) -> Walk:
        """Follow a packet on the routers as they are now, through the tunnels between them if there are several.

        Args:
            source: The address that it comes from, of IPv4 or IPv6.
            destination: The address that it goes to.
            port: Where it goes to; with one it is TCP, without one a ping.
            protocol: Something else than that, by name or number.
            src_port: Where it comes from; any that senders take where it isn't said.
            enters: The interface that it comes in by; where its answer would go out if it isn't said.
            router: On which of several routers it begins.

        Returns:
            Where it went.

        Raises:
            ValueError: There is no such packet, interface or router, or where it comes in doesn't follow.
        """
        first = router or (next(iter(self.routers)) if len(self.routers) == 1 else "")
        if first not in self.routers:
            raise ValueError(f"router={router!r}: it is one of {', '.join(sorted(self.routers))}")
        asked = packet(source, destination, protocol=protocol, port=port, src_port=src_port, enters=enters)
        nodes = {name: _snapshot(lab, name) for name, lab in self.routers.items()}
        here = nodes[first].of(asked.family)
        if enters and enters not in here.interfaces:
            raise ValueError(f"enters={enters!r}: the router has {', '.join(sorted(here.interfaces))}")
        came_in = enters or entrance(here, asked.src)
        if not came_in:
            raise ValueError(f"where {source} comes in doesn't follow from the routes: say enters=")
        asked = attrs.evolve(asked, enters=came_in)
        return Walk._of(trace(here, asked) if len(nodes) == 1 else trace_through(network(nodes), first, asked))

    def outputs(self) -> dict[str, Value]:
        """The stack's outputs, secrets in plain text."""
        return {key: unwrap(value) for key, value in self.stack.outputs().items()}


class SiteOptions(LabOptions, total=False):
    """What `deployed` takes besides the program."""

    config: Mapping[str, str | Secret] | None
    routers: Mapping[str, str] | None
    profile: str


@contextlib.contextmanager
def deployed(
    what: Path | str | Callable[[], object],
    *,
    config: Mapping[str, str | Secret] | None = None,
    routers: Mapping[str, str] | None = None,
    profile: str = "defconf",
    **lab_options: Unpack[LabOptions],
) -> Iterator[Site]:
    """A site for as long as the block runs; nothing is deployed yet.

    Args:
        what: The directory of a project, or a function that declares resources.
        config: Stack config; a key without a namespace is the project's, `Secret(text)` a secret.
        routers: The profiles of several routers by name, for `wiretik:routers`.
        profile: The only router's profile: `defconf`, the factory home router, or `bare`.
        lab_options: Further arguments of `wiretik_provider.simulator.serve`.

    Yields:
        The site.
    """
    with contextlib.ExitStack() as closing:
        labs = {
            name: closing.enter_context(serve(profile=one, **lab_options))
            for name, one in (routers or {"router": profile}).items()
        }
        closing.enter_context(_without_variables())
        directory = Path(closing.enter_context(tempfile.TemporaryDirectory(prefix="wiretik-")))
        function = what if callable(what) else None
        name = _write_project(directory, None if function else Path(str(what)))
        reach: dict[str, str | Secret] = _one(labs["router"]) if routers is None else _several(labs)
        given = {key if ":" in key else f"{name}:{key}": value for key, value in (config or {}).items()}
        stack = Stack(
            directory,
            _STACK,
            backend=directory / "state",
            passphrase=_PASSPHRASE,
            config={**reach, **given},
            host=_host,
            runner=program.inline(function),
        )
        yield Site(stack, labs)


@pytest.fixture
def site() -> Iterator[Callable[..., Site]]:
    """Makes sites for one test: `site(directory_or_function, config={...})`, with the arguments of `deployed`."""
    with contextlib.ExitStack() as closing:

        def make(what: Path | str | Callable[[], object], **arguments: Unpack[SiteOptions]) -> Site:
            return closing.enter_context(deployed(what, **arguments))

        yield make


def _snapshot(lab: Lab, name: str) -> Snapshot:
    """A router as its admin sees it."""
    return Snapshot(
        {path: lab.run(f"{path}/print") for path in (*MENUS, *MENUS6) if path in lab.router.menus}, {}, name
    )


def _write_project(directory: Path, what: Path | None) -> str:
    """A project that runs the program where it stands, but keeps everything else here; returns its name."""
    if what is None:
        data: dict[str, Any] = {"name": "site", "runtime": "python"}
    else:
        project = load_project(what)
        data = {
            "name": project.name,
            "runtime": "python",
            "main": str(project.program),
            "config": dict(project.config),
        }
    (directory / "Pulumi.yaml").write_text(yaml.safe_dump(data), encoding="utf-8")
    (directory / f"Pulumi.{_STACK}.yaml").write_text(yaml.safe_dump({"encryptionsalt": _SALT}), encoding="utf-8")
    return str(data["name"])


def _one(lab: Lab) -> dict[str, str | Secret]:
    return {
        "wiretik:host": lab.host,
        "wiretik:port": str(lab.api_port),
        "wiretik:tls": "false",
        "wiretik:username": "admin",
        "wiretik:password": Secret(""),
    }


def _several(labs: Mapping[str, Lab]) -> dict[str, str | Secret]:
    entries = {
        name: {"host": lab.host, "port": lab.api_port, "tls": False, "username": "admin", "password": ""}
        for name, lab in labs.items()
    }
    return {"wiretik:routers": json.dumps(entries)}


@contextlib.contextmanager
def _without_variables() -> Iterator[None]:
    """A developer's own `WIRETIK_...` variables must not lead a test to a real router."""
    mine = {key: os.environ.pop(key) for key in list(os.environ) if key.startswith("WIRETIK_")}
    try:
        yield
    finally:
        os.environ.update(mine)


@contextlib.contextmanager
def _host(directory: Path, environment: Mapping[str, str], say: Say, package: str = DYNAMIC_PACKAGE) -> Iterator[str]:
    """A provider in this process; each operation begins without connections and without a menu that was read."""
    limit = getattr(sys, "tracebacklimit", None)
    close_all()
    try:
        with provider.in_process(directory, environment, say, package) as address:
            yield address
    finally:
        close_all()
        # The provider wants its errors in one line and sets this for its process, which here is the test's.
        if limit is None:
            with contextlib.suppress(AttributeError):
                del sys.tracebacklimit
        else:
            sys.tracebacklimit = limit
