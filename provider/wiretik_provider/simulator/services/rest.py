"""The REST service on the same router: one HTTP request in, one answer out; no socket.

Source: docs/facts/rest-and-export.md, docs/facts/traps.md#the-protocol 4.

Every request logs in and out, and becomes one sentence of the API, or two. All values are strings. What surprises is
the router's: a POST to a menu creates nothing and reports success, a singleton is written by `POST …/set` alone, an
unknown menu is a bad request and only an unknown row isn't found, and `.proplist` leaves `.id` out of `POST …/print`,
but not out of a GET (sindrip/provider-routeros, rest/live_test.go, which passes on 7.23.2).
"""

from __future__ import annotations

import base64
import binascii
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from wiretik_provider.simulator.machine.session import Session
from wiretik_provider.simulator.router import Router
from wiretik_provider.wire import Sentence, attribute

__all__ = ["Answer", "Request", "refused", "respond"]

Json = dict[str, object] | list[object]

_DEEPEST: Final = 16
"""So deep a body may be; a command takes texts, and lists of texts."""

_REASONS: Final = {
    200: "OK",
    201: "Created",
    204: "No Content",
    400: "Bad Request",
    401: "Unauthorized",
    404: "Not Found",
    405: "Method Not Allowed",
    408: "Request Timeout",
    413: "Content Too Large",
    417: "Expectation Failed",
    431: "Request Header Fields Too Large",
    500: "Internal Server Error",
    501: "Not Implemented",
    505: "HTTP Version Not Supported",
}


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request.

    Attributes:
        method: such as `GET`.
        target: path and query as sent.
        authorization: that header's value.
        body: what came with it.
        number: tells sessions apart.
    """

    method: str
    target: str
    authorization: str = ""
    body: bytes = b""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer."""

    status: int
    body: bytes = b""

    @property
    def reason(self) -> str:
        """The status in words."""
        return _REASONS[self.status]


class _Trap(Exception):
    """The router refused; the text is its own."""


class _Missing(Exception):
    """There is no such menu or row."""


def _answer(status: int, value: Json | None = None) -> Answer:
    if value is None:
        return Answer(status)
    return Answer(status, json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogateescape"))


def _error(status: int, detail: str = "") -> Answer:
    value: dict[str, object] = {"error": status, "message": _REASONS[status]}
    return _answer(status, {**value, "detail": detail} if detail else value)


def refused(status: int) -> Answer:
    """The answer to what is no request that could be looked at."""
    return _error(status if status in _REASONS else 400)


def respond(router: Router, request: Request) -> Answer:
    """Answers one request."""
    session = _login(router, request)
    if session is None:
        return _error(401)
    # Without `api` every request fails so, whatever it asks (docs/facts/traps.md#the-protocol 7).
    if not {"api", "rest-api"} <= session.policies:
        return _error(500, "std failure: not allowed (9)")
    try:
        return _perform(router, session, request)
    except _Missing:
        return _error(404)
    except _Trap as trap:
        return _error(404 if str(trap) == "no such item" else 400, str(trap))
    finally:
        router.leave(session)


def _perform(router: Router, session: Session, request: Request) -> Answer:
    perform = _METHODS.get(request.method)
    if perform is None:
        return _error(405)
    body = _parsed(request.body)
    path, _, query = request.target.partition("?")
    path = unquote(path.removeprefix("/rest"), errors="surrogateescape").rstrip("/")
    return perform(_Call(router, session, path, query, body))


def _parsed(body: bytes) -> dict[str, object]:
    """The object in a body; an empty one is an empty object."""
    if not body.strip():
        return {}
    try:
        found = json.loads(body.decode("utf-8", "surrogateescape"))
        json.dumps(found, ensure_ascii=False).encode("utf-8", "surrogateescape")
    except (ValueError, RecursionError):  # also numbers of thousands of digits, and halves of a surrogate pair
        raise _Trap("the body isn't JSON") from None
    if not isinstance(found, dict):
        raise _Trap("the body must be an object")
    if _depth(found) > _DEEPEST:
        raise _Trap("the body is nested too deeply")
    return found


def _depth(value: object) -> int:
    """How many objects and lists stand in each other."""
    depth, level = 0, [value]
    while level := [inner for outer in level for inner in _within(outer)]:
        depth += 1
    return depth


def _within(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _login(router: Router, request: Request) -> Session | None:
    scheme, _, token = request.authorization.partition(" ")
    try:
        user, _, password = base64.b64decode(token, validate=True).decode("utf-8", "surrogateescape").partition(":")
    except (binascii.Error, ValueError):
        return None
    offered = password.encode("utf-8", "surrogateescape")
    found = router.login(user, lambda own: hmac.compare_digest(own.encode("utf-8", "surrogateescape"), offered))
    if scheme.lower() != "basic" or found is None:
        return None
    return Session(found.user, found.policies, request.number)


@dataclass(frozen=True, slots=True)
class _Call:
    router: Router
    session: Session
    path: str
    query: str
    body: dict[str, object]

    def run(self, command: str, *words: str) -> list[dict[str, str]]:
        """The rows that a command answers, with what stands behind `!done` as the last where there is something."""
        rows = []
        for reply in self.router.execute([command, *words], self.session):
            values = _values(reply)
            if reply[0] == "!trap":
                raise _Trap(values["message"])
            if reply[0] == "!re" or values:
                rows.append(values)
        return rows

    def words(self) -> list[str]:
        """The body as attributes; `null` takes a property away."""
        return [
            f"=!{name}=" if value is None else f"={name}={_text(value)}"
            for name, value in self.body.items()
            if not name.startswith(".q")
        ]

    def row(self) -> tuple[str, str]:
        """The menu, and the id of the row that the path's last part names."""
        menu, _, name = self.path.rpartition("/")
        if menu not in self.router.menus:
            raise self.unknown()
        if self.router.menus[menu].menu.singleton:
            raise _Trap("missing or invalid resource identifier")
        key = ".id" if name.startswith("*") else "name"
        rows = [row for row in self.run(f"{menu}/print") if row.get(key) == name]
        if not rows:
            raise _Missing
        return menu, rows[0][".id"]

    def unknown(self) -> _Trap:
        """What is said of a path that leads nowhere."""
        at = ""
        for piece in self.path.strip("/").split("/"):
            at += f"/{piece}"
            if at not in self.router.paths:
                break
        return _Trap(f"no such command or directory ({at.rpartition('/')[2]})")

    def one(self, menu: str, number: str) -> dict[str, object]:
        return dict(self.run(f"{menu}/print", f"?.id={number}")[0])


def _values(reply: Sentence) -> dict[str, str]:
    return dict(attribute(word) for word in reply[1:])


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ",".join(map(_text, value))
    return str(value)


def _get(call: _Call) -> Answer:
    menu = call.router.menus.get(call.path)
    if menu is None:
        path, number = call.row()
        return _answer(200, call.one(path, number))
    words, wanted = [], ""
    for pair in filter(None, call.query.split("&")):
        # `+` is no space here (docs/facts/traps.md#the-protocol 5).
        name, equals, value = (unquote(part, errors="surrogateescape") for part in pair.partition("="))
        if name == ".proplist":
            wanted = f"=.proplist={value}" if ".id" in value.split(",") else f"=.proplist=.id,{value}"
        else:
            words.append(f"?{name}{equals}{value}")
    rows = call.run(f"{call.path}/print", *words, *([wanted] if wanted else []))
    if menu.menu.singleton:
        return _answer(200, dict(rows[0]))
    return _answer(200, [*rows])


def _put(call: _Call) -> Answer:
    if call.path not in call.router.menus:
        raise call.unknown()
    if call.router.menus[call.path].menu.singleton:
        raise _Trap("no such command")
    number = call.run(f"{call.path}/add", *call.words())[0]["ret"]
    return _answer(201, call.one(call.path, number))


def _patch(call: _Call) -> Answer:
    if call.path in call.router.menus:
        raise _Trap("missing or invalid resource identifier")
    path, number = call.row()
    call.run(f"{path}/set", f"=.id={number}", *call.words())
    return _answer(200, call.one(path, number))


def _delete(call: _Call) -> Answer:
    if call.path in call.router.menus:
        raise _Trap("missing or invalid resource identifier")
    path, number = call.row()
    call.run(f"{path}/remove", f"=.id={number}")
    return _answer(204)


def _post(call: _Call) -> Answer:
    if call.path in call.router.menus:
        # Creates nothing and reports success (docs/facts/traps.md#the-protocol 2).
        return _answer(200, [])
    words = call.words()
    menu, _, verb = call.path.rpartition("/")
    if menu not in call.router.menus:
        raise call.unknown()
    queries = call.body.get(".query", [])
    words += [f"?{query}" for query in queries] if isinstance(queries, list) else []
    if verb.startswith("monitor") and "once" not in call.body:
        # It would go on until the service cuts it off after 60 s; one sample stands for that.
        words.append("=once=")
    rows = call.run(call.path, *words)
    if rows and rows[-1].keys() == {"ret"}:
        return _answer(200, dict(rows[-1]))
    return _answer(200, [*rows])


_METHODS: Final = {"GET": _get, "PUT": _put, "PATCH": _patch, "DELETE": _delete, "POST": _post}
