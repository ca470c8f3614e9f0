"""The menus of the firewall's rules and the contradictions in them, in IPv4 and in IPv6."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from wiretik_provider.menus._fields import Declared, given
from wiretik_provider.menus._matchers import ADDING
from wiretik_provider.menus.descriptor import Field, Menu, Problem, Rule


def chained(path: str, resource: str, about: str, rule: Rule, fields: tuple[Field, ...]) -> Menu:
    """A menu of rules in chains; `FilterRule` is a filter rule."""
    kind = path.rpartition("/")[2]
    noun = f"{'NAT' if kind == 'nat' else kind} rule"
    return Menu(
        path=path,
        noun=f"IPv6 {noun}" if path.startswith("/ipv6") else noun,
        resource=resource,
        about=about,
        ordered=True,
        chain="chain",
        kin=("chain", "action"),
        rules=(rule,),
        fields=fields,
    )


Needs = Mapping[str, tuple[str, ...]]
"""Properties, each with the actions that need it and without which it does nothing."""

NEEDS: Final[Needs] = {"jump_target": ("jump",), "address_list": ADDING}
MANGLE_NEEDS: Final[Needs] = {
    **NEEDS,
    "new_connection_mark": ("mark-connection",),
    "new_dscp": ("change-dscp",),
    "new_mss": ("change-mss",),
    "new_packet_mark": ("mark-packet",),
    "new_priority": ("set-priority",),
    "new_routing_mark": ("mark-routing",),
}

_WITH_PORTS: Final = ("tcp", "udp", "udp-lite", "dccp", "sctp")
_OF_TCP: Final = ("tcp_flags", "tcp_mss", "tls_host")
_ICMP: Final = ("icmp", "icmpv6")


def contradictions(declared: Declared, needs: Needs = NEEDS) -> Iterator[Problem]:
    """Contradictions that every kind of rule can have."""
    yield from _matchers(declared)
    yield from _jump(declared)
    yield from _belongs(declared, needs)


def _matchers(declared: Declared) -> Iterator[Problem]:
    """Contradictions that every kind of rule can have."""
    protocol = declared.get("protocol", "")
    if protocol is not None and protocol not in _WITH_PORTS:
        for name in given(declared, "port", "src_port", "dst_port"):
            reason = f"ports need a protocol that has them: protocol must be one of {', '.join(_WITH_PORTS)}"
            yield Problem(name, f"{reason}, not {protocol}" if protocol else reason)
    if protocol not in {None, "", "tcp"}:
        for name in given(declared, *_OF_TCP):
            yield Problem(name, f"matches TCP only, but protocol is {protocol}")
    if protocol not in {None, "", *_ICMP} and "icmp_options" in declared:
        yield Problem("icmp_options", f"matches ICMP only, but protocol is {protocol}")


def _belongs(declared: Declared, needs: Needs) -> Iterator[Problem]:
    """Each property of `needs` goes with some actions, which in turn need it."""
    action = declared.get("action", "accept")
    if action is None:
        return
    for name, actions in needs.items():
        if action in actions and name not in declared:
            yield Problem(name, f"missing: action {action} needs it")
        if action not in actions and name in declared:
            yield Problem(name, f"does nothing with action {action}; it goes with {' and '.join(actions)}")


def _jump(declared: Declared) -> Iterator[Problem]:
    target = declared.get("jump_target")
    if target is not None and target == declared.get("chain"):
        yield Problem("jump_target", f"the chain {target} would jump to itself for ever")


def rejecting(declared: Declared) -> Iterator[Problem]:
    """What goes with action reject."""
    action, protocol = declared.get("action", "accept"), declared.get("protocol", "")
    if "reject_with" in declared and action not in {None, "reject"}:
        yield Problem("reject_with", f"does nothing with action {action}; it goes with reject")
    if declared.get("reject_with") == "tcp-reset" and protocol not in {None, "", "tcp"}:
        yield Problem("reject_with", f"tcp-reset answers TCP only, but protocol is {protocol}")


_NEEDLESS: Final = {
    "masquerade": "takes the address of the outgoing interface",
    "redirect": "leads to the router itself",
}


def translating(declared: Declared, addresses: str) -> Iterator[Problem]:
    """Actions of nat that choose the address themselves."""
    action = declared.get("action", "accept")
    if addresses in declared and action in _NEEDLESS:
        yield Problem(addresses, f"does nothing: {action} {_NEEDLESS[str(action)]}")


_ROUTED_ALREADY: Final = ("forward", "input", "postrouting")


def marking(declared: Declared) -> Iterator[Problem]:
    """What mangle can't change."""
    action, chain, protocol = (declared.get(name, "") for name in ("action", "chain", "protocol"))
    if action == "mark-routing" and chain in _ROUTED_ALREADY:
        yield Problem("chain", f"in {chain} a packet is routed already; mark-routing works in prerouting and output")
    if action == "change-mss" and protocol not in {None, "", "tcp"}:
        yield Problem("action", f"change-mss changes TCP only, but protocol is {protocol}")
