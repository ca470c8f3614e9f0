"""A router that is adopted in one process: its project, its program, its stack."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs

from wiretik.cli.adopting import project
from wiretik.cli.adopting.reading import of_router
from wiretik.cli.adopting.rehearsing import Runs
from wiretik.cli.adopting.signing import sign_rows
from wiretik.cli.commands.adopt import Made, tagless, take, written
from wiretik.engine import Stack
from wiretik.engine.processes import program
from wiretik.testing import _SALT, _host
from wiretik_provider.adopt.choosing import Options
from wiretik_provider.api.session import Access
from wiretik_provider.rows.ownership import stack_part
from wiretik_provider.simulator import Lab, Router, serve


@attrs.frozen
class Home:
    lab: Lab
    folder: Path
    runs: Runs
    username: str = "admin"

    @property
    def router(self) -> Router:
        return self.lab.router

    @property
    def reach(self) -> project.Reach:
        return project.Reach(self.lab.host, self.lab.api_port, self.username, plain=True)

    @property
    def access(self) -> Access:
        return Access(host=self.lab.host, port=self.lab.api_port, tls=False, username=self.username, password="")

    def stack(self) -> Stack:
        return Stack(self.folder, "dev", backend=self.folder / "state", **self.runs.options)

    def written(self, **more: Any) -> Made:
        options = Options(stack_part(self.folder.name, "dev"), **more)
        return written(of_router(self.access), self.folder, "dev", options, self.runs)

    def keep(self, made: Made) -> Stack:
        project.write(self.folder, made.files, "")
        settings = self.folder / "Pulumi.dev.yaml"
        if not settings.exists():
            settings.write_text(f"encryptionsalt: {_SALT}\n")
        stack = self.stack()
        project.configure(stack, self.reach, made.program.secrets)
        return stack

    def sign(self, made: Made, **how: bool) -> Stack:
        stack = self.keep(made)
        found, signatures = tagless(made, **{"no_tags": False, "observe": False, **how})
        project.note_tags(stack, found)
        sign_rows(self.access, signatures, made.source.inventory.tables)
        take(stack)
        return stack

    def rows(self) -> dict[str, list[dict[str, str]]]:
        return self.router.snapshot()

    def comments(self) -> list[str]:
        return sorted(row.get("comment", "") for rows in self.rows().values() for row in rows)


@contextlib.contextmanager
def home_of(router: Router, place: Path) -> Iterator[Home]:
    """The home of a router, in a folder of that place."""
    with serve(router, tls=False) as lab:
        folder = place / "home"
        folder.mkdir()
        yield Home(lab, folder, Runs({"host": _host, "runner": program.inline(), "passphrase": "testing"}))
