"""The program's rules that can never match where they will stand, each with the rule that takes all its packets.

Pure. It is a warning and no refusal: such a rule does no harm but that somebody believes in it. Of a component's rule
nothing is said where others do the same to its packets: it is there for routers that lack those.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from wiretik_provider.declared import COMPONENTS, Declared
from wiretik_provider.menus import MENUS
from wiretik_provider.rows import ownership
from wiretik_provider.rules.overlap import memberships
from wiretik_provider.rules.vain import Vain, vain
from wiretik_provider.trace.result import Step
from wiretik_provider.trace.router.snapshot import Snapshot

__all__ = ["warnings"]


def warnings(then: Snapshot, declared: Sequence[Declared]) -> Iterator[str]:
    """A line for each rule that does nothing.

    Args:
        then: the router as it will be.
        declared: the program's resources.
    """
    lists = memberships(then["/interface/list"], then["/interface/list/member"])
    for path in sorted({row.menu.path for row in declared if row.menu and "/firewall/" in row.menu.path}):
        if path in MENUS and MENUS[path].ordered and path not in then.unread:
            names = {row.tag: row.block if row.part else row.name for row in declared if row.kind == path}
            rows = then[path]
            mine = {row.get(".id", ""): name for row in rows if (name := names.get(ownership.owner_of(row)))}
            made = {row.tag for row in declared if row.kind == path and row.parent.startswith(COMPONENTS)}
            for one in vain(rows, mine, lists):
                if ownership.owner_of(rows[one.number]) in made and _alike(rows, one):
                    continue
                yield f"{mine[rows[one.number].get('.id', '')]}: {_line(path, rows, one)}"


def _alike(rows: Sequence[Mapping[str, str]], found: Vain) -> bool:
    """Whether a rule's packets come to the same end by those that take them."""
    return all(_action(rows[at]) == _action(rows[found.number]) for at in found.takers)


def _action(rule: Mapping[str, str]) -> str:
    return rule.get("action", "accept")


def _line(path: str, rows: Sequence[Mapping[str, str]], found: Vain) -> str:
    above = " and ".join(Step.of(path, rows[at], "", at).rule for at in found.takers[-3:])
    take = "takes" if len(found.takers) == 1 else "take"
    rule = Step.of(path, rows[found.number], "", found.number).rule
    if found.never:
        why = f"{rule} can never match where it will stand: {above} above it {take} all its packets"
    else:
        lost = f"{above} above it {take} the packets that it would accept, or nobody sends them"
        why = f"{rule} lets nobody in where it will stand: {lost}"
    drops = any(rows[at].get("action") in ("drop", "reject", "tarpit") for at in found.takers)
    return f"{why}; give it {'position=wt.BEFORE_DROP' if drops else 'a place above that'}"
