"""The end of a trial: rows that were there before become a stack's own, so that a destroy removes them.

A row is on trial while its tag says that it was adopted, and its resource keeps what it had. A row becomes the stack's
own where it is as declared: then nothing that only its former owner knew is lost, and the next preview is as clean as
the one before. What stands where somebody would miss it at once is protected: the engine refuses to delete it.

Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final, NamedTuple, cast

import attrs

from wiretik_provider.codecs.addresses import on_interface
from wiretik_provider.lists.entries import BadEntries, read
from wiretik_provider.menus import at
from wiretik_provider.menus.descriptor import Menu
from wiretik_provider.rows import compare, ownership
from wiretik_provider.rows.ownership import Tag

__all__ = ["EXTRA", "Owned", "Trial", "costs", "end_trial"]

Row = Mapping[str, str]
Tables = Mapping[str, Sequence[Row]]

EXTRA: Final = ("/interface/bridge",)
"""What is read besides, to tell the LAN's addresses."""
_INPUT: Final = ("/ip/firewall/filter", "/ipv6/firewall/filter")
_ADDRESSES: Final = ("/ip/address", "/ipv6/address")
_ROUTES: Final = ("/ip/route", "/ipv6/route")
_LISTS: Final = ("/ip/firewall/address-list", "/ipv6/firewall/address-list")
_WHOLE: Final[Mapping[str, str]] = {
    "/interface/bridge": "bridge {name} goes, and the LAN on it",
    "/interface/bridge/port": "{interface} leaves its bridge, and the LAN on it",
    "/interface/vlan": "VLAN {name} goes, and the network on it",
    "/ip/service": "service {name} is no longer as it is",
}
"""Menus of which every row carries somebody."""
_EVERYWHERE: Final = ("0.0.0.0/0", "::/0")


class Trial(NamedTuple):
    """A resource that may have rows on trial."""

    urn: str
    inputs: Mapping[str, object]
    """As the state has them; an encrypted value is a mapping."""

    @property
    def tag(self) -> str:
        """The twelve digits of its rows' tags."""
        return str(self.inputs.get("tag", ""))


@attrs.frozen
class Owned:
    """What the end of a trial comes to.

    Attributes:
        comments: by menu and `.id`, what is signed.
        urns: the resources whose former values are forgotten.
        stay: those that stay on trial, each with the reason.
    """

    comments: Mapping[str, Mapping[str, str]]
    urns: Collection[str]
    stay: Mapping[str, str]

    @property
    def count(self) -> int:
        """How many rows become the stack's own."""
        return sum(map(len, self.comments.values()))


def end_trial(trials: Sequence[Trial], tables: Tables) -> Owned:
    """Which rows become the stack's own.

    Args:
        trials: the resources of one router.
        tables: the rows of all menus in which some may be on trial.
    """
    by_tag = {one.tag: one for one in trials if one.tag}
    comments: dict[str, dict[str, dict[str, str]]] = {}
    stay: dict[str, str] = {}
    for path, rows in tables.items():
        menu = at(path)
        for row in rows if menu else ():
            text, tag = ownership.parts_of(row)
            mine = by_tag.get(tag.owner) if tag and tag.adopted else None
            if menu is None or tag is None or mine is None:
                continue
            if why := _undeclared(menu, row, text, tag, mine.inputs):
                stay.setdefault(mine.urn, f"{compare.label(menu, row)}: {why}")
            signed = ownership.signed(text, tag._replace(adopted=False))
            comments.setdefault(mine.urn, {}).setdefault(path, {})[row[".id"]] = signed
    found: dict[str, dict[str, str]] = {}
    for urn, by_path in comments.items():
        for path, signed_rows in by_path.items() if urn not in stay else ():
            found.setdefault(path, {}).update(signed_rows)
    return Owned(found, {one.urn for one in trials} - stay.keys(), stay)


def _undeclared(menu: Menu, row: Row, text: str, tag: Tag, inputs: Mapping[str, object]) -> str:
    """What of a row only its former owner knew; empty where nothing."""
    if "entries" in inputs or "rules" in inputs:
        said = _entry_comment(menu, row, inputs) if "entries" in inputs else _rule_comment(tag, inputs)
        return "" if said is None or said == text else "its comment isn't declared as it is"
    sealed = {name for name, value in inputs.items() if isinstance(value, Mapping)}
    plain = {name: value for name, value in inputs.items() if name not in sealed}
    if menu.loose:
        return "" if "comment" in sealed or plain.get("comment", "") == text else "its comment isn't declared as it is"
    wanted = compare.declared(menu, plain)
    names = [
        change.field.name
        for change in compare.changes(menu, {**row, "comment": text}, wanted)
        if change.field.attribute not in sealed
    ]
    names += [
        field.name
        for field in menu.writable
        if field.secret
        and row.get(field.name) == compare.HIDDEN
        and not field.computed
        and field.attribute not in inputs
    ]
    return f"its {' and '.join(names)} {'is' if len(names) == 1 else 'are'} not declared as on the router" * bool(names)


def _entry_comment(menu: Menu, row: Row, inputs: Mapping[str, object]) -> str | None:
    entries = inputs["entries"]
    there = entries.get(row.get("address", "")) if isinstance(entries, Mapping) else None
    if there is None:
        return None
    try:
        found = read({row["address"]: there}, 6 if menu.path.startswith("/ipv6") else 4).entries
    except BadEntries:
        return None
    return next((entry.comment for entry in found.values()), None)


def _rule_comment(tag: Tag, inputs: Mapping[str, object]) -> str | None:
    rules = cast(Mapping[str, Mapping[str, str]], inputs["rules"])
    found = [rule for name, rule in rules.items() if ownership.rule_part(name) == tag.rule]
    comment = found[0].get("comment", "") if found else None
    return comment if isinstance(comment, str) else None


# --- what carries somebody -------------------------------------------------------------------------------------------


def costs(tables: Tables, ends: tuple[str, str], owners: Mapping[str, str]) -> dict[str, str]:
    """By resource, what would be lost with its rows: that of the session, of the LAN, and of the way out.

    Args:
        tables: the router's rows.
        ends: our address and the router's, of the session by which Wiretik reaches it.
        owners: by tag, the resource that has rows with it.
    """
    told: dict[str, dict[str, None]] = {}
    for row, why in (*_one_by_one(tables, ends), *_of_input(tables)):
        tag = ownership.tag_of(row)
        if tag and tag.owner in owners:
            told.setdefault(owners[tag.owner], {})[why] = None
    return {urn: "; ".join(found) for urn, found in told.items()}


def _one_by_one(tables: Tables, ends: tuple[str, str]) -> Iterator[tuple[Row, str]]:
    bridges = {row.get("name", "") for row in tables.get("/interface/bridge", ())}
    inside = {row.get("interface", "") for row in tables.get("/interface/list/member", ()) if row.get("list") == "LAN"}
    addresses = [row for path in _ADDRESSES for row in tables.get(path, ())]
    own = [row for row in addresses if _holds(row.get("address", ""), ends)]
    for row in addresses:
        where = f"address {row.get('address', '')} of {row.get('interface', '')} goes"
        if row in own:
            yield row, f"{where}, by which Wiretik reaches the router"
        elif row.get("interface") in bridges | inside:
            yield row, f"{where}, which the LAN has"
    for path, told in _WHOLE.items():
        for row in tables.get(path, ()):
            yield row, told.format_map({"name": row.get("name", ""), "interface": row.get("interface", "")})
    for row in (row for path in _ROUTES for row in tables.get(path, ())):
        if _is_way_out(row):
            yield row, f"the default route by {row.get('gateway', '?')} goes"
    yield from _tunnels(tables, {row.get("interface", "") for row in own})


def _tunnels(tables: Tables, ways: Collection[str]) -> Iterator[tuple[Row, str]]:
    for row in tables.get("/interface/wireguard", ()):
        if row.get("name") in ways:
            yield row, f"tunnel {row['name']} goes, by which Wiretik reaches the router"
    for row in tables.get("/interface/wireguard/peers", ()):
        if row.get("interface") in ways:
            yield row, f"a peer of {row['interface']} goes, by which Wiretik reaches the router"


def _is_way_out(row: Row) -> bool:
    usual = row.get("dst-address") in _EVERYWHERE and row.get("routing-table", "main") == "main"
    return usual and row.get("disabled") != "true" and row.get("blackhole", "false") in {"", "false", "no"}


def _of_input(tables: Tables) -> Iterator[tuple[Row, str]]:
    """The rules that decide who reaches the router, and what they ask of lists."""
    for path, entries in zip(_INPUT, _LISTS, strict=True):
        rules = [row for row in tables.get(path, ()) if row.get("chain") == "input" and row.get("disabled") != "true"]
        for row in rules:
            yield row, "rules of input go that decide who reaches the router"
        asked = {row.get("in-interface-list", "").removeprefix("!") for row in rules}
        for row in tables.get("/interface/list", ()):
            if row.get("name") in asked:
                yield row, f"list {row['name']} goes, which rules of input ask"
        for row in tables.get("/interface/list/member", ()):
            if row.get("list") in asked:
                yield row, f"{row.get('interface', '')} leaves list {row['list']}, which rules of input ask"
        named = {row.get("src-address-list", "").removeprefix("!") for row in rules}
        for row in tables.get(entries, ()):
            if row.get("list") in named:
                yield row, f"list {row['list']} goes, which rules of input ask"


def _holds(text: str, ends: tuple[str, str]) -> bool:
    """Whether an address's network holds an end of the session, the router's or ours."""
    try:
        own = on_interface(text)
        return any(on_interface(end).ip in own.network for end in ends if end and (":" in end) == (":" in text))
    except ValueError:
        return False
