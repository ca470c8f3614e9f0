"""A program's expectations of a router, answered before anything is written, on its rows as they will be.

The gate asks here. One expectation nobody has to write: that the way by which Wiretik itself reaches the router is
still open afterwards. It refuses only where the tracer knows the way as it is now, and knows that it will be closed.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from wiretik_provider.api.link import Link, say
from wiretik_provider.api.session import Command
from wiretik_provider.codecs.addresses import is_ip
from wiretik_provider.declared import Declared
from wiretik_provider.errors import Trap
from wiretik_provider.gate.planned import clocks, doubled, doubts, lans, shaping, switched_off, untraced, vain, waiting
from wiretik_provider.kinds.address_list import query
from wiretik_provider.menus import MENUS as KNOWN
from wiretik_provider.menus.descriptor import Problem
from wiretik_provider.trace import MENUS, MENUS6, Packet, Snapshot, entrance
from wiretik_provider.trace.family import FOUR, SIX, Family, family_of
from wiretik_provider.trace.packet import EPHEMERAL, Span
from wiretik_provider.trace.plan import Former, after, in_another_order, removed
from wiretik_provider.trace.questions import way_in
from wiretik_provider.trace.questions.question import Answer, Question, ask
from wiretik_provider.trace.router.snapshot import NAMES
from wiretik_provider.trace.steps.routing import exits

__all__ = ["lost_without", "own_way", "problems", "shown", "snapshot_of"]

Entry = Mapping[str, Any]
Answering = Callable[[Snapshot, Question], Answer]


def problems(
    link: Link,
    declared: Sequence[Declared],
    expected: Sequence[Entry],
    *,
    guarded: bool,
    former: Mapping[str, Mapping[str, str]] | None = None,
    beside: Sequence[Declared] = (),
) -> list[Problem]:
    """Every expectation that won't hold, with what shows it and the cure; what isn't known is only told.

    Args:
        link: the router.
        declared: the program's resources.
        expected: its expectations.
        guarded: whether the way by which we reach the router must stay open.
        former: by the place of settings what they had before any resource wrote them.
        beside: what other gates of the deployment were told.
    """
    everything = [*beside, *declared]
    before = snapshot_of(link, everything, six=_of_ipv6(link, everything, expected))
    placeless: dict[str, str] = {}
    then = after(before, everything, placeless, former)
    if placeless:
        return [Problem("", f"{name}: position: {why}") for name, why in placeless.items()]
    for show in _WATCHING:
        show(link.access.name, then)
    trees = _read(link, shaping.reads(then, declared))[0].get(shaping.TREES, ())
    told_of = (
        *(vain.warnings, doubts.warnings, waiting.warnings, switched_off.warnings),
        functools.partial(shaping.warnings, trees=trees),
    )
    for text in (text for warnings in told_of for text in warnings(then, declared)):
        link.warn(text)
    reads = untraced.reads(declared)
    for text in untraced.notes(declared, dict(zip((path for path, _ in reads), link.prefetch(reads), strict=True))):
        say(f"note: {link.label}: {text}")
    clock = _clock(link, then, declared, expected)
    answer = functools.cache(ask)  # components and programs often ask the same
    wrong = lans.misplaced(then, expected)
    told = [
        *wrong.values(),
        *lans.dead_routes(then, declared),
        *doubled.shared(then, declared, expected, beside),
    ]
    for text in (one.text for one in told if not one.refused):
        link.warn(text)
    found = [Problem("", text) for text in (*(one.text for one in told if one.refused), clock) if text]
    expected = _still_asked(link, declared, expected, {place: one.of for place, one in wrong.items() if one.refused})
    link.keeping.unmet = functools.partial(unmet, before, declared, expected)
    found += [Problem("", text) for one in expected if (text := _failed(answer, link, before, then, one))]
    if expected and (turned := in_another_order(before, then, declared)):
        for one in expected:
            _warn_of_order(answer, link, then, turned, one)
    if guarded and (text := _guard(link, before, then)):
        found.append(Problem("", text))
    return found


def unmet(before: Snapshot, declared: Sequence[Declared], expected: Sequence[Entry], link: Link) -> list[str]:
    """Which expectations and promises the router doesn't keep as it is now; of what isn't known nothing is said.

    Args:
        before: the router as it was before the deployment.
        declared: the program's resources.
        expected: its expectations.
        link: the router, by a link that has read nothing yet.
    """
    asked = [one for one in expected if not one.get("unknown")]
    if not asked:
        return []
    now = snapshot_of(link, declared, six=_of_ipv6(link, declared, asked))
    found = []
    for one in asked:
        question = Question.of(one["props"])
        answer = ask(now, question)
        own = one.get("promise") and _of_before(question) and ask(before, question).holds is not True
        if answer.holds is False and not own:
            found.append(_failure(f"{one['name']}: " if one.get("name") else "", answer))
    return found


def _clock(link: Link, then: Snapshot, declared: Sequence[Declared], expected: Sequence[Entry]) -> str:
    """Why the router would never learn the time; read only where a component asks."""
    who = clocks.asked(expected)
    if not who:
        return ""
    rows, _ = _read(link, clocks.READS)
    return clocks.refusal(who, then, declared, rows)


def _still_asked(
    link: Link, declared: Sequence[Declared], expected: Sequence[Entry], wrong: Mapping[tuple[str, str], str]
) -> list[Entry]:
    """What is asked of packets: nothing of a LAN that isn't there, and of whom the program exempts only what it says.

    What a component promises of such a LAN follows from the mistake, which is told by itself.

    Args:
        link: the router.
        declared: the program's resources.
        expected: all that the SDK told.
        wrong: LANs that aren't where the program says, as prefix and interface, and who said so.
    """
    asked: list[Entry] = []
    exempted: dict[str, str] = {}
    for one in expected:
        props = one["props"]
        if (
            props.get("kind") in (lans.KIND, clocks.KIND, doubled.KIND)
            or (str(props.get("source")), str(props.get("enters", ""))) in wrong
        ):
            continue
        if one.get("promise") and any(str(one["name"]).startswith(f"{name}: ") for name in wrong.values()):
            continue
        if not one.get("promise") or one.get("unknown"):
            asked.append(one)
        else:
            parts, out = lans.without_exempted(declared, one)
            asked += parts
            exempted |= out
    for name, source in exempted.items():
        say(f"note: {link.label}: {name} leaves {source} out of the promises of components")
    return asked


def _warn_of_order(answer: Answering, link: Link, then: Snapshot, turned: Snapshot, expected: Entry) -> None:
    """Tells what only holds in the program's order, where nothing keeps that."""
    if expected.get("unknown") or expected.get("promise"):
        return
    question = Question.of(expected["props"])
    other = answer(turned, question)
    if other.holds is False and answer(then, question).holds:
        asked = expected.get("name") or question.kind
        link.warn(
            f"{asked}: that holds if new rules come to stand in the program's order, but those without a position "
            f"stand as they are made, and in another order {other.text}; give them position="
        )


_WATCHING: list[Callable[[str, Snapshot], None]] = []


@contextlib.contextmanager
def shown(show: Callable[[str, Snapshot], None]) -> Iterator[None]:
    """Shows each router, by its name, as the program will leave it, whenever a gate in this process asks."""
    _WATCHING.append(show)
    try:
        yield
    finally:
        _WATCHING.remove(show)


def _failed(answering: Answering, link: Link, before: Snapshot, then: Snapshot, expected: Entry) -> str:
    if expected.get("promise"):
        return _broken(answering, before, then, expected)
    asked = f"{expected['name']}: " if expected.get("name") else ""
    if waiting := expected.get("unknown"):
        link.warn(f"{asked}a value of the expectation isn't known yet ({', '.join(waiting)}), so it isn't checked")
        return ""
    answer = answering(then, Question.of(expected["props"]))
    if answer.holds is None:
        link.warn(f"{asked}whether that will hold isn't known: {answer.text}")
    if answer.holds is not False:
        return ""
    return _failure(asked, answer)


def _broken(answering: Answering, before: Snapshot, then: Snapshot, promised: Entry) -> str:
    """A component's promise that won't be kept; nobody wrote it, so of what isn't known nothing is said.

    That something reaches the router is none of the component's making, so it is held only where it was so before.
    """
    if promised.get("unknown"):
        return ""
    question = Question.of(promised["props"])
    answer = answering(then, question)
    if answer.holds is not False or (_of_before(question) and answering(before, question).holds is not True):
        return ""
    return _failure(f"{promised['name']}: ", answer)


def _of_before(question: Question) -> bool:
    """Whether it asks for what no component makes, and so only for what there was before."""
    return question.kind == "reaches" and "router" in question.to


def _failure(what: str, answer: Answer) -> str:
    return f"{what}after this change {answer.text}" + (f"; cure: {answer.cure}" if answer.cure else "")


def lost_without(link: Link, owners: Mapping[str, Former]) -> str:
    """How the way by which we reach a router will be closed when some resources' rows are gone; empty where it isn't.

    Args:
        link: the router.
        owners: the resources' tags, and what the state has of adopted rows as they were.
    """
    before = snapshot_of(link, (), six=_of_ipv6(link, (), ()))
    return _guard(link, before, removed(before, owners))


# --- the way by which we reach the router ----------------------------------------------------------------------------


def _guard(link: Link, before: Snapshot, then: Snapshot) -> str:
    packet = own_way(before, *link.session.ends, _seen_from(link))
    if isinstance(packet, str):
        verdict = way_in.Verdict("", (packet,) if packet else ())
    else:
        verdict = way_in.judged(before, then, packet)
    for note in verdict.notes:
        say(f"note: {link.label}: whether Wiretik still reaches it after this change isn't known: {note}")
    if not verdict.lost:
        return ""
    told = f"Wiretik would lock itself out: after this change {verdict.lost}"
    return f"{told}; if that is meant, pulumi config set wiretik:guard false"


def own_way(before: Snapshot, source: str, host: str, port: int, seen: Sequence[str] | None) -> Packet | str:
    """The packet by which a session of ours begins, as the router sees it; or why it isn't known, empty for no matter.

    Args:
        before: the router as it is.
        source: our end of the session.
        host: the router's end, as we see it.
        port: the router's port.
        seen: addresses from which the router sees our user on its API; None where it doesn't say.
    """
    family = family_of(source)
    try:
        local, remote = family.number(source), family.number(host)
    except ValueError:
        return f"the session is between {source} and {host}"
    before = before.of(family)
    near = any((local ^ own.network) >> family.bits - own.length == 0 for own in before.own)
    enters = entrance(before, local)
    unclear = ""
    if remote not in before.local:
        home = family.loopback[0] <= remote <= family.loopback[1]
        unclear = "" if home else f"{host} is none of its own addresses, so somebody translates between"
    elif seen is not None and local not in {family.number(one) for one in seen if family_of(one) is family}:
        unclear = f"it sees us from another address than {source}"
    elif seen is None and not near:
        unclear = "it doesn't say from where it sees us"
    elif not enters:
        unclear = f"where {source} comes in doesn't follow from its routes"
    elif not near and enters not in before.tunnels and len(exits(before)) != 1:
        unclear = f"{source} may come in by any of {', '.join(sorted(exits(before)))}"
    else:
        at = Span(port, port)
        return Packet(
            src=local, dst=remote, protocol="tcp", src_port=EPHEMERAL, dst_port=at, enters=enters, family=family
        )
    return unclear


def _seen_from(link: Link) -> list[str] | None:
    """Addresses from which the router sees our user on its API."""
    [answer] = link.session.batch([Command("/user/active", "print", ())])
    if answer.trap:
        return None
    mine = [row for row in answer.rows if row.get("name") == link.access.username]
    return [row["address"] for row in mine if row.get("via", "").startswith("api") and is_ip(row.get("address", ""))]


# --- reading ---------------------------------------------------------------------------------------------------------


def snapshot_of(link: Link, declared: Sequence[Declared], *, six: bool = False) -> Snapshot:
    """The router as it is, in two round trips; of address lists only those that some rule asks for.

    Args:
        link: the router.
        declared: the program's resources, whose rules may ask for lists, too.
        six: whether IPv6 is asked about.
    """
    families = (FOUR, SIX) if six else (FOUR,)
    menus = (*MENUS, *MENUS6) if six else MENUS
    lists = [family.lists for family in families]
    shared = [path for path in menus if path in KNOWN and path not in lists]
    routes = [family.routes for family in families]
    rows, unread = _read(link, [(path, () if path in routes else KNOWN[path].query) for path in shared])
    own = [(path, _ASKED.get(path, ())) for path in menus if path not in KNOWN]
    asked = [(family.lists, query(name)) for family in families for name in sorted(_lists(rows, declared, family))]
    more, refused = _read(link, [*own, *asked])
    # A router that hasn't got a menu hasn't got what would stand in it.
    failed = {**unread, **{path: trap for path, trap in refused.items() if not trap.lacks_menu}}
    return Snapshot(
        {**rows, **more}, {path: trap.message for path, trap in failed.items()}, link.access.name or link.access.host
    )


_ASKED: Final = {NAMES: ("?address-list",)}
"""Of long menus only the rows that matter: of names, of which some have ten thousands, those that fill lists."""


def _of_ipv6(link: Link, declared: Sequence[Declared], expected: Sequence[Entry]) -> bool:
    """Whether IPv6 matters: the program has rows of it, a question is about it, or we come by it."""
    sources = (str(one["props"].get("source", "")) for one in expected)
    return (
        any("/ipv6/" in row.kind for row in declared)
        or any(family_of(text) is SIX for text in sources)
        or family_of(link.session.ends[0]) is SIX
    )


def _read(
    link: Link, asked: Sequence[tuple[str, tuple[str, ...]]]
) -> tuple[dict[str, list[Mapping[str, str]]], dict[str, Trap]]:
    """Menus by path, and why some couldn't be read; from the link, so that nothing is read twice."""
    rows: dict[str, list[Mapping[str, str]]] = {}
    unread: dict[str, Trap] = {}
    link.prefetch(asked)
    for path, words in asked:
        try:
            rows[path] = [*rows.get(path, ()), *link.rows(path, words)]
        except Trap as trap:
            unread[path] = trap
    return rows, unread


def _lists(rows: Mapping[str, Sequence[Mapping[str, str]]], declared: Sequence[Declared], family: Family) -> set[str]:
    """The address lists that a family's rules ask for, those that are there and those that are declared."""
    there = (
        row.get(f"{side}-address-list")
        for path in family.firewall
        for row in rows.get(path, ())
        for side in ("src", "dst")
    )
    new = (
        one.values.get(f"{side}-address-list")
        for one in declared
        if one.kind in family.firewall
        for side in ("src", "dst")
    )
    return {name.removeprefix("!") for name in (*there, *new) if isinstance(name, str) and name}
