"""Notes and warnings that refuse nothing: rows that move, stay, are nobody's, or aren't undone."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from wiretik_provider.api.link import Link, say
from wiretik_provider.declared import Declared
from wiretik_provider.gate import bridged
from wiretik_provider.gate.noted import adopted, moves
from wiretik_provider.gate.notes import reads_of
from wiretik_provider.gate.survey import beside, going, summary, survey
from wiretik_provider.guard import unsaid
from wiretik_provider.kinds.address_list import query
from wiretik_provider.menus import menu as menu_at
from wiretik_provider.rows import ownership

__all__ = ["remark", "say_which_are_not_undone", "say_which_stay", "warn_of_ports"]


def remark(link: Link, declared: Sequence[Declared], parents: str, names: str) -> None:
    """Says which rows stay although their resources move, and counts what stands there and is nobody's.

    A plan shows of the former a create and a delete, and of the latter nothing.
    """
    # Of whole lists only those of the program: other ones may be long, and these are read anyway.
    reads = set(reads_of(declared).values())
    stack = next((row.tag[:4] for row in declared), "")
    seen: dict[str, list[Mapping[str, str]]] = {}
    for (path, _), there in zip(sorted(reads), link.prefetch(sorted(reads)), strict=True):
        seen.setdefault(path, []).extend(there)
    for text in moves.warnings(declared, seen, parents):
        say(f"note: {link.label}: {text}")
    if found := moves.pairs(declared, seen, names):
        say(f"note: {link.label}: {_renamed(len(found))}; this, above them, says so:")
        for line in moves.block(found):
            say(line)
    surveys = [survey(path, there, stack) for path, there in seen.items()]
    if told := summary(surveys):
        say(f"note: {link.label}: {told} (wiretik unmanaged lists them)")
    for told in beside(declared, seen):
        say(f'note: {link.label}: {told}: nobody\'s, in a chain of the program; foreign="tagged" removes such rules')
    for told in () if link.refreshed else going(declared, seen):
        say(f"note: {link.label}: {told}: nobody's, so --refresh or the block's next change removes it")


def warn_of_ports(link: Link, declared: Sequence[Declared]) -> None:
    """Names what is declared of ports of bridges."""
    (ports,) = link.prefetch([(bridged.PORTS, ())])
    for told in bridged.on_ports(declared, ports):
        link.warn(told)
    if any(row.kind == bridged.BRIDGES for row in declared):
        for told in bridged.switched_until_now(declared, link.prefetch([(bridged.BRIDGES, ())])[0], ports):
            link.warn(told)
    if bridged.carries(declared):
        carriers = [row for some in link.prefetch([(path, ()) for path in bridged.CARRIERS]) for row in some]
        for told in bridged.second_ways(declared, carriers, ports):
            link.warn(told)
        for told in bridged.whole_bridges(declared, link.prefetch([(bridged.BRIDGES, ())])[0]):
            link.warn(told)


def say_which_stay(
    link: Link, declared: Sequence[Declared], adopting: Sequence[adopted.Place], mine: Collection[str] | None = None
) -> None:
    """Names adopted rows that the program no longer declares: a deletion leaves them on the router.

    Args:
        link: the router.
        declared: all that is known of the program.
        adopting: where the stack adopted rows.
        mine: see `adopted.given_back`.
    """
    reads = [(one.path, query(one.listed) if one.listed else menu_at(one.path).query) for one in adopting]
    kept = dict(zip(adopting, link.prefetch(reads), strict=True))
    if told := adopted.given_back(declared, kept, mine):
        say(f"note: {link.label}: {told}")


def say_which_are_not_undone(link: Link, declared: Sequence[Declared], *, preview: bool) -> None:
    """Names what of the planned changes isn't undone; a deployment says so itself, where it writes."""
    if link.watch is None or not preview:
        return
    known = [(row, row.menu) for row in declared if row.menu and not row.menu.singleton and not row.part]
    menus = sorted({(menu.path, menu.query) for _, menu in known})
    there = {
        (path, tag.owner): (found, tag.adopted)
        for (path, _), rows in zip(menus, link.prefetch(menus), strict=True)
        for found in rows
        if (tag := ownership.tag_of(found))
    }
    secrets, seen = link.watch.secrets, link.refreshed
    for row, menu in ((row, menu) for row, menu in known if (menu.path, row.tag) in there):
        found, adopted = there[menu.path, row.tag]
        lost = unsaid.changes(menu, row.values, found, secrets=secrets, adopted=adopted or row.adopt, seen=seen)
        for text in lost:
            say(f"note: {link.label}: {row.name}: {text}")


def _renamed(many: int) -> str:
    return "1 resource has another name or parent" if many == 1 else f"{many} resources have other names or parents"
