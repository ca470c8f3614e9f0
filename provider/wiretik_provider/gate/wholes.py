"""Whole blocks and whole lists that `up` would refuse, found by the same functions that make them.

Pure. A block's rule that equals a rule of nobody's would stand there twice, as after an import of what was exported
without its comments; who prunes may not take what another resource has; and an entry of others that is switched off
doesn't do what a list says.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from wiretik_provider.declared import Declared
from wiretik_provider.lists import plan as lists
from wiretik_provider.menus.descriptor import Problem
from wiretik_provider.rows import compare, ownership
from wiretik_provider.rules import block
from wiretik_provider.rules.model import Row
from wiretik_provider.rules.position import chain_of

__all__ = ["in_a_blocks_way", "in_a_lists_way", "mark", "removed_or_taken_over"]

_TOLD = 10


def mark(row: Declared) -> str:
    """What the gate notes of a block's rule that it lets through: its tag without the stack, and its name's digits."""
    return f"{row.tag[4:]}7{ownership.rule_part(row.rule)}"


def in_a_blocks_way(rules: Sequence[Declared], kept: Sequence[Row], before: Collection[str]) -> Iterator[Problem]:
    """What stands in the way of one block.

    Args:
        rules: of the block.
        kept: the rows of its menu.
        before: what the gate noted of those that it let through the last time (`mark`).
    """
    first = rules[0]
    if first.menu is None or first.waiting & {"chain"}:
        return
    chain = chain_of({name: str(value) for name, value in first.values.items() if name == "chain"})
    if first.prunes:
        for why in block.pruned(kept, chain, first.tag) if first.alone else ():
            yield Problem("", f"{first.block}: {why}")
        return
    there = {tag.rule for row in compare.owned_by(kept, first.tag) if (tag := ownership.tag_of(row))}
    # An older version noted blocks whole.
    whole = first.tag[4:] in before and not any(one.startswith(f"{first.tag[4:]}7") for one in before)
    free = [row for row in kept if chain_of(row) == chain]
    for rule in rules:
        known = whole or mark(rule) in before or ownership.rule_part(rule.rule) in there
        if rule.adopt or rule.unknown or known or rule.menu is None:
            continue
        if other := compare.unsigned(rule.menu, free, rule.values):
            free.remove(other)
            what = f"{compare.label(rule.menu, other)}, {other.get('.id', '')}"
            cure = "it isn't this stack's; adopt=True takes it over"
            yield Problem("", f"{rule.name}: the router has it already ({what}) and {cure}")


def removed_or_taken_over(whole: Declared, others: Sequence[Declared], kept: Sequence[Row]) -> Iterator[Problem]:
    """Rows of nobody's that a block removes while something else of the program is to take them over.

    Which of the two comes first is chance. A row that was removed first is missed until it is made anew, and a destroy
    doesn't give it back.

    Args:
        whole: a rule of the block.
        others: the program's rules in the same menu.
        kept: the rows of the menu.
    """
    chain = chain_of(whole.printed)
    free = block.nobodys(kept, chain, block.TAGGED)
    for rule in others:
        if not (free and rule.adopt and rule.menu) or rule.unknown or rule.tag == whole.tag:
            continue
        part = ownership.rule_part(rule.rule) if rule.part else ""
        signed = any((tag := ownership.tag_of(row)) and tag.rule == part for row in compare.owned_by(kept, rule.tag))
        if not signed and (row := compare.unsigned(rule.menu, free, rule.values)):
            what = f"{compare.label(rule.menu, row)}, {row.get('.id', '')}"
            cure = f'take it over first, by an up with foreign="keep" for {whole.block}'
            yield Problem("", f"{rule.name}: it takes over what {whole.block} removes ({what}); {cure}")


def in_a_lists_way(row: Declared, kept: Sequence[Row], leaving: Collection[str]) -> Iterator[Problem]:
    """Entries of others that a list can't live with.

    Args:
        row: the list.
        kept: its entries on the router.
        leaving: the tags of resources that the program has no longer, whose entries others may take over.
    """
    if row.unknown or row.list_menu is None:
        return
    kin = lists.Kin(left=lambda tag: all(one.owner in leaving for one in tag.holders))
    found = lists.plan(kept, row.entries, row.tag, foreign="prune" if row.prunes else "keep", adopt=row.adopt, kin=kin)
    for why in found.conflicts[:_TOLD]:
        yield Problem("", f"{row.name}: {why}")
    if len(found.conflicts) > _TOLD:
        yield Problem("", f"{row.name}: and {len(found.conflicts) - _TOLD} more entries that are in the way")
