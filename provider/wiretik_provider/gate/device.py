"""The device behind a login: which one it is, its RouterOS, and whether the user may do enough."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from wiretik_provider.api.link import Link
from wiretik_provider.api.unsigned import OBSERVED
from wiretik_provider.declared import Declared
from wiretik_provider.errors import GateError
from wiretik_provider.kinds import Props
from wiretik_provider.menus.descriptor import Problem, Version, version

__all__ = ["NEEDED", "OLDEST", "facts_of", "identity", "observed", "platform"]

OLDEST: Final = (7, 15)
"""The oldest RouterOS that the menus describe (docs/facts/versions.md)."""

NEEDED: Final = ("api", "read", "write")
"""What a user needs to manage rows over the API (docs/facts/permissions.md)."""


def facts_of(link: Link) -> dict[str, Any]:
    """What the router says of itself and of our user, in one round trip and once per process."""
    user = link.access.username
    resource, board, licence, users, groups = link.prefetch(
        (
            ("/system/resource", ()),
            ("/system/routerboard", ()),
            ("/system/license", ()),
            ("/user", (f"?name={user}",)),
            ("/user/group", ()),
        )
    )
    if not resource:
        raise GateError(link.label, f"the user {user!r} can't read /system/resource: it needs the policy read")
    own = {name: text for row in (*board, *licence) for name, text in row.items()}
    identity = own.get("serial-number") or own.get("software-id") or own.get("system-id") or ""
    group = users[0].get("group", "") if users else ""
    policies = next((row.get("policy", "").split(",") for row in groups if row.get("name") == group), None)
    return {"version": resource[0].get("version", ""), "identity": identity, "policies": policies, "group": group}


def identity(facts: Mapping[str, Any], olds: Props, expected: str) -> Iterator[Problem]:
    """Problems where this is another device than the state or config says."""
    seen = facts["identity"]
    if expected and seen != expected:
        yield Problem("", f"its serial number or software id is {seen or 'unknown'}, wiretik:identity says {expected}")
    elif not expected and olds.get("identity") and seen and seen != olds["identity"]:
        yield Problem(
            "",
            f"this is another router than the state knows: {seen}, not {olds['identity']}; if the device was replaced, "
            f"say so: pulumi config set wiretik:identity {seen}",
        )


def observed(link: Link, *, preview: bool) -> Iterator[Problem]:
    """Says no to an up where the stack only looks; an adoption writes nothing then, either."""
    if link.unsigned.observes and not (preview or link.adopting):
        yield Problem("", OBSERVED)


def platform(facts: Mapping[str, Any], link: Link, declared: Sequence[Declared]) -> Iterator[Problem]:
    """Problems of RouterOS's version and the user's policies, and declarations that this version doesn't have."""
    running: Version = version(facts["version"])
    if running < OLDEST:
        oldest = ".".join(map(str, OLDEST))
        yield Problem("", f"RouterOS {facts['version']} is older than {oldest}, the oldest that Wiretik knows")
    policies = facts["policies"]
    needed = [policy for policy in NEEDED if policy != "write" or not link.unsigned.observes]
    if policies is not None and (lacking := [policy for policy in needed if policy not in policies]):
        yield Problem(
            "",
            f"the user {link.access.username!r} (group {facts['group']}) lacks the policy {', '.join(lacking)}: "
            f"/user/group/set {facts['group']} policy={','.join(lacking)}",
        )
    for row in declared:
        if row.menu and not row.menu.on(running):
            yield Problem("", f"{row.name}: RouterOS {facts['version']} doesn't have {row.menu.path}{row.menu.span}")
        elif row.menu and (late := row.menu.lacking(row.values, running)):
            yield Problem("", f"{row.name}: RouterOS {facts['version']} doesn't have {late}")
