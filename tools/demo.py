"""`make demo`: the whole life of a home site on an embedded router, as a person would do it on a real one.

The router runs in a process of its own and is reached over TLS with a pinned certificate. The program is
`examples/home`, run from where it is; stack config and state stand in a folder that is gone afterwards. Every step is
checked against the router itself, and anything wrong ends the demo with exit code 1.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import selectors
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

import attrs
import yaml
from rich.console import Console
from rich.text import Text

from wiretik.cli.commands.connect import look
from wiretik.cli.first_contact import Certificate
from wiretik.cli.screen import show
from wiretik_provider.api.session import Access, Session
from wiretik_provider.errors import RouterError
from wiretik_provider.menus import MENUS
from wiretik_provider.rows import ownership

__all__ = ["main"]

_EXAMPLE: Final = Path(__file__).resolve().parents[1] / "examples" / "home"
_STACK: Final = "demo"
_COUNTERS: Final = frozenset({"bytes", "packets", "cache-used", "rx", "tx"})
_PATIENCE: Final = 30.0

Rows = list[dict[str, str]]


class DemoError(Exception):
    """Something isn't as the demo says; the text tells what."""


@attrs.frozen
class Scene:
    """One step: what is about to be seen, the command, and what must hold afterwards."""

    title: str
    story: str
    command: str
    check: Callable[[Stage], None]
    real: str = ""
    """What would be typed on a real site, where that is another command."""


@attrs.define
class Stage:
    """Where the demo plays.

    Attributes:
        folder: with the project file, stack config and state.
        reach: how to get at the router as its admin.
        environment: of the commands.
        console: to tell the story on.
        seen: the router's rows at moments to come back to.
    """

    folder: Path
    reach: Access
    environment: Mapping[str, str]
    console: Console
    seen: dict[str, dict[str, Rows]] = attrs.field(factory=dict)

    def admin(self) -> contextlib.AbstractContextManager[Session]:
        """A session of somebody who isn't Wiretik."""
        return contextlib.closing(Session(self.reach))

    def look(self) -> dict[str, Rows]:
        """Everything in the menus that Wiretik knows, but for what counts up by itself."""
        with self.admin() as session:
            return {
                path: [
                    {name: text for name, text in row.items() if name not in _COUNTERS}
                    for row in session.ask(path, "print").rows
                ]
                for path in MENUS
            }

    def run(self, command: str) -> None:
        """Types a command; its output goes where the demo's goes."""
        words = [*shlex.split(command)[1:], "-C", str(self.folder), "-s", _STACK]
        done = subprocess.run(  # noqa: S603  (its own command line)
            [sys.executable, "-m", "wiretik", *words], env=dict(self.environment), check=False
        )
        if done.returncode:
            raise DemoError(f"`{command}` ended with exit code {done.returncode}")


# --- what must hold --------------------------------------------------------------------------------------------------


def _untouched(stage: Stage) -> None:
    if stage.look() != stage.seen["before"]:
        raise DemoError("a preview has changed the router")


def _deployed(stage: Stage) -> None:
    stage.seen["deployed"] = stage.look()
    lost = [
        f"{path} {row.get('.id')}"
        for path, rows in stage.seen["before"].items()
        for row in rows
        if path not in ("/ip/dns", "/system/identity") and row not in stage.seen["deployed"][path]
    ]
    if lost:
        raise DemoError(f"rows that aren't the program's were changed: {', '.join(lost)}")
    ours = sum(_tagged(rows) for rows in stage.seen["deployed"].values())
    _tell(stage, f"{ours} rows on the router carry this stack's tag; the {_foreign(stage)} others are as they were.")


def _same(stage: Stage) -> None:
    if stage.look() != stage.seen["deployed"]:
        raise DemoError("an update without a change has changed the router")
    _tell(stage, "The router is the same, row by row and id by id: nothing was written.")


def _mended(stage: Stage) -> None:
    seen = stage.look()
    now, then = _alike(seen), _alike(stage.seen["deployed"])
    if wrong := [path for path in now if now[path] != then[path]]:
        raise DemoError(f"not mended: {', '.join(wrong)}")
    chain = [row for row in seen["/ip/firewall/filter"] if row["chain"] == "input"]
    accept = next(at for at, row in enumerate(chain) if row.get("dst-port") == "13232")
    drop = next(at for at, row in enumerate(chain) if row.get("in-interface-list") == "!LAN")
    if accept > drop:
        raise DemoError("the rule that was moved still stands below the drop")
    _tell(stage, "All four are as the program has them, and the moved rule stands above the drop again.")


def _as_before(stage: Stage) -> None:
    if wrong := [path for path, rows in stage.look().items() if rows != stage.seen["before"][path]]:
        raise DemoError(f"the router isn't as it was: {', '.join(wrong)}")
    _tell(stage, "The router is exactly as it was before the demo, ids included.")


def _nothing(_: Stage) -> None:
    """Looking changes nothing that would have to be checked."""


def _tagged(rows: Rows) -> int:
    return sum(ownership.split(row.get("comment", ""))[1] is not None for row in rows)


def _foreign(stage: Stage) -> int:
    return sum(map(len, stage.seen["before"].values()))


def _alike(menus: Mapping[str, Rows]) -> dict[str, Rows]:
    """Rows to compare after some were made anew or put back: equals in another order are equal."""
    passing = (".id", "creation-time")
    return {
        path: sorted(({name: text for name, text in row.items() if name not in passing} for row in rows), key=str)
        for path, rows in menus.items()
    }


# --- the story -------------------------------------------------------------------------------------------------------

_SCENES: Final = (
    Scene(
        "Preview",
        "What the program would make of this router. Nothing is written; the gate has looked at login, version, "
        "policies, names and clashes.",
        "wiretik preview",
        _untouched,
    ),
    Scene(
        "Deploy",
        "Tunnels, routes, the VPN's table, marks, firewall and NAT, each in its place among the factory's rules.",
        "wiretik up --yes --skip-preview",
        _deployed,
    ),
    Scene(
        "Look",
        "RouterOS's own verification commands in one go. The last column says whose each row is.",
        "wiretik show",
        _nothing,
        real="wiretik show",
    ),
    Scene("Deploy again", "Nothing has changed, so nothing is done.", "wiretik up --yes --skip-preview", _same),
    Scene(
        "Refresh",
        "Somebody has been at the router. Refresh says what it finds; the program isn't run.",
        "wiretik refresh --yes --skip-preview",
        _nothing,
    ),
    Scene("Mend", "The next update puts it right, and no more than that.", "wiretik up --yes --skip-preview", _mended),
    Scene(
        "Destroy",
        "Everything of this stack goes, and nothing else.",
        "wiretik destroy --yes --skip-preview",
        _as_before,
    ),
)
_DRIFT_BEFORE: Final = "Refresh"


def _by_hand(stage: Stage) -> None:
    """Four changes that an admin may make at the console, told as they would be typed."""
    with stage.admin() as session:

        def find(path: str, **wanted: str) -> str:
            rows = session.ask(path, "print").rows
            for row in rows:
                text = ownership.split(row.get("comment", ""))[0]
                if all((text if name == "comment" else row.get(name)) == value for name, value in wanted.items()):
                    return row[".id"]
            raise DemoError(f"{path} has no row with {wanted}")

        mangle = find("/ip/firewall/mangle", comment="home-wg0: LAN to the VPN")
        session.ask("/ip/firewall/mangle", "disable", f"=.id={mangle}")
        entry = find("/ip/firewall/address-list", list="noVPN", address="172.16.50.0/24")
        session.ask("/ip/firewall/address-list", "remove", f"=.id={entry}")
        rule = find("/ip/firewall/filter", chain="input", **{"dst-port": "13232"})
        session.ask("/ip/firewall/filter", "move", f"=numbers={rule}")
        peer = find("/interface/wireguard/peers", interface="wg1")
        session.ask("/interface/wireguard/peers", "set", f"=.id={peer}", "=allowed-address=10.20.0.0/24")
    _heading(stage, "By hand", "An admin at the router's console, in a hurry:")
    for line in (
        '/ip/firewall/mangle/disable [find comment~"LAN to the VPN"]',
        "/ip/firewall/address-list/remove [find list=noVPN address=172.16.50.0/24]",
        "/ip/firewall/filter/move [find chain=input dst-port=13232]      # to the end, below the drop",
        "/interface/wireguard/peers/set [find interface=wg1] allowed-address=10.20.0.0/24",
    ):
        show(stage.console, Text(f"  > {line}", style="cyan"), hang=4)


def _heading(stage: Stage, title: str, story: str) -> None:
    stage.console.print()
    stage.console.rule(Text(title, style="bold"), align="left", style="dim")
    stage.console.print(Text(story, style="dim"), width=min(96, stage.console.width))


def _typed(stage: Stage, command: str, real: str) -> None:
    line = Text("  $ ", style="dim").append(command, style="cyan")
    if real and real != command:
        line.append(f"      on a real site: {real}", style="dim")
    show(stage.console, line, hang=4)
    stage.console.print()


def _tell(stage: Stage, text: str) -> None:
    show(stage.console, Text("  ✓ ", style="green").append(text, style="default"))


def _play(stage: Stage) -> None:
    address = f"{stage.reach.host} --port {stage.reach.port}"
    _heading(stage, "First contact", "A factory-fresh router with a certificate; nobody has logged in yet.")
    _typed(stage, f"wiretik connect {address}", "wiretik connect 192.168.88.1")
    words = ["connect", *shlex.split(address)]
    subprocess.run(  # noqa: S603  (its own command line)
        [sys.executable, "-m", "wiretik", *words], env=dict(stage.environment), check=True
    )
    stage.seen["before"] = stage.look()
    for scene in _SCENES:
        if scene.title == _DRIFT_BEFORE:
            _by_hand(stage)
        _heading(stage, scene.title, scene.story)
        short = scene.command.partition(" --")[0]
        _typed(stage, short, scene.real or short.replace("wiretik", "pulumi"))
        stage.run(scene.command)
        scene.check(stage)


# --- the stage -------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def _router(password: str) -> Iterator[tuple[str, int]]:
    """The embedded router in its own process; gives host and TLS port."""
    words = ["lab", "--profile", "defconf", "--port", "0", "--tls-port", "0", "--password", password]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        lab = subprocess.Popen(  # noqa: S603  (its own command line)
            [sys.executable, "-m", "wiretik", *words], stdout=subprocess.PIPE, stderr=said, text=True
        )
        try:
            ready = _first_line(lab)
            if not ready.startswith("ready "):
                said.seek(0)
                raise DemoError(f"the embedded router didn't start: {said.read().strip() or 'it said nothing'}")
            host, _, port = ready.rpartition("apis=")[2].strip().rpartition(":")
            yield host, int(port)
        finally:
            lab.terminate()
            try:
                lab.wait(10)
            except subprocess.TimeoutExpired:
                lab.kill()
                lab.wait()
            if lab.stdout:
                lab.stdout.close()


def _first_line(process: subprocess.Popen[str]) -> str:
    if process.stdout is None:
        return ""
    with selectors.DefaultSelector() as waiting:
        waiting.register(process.stdout, selectors.EVENT_READ)
        return process.stdout.readline() if waiting.select(_PATIENCE) else ""


def _environment(folder: Path, password: str) -> dict[str, str]:
    """The commands' environment: nothing that was meant for a real router may reach them."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith(("WIRETIK_", "PULUMI_"))}
    return {
        **kept,
        "PULUMI_BACKEND_URL": folder.as_uri(),
        "PULUMI_CONFIG_PASSPHRASE": secrets.token_urlsafe(16),
        "WIRETIK_PASSWORD": password,
    }


def _prepare(folder: Path, host: str, port: int) -> str:
    """Writes project file and stack config; gives the fingerprint that the router shows."""
    project = yaml.safe_load((_EXAMPLE / "Pulumi.yaml").read_text(encoding="utf-8"))
    project["main"] = str(_EXAMPLE)
    (folder / "Pulumi.yaml").write_text(yaml.safe_dump(project), encoding="utf-8")
    seen, _ = look(host, port, _PATIENCE)
    if not isinstance(seen, Certificate):
        raise DemoError(f"the embedded router shows no certificate: {seen}")
    lab = yaml.safe_load((_EXAMPLE / "Pulumi.lab.yaml").read_text(encoding="utf-8"))
    reach = {"host": host, "port": str(port), "username": "admin", "fingerprint": seen.fingerprint}
    lab["config"] |= {f"wiretik:{key}": value for key, value in reach.items()}
    (folder / f"Pulumi.{_STACK}.yaml").write_text(yaml.safe_dump(lab), encoding="utf-8")
    return seen.fingerprint


def main() -> int:
    """Plays the demo; gives the exit code."""
    console = Console()
    if not (_EXAMPLE / "__main__.py").is_file():
        text = "The demo plays examples/home, which the wheel doesn't ship: clone the repository, then `make demo`."
        console.print(text, soft_wrap=True, highlight=False)
        return 2
    began = time.monotonic()
    password = secrets.token_urlsafe(16)
    console.print(Text("Wiretik", style="bold").append(": a home site on an embedded RouterOS, first look to last row"))
    try:
        with tempfile.TemporaryDirectory(prefix="wiretik-demo-") as name, _router(password) as (host, port):
            folder = Path(name)
            pin = _prepare(folder, host, port)
            reach = Access(host=host, port=port, username="admin", password=password, fingerprint=pin)
            _play(Stage(folder, reach, _environment(folder, password), console))
    except (DemoError, RouterError, subprocess.CalledProcessError) as error:
        console.print(Text(f"\nThe demo found something wrong: {error}", style="bold red"), soft_wrap=True)
        return 1
    except KeyboardInterrupt:
        return 130
    console.print()
    console.rule(Text("What next", style="bold"), align="left", style="dim")
    console.print(
        f"All of it took {time.monotonic() - began:.0f} s. The program is examples/home/__main__.py; "
        "README.md leads from here to a first real site.",
        highlight=False,
        width=min(96, console.width),
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
