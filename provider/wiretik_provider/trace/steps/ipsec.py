"""IPsec policies: packets that leave by one are encrypted, and packets from its far end must be.

Source: docs/facts/packet-path.md#packet-flow: IPsec comes last, behind src-nat. The first policy that fits counts, and
`action=none` lets it pass (MikroTik's manual, ipsec: policies). What becomes of it in IPsec isn't followed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from wiretik_provider.codecs.base import is_number
from wiretik_provider.rules.model import Row, protocol_name
from wiretik_provider.trace.packet import Span
from wiretik_provider.trace.result import Disposition, End, Step, Stuck
from wiretik_provider.trace.router.snapshot import UNKNOWN, Snapshot, is_true
from wiretik_provider.trace.steps.match import Subject

__all__ = ["secured"]

_POLICIES: Final = "/ip/ipsec/policy"


def secured(snapshot: Snapshot, at: Subject, choose: Callable[[Step, str], bool], *, back: bool) -> None:
    """Looks a packet up in the policies.

    Args:
        snapshot: the router.
        at: the packet as it leaves, or as it came in.
        choose: asked where it isn't known whether a policy is for it.
        back: whether it came in, from a policy's far end.

    Raises:
        Stuck: it is encrypted, or has to be.
        End: a policy discards it.
    """
    if why := snapshot.unread.get(_POLICIES):
        if not back:
            raise Stuck(Step(_POLICIES, ""), f"whether IPsec takes it isn't known: {why}")
        return
    for number, row in enumerate(snapshot[_POLICIES]):
        if is_true(row, "disabled") or is_true(row, "template") or is_true(row, "invalid"):
            continue
        step = Step.of(_POLICIES, row, "", number)
        fits = _fits(row, snapshot, at, back=back)
        if fits is False or (fits is None and not choose(step, "whether it is for this packet isn't known")):
            continue
        action = row.get("action", "encrypt")
        if action == "none":
            return
        if action == "discard":
            raise End(Disposition.DROPPED, Step.of(_POLICIES, row, "discard", number))
        told = "packets from there must be encrypted, and whether they are" if back else "its way through IPsec"
        raise Stuck(step, f"{told} isn't followed")


def _fits(row: Row, snapshot: Snapshot, at: Subject, *, back: bool) -> bool | None:
    """Whether a policy is for a packet; None where that isn't known."""
    ends = ("dst", "src") if back else ("src", "dst")
    answers = [
        _holds(row.get(f"{ends[0]}-address", UNKNOWN), at.src, snapshot),
        _holds(row.get(f"{ends[1]}-address", UNKNOWN), at.dst, snapshot),
        _port(row.get(f"{ends[0]}-port", "any"), at.src_port),
        _port(row.get(f"{ends[1]}-port", "any"), at.dst_port),
        row.get("protocol", "all") in ("all", "") or protocol_name(row["protocol"]) == at.protocol,
    ]
    return False if False in answers else None if None in answers else True


def _holds(text: str, address: int, snapshot: Snapshot) -> bool | None:
    if text is UNKNOWN:
        return None
    span = snapshot.family.span(text)
    return span is not None and span[0] <= address <= span[1]


def _port(text: str, ports: Span | None) -> bool | None:
    if text in ("any", "", "0"):
        return True
    if not is_number(text) or ports is None:
        return None
    inside = ports.low <= int(text) <= ports.high
    return None if inside and ports.low != ports.high else inside
