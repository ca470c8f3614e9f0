"""`make demo-adopt`: a router that somebody made by hand is adopted, changed by its program, and given back.

The router is the embedded one. Commands are those that a person types, each in a process of its own, and every step is
checked on the router itself; anything wrong ends the demo with exit code 1.
"""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.text import Text

from wiretik_provider.menus import MENUS
from wiretik_provider.rows import ownership
from wiretik_provider.simulator import Lab, Router, serve

__all__ = ["main"]

_BY_HAND: Final = """\
/interface wireguard
add comment="to the office" listen-port=13231 name=wg-office
/interface wireguard peers
add allowed-address=10.20.0.0/24,172.16.50.0/24 comment=office endpoint-address=vpn.example.com endpoint-port=51820 \\
    interface=wg-office persistent-keepalive=25s public-key="xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg="
/ip address
add address=10.20.0.2/24 interface=wg-office
/ip route
add comment="office LAN" dst-address=172.16.50.0/24 gateway=wg-office
/ip firewall address-list
add address=192.168.88.10 comment="the NAS" list=servers
/ip firewall filter
add action=accept chain=forward comment="the office sees the NAS" dst-address-list=servers in-interface=wg-office
/system identity
set name=home
"""
_BEFORE: Final = 'endpoint_address="vpn.example.com"'
_AFTER: Final = 'endpoint_address="vpn2.example.com"'


class DemoError(Exception):
    """Something isn't as the demo says; the text tells what."""


def _play(console: Console, lab: Lab, folder: Path, environment: dict[str, str]) -> None:
    site = folder / "home"
    before = lab.router.snapshot()
    writes = _writes(lab)

    def typed(title: str, *words: str) -> None:
        console.print()
        console.rule(Text(title, style="bold"), align="left", style="dim")
        console.print(Text(f"$ wiretik {' '.join(words)}", style="cyan"), soft_wrap=True)
        command = [sys.executable, "-m", "wiretik", *words]
        if subprocess.run(command, cwd=folder, env=environment, check=False).returncode:  # noqa: S603, its own
            raise DemoError(f"`wiretik {' '.join(words)}` failed")

    reach = ("127.0.0.1", "--port", str(lab.api_port), "--plain", "-C", "home", "--yes")
    typed("The router that is there becomes a program", "adopt", *reach)
    signed = sum(bool(ownership.split(comment)[1]) for comment in _comments(lab))
    if _but_comments(lab.router.snapshot()) != _but_comments(before):
        raise DemoError("the adoption has changed more than comments")
    _tell(console, f"{signed} rows have a tag behind their comments; nothing else was written.")
    main = (site / "__main__.py").read_text("utf-8")
    console.print()
    console.print("\n".join(main.splitlines()[:24]), style="dim", highlight=False, markup=False, soft_wrap=True)

    typed("The first preview is clean", "preview", "--refresh", "--expect-no-changes", "-C", "home")
    (site / "__main__.py").write_text(main.replace(_BEFORE, _AFTER), "utf-8")
    console.print(f"\nThe office moves. In the program: {_AFTER}", highlight=False)
    writes = _writes(lab)
    typed("One change", "up", "--yes", "-C", "home")
    peer = lab.router.rows("/interface/wireguard/peers")[0]
    if peer["endpoint-address"] != "vpn2.example.com" or _writes(lab) != writes + 1:
        raise DemoError("the change isn't one write")
    _tell(console, "It was one write.")
    typed("And back", "destroy", "--yes", "--skip-preview", "-C", "home")
    if lab.router.snapshot() != before:
        raise DemoError("the router isn't as it was")
    _tell(console, "The router is exactly as it was before the demo: no tag, and the former endpoint.")


def _writes(lab: Lab) -> int:
    commands = lab.stats().commands
    return sum(n for verbs in commands.values() for verb, n in verbs.items() if verb not in {"print", "login"})


def _comments(lab: Lab) -> list[str]:
    return [row.get("comment", "") for path in MENUS for row in lab.router.rows(path)]


def _but_comments(whole: dict[str, list[dict[str, str]]]) -> dict[str, list[dict[str, str]]]:
    return {path: [{**row, "comment": ""} for row in rows] for path, rows in whole.items()}


def _tell(console: Console, text: str) -> None:
    console.print(Text("  ✓ ", style="green").append(text))


def main() -> int:
    """Plays the demo; gives the exit code."""
    console = Console()
    password = secrets.token_urlsafe(16)
    router = Router("defconf", password=password)
    router.load(_BY_HAND)
    kept = {name: text for name, text in os.environ.items() if not name.startswith(("WIRETIK_", "PULUMI_"))}
    told = {"PULUMI_CONFIG_PASSPHRASE": secrets.token_urlsafe(16), "WIRETIK_PASSWORD": password}
    console.print(Text("Wiretik", style="bold").append(": a router that somebody made by hand is adopted"))
    try:
        with tempfile.TemporaryDirectory(prefix="wiretik-demo-") as name, serve(router, tls=False) as lab:
            _play(console, lab, Path(name), {**kept, **told, "PULUMI_BACKEND_URL": Path(name).as_uri()})
    except DemoError as error:
        console.print(Text(f"\nThe demo found something wrong: {error}", style="bold red"), soft_wrap=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
