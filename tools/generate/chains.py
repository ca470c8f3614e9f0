"""The classes for whole blocks of rules as text: one for each menu of rules, which differ in data alone."""

from __future__ import annotations

from typing import Final

from tools.generate import layout
from tools.generate.text import bracketed, docstring, example, raises
from wiretik_provider.menus.descriptor import Menu

__all__ = ["ABOUT", "block"]

ABOUT: Final = """Whole blocks of rules in one chain: the fewest edits, in an order that opens no window.

A block is a run of rules in the program's order with nothing between them, at a place in its chain. Rules have stable
names, so a preview says which rule comes, goes, moves or changes. Rows of others keep their order and are left
alone."""
"""The module's docstring."""

_EDITS: Final = """The edits are the fewest possible and come in an order that leaves no window: a packet that is
accepted before and after is never dropped in between, nor the other way round. Where no order of the fewest edits has
that property, new rules are made before the old ones go."""

_ARGS: Final = """Args:
    resource_name: the logical name.
{chain}    rules: by stable names, in their order; what a rule takes is what `{resource}` takes.
    position: where the block stands among the rules of others; last where it isn't given.
    foreign: `"keep"` leaves rules of others alone; `"prune"` makes the {whole} this block's alone: rules that no
        tag is on are removed, dynamic ones never.
    adopt: takes over rules that are equal and nobody's, instead of adding them once more; whichever of them is
        wanted no more gets back what it was, and so do all on destroy.
    router: which router; may be left out where the stack has only one.
    opts: as everywhere."""


def block(menu: Menu, each: layout.Chain) -> list[str]:
    """A class for a block of rules of a menu."""
    whole = "chain" if menu.chain else "menu"
    first = f"A block of {menu.noun}s {'in one chain, ' if menu.chain else ''}in the order of the program"
    about = f"{first}." if each.example else f"{first}; see `{layout.CHAINS[0].name}`."
    chain = "    chain: the chain, one of RouterOS's or one to jump to.\n" if menu.chain else ""
    text = "\n\n".join(
        (
            about,
            *([_EDITS, example(each.example)] if each.example else []),
            _ARGS.format(chain=chain, resource=menu.resource, whole=whole),
            raises(f"ValueError: a pruning block beside other resources of its {whole}, or two blocks at one place."),
        )
    )
    takes = '("chain", "foreign", "order", "rules")' if menu.chain else '("foreign", "order", "rules")'
    base = f"{'ChainBlock' if menu.chain else 'ListBlock'}[{each.rule}]"
    parts = [base, f'menu="{each.path}"', f'kind="block:{each.path}"', f"takes={takes}"]
    return [*bracketed(f"class {each.name}", parts, ":"), *docstring(text, 4)]
