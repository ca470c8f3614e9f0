"""A packet through the rules of one chain, with jumps, marks and lists.

Rule: one run is one possible world. Where something isn't known it goes on as its choices say; where they say nothing
it stops with `Fork`, so that somebody can run it once for each answer. A chain is walked once for each state in which a
packet gets there, however many jumps lead to it: what it did the first time it does again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from wiretik_provider.rules.model import Row
from wiretik_provider.trace.result import Disposition, Doubt, End, Fork, Step, Stuck
from wiretik_provider.trace.router.doubts import about_choice
from wiretik_provider.trace.router.index import Asked
from wiretik_provider.trace.router.snapshot import UNKNOWN, Numbered, Snapshot
from wiretik_provider.trace.steps.match import Subject, Unknown, matches

__all__ = ["Chains", "Met", "idle"]

_DROPS: Final = {
    "drop": Disposition.DROPPED,
    "reject": Disposition.REJECTED,
    "tarpit": Disposition.DROPPED,
}
_MARKS: Final = {
    "mark-connection": "connection_mark",
    "mark-packet": "packet_mark",
    "mark-routing": "routing_mark",
}
_LISTS: Final = frozenset({"add-dst-to-address-list", "add-src-to-address-list"})
_IDLE: Final = frozenset({"log", "passthrough", "sniff-pc", "sniff-tzsp"})
"""They change nothing and go on to the next rule."""
_HARMLESS: Final = frozenset(
    {
        "change-dscp",
        "change-hop-limit",
        "change-mss",
        "change-ttl",
        "clear-df",
        "set-priority",
        "strip-ipv4-options",
    }
)
"""They change what no look-up asks for, and matchers that ask for it are never judged."""
_TRANSLATIONS: Final = frozenset(
    {
        "dst-nat",
        "endpoint-independent-nat",
        "masquerade",
        "netmap",
        "redirect",
        "same",
        "socksify",
        "src-nat",
    }
)
_TOO_LATE: Final = frozenset({"forward", "input", "postrouting"})
"""Chains in which a packet is routed already (docs/facts/packet-path.md#marks)."""


def idle(row: Row) -> bool:
    """Whether a rule does nothing that a walk could follow."""
    action = row.get("action", "accept")
    return action in _IDLE or (action in _HARMLESS and row.get("passthrough") != "false")


class Met(NamedTuple):
    """A rule that ended a chain."""

    step: Step
    action: str
    row: Row


class _Carried(NamedTuple):
    """All that rules change of a packet, and that other rules may ask for."""

    connection_mark: str
    packet_mark: str
    routing_mark: str
    added: frozenset[tuple[str, int]]
    tracked: bool
    fasttracked: Step | None


class _Visit(NamedTuple):
    """A chain that the packet is in, and as what it came there."""

    chain: str
    came: _Carried
    chosen: int
    rules: Iterator[Numbered]


class Chains:
    """A packet, and the rules that it meets.

    Args:
        snapshot: the router.
        subject: the packet as the rules see it; it is changed.
        choices: what to go on with where something isn't known, in turn.
    """

    def __init__(self, snapshot: Snapshot, subject: Subject, choices: Iterable[bool]) -> None:
        self.snapshot = snapshot
        self.at = subject
        self.steps: list[Step] = []
        self.tracked = True
        self.fasttracked: Step | None = None
        self._choices = tuple(choices)
        self._chosen = 0

    def say(self, step: Step) -> Step:
        """Tells a step."""
        self.steps.append(step)
        return step

    def choose(self, step: Step, reason: str, doubt: Doubt | None = None) -> bool:
        """Goes on as the choices say where something isn't known.

        Raises:
            Fork: they say nothing, or it is a doubt, which is for a whole connection to settle.
        """
        if doubt is not None:
            raise Fork(step, reason, doubt)
        if self._chosen >= len(self._choices):
            raise Fork(step, reason)
        self._chosen += 1
        return self._choices[self._chosen - 1]

    def chain(self, menu: str, name: str) -> Met | None:
        """A packet through a chain: the NAT rule that it met, or nothing where it passed.

        Raises:
            End: a rule ended its way.
            Stuck: nothing can be said.
        """
        if menu in self.snapshot.unread:
            raise Stuck(Step(menu, ""), f"{menu} couldn't be read: {self.snapshot.unread[menu]}")
        self.at.chain = menu, name
        found = self._walk(menu, name)
        return found if found and found.action in _TRANSLATIONS else None

    def _walk(self, menu: str, name: str) -> Met | None:
        at = self.at
        vrfs = self.snapshot.vrfs
        enters, leaves = ((name, vrfs.get(name, name)) for name in (at.enters, at.leaves or ""))
        asked = Asked(at.src, at.dst, enters, leaves, at.dst_port)  # no rule changes these in its chain
        if (menu, name) not in self.snapshot.jumping:
            found = self._meets(menu, self.snapshot.candidates(menu, name, asked))
            return None if found is None or found.action == "return" else found
        passed: dict[tuple[str, _Carried], _Carried] = {}
        visits = [self._visit(menu, name, asked)]
        while visits:
            if (found := self._meets(menu, visits[-1].rules)) is None or found.action == "return":
                visit = visits.pop()
                if visit.chosen == self._chosen:
                    passed[visit.chain, visit.came] = self._carried
            elif found.action != "jump":
                return found
            elif before := passed.get((found.step.text, self._carried)):
                self._carried = before
            else:
                self._goes_round(found.step, visits)
                visits.append(self._visit(menu, found.step.text, asked))
        return None

    def _visit(self, menu: str, chain: str, asked: Asked) -> _Visit:
        return _Visit(chain, self._carried, self._chosen, self.snapshot.candidates(menu, chain, asked))

    def _meets(self, menu: str, rules: Iterator[Numbered]) -> Met | None:
        """The next rule that leads out of a chain, or to another one, whose name is the step's text then."""
        for number, row, asks in rules:
            if idle(row):
                continue
            answer = matches(asks, self.at, self.snapshot)
            if answer is False:
                continue
            action = row.get("action", "accept")
            step = Step.of(menu, row, action, number)
            if isinstance(answer, Unknown) and not self._holds(step, answer):
                continue
            if action == "jump":
                target = row.get("jump-target", UNKNOWN)
                if target is UNKNOWN:
                    raise Stuck(step, "where it jumps to isn't known yet")
                self.say(Step.of(menu, row, f"jump to {target}", number))
                return Met(Step.of(menu, row, target, number), action, row)
            if action == "return":
                return Met(self.say(step), action, row)
            if self._ends(row, step):
                return Met(step, action, row)
        return None

    def _holds(self, step: Step, answer: Unknown) -> bool:
        """Whether a rule that can't be judged is taken to match."""
        if not answer.blank:
            return self.choose(step, answer.reason, answer.doubt)
        at, text = self.at, self.snapshot.family.text
        alike = f"{at.protocol} {at.src} {at.dst} {at.src_port} {at.dst_port} {at.enters} {at.leaves}"
        who = f"what goes from {text(at.src)} to {text(at.dst)}"
        options = [("no", f"if {step.rule} isn't for {who}"), ("yes", f"if {step.rule} is for {who}")]
        doubt = about_choice(f"{step.menu} {step.number} {alike}", options, comes=False)
        chosen = self.snapshot.world.get(doubt.key)
        return self.choose(step, answer.reason, doubt) if chosen is None else chosen == "yes"

    def _goes_round(self, step: Step, visits: Iterable[_Visit]) -> None:
        """Who comes into a chain that he is in already, and as the same, never gets out.

        Raises:
            Stuck: it is so.
        """
        if any((visit.chain, visit.came) == (step.text, self._carried) for visit in visits):
            raise Stuck(Step.of(step.menu, {}, "jump", step.number), "its jumps run in a circle")

    @property
    def _carried(self) -> _Carried:
        at = self.at
        return _Carried(at.connection_mark, at.packet_mark, at.routing_mark, at.added, self.tracked, self.fasttracked)

    @_carried.setter
    def _carried(self, carried: _Carried) -> None:
        at = self.at
        at.connection_mark, at.packet_mark, at.routing_mark, at.added = carried[:4]
        self.tracked, self.fasttracked = carried[4:]

    def _ends(self, row: Row, step: Step) -> bool:
        """Does what a matching rule does; whether that ends the chain.

        Raises:
            End: it ends the packet's way.
        """
        action = step.text
        if action in _DROPS:
            raise End(_DROPS[action], self.say(step))
        if action in _TRANSLATIONS:
            return True
        if act := _ACTIONS.get(action):
            act(self, row, step)
        elif action not in _HARMLESS:
            raise Stuck(step, "its action isn't known yet" if action is UNKNOWN else f"action={action} isn't followed")
        return action == "accept" or ((action in _MARKS or action in _HARMLESS) and row.get("passthrough") == "false")

    def _mark(self, row: Row, step: Step) -> None:
        kind = _MARKS[step.text]
        mark = row.get(f"new-{kind.replace('_', '-')}", UNKNOWN)
        if mark is UNKNOWN:
            raise Stuck(step, "its mark isn't known yet")
        if kind == "routing_mark" and row.get("chain") in _TOO_LATE:
            self.say(Step.of(step.menu, row, f"mark {mark} comes too late here to route by", step.number))
            return
        setattr(self.at, kind, "" if mark == "no-mark" else mark)
        self.say(Step.of(step.menu, row, f"{step.text} {mark}", step.number))

    def _list(self, row: Row, step: Step) -> None:
        address = self.at.src if step.text == "add-src-to-address-list" else self.at.dst
        self.at.added |= {(row.get("address-list", ""), address)}

    def _untrack(self, row: Row, step: Step) -> None:  # noqa: ARG002
        self.tracked = False
        self.say(step)

    def _fasttrack(self, row: Row, step: Step) -> None:  # noqa: ARG002
        if self.at.protocol in ("tcp", "udp"):
            self.fasttracked = self.say(step)

    def _accept(self, row: Row, step: Step) -> None:  # noqa: ARG002
        self.say(step)


_ACTIONS: Final[Mapping[str, Callable[[Chains, Row, Step], None]]] = {
    "accept": Chains._accept,  # noqa: SLF001
    "fasttrack-connection": Chains._fasttrack,  # noqa: SLF001
    "notrack": Chains._untrack,  # noqa: SLF001
    **dict.fromkeys(_LISTS, Chains._list),  # noqa: SLF001
    **dict.fromkeys(_MARKS, Chains._mark),  # noqa: SLF001
}
