"""The classes for whole blocks of rules as text: one for each menu of rules, which differ in data alone."""

from __future__ import annotations

from typing import Final

from tools.generate import layout
from tools.generate.text import bracketed, docstring, example
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


def block(menu: Menu, each: layout.Chain) -> list[str]:
    """A class for a block of rules of a menu; what all of them take is said of their constructor."""
    first = f"A block of {menu.noun}s {'in one chain, ' if menu.chain else ''}in the order of the program"
    rules = f"Each rule takes what `{menu.resource}` takes{', but for its chain' if menu.chain else ''}."
    more = [_EDITS, example(each.example)] if each.example else []
    about = [f"{first}{'' if more else '; see `FilterChain`'}.", rules, *more]
    takes = '("chain", "foreign", "order", "rules")' if menu.chain else '("foreign", "order", "rules")'
    base = f"{'ChainBlock' if menu.chain else 'ListBlock'}[{each.rule}]"
    parts = [base, f'menu="{each.path}"', f'kind="block:{each.path}"', f"takes={takes}"]
    return [*bracketed(f"class {each.name}", parts, ":"), *docstring("\n\n".join(about), 4)]
