"""The end of a trial, step by step: look, ask, sign anew on the routers, forget in the state, look again.

A run that was killed on the way is simply run again; until then the rows are given back as before.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import Any, Final

import typer

from wiretik.cli.adopting import owning, project
from wiretik.cli.adopting.signing import put
from wiretik.cli.output import as_json, say
from wiretik.cli.screen import confirmed
from wiretik.engine import Stack
from wiretik.engine.errors import DeploymentFailed, ProjectError
from wiretik.engine.pulumi_cli import CliStack
from wiretik.engine.state.files import write
from wiretik_provider.adopt.owning import Owned
from wiretik_provider.api.access import access
from wiretik_provider.api.signing import SigningSession
from wiretik_provider.api.unsigned import OBSERVED, Lens, of_config
from wiretik_provider.api.unsigned import owned as owned_tags

__all__ = ["STATE", "end_trials", "release"]

STATE: Final = "owned-state.json"
"""The state for `pulumi stack import`, where only the Pulumi CLI reaches the stack's own."""
_CANCELLED: Final = 8
Comments = Mapping[str, Mapping[str, str]]
"""By menu and `.id`."""


def end_trials(chosen: Stack | CliStack, wanted: list[str], *, protect: bool, yes: bool) -> None:
    """Ends the trial of a stack's rows on all its routers.

    Raises:
        ProjectError: something was asked for that is no resource; or nobody is there to ask.
        WiretikError: a router can't be reached or refuses.
        DeploymentFailed: the next preview isn't clean.
    """
    resources, config = chosen.resources(), chosen.texts()
    if lacking := owning.unknown(resources, wanted):
        raise ProjectError(f"stack {chosen.name!r} has no resource {', '.join(lacking)}")
    bare = of_config(config)
    if bare.observes:
        raise ProjectError(OBSERVED)
    sessions: list[SigningSession] = []
    try:
        found: list[tuple[SigningSession, Owned, Comments, owning.Tables]] = []
        ended: set[str] = set()
        kept: dict[str, str] = {}
        for router in owning.routers(resources, wanted):
            sessions.append(session := SigningSession(access(config, os.environ, router.name)))
            session.lens = lens = Lens(bare, session.access.label)
            owned, costs, tables = owning.look(session, router)
            comments: Comments = {
                path: {key: text for key, text in rows.items() if key not in lens.ids(path)}
                for path, rows in owned.comments.items()
            }
            ended |= {one.tag for one in router.trials if one.urn in owned.urns}
            found.append((session, owned, comments, tables))
            asked = {one.urn for one in router.trials} if wanted else costs.keys()
            kept |= {owning.named(urn): why for urn, why in costs.items() if urn in asked}
        _tell([owned for _, owned, *_ in found], kept if protect else {})
        _ask(sum(owned.count for _, owned, *_ in found), yes=yes)
        for session, _, comments, tables in found:
            put(session, comments, tables)
    finally:
        for session in sessions:
            session.close()
    urns = {urn for _, owned, *_ in found for urn in owned.urns}
    if bare.tags:
        project.note_tags(chosen, owned_tags(bare, ended))
    _remember(chosen, urns, {**owning.protected(config), **kept} if protect else None)
    if isinstance(chosen, Stack):
        seen = chosen.preview(refresh=True)
        if not seen.ok or seen.changed:
            raise DeploymentFailed("the next preview isn't clean: `wiretik preview --refresh` shows it", *seen.errors)
        say(f"owned: the next preview says {seen.changes.get('same', 0)} unchanged; a destroy would remove the rows")


def release(chosen: Stack | CliStack) -> None:
    """Takes the protection away that `own` has given."""
    names = owning.protected(chosen.texts())
    if not names:
        say(f"{owning.PROTECT} protects nothing in stack {chosen.name!r}")
        return
    _remember(chosen, set(), {}, names)
    say(f"no longer protected: {', '.join(names)}")


def _tell(owned: list[Owned], kept: Mapping[str, str]) -> None:
    for one in owned:
        for urn, why in one.stay.items():
            say(f"stays on trial: {owning.named(urn)}: {why}; declare it, or set it back")
    rows = sum(one.count for one in owned)
    say(f"{rows} rows are on trial and would become this stack's own: a destroy removes them then")
    for name, why in kept.items():
        say(f"  protected: {name}: {why}")


def _ask(count: int, *, yes: bool) -> None:
    if yes:
        return
    if not sys.stdin.isatty():
        raise ProjectError("there is no terminal to ask: pass --yes")
    if not confirmed(f"Forget what {count} rows were before they were adopted?"):
        raise typer.Exit(_CANCELLED)


def _remember(
    chosen: Stack | CliStack, ended: set[str], kept: Mapping[str, str] | None, released: Mapping[str, str] | None = None
) -> None:
    """Writes state and config; where only the CLI reaches the state, a file that it takes."""
    protect, released = kept or {}, released or {}

    def changed(deployment: dict[str, Any]) -> dict[str, Any]:
        return owning.forgotten(deployment, ended, protect, released)

    if kept is not None:
        settings = project.settings_of(chosen)
        settings.set_object(owning.PROTECT, kept)
        settings.save()
    if isinstance(chosen, Stack):
        chosen.rewrite(changed)
        return
    whole = chosen.export()
    content = {**whole, "deployment": changed(whole.get("deployment") or {})}
    write((chosen.project.root / STATE).resolve(), [f"{as_json(content, indent=2)}\n".encode()])
    say(f"`pulumi stack import --file {STATE}` takes the state; delete the file then")
