"""The SDK's typed classes as text: a pure function of the menus' descriptors and of `layout`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from tools.generate import chains, layout
from tools.generate.text import Homes, bracketed, docstring, example, module, raises
from tools.generate.types import argument, output
from wiretik.resources.base.words import remarks, takes
from wiretik_provider.menus.descriptor import Field, Menu

__all__ = ["explained", "modules", "result_text"]

Menus = Mapping[str, Menu]
Floors = tuple[tuple[Field, ...], tuple[Field, ...], tuple[Field, ...]]
"""The fields that rules share, by floor of a tower."""

_PARTIAL: Final = "total=False"
_PLAIN: Final = ("True or False", "a name", "text")
"""What a property takes that its type says already."""

_FIRST_RULE: Final = "New rules stand last where it isn't given"
_AT_A_PLACE: Final = "Where among the rules: `FIRST`, `LAST`, `Before(…)` or `After(…)`. " + _FIRST_RULE + "."
_IN_A_CHAIN: Final = (
    "Where in the chain: `FIRST`, `LAST`, `BEFORE_DROP`, `BEFORE_FASTTRACK`, `Before(…)` or `After(…)`. "
    + _FIRST_RULE
    + ", below the chain's drop rule."
)

_SHARED: Final = (
    (
        "The matchers of packets that rules of IPv4 and IPv6 share, and what goes with an action.",
        "Outputs that all rules share.",
    ),
    (
        "The matchers of connections that rules of IPv4 and IPv6 share.",
        "Outputs that rules of filter, NAT and mangle share besides.",
    ),
    (
        "The matchers of a connection's state that rules of IPv4 and IPv6 share.",
        "Outputs that rules of filter and mangle share besides.",
    ),
)
_OF_FAMILY: Final = (
    (
        "The matchers that all rules of {} share, those of raw among them: what can be seen of a packet by itself.",
        "Outputs that all rules of {} share.",
    ),
    (
        "The matchers that rules of {}'s filter, NAT and mangle share besides.",
        "Outputs that rules of {}'s filter, NAT and mangle share besides.",
    ),
    (
        "The matchers that rules of {}'s filter and mangle share besides.",
        "Outputs that rules of {}'s filter and mangle share besides.",
    ),
)


def modules(menus: Menus) -> dict[str, str]:
    """Every generated module of `wiretik.resources` by its name."""
    made = _homes(menus)
    matchers, outputs = layout.RULES.args, layout.RULES.outputs
    parts = {
        **{each.name: (each.about, list(_rows(menus, each))) for each in layout.MODULES},
        matchers.name: (matchers.about, list(_matchers(menus))),
        outputs.name: (outputs.about, list(_outputs(menus))),
        "chains": (chains.ABOUT, [chains.block(menus[each.path], each) for each in layout.CHAINS]),
    }
    return {
        name: module(about, [*_public(made, name), *(["Not"] if name == matchers.name else [])], classes, name, made)
        for name, (about, classes) in parts.items()
    }


def _public(made: Homes, module: str) -> list[str]:
    """The names of a module that others use; of matchers, no program needs those that both families share."""
    inner = ("AnyMatchers", "AnyPacketMatchers", "AnyStatefulMatchers")
    return [name for name, home in made.items() if home == module and name not in inner]


def _homes(menus: Menus) -> Homes:
    """In which module each generated name stands."""
    made = {each.name: "chains" for each in layout.CHAINS}
    for each in (*layout.MODULES, layout.RULES.args):
        for part in each.parts:
            if isinstance(part, layout.Alias):
                made[part.name] = each.name
            else:
                resource = menus[part.path].resource
                made |= dict.fromkeys((resource, f"{resource}Args", *([part.rule] if part.rule else [])), each.name)
    first = layout.RULES.towers[0]
    for tower in layout.RULES.towers:
        made |= dict.fromkeys(tower.args, layout.RULES.args.name) | dict.fromkeys(tower.outputs, "rule_outputs")
    made |= {f"Any{name}": layout.RULES.args.name for name in first.args}
    made |= {f"Any{name}": "rule_outputs" for name in first.outputs}
    return {**made, "FirewallRuleArgs": layout.RULES.args.name}


def explained(field: Field, menu: Menu | None = None) -> str:
    """All that is said of a property under its name: its meaning, what it takes, its default, its versions."""
    accepted = takes(field)
    first = [] if accepted in _PLAIN else [f"takes {accepted}"]
    more = "; ".join(
        (
            *first,
            *(remark for remark in remarks(field, menu, menu.named if menu else "") if remark != "required"),
        )
    )
    return f"{field.meaning} {more[0].upper()}{more[1:]}." if more else field.meaning


def result_text(field: Field) -> str:
    """What is said of a property as an output."""
    return field.tells or re.split(r"(?<=\.) ", field.meaning, maxsplit=1)[0]


def _arguments(fields: Sequence[Field], menu: Menu | None = None) -> Iterator[str]:
    for field in fields:
        named = menu is not None and field.name == menu.named
        yield f"    {field.attribute}: {argument(field, optional=named)}"
        yield from docstring(explained(field, menu), 4)


def _results(fields: Sequence[Field]) -> Iterator[str]:
    for field in fields:
        yield f"    {field.attribute}: {output(field)}"
        yield from docstring(result_text(field), 4)


def _listed(menu: Menu) -> tuple[Field, ...]:
    """What a resource takes, in the order of the descriptor; the comment stands last."""
    held = (menu.held,) if menu.held else ()
    fields = [field for field in menu.listed if not field.read_only]
    return (*(field for field in fields if field.name != "comment"), *held, *(f for f in fields if f.name == "comment"))


def _results_of(menu: Menu) -> tuple[Field, ...]:
    return tuple(field for field in menu.listed if not field.volatile)


def _raises(menu: Menu) -> str:
    where = "another menu or router" if menu.chain else "another router"
    return raises(f"ValueError: a position beside a rule of {where}.") if menu.ordered else raises()


def _an(noun: str) -> str:
    return f"an `{noun}`" if noun[0] in "AEIOU" else f"a `{noun}`"


def _rows(menus: Menus, each: layout.Module) -> Iterator[list[str]]:
    """What stands in a module of classes for rows."""
    for part in each.parts:
        if isinstance(part, layout.Alias):
            yield _alias(part)
            continue
        menu = menus[part.path]
        tower = next((tower for tower in layout.RULES.towers if part.path in tower.menus), None)
        if menu.ordered:
            yield from _rule_args(menus, menu, part, tower)
        else:
            yield _row_args(menu)
        yield _row(menus, menu, part, tower)


def _alias(part: layout.Alias) -> list[str]:
    return [f"{part.name} = pulumi.Input[str] | {part.resource}", *docstring(part.about, 0)]


def _row_args(menu: Menu) -> list[str]:
    whose = f"`{menu.resource}`" if menu.singleton else _an(menu.resource)
    return [
        f"class {menu.resource}Args(RowArgs, total=False):",
        f'    """The properties of {whose}."""',
        "",
        *_arguments(_listed(menu), menu),
    ]


def _rule_args(menus: Menus, menu: Menu, part: layout.One, tower: layout.Tower | None) -> Iterator[list[str]]:
    """What one rule of a block takes, and what a rule by itself takes besides."""
    block = next(chain.name for chain in layout.CHAINS if chain.rule == part.rule)
    base, shared = _base(menus, menu, tower)
    own = [field for field in _listed(menu) if field.attribute not in {*shared, "chain"}]
    first = [field for field in own if field.name == "action"]
    yield [
        f"class {part.rule}({base}, total=False):",
        f'    """One rule of {_an(block)}: its matchers and its action."""',
        "",
        *_arguments([*first, *(field for field in own if field.name != "action")]),
    ]
    head = f"class {menu.resource}Args({'FirewallRuleArgs' if tower else 'RowArgs'}, {part.rule}, total=False):"
    about = f'    """The properties of {_an(menu.resource)}."""'
    chain = ["", *_arguments([menu.by_name["chain"]]), "    position: Position | None", *docstring(_AT_A_PLACE, 4)]
    yield [head, about, *([] if tower else chain)]


def _base(menus: Menus, menu: Menu, tower: layout.Tower | None) -> tuple[str, set[str]]:
    """The class of arguments from which those of a kind of rule follow, and what it has."""
    if tower is None:
        return "TypedDict", set()
    floor = _floor(menu, tower)
    shared = {field.attribute for fields in _floors(menus, tower)[: floor + 1] for field in fields}
    return tower.args[floor], shared


def _floor(menu: Menu, tower: layout.Tower) -> int:
    """How high a menu stands in its tower: filter and mangle on top, raw on the ground."""
    return (2, 2, 1, 0)[tower.menus.index(menu.path)]


def _floors(menus: Menus, tower: layout.Tower) -> Floors:
    """The fields of each floor: what all menus that reach it say alike, and no floor below it has."""
    filters, mangle, nat, raw = (menus[path] for path in tower.menus)
    taken = {"chain", "action"}
    floors: list[tuple[Field, ...]] = []
    for reaching in ((filters, mangle, nat, raw), (filters, mangle, nat), (filters, mangle)):
        alike = set.intersection(*({_said(field) for field in _listed(menu)} for menu in reaching))
        fields = tuple(f for f in _listed(filters) if _said(f) in alike and f.name not in taken)
        taken |= {field.name for field in fields}
        floors.append(fields)
    return floors[0], floors[1], floors[2]


def _said(field: Field) -> tuple[str, ...]:
    """What makes a property the same one in two classes, whatever words it takes."""
    return (field.name, argument(field), output(field), field.meaning, result_text(field), field.since, field.until)


def _row(menus: Menus, menu: Menu, part: layout.One, tower: layout.Tower | None) -> list[str]:
    shared: set[str] = set()
    bases = ["Row"]
    if tower:
        floor = _floor(menu, tower)
        bases = [tower.outputs[floor], "Row"]
        shared = {field.name for fields in _floors(menus, tower)[: floor + 1] for field in fields}
        shared |= {"chain", "action"}
    about = "\n\n".join((menu.about, example(part.example), _raises(menu)))
    parts = [*bases, f'menu="{menu.path}"', *([f'named="{menu.named}"'] if menu.named else [])]
    own = [field for field in _results_of(menu) if field.name not in shared]
    return [
        *bracketed(f"class {menu.resource}", parts, ":"),
        *docstring(about, 4),
        "",
        *_results(own),
        "",
        "    def __init__(",
        "        self,",
        "        resource_name: str,",
        "        opts: pulumi.ResourceOptions | None = None,",
        f"        **args: Unpack[{menu.resource}Args],",
        "    ) -> None:",
        "        super().__init__(resource_name, args, opts)",
    ]


def _common(menus: Menus, said: Callable[[Field], tuple[str, ...]]) -> tuple[Floors, Floors, Floors]:
    """By floor, the properties of which both families say the same, those of IPv4 alone and those of IPv6 alone."""
    four, six = (_floors(menus, tower) for tower in layout.RULES.towers)
    alike = [{said(field) for field in a} & {said(field) for field in b} for a, b in zip(four, six, strict=True)]

    def of(floors: Floors, *, both: bool) -> Floors:
        first, second, third = (
            tuple(field for field in fields if (said(field) in known) == both)
            for fields, known in zip(floors, alike, strict=True)
        )
        return first, second, third

    return of(four, both=True), of(four, both=False), of(six, both=False)


def _as_argument(field: Field) -> tuple[str, ...]:
    return field.name, argument(field), explained(field)


def _as_output(field: Field) -> tuple[str, ...]:
    return field.name, output(field), result_text(field)


def _matchers(menus: Menus) -> Iterator[list[str]]:
    """The module of what rules look at."""
    for alias in layout.RULES.args.parts:
        if isinstance(alias, layout.Alias):
            yield _alias(alias)
    rule = menus[layout.RULES.towers[0].menus[0]]
    yield [
        "class FirewallRuleArgs(RowArgs, total=False):",
        '    """What a single rule of filter, NAT, mangle and raw says besides its matchers and its action."""',
        "",
        *_arguments([rule.by_name["chain"]]),
        "    position: Position | None",
        *docstring(_IN_A_CHAIN, 4),
    ]
    both, *families = _common(menus, _as_argument)
    for (about, _), name, fields in zip(_SHARED, layout.RULES.towers[0].args, both, strict=True):
        yield _group(f"Any{name}", ["TypedDict", _PARTIAL], about, _arguments(fields))
    for tower, own in zip(layout.RULES.towers, families, strict=True):
        for floor, name in enumerate(tower.args):
            bases = [*([tower.args[floor - 1]] if floor else []), f"Any{layout.RULES.towers[0].args[floor]}", _PARTIAL]
            yield _group(name, bases, _OF_FAMILY[floor][0].format(tower.family), _arguments(own[floor]))


def _group(name: str, bases: Sequence[str], about: str, lines: Iterator[str]) -> list[str]:
    inside = list(lines)
    head = f"class {name}({', '.join(bases)}):" if bases else f"class {name}:"
    return [head, *docstring(about, 4), *(["", *inside] if inside else [])]


def _outputs(menus: Menus) -> Iterator[list[str]]:
    """The module of what rules put out."""
    rule = menus[layout.RULES.towers[0].menus[0]]
    both, *families = _common(menus, _as_output)
    ground = (rule.by_name["chain"], rule.by_name["action"])
    first = layout.RULES.towers[0].outputs
    for floor, (_, about) in enumerate(_SHARED):
        fields = (*ground, *both[floor]) if floor == 0 else both[floor]
        yield _group(f"Any{first[floor]}", [], about, _results(fields))
    for tower, own in zip(layout.RULES.towers, families, strict=True):
        for floor, name in enumerate(tower.outputs):
            bases = [f"Any{first[floor]}", *([tower.outputs[floor - 1]] if floor else [])]
            about = _OF_FAMILY[floor][1].format(tower.family)
            yield _group(name, bases, about, _results(own[floor]))
