"""`make demo-guard`: a program closes our own way to the router, and the router takes that back by itself.

The router is the embedded one, which refuses new connections as its firewall says. The gate would refuse such a
program, so it is switched off here (`wiretik:guard false`), as somebody does who is sure that he knows better. Each
engine that is there plays it: `wiretik`, and `pulumi` where it is on the PATH. Every step is checked on the router.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

import yaml
from rich.console import Console
from rich.text import Text

from wiretik_provider.api.session import Access, Session
from wiretik_provider.errors import RouterError
from wiretik_provider.simulator import Lab, Options, serve

__all__ = ["main"]

_WITHIN: Final = 120
_STACK: Final = "demo"
_PROGRAM: Final = """\
import wiretik as wt

wt.AddressList("friends", entries=["10.0.0.1", "10.0.0.2"])
wt.FilterRule("tidy", chain="input", action="drop", protocol="tcp", dst_port="8728-8729", position=wt.FIRST,
              comment="nobody needs these ports")
"""


class DemoError(Exception):
    """Something isn't as the demo says; the text tells what."""


class Clock:
    """The real time, and as much more as somebody in a hurry lets pass."""

    ahead = 0.0

    def __call__(self) -> float:
        return time.time() + self.ahead


def _reachable(reach: Access) -> bool:
    try:
        contextlib.closing(Session(reach)).__exit__(None, None, None)
    except RouterError:
        return False
    return True


def _run(folder: Path, engine: str, environment: dict[str, str], *words: str) -> int:
    command = [sys.executable, "-m", "wiretik"] if engine == "wiretik" else ["pulumi", "--non-interactive"]
    return subprocess.run(  # noqa: S603  (its own command line)
        [*command, *words, "-C", str(folder), "-s", _STACK], env=environment, check=False
    ).returncode


def _play(console: Console, engine: str, lab: Lab, clock: Clock, *, hurry: bool) -> None:
    reach = Access(host=lab.host, port=lab.api_port, username="admin", password="demo", tls=False)  # noqa: S106
    with tempfile.TemporaryDirectory(prefix="wiretik-demo-") as name:
        folder = Path(name)
        (folder / "Pulumi.yaml").write_text("name: demo\nruntime: python\n", encoding="utf-8")
        (folder / "__main__.py").write_text(_PROGRAM, encoding="utf-8")
        config = {"host": lab.host, "port": str(lab.api_port), "username": "admin", "tls": "false", "guard": "false"}
        config |= {"confirm": "auto", "confirm-within": f"{_WITHIN}s"}
        said = {"config": {f"wiretik:{key}": value for key, value in config.items()}}
        kept = {name: text for name, text in os.environ.items() if not name.startswith(("WIRETIK_", "PULUMI_"))}
        environment = {
            **kept,
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "PULUMI_BACKEND_URL": folder.as_uri(),
            "PULUMI_CONFIG_PASSPHRASE": secrets.token_urlsafe(16),
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            "WIRETIK_PASSWORD": "demo",
        }
        if engine == "pulumi":
            subprocess.run(  # noqa: S603  (its own command line)
                ["pulumi", "--non-interactive", "stack", "init", _STACK],  # noqa: S607
                cwd=folder,
                env=environment,
                check=True,
            )
        file = folder / f"Pulumi.{_STACK}.yaml"
        salt = yaml.safe_load(file.read_text(encoding="utf-8")) if file.exists() else {}
        file.write_text(yaml.safe_dump({**(salt or {}), **said}), encoding="utf-8")
        before = lab.router.snapshot()

        console.rule(Text(f"{engine}: a program that closes our own way in", style="bold"), align="left", style="dim")
        console.print(_PROGRAM, style="dim", highlight=False)
        if not _run(folder, engine, environment, "up", "--yes", "--skip-preview"):
            raise DemoError("the deployment says that all is well")
        if _reachable(reach):
            raise DemoError("the router can still be reached, so nothing is shown")
        console.print("\nNobody gets in any more. The router isn't touched from now on; it has only its own guard.")
        _wait(console, reach, lab, clock, hurry=hurry)
        after = lab.router.snapshot()
        guards = ("/system/script", "/system/scheduler")
        if wrong := [path for path in before if path not in guards and before[path] != after[path]]:
            raise DemoError(f"the router isn't as it was: {', '.join(wrong)}")
        console.print(Text("  ✓ ", style="green").append("It is back, and exactly as it was, ids and order included."))
        (folder / "__main__.py").write_text(_PROGRAM.partition("wt.FilterRule")[0], encoding="utf-8")
        console.print("\nWithout that rule, and after a look at what there is:")
        if _run(folder, engine, environment, "up", "--yes", "--skip-preview", "--refresh"):
            raise DemoError("the corrected program isn't deployed")
        console.print(Text("  ✓ ", style="green").append("The corrected program is deployed, and confirmed itself."))
        if _run(folder, engine, environment, "destroy", "--yes", "--skip-preview") or lab.router.snapshot() != before:
            raise DemoError("the router isn't as it was after destroy")


def _wait(console: Console, reach: Access, lab: Lab, clock: Clock, *, hurry: bool) -> None:
    """Waits until the router takes the change back, and says how long that may still take."""
    until = time.monotonic() + _WITHIN + 10
    with console.status("") as status:
        while not _reachable(reach):
            left = until - time.monotonic()
            if left < 0:
                raise DemoError(f"the router can't be reached after {_WITHIN} s either")
            status.update(f"at most {left:.0f} s until the router takes it back")
            if hurry:
                clock.ahead += 5
            lab.router.tick()  # an embedded router lives when it is asked; nobody asks it now
            time.sleep(0.1 if hurry else 1.0)


def main(arguments: list[str] | None = None) -> int:
    """Plays the demo; gives the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hurry", action="store_true", help="let the router's time pass faster")
    parser.add_argument("--engine", action="append", choices=("wiretik", "pulumi"), help="only this one")
    given = parser.parse_args(arguments)
    console = Console()
    engines = given.engine or ["wiretik", *(["pulumi"] if shutil.which("pulumi") else [])]
    try:
        for engine in engines:
            clock = Clock()
            with serve(profile="defconf", password="demo", options=Options(filters_services=True), clock=clock) as lab:  # noqa: S106
                _play(console, engine, lab, clock, hurry=given.hurry)
    except (DemoError, subprocess.CalledProcessError) as error:
        console.print(Text(f"\nThe demo found something wrong: {error}", style="bold red"), soft_wrap=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
