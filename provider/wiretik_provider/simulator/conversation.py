"""One client's conversation over the API: login, tags, `/quit`, `/cancel`; no socket.

Sentence in, sentences out. What a command means is the router's business; who may give it, and which answer belongs
to which command, is decided here (routeros.md A.2, A.3, A.5).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from typing import Final

from wiretik_provider.simulator import refusal
from wiretik_provider.simulator.router import Router, Session, trap
from wiretik_provider.wire import Sentence

__all__ = ["Conversation"]

_DENIED: Final = refusal.Refusal("invalid user name or password (6)")


class Conversation:
    """What one connection has said so far.

    Args:
        router: the router that is spoken to.
        number: tells sessions apart.

    Attributes:
        closing: the router has said its last word.
        session: who speaks, None before login.
    """

    def __init__(self, router: Router, number: int = 0) -> None:
        self._router = router
        self._number = number
        self._challenge = ""
        self.closing = False
        self.session: Session | None = None

    def receive(self, sentence: Sentence) -> list[Sentence]:
        """Takes a sentence and answers it."""
        command = sentence[0]
        tag = next((word for word in sentence if word.startswith(".tag=")), "")
        if command == "/login":
            replies = self._login(sentence)
        elif self.session is None:
            self.closing = True
            replies = [("!fatal", "not logged in")]
        elif command == "/quit":
            self.closing = True
            replies = [("!fatal", "session terminated on request")]
        elif command == "/cancel":
            replies = self._cancel(sentence)
        else:
            replies = self._router.execute(sentence, self.session)
        if len(tag) > len(".tag="):
            replies = [(reply[0], tag, *reply[1:]) for reply in replies]
        return replies

    def end(self) -> None:
        """The connection is gone."""
        if self.session is not None:
            self._router.leave(self.session)
            self.session = None

    def _login(self, sentence: Sentence) -> list[Sentence]:
        given = dict(word[1:].partition("=")[::2] for word in sentence[1:] if word[:1] == "=")
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
        """Whether this is the answer to the challenge, which is asked once (before 6.43, routeros.md A.3)."""
        challenge, self._challenge = self._challenge, ""
        secret = b"\0" + password.encode("utf-8", "surrogateescape") + bytes.fromhex(challenge)
        right = "00" + hashlib.md5(secret, usedforsecurity=False).hexdigest()
        return bool(challenge) and hmac.compare_digest(right.encode(), response.encode("utf-8", "replace"))

    def _cancel(self, _: Sentence) -> list[Sentence]:
        return [("!done",)]
