"""Rows on a stack's routers that are no resource's, for the commands that tell of them."""

from __future__ import annotations

import os
from collections.abc import Iterator

from wiretik.cli.reach import names_of, routers_of
from wiretik.cli.tables import without_secrets
from wiretik.engine import Stack
from wiretik_provider.api.access import access
from wiretik_provider.api.session import Access, Command, Session
from wiretik_provider.api.unsigned import Lens, Unsigned, of_config
from wiretik_provider.errors import WiretikError
from wiretik_provider.gate.survey import Survey, summary, survey
from wiretik_provider.menus import MENUS
from wiretik_provider.rows import ownership

__all__ = ["left_over", "look"]


def look(reach: Access, mine: str, bare: Unsigned) -> list[Survey]:
    """Every menu of one router by whose its rows are, in one round trip.

    Args:
        reach: the router.
        mine: the four digits of this stack.
        bare: which of its rows carry no tag.
    """
    menus = [menu for _, menu in sorted(MENUS.items()) if not menu.singleton]
    session = Session(reach)
    session.lens = Lens(bare, reach.label)
    try:
        answers = session.batch(Command(menu.path, "print", menu.query) for menu in menus)
    finally:
        session.close()
    return [
        survey(menu.path, [without_secrets(menu.path, row) for row in answer.rows], mine)
        for menu, answer in zip(menus, answers, strict=True)
    ]


def left_over(chosen: Stack) -> Iterator[str]:
    """A line for each router with rows that no resource of the stack owns; none where it can't be reached."""
    if not names_of(chosen):
        return
    mine = ownership.stack_part(chosen.project.name, chosen.name)
    try:
        config = chosen.texts()
        for name in routers_of(config, ""):
            reach = access(config, os.environ, name)
            if told := summary(look(reach, mine, of_config(config))):
                yield f"{reach.label}: {told} (wiretik unmanaged lists them)"
    except WiretikError:
        return
