"""One client's conversation over the API: login, tags, `/quit`, `/cancel`; no socket.

Sentence in, sentences out. What a command means is the router's business; who may give it, and which answer belongs
to which command, is decided here (docs/facts/api.md).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from typing import Final

from wiretik_provider.simulator import refusal
from wiretik_provider.simulator.console.follow import MONITORS, Emit, follow
from wiretik_provider.simulator.machine.session import Session, trap
from wiretik_provider.simulator.router import Router
from wiretik_provider.wire import Sentence, attribute

__all__ = ["Conversation"]

_LASTING: Final = frozenset({"print", "getall", "listen", *MONITORS})
"""Commands that may go on; every other one is spared a closer look."""
_DENIED: Final = refusal.Refusal("invalid user name or password (6)")


class Conversation:
    """What one connection has said so far.

    Args:
        router: the router that is spoken to.
        number: tells sessions apart.
        emit: takes what comes later than its command's first answer, from any thread.

    Attributes:
        closing: the router has said its last word.
        session: who speaks, None before login.
    """

    def __init__(self, router: Router, number: int = 0, emit: Emit | None = None) -> None:
        self._router = router
        self._emit = emit
        self._running: dict[str, Callable[[], None]] = {}
        self._number = number
        self._challenge = ""
        self.closing = False
        self.session: Session | None = None

    def receive(self, sentence: Sentence) -> list[Sentence]:
        """Takes a sentence and answers it."""
        command = sentence[0]
        tag = ""
        for word in sentence:
            if word[:5] == ".tag=":
                tag = word
                break
        if command == "/login":
            replies = self._login(sentence)
        elif self.session is None:
            self.closing = True
            replies = [("!fatal", "not logged in")]
        elif command == "/quit":
            self.closing = True
            replies = [("!fatal", "session terminated on request")]
        elif command == "/cancel":
            return self._cancel(sentence, tag)
        elif _lasts(sentence):
            replies = self._begin(sentence, tag)
        else:
            replies = self._router.execute(sentence, self.session)
        return _tagged(replies, tag)

    def end(self) -> None:
        """The connection is gone."""
        for stop in self._running.values():
            stop()
        self._running.clear()
        if self.session is not None:
            self._router.leave(self.session)
            self.session = None

    def _login(self, sentence: Sentence) -> list[Sentence]:
        given = dict(attribute(word) for word in sentence[1:] if word[:1] == "=")
        if "name" not in given:
            self._challenge = secrets.token_hex(16)
            return [("!done", f"=ret={self._challenge}")]
        if "response" in given:
            self.session = self._log_in(given["name"], lambda password: self._solves(given["response"], password))
        else:
            offered = given.get("password", "").encode("utf-8", "surrogateescape")
            self.session = self._log_in(
                given["name"],
                lambda password: hmac.compare_digest(password.encode("utf-8", "surrogateescape"), offered),
            )
        if self.session is None:
            return [trap(_DENIED), ("!done",)]
        return [("!done",)]

    def _log_in(self, user: str, check: Callable[[str], bool]) -> Session | None:
        session = self._router.login(user, check)
        # How a user without policy `api` is turned away isn't known; so does one with a wrong password.
        if session is None or "api" not in session.policies:
            return None
        return Session(session.user, session.policies, self._number)

    def _solves(self, response: str, password: str) -> bool:
        """Whether this is the answer to the challenge, which is asked once (before 6.43, docs/facts/api.md#login)."""
        challenge, self._challenge = self._challenge, ""
        secret = b"\0" + password.encode("utf-8", "surrogateescape") + bytes.fromhex(challenge)
        right = "00" + hashlib.md5(secret, usedforsecurity=False).hexdigest()
        return bool(challenge) and hmac.compare_digest(right.encode(), response.encode("utf-8", "replace"))

    def _begin(self, sentence: Sentence, tag: str) -> list[Sentence]:
        """Begins a command that goes on until it is cancelled."""
        assert self.session is not None  # noqa: S101  (`receive` has looked)
        stop_before = self._running.pop(tag, None)
        if stop_before is not None:
            stop_before()

        def emit(replies: list[Sentence]) -> None:
            if self._emit is not None:
                self._emit(_tagged(replies, tag))

        replies, stop = follow(self._router, sentence, self.session, emit)
        if stop is not None:
            self._running[tag] = stop
        return replies

    def _cancel(self, sentence: Sentence, own: str) -> list[Sentence]:
        """Ends what the tag names, or all; the order of the answers is the manual's example's.

        Source: docs/facts/api.md#tags.
        """
        wanted = next((word.removeprefix("=tag=") for word in sentence if word.startswith("=tag=")), None)
        tags = [tag for tag in self._running if wanted is None or tag == f".tag={wanted}"]
        for tag in tags:
            self._running.pop(tag)()
        interrupted = [reply for tag in tags for reply in _tagged([trap(refusal.interrupted())], tag)]
        ended = [reply for tag in tags for reply in _tagged([("!done",)], tag)]
        return [*interrupted, *_tagged([("!done",)], own), *ended]


def _tagged(replies: list[Sentence], tag: str) -> list[Sentence]:
    # An empty tag is none (docs/facts/api.md#tags).
    return [(reply[0], tag, *reply[1:]) for reply in replies] if len(tag) > len(".tag=") else replies


def _lasts(sentence: Sentence) -> bool:
    verb = sentence[0].rpartition("/")[2]
    if verb not in _LASTING:
        return False
    names = {word[1:].partition("=")[0] for word in sentence[1:] if word[:1] == "="}
    if verb in ("print", "getall"):
        return bool(names & {"follow", "follow-only"})
    return verb == "listen" or (verb in MONITORS and "once" not in names)
