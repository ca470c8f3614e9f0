"""The gate: one for each router of a stack, checked before any of its rows is written.

Its `check` is the one place that connects in a preview. It tells everything at once that would stop the deployment
half-way: values that no row can take, no connection, a refused login, an old RouterOS, missing policies, another router
than the state knows, names that nobody has, rows of others in the way. A gate that fails its check is never created,
and every row depends on it: so nothing is written, also with `--skip-preview`.

Of what it was told it keeps only which router it was, identity and version, and as a hidden note whose rows it let
through: a row of theirs that lost its tag by hand is drift, which the next up mends, and not somebody else's.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any, ClassVar, Final

import attrs

from wiretik_provider.api.access import expected_identity, flag
from wiretik_provider.api.link import Link
from wiretik_provider.declared import Declared, read
from wiretik_provider.errors import ConfigError, GateError, RouterError, WiretikError
from wiretik_provider.gate import clashes, several, unlisted
from wiretik_provider.gate.conflicts import after_a_reset, in_the_way, not_there, references, taken
from wiretik_provider.gate.device import facts_of, identity, observed, platform
from wiretik_provider.gate.noted import adopted
from wiretik_provider.gate.notes import (
    ADOPTED,
    FRONT,
    KEPT,
    NAMES,
    NOTED,
    PARENTS,
    before,
    formers_now,
    gone_now,
    let_through,
    notes,
    settings_before,
    visible,
)
from wiretik_provider.gate.remarks import remark, say_which_are_not_undone, say_which_stay, warn_of_ports
from wiretik_provider.gate.several import PART
from wiretik_provider.gate.unconfirmed import waits
from wiretik_provider.guard.keeping import prints
from wiretik_provider.kinds import Checked, Created, Links, Props, Seen
from wiretik_provider.menus.descriptor import Problem

__all__ = ["GateKind"]

_ONE_WAY: Final = (
    "this stack's resources are the Pulumi package's: set wiretik:front to plugin. There is no way back to dynamic "
    "resources: they would be made anew, and the package would then delete the rows"
)


@attrs.frozen
class GateKind:
    """The gate of one router."""

    deleted_first: ClassVar[bool] = False

    def check(self, links: Links, olds: Props, news: Props) -> Checked:
        """Connects and tells all that is wrong; the program's rows come in `rows` and aren't kept."""
        name = str(news.get("router", ""))
        kept = {"router": name} if name else {}
        kept |= {FRONT: str(news["front"])} if "front" in news else {}
        kept |= {PART: part} if (part := str(news.get(PART, ""))) else {}
        declared = [read(entry) for entry in news.get("rows", [])]
        problems = [Problem(f"{row.name}.{one.property}", one.reason) for row in declared for one in row.problems]
        problems += [Problem("", _ONE_WAY)] if FRONT in olds and "front" not in news else []
        problems += clashes.one_sided(declared)
        offline = False
        try:
            offline, guarded = flag(links.config, "offline", default=False), flag(links.config, "guard", default=True)
            link = links(name)
            beside, whole = several.join(link, part, declared, before(olds, declared))
            if not part:  # the guard of a stack is its program's
                link.keeping.program = None if offline else prints(news.get("rows", []))
            link.keeping.leaves = bool(whole.leaving or (part and link.keeping.leaves))
            facts = {} if offline else facts_of(link)
        except WiretikError as error:
            known = {key: olds[key] for key in KEPT if key in olds} if offline else {}
            return Checked({**kept, **known}, problems if offline else [*problems, Problem("", str(error))])
        link.deployment = None if offline else several.deployment(link)
        for row in declared:
            if row.menu:
                link.note(row.tag, row.values.get(row.menu.holds))
        if offline:
            return Checked({**kept, **{key: olds[key] for key in KEPT if key in olds}}, problems)
        found = [
            *identity(facts, olds, expected_identity(links.config, name)),
            *platform(facts, link, declared),
            *unlisted.problems(link, declared, facts["version"]),
            *clashes.within([*beside, *declared]),
            *observed(link, preview=bool(news.get("preview"))),
        ]
        problems += (Problem(one.property, f"{link.label}: {one.reason}") for one in found)
        adopting = adopted.places(str(olds.get(ADOPTED, "")), declared)
        unmet, formers = link.keeping.unmet, link.before
        if not problems:
            try:
                noted_before = {text for name in NOTED for text in str(olds.get(name, "")).split(",")}
                found = [
                    *references(link, [*beside, *declared]),
                    *not_there(link, [*beside, *declared]),
                    *in_the_way(link, declared, noted_before, whole),
                    *taken(link, declared, whole),
                ]
                expected = news.get("expectations", [])
                if not (found or link.adopting):
                    from wiretik_provider.gate import expectations  # noqa: PLC0415, the tracer and the doctor with it

                    found = expectations.problems(
                        link, declared, expected, guarded=guarded, former=settings_before(olds), beside=beside
                    )
                found += after_a_reset(gone_now(link, declared, olds)) if found else ()
                problems += (Problem(one.property, f"{link.label}: {one.reason}") for one in found)
            except RouterError as error:
                problems.append(Problem("", str(error)))
        still = waits(link, declared, olds, preview=bool(news.get("preview")))
        problems += still.problems
        if not problems:
            formers = formers_now(link, declared, olds)
            several.share(link, formers, gone_now(link, declared, olds), unmet)
            _advise(link, declared, olds, part)
            say_which_stay(link, [*beside, *declared], adopting, before(olds, declared) if part else None)
            say_which_are_not_undone(link, declared, preview=bool(news.get("preview")))
        noted = {**notes(link, declared, olds, whole, adopting, formers=formers), **still.noted}
        inputs = {**kept, "identity": facts["identity"], "version": facts["version"], **noted}
        return Checked(inputs, problems)

    def replaces(self, olds: Props, news: Props) -> list[str]:  # noqa: ARG002
        """Never."""
        return []

    def create(self, links: Links, props: Props) -> Created:  # noqa: ARG002
        """The check has passed."""
        return Created(str(props.get("router") or "router"), visible(props))

    def read(self, links: Links, resource_id: str, props: Props) -> Seen | None:
        """Refuses a refresh that would take another router's rows for this one's."""
        link = links(str(props.get("router", "")))
        link.refreshed = True
        facts = facts_of(link)
        expected = expected_identity(links.config, str(props.get("router", "")))
        for problem in identity(facts, props, expected):
            raise GateError(link.label, problem.reason)
        return Seen(resource_id, {**visible(props), "version": facts["version"]}, None)

    def update(self, links: Links, resource_id: str, olds: Props, news: Props) -> dict[str, Any]:  # noqa: ARG002
        """The check has passed."""
        return visible(news)

    def delete(self, links: Links, resource_id: str, props: Props) -> None:
        """Nothing stands on the router for it, and once it goes nothing of its stack does: see `Link.sweep`."""
        del resource_id
        with suppress(ConfigError):  # a router that config doesn't know any more, of which nothing was deleted now
            links(str(props.get("router", ""))).sweep(let_through(props) if PART in props else None)


def _advise(link: Link, declared: Sequence[Declared], olds: Props, part: str) -> None:
    """Tells what refuses nothing; what is taken as it is needs no advice, and a part doesn't see what moved."""
    if not (link.adopting or part):
        remark(link, declared, str(olds.get(PARENTS, "")), str(olds.get(NAMES, "")))
    if not link.adopting:
        warn_of_ports(link, declared)
