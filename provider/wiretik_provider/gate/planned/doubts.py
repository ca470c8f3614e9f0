"""The doctor's findings about the program's own rows where they will stand: told before they are written.

Pure. It is a warning and no refusal, since somebody may mean it. Only what a new row brings about is told: a finding
that the router has already is the doctor's, and so is what takes a look at the router as it lives.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from wiretik_provider.declared import Declared
from wiretik_provider.doctor import Finding, Patient
from wiretik_provider.doctor.answers import answers
from wiretik_provider.doctor.gateways import gateways
from wiretik_provider.rows import ownership
from wiretik_provider.trace.family import FOUR, SIX
from wiretik_provider.trace.router import lines
from wiretik_provider.trace.router.snapshot import UNKNOWN, Snapshot

__all__ = ["warnings"]

_CHECKS: Final = {
    "/ip/firewall/nat": (answers, frozenset({"answers-astray", "not-by-fasttrack"})),
    "/ip/route": (gateways, frozenset({"ways-alike", "gateway-in-two"})),
}
"""By the menu of the rows that they are about."""


def warnings(then: Snapshot, declared: Sequence[Declared]) -> Iterator[str]:
    """A line for each.

    Args:
        then: the router as it will be.
        declared: the program's resources.
    """
    yield from _settings(then, declared)
    patient = Patient(then, live=False)
    for path, (check, kinds) in _CHECKS.items():
        names = {row.tag: row.name for row in declared if row.kind == path}
        if not names or path in then.unread or then.beyond:
            continue
        mine = {row.get(".id", ""): name for row in then[path] if (name := names.get(ownership.owner_of(row)))}
        yield from (f"{mine[one.where.row]}: {_line(one)}" for one in check(patient) if _is_of(one, mine, kinds))


def _settings(then: Snapshot, declared: Sequence[Declared]) -> Iterator[str]:
    """What other menus bring about that no rule shows."""
    for row in declared:
        family = next((one for one in (FOUR, SIX) if row.path == one.settings), None)
        if family and row.values.get(family.forward) in {False, "no"}:
            said = f"{family.forward.replace('-', '_')}=False"
            yield f"{row.name}: {said}: after this change the router forwards nothing that isn't its own"
        if interface := lines.begun(row, then[FOUR.addresses]):
            at = "" if interface is UNKNOWN else f" at {interface}"
            yield f"{row.name}: which address the router gets{at}, and the routes that come with it, isn't known before"


def _is_of(one: Finding, mine: Mapping[str, str], kinds: frozenset[str]) -> bool:
    return one.kind in kinds and one.where.row in mine


def _line(one: Finding) -> str:
    return f"after this change {one.fact} ({one.why.rstrip('.')}); {one.cure}"
