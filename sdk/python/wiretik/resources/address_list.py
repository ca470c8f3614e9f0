"""A whole address list as one resource, of ten entries or of a hundred thousand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, Literal

import attrs
import pulumi

from wiretik.resources.base.gate import Gate
from wiretik.resources.base.lists import listed
from wiretik.resources.base.misuse import Misuse, kind_of
from wiretik.resources.base.router import Router
from wiretik.resources.base.row import Row
from wiretik_provider.codecs.addresses import ListAddress
from wiretik_provider.errors import InvalidValue
from wiretik_provider.lists import plan
from wiretik_provider.lists.entries import is_canonical
from wiretik_provider.printable import printable, stored

__all__ = ["AddressList", "Entry", "Ipv6AddressList", "entries_from_file"]


@attrs.frozen
class Entry:
    """One entry of an address list.

    Attributes:
        address: an address, a prefix, in IPv4 a range (`10.0.0.1-10.0.0.9`), or a DNS name, which the router resolves.
        comment: free text.
        timeout: after which the router drops the entry, `"1d"` or seconds, at most 35w3d13h13m56s; such an entry is
            dynamic, doesn't outlive a reboot, and that it counts down is no drift. Empty for an entry that stays; one
            that got a timeout by hand is mended where RouterOS takes it off again, else the error says what to do.
        disabled: switched off, but there.
    """

    address: pulumi.Input[str]
    comment: pulumi.Input[str] = ""
    timeout: pulumi.Input[str | int] = ""
    disabled: pulumi.Input[bool] = False


class NoFile(Misuse, OSError):
    """A file can't be read."""


def entries_from_file(path: str | Path, *, family: Literal[4, 6] = 4) -> list[Entry]:
    """The entries of a text file: one address, prefix, range or name a line; a text behind `#` or `;` is its comment.

    Args:
        path: relative to the program's folder, where Pulumi runs it.
        family: 6 for the entries of an `Ipv6AddressList`.

    Raises:
        wiretik_provider.errors.InvalidValue: with the number of every line that can't be taken.
        OSError: the file can't be read.
    """
    try:
        text = Path(path).read_text("utf-8", "surrogateescape")
    except OSError as error:
        raise NoFile(f"entries_from_file: {str(path)!r} can't be read from {Path.cwd()}: {error.strerror}") from error
    read = plan.parse_file(stored(text), family)
    for double in read.doubles:
        pulumi.log.warn(printable(f"{path}: {double}"))
    return [Entry(address, entry.comment) for address, entry in read.entries.items()]


class _WholeList(Row):
    """What the lists of both families share."""

    _family: ClassVar[int] = 4

    list: pulumi.Output[str]
    """The list's name on the router."""
    entries: pulumi.Output[Mapping[str, Any]]
    """By address: the comment, or a map of comment, timeout and disabled."""
    foreign: pulumi.Output[str]
    """`keep` or `prune`."""

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        entries: pulumi.Input[Sequence[pulumi.Input[str] | Entry]] | Mapping[str, Any],
        list: pulumi.Input[str] | None = None,  # noqa: A002  (RouterOS's name)
        foreign: pulumi.Input[Literal["keep", "prune"]] | None = None,
        adopt: bool = False,
        router: Router | str = "",
    ) -> None:
        """A whole list of addresses, whose arguments are these.

        Args:
            resource_name: the logical name, which is the list's name where `list` isn't given.
            opts: Pulumi's options of a resource.
            entries: addresses as text or `Entry`; `entries_from_file` reads a file of them. Or a mapping by address, as
                `pulumi import` writes it: each a comment, or a mapping of `comment`, `timeout` and `disabled`.
            list: the list's name on the router.
            foreign: `"keep"` leaves entries of others alone; `"prune"` makes the list this program's alone: static
                entries that nobody's tag is on are removed, dynamic ones never.
            adopt: takes over entries of others that are wanted; destroy gives them back as they were.
            router: which router; may be left out where the stack has only one.

        Raises:
            ValueError: an address that stands twice with another timeout or state.
        """
        shape: Any
        if isinstance(entries, pulumi.Output):
            shape = entries.apply(lambda known: self._by_address(resource_name, known))
        else:
            who = f"{type(self).__name__} {resource_name!r}"
            if isinstance(entries, Mapping):
                entries = [_entry(who, address, shape) for address, shape in entries.items()]
            listed(who, "entries", entries)
            parts = [_part(entry) for entry in entries]  # type: ignore[union-attr]  # no awaitables here
            if odd := _odd(parts):
                raise Misuse(f"{who}: {odd}")
            waiting = any(isinstance(value, pulumi.Output) for part in parts for value in part.values())
            shape = (
                pulumi.Output.all(*[pulumi.Output.all(**part) for part in parts]).apply(
                    lambda known: self._by_address(resource_name, known)
                )
                if waiting
                else self._by_address(resource_name, parts)
            )
        given = {"entries": shape, "list": list, "foreign": foreign, "adopt": adopt, "router": router}
        super().__init__(resource_name, given, opts)

    def _declare(self, gate: Gate, shown: Mapping[str, Any], *, adopt: bool) -> None:
        # The gate refuses bad entries before the first write. What packets do depends on addresses and timeouts alone,
        # and those fit into one text, of which there may be ten thousand; what more is said of entries, few have.
        known = shown["entries"]
        later = isinstance(known, pulumi.Output)
        looks = (self._bad, _addresses, _more)
        bad, addresses, more = (known.apply(look) if later else look(known) for look in looks)
        super()._declare(gate, {**shown, "entries": bad, "addresses": addresses, "more": more}, adopt=adopt)

    def _bad(self, entries: Mapping[str, Any]) -> dict[str, Any]:
        """Of entries by address those that can't be taken."""
        found = {}
        for address, shape in entries.items():
            try:
                plan.entries({address: {"comment": shape} if isinstance(shape, str) else shape}, self._family)
            except InvalidValue:
                found[address] = shape
        return found

    def _by_address(self, resource_name: str, entries: Sequence[Any]) -> dict[str, Any]:
        """Entries as a map, which Pulumi shows entry by entry; a bad address keeps its spelling for the check."""
        codec = ListAddress(named=True, family=self._family)
        label = f"{type(self).__name__} {resource_name!r}"
        listed(label, "entries", entries)
        found: dict[str, Any] = {}
        for entry in entries:
            part = entry if isinstance(entry, Mapping) else _part(entry)
            if odd := _odd([part]):
                raise pulumi.RunError(f"{label}: {odd}")
            try:
                address = _spelled(part["address"], codec)
            except InvalidValue:
                address = str(part["address"])
            rest = {name: part[name] for name in ("comment", "timeout", "disabled") if part.get(name)}
            shape: Any = rest if set(rest) - {"comment"} else rest.get("comment", "")
            if address in found and found[address] != shape and found[address] and shape:
                raise pulumi.RunError(f"{label}: {address} stands twice, with different properties")
            if address in found:
                pulumi.log.warn(printable(f"{label}: {address} stands twice"))
            found[address] = shape or found.get(address, "")
        return found


class AddressList(
    _WholeList,
    menu="/ip/firewall/address-list",
    kind="address-list",
    named="list",
    takes=("list", "entries", "foreign"),
):
    """The IPv4 entries that this program wants in one address list of the firewall.

    Minimal edits in few round trips, adds before removes, so that an entry that is still wanted is never missing for a
    moment. Entries carry the list's tag in their comments; entries of others are left alone, and where one of them
    already holds a wanted address it counts as present and stays theirs.
    """


class Ipv6AddressList(
    _WholeList,
    menu="/ipv6/firewall/address-list",
    kind="address-list:/ipv6/firewall/address-list",
    named="list",
    takes=("list", "entries", "foreign"),
):
    """The IPv6 entries that this program wants in one address list of the firewall; see `AddressList`.

    IPv4 and IPv6 have lists of their own, also where these have one name. RouterOS takes addresses, prefixes and DNS
    names here, and no ranges.

        wt.Ipv6AddressList("no-vpn-6", list="noVPN", entries=["fd00:88::/64", "2001:db8::1"])
    """

    _family = 6


def _addresses(entries: Mapping[str, Any]) -> str:
    """The addresses of entries that are on, in one text; behind that of one that ends its timeout."""
    return ",".join(
        address if isinstance(shape, str) or not shape.get("timeout") else f"{address} {shape['timeout']}"
        for address, shape in entries.items()
        if isinstance(shape, str) or not shape.get("disabled")
    )


def _more(entries: Mapping[str, Any]) -> dict[str, Any]:
    """Of entries by address those of which more is said than that."""
    return {address: shape for address, shape in entries.items() if shape}


def _entry(who: str, address: str, shape: str | Mapping[str, Any]) -> Entry:
    """An entry as the state has it."""
    if not isinstance(shape, Mapping):
        return Entry(address, shape)
    if odd := sorted(set(shape) - {"comment", "timeout", "disabled"}):
        raise Misuse(f"{who}: entries: {address} has no {', '.join(odd)}; it takes comment, timeout and disabled")
    return Entry(address, **shape)


def _part(entry: object) -> dict[str, object]:
    if isinstance(entry, Entry):
        return {name: getattr(entry, name) for name in ("address", "comment", "timeout", "disabled")}
    return {"address": entry}


def _odd(parts: Iterable[Mapping[str, Any]]) -> str:
    """What is wrong with the first entry that has no text for an address; of outputs nothing is known yet."""
    odd = (part["address"] for part in parts if not isinstance(part.get("address"), str | pulumi.Output))
    return next((f"entries takes text and Entry; one is {kind_of(one)}" for one in odd), "")


def _spelled(address: object, codec: ListAddress) -> str:
    """An address as the router prints it; nearly all of a long list are so already."""
    return address if isinstance(address, str) and is_canonical(address) else codec.parse(address)
