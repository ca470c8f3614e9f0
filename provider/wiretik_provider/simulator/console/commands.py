"""The commands that every menu has: print, add, set, remove, move and their kin.

Each is a function from a request to the reply sentences; refusals are raised. Which menu has which command is in
`spec/`, what a menu's rows mean in `behaviour.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from wiretik_provider.simulator import refusal
from wiretik_provider.simulator.console.query import matches
from wiretik_provider.simulator.console.script import run
from wiretik_provider.simulator.console.statements import ScriptError
from wiretik_provider.simulator.console.written import MAY_LACK, blacked_out, written_value
from wiretik_provider.simulator.machine.device import Device
from wiretik_provider.simulator.machine.session import Session
from wiretik_provider.simulator.machine.table import Row, Table
from wiretik_provider.simulator.spec import Arg, VersionedMenu, ipv6
from wiretik_provider.simulator.spec.firewall import RULES
from wiretik_provider.wire import Sentence

__all__ = ["COMMANDS", "Command", "Request", "find", "only"]

_DONE: Final[Sentence] = ("!done",)

# Of a firewall's dummy rule (pear2/Net_RouterOS issue 36), and of bridge VLANs, leases and ND prefixes, the last two
# with the row's kind behind (docs/facts/samples.md#dynamic-rows); for other menus the short form.
_BUILTIN: Final = "cannot change builtin"
_DYNAMIC: Final = "can not change dynamic"


@dataclass(slots=True)
class Request:
    """One command, taken apart.

    Attributes:
        menu: the menu.
        table: its rows.
        session: who asks.
        verb: what is asked.
        attributes: `=name=value` words.
        queries: query words, in order.
    """

    menu: VersionedMenu
    table: Table
    session: Session
    verb: str
    attributes: dict[str, str]
    queries: list[str]


@dataclass(frozen=True, slots=True)
class Command:
    """A command and whether it only reads."""

    run: Callable[[Device, Request], list[Sentence]]
    reads: bool = False


# -- reading ----------------------------------------------------------------------------------------------------------

_LIST_ARGS: Final = (
    *("append", "as-value", "brief", "count-only", "detail", "file", "follow", "follow-only", "from", "interval"),
    *("proplist", "show-ids", "stats", "stats-detail", "terse", "value-list", "where", "without-paging"),
)
_SINGLE_ARGS: Final = ("as-value", "file", "interval", "proplist", "without-paging")
# docs/facts/menus.md#every-menu; `comments` is the only newcomer that singletons have, too (7.23.2's own console).
_NEWCOMERS: Final = {
    "group-by": (7, 17),
    "on-event": (7, 22),
    "timestamp": (7, 22),
    "comments": (7, 22),
    "order-by": (7, 24),
    "show-sensitive": (7, 21),
}
_SENSITIVE: Final = ("/interface/wireguard", "/interface/wireguard/peers", "/user")


@lru_cache
def _print_args(version: tuple[int, int], *, singleton: bool, sensitive: bool) -> frozenset[str]:
    """What `print` takes; API attributes such as `.proplist` aside."""
    names = set(_SINGLE_ARGS if singleton else _LIST_ARGS)
    names |= {name for name, since in _NEWCOMERS.items() if version >= since and (not singleton or name == "comments")}
    return frozenset(names if sensitive else names - {"show-sensitive"})


_EMPTY_SINCE: Final = (7, 18)


def _print(router: Device, request: Request) -> list[Sentence]:
    menu, attributes = request.menu, request.attributes
    sensitive = menu.path in _SENSITIVE
    known = _print_args(router.version, singleton=menu.menu.singleton, sensitive=sensitive)
    for name in attributes:
        if name not in known and name != ".proplist":
            raise refusal.unknown_parameter(name)
    rows: Iterator[dict[str, str]] = router.printed(menu, request.session, _asked_id(request.queries))
    if request.queries:
        queries = request.queries
        rows = (row for row in rows if matches(queries, row))
    if "count-only" in attributes:
        return [("!done", f"=ret={sum(1 for _ in rows)}")]
    if "order-by" in attributes:
        by = attributes["order-by"].split(",")
        rows = iter(sorted(rows, key=lambda row: [row.get(name, "") for name in by]))
    wanted = attributes.get(".proplist", attributes.get("proplist"))
    if wanted:
        names = wanted.split(",")
        replies: list[Sentence] = [("!re", *[f"={n}={row[n]}" for n in names if n in row]) for row in rows]
    else:
        replies = [("!re", *[f"={name}={value}" for name, value in row.items()]) for row in rows]
    if not replies and router.version >= _EMPTY_SINCE:
        replies.append(("!empty",))
    replies.append(_DONE)
    return replies


def _asked_id(queries: list[str]) -> int | None:
    """The one row that the query words can mean, so that a large menu isn't printed to find it."""
    ids = [word.rpartition("=")[2] for word in queries if word.startswith(("?.id=*", "?=.id=*"))]
    if not ids or any(word.startswith("?#") for word in queries):
        return None
    try:
        return int(ids[0][1:], 16)
    except ValueError:
        return None


def _get(router: Device, request: Request) -> list[Sentence]:
    menu, attributes = request.menu, request.attributes
    for name in attributes:
        if name not in (".id", "number", "numbers", "value-name"):
            raise refusal.unknown_parameter(name)
    if menu.menu.singleton:
        row = next(router.printed(menu, request.session))
    else:
        target = _targets(request, "number")[0].ref
        row = next(found for found in router.printed(menu, request.session) if found[".id"] == target)
    name = attributes.get("value-name", "")
    value = row.get(name, "") if name else ";".join(f"{key}={text}" for key, text in row.items())
    return [("!done", f"=ret={value}")]


# -- writing ----------------------------------------------------------------------------------------------------------


def _add(router: Device, request: Request) -> list[Sentence]:
    menu, table = request.menu, request.table
    router.refresh(menu.path)
    attributes = request.attributes
    values: dict[str, str] = {}
    if "copy-from" in attributes:
        source = find(request, attributes["copy-from"])
        values = {name: value for name, value in source.values.items() if name in menu.args}
    before = find(request, attributes["place-before"]) if menu.menu.ordered and "place-before" in attributes else None
    changes, written = _parsed(router, request, "copy-from", *(("place-before",) if menu.menu.ordered else ()))
    values = {name: value for name, value in {**values, **changes}.items() if value is not None}
    lacking = [name for name in menu.required if name not in values and name not in written]
    if request.session.written:
        lacking = [name for name in lacking if (menu.path, name) not in MAY_LACK]
    if lacking:
        raise refusal.missing(lacking)
    router.prepare(menu, request.session, values, None)
    if not (request.session.written and _alike(menu, attributes, written)):
        _refuse_twice(table, values, None)
    row = Row(table.new_id(), values)
    row.written = written
    if request.session.written:
        row.said = values.keys() & attributes.keys()
    if menu.menu.type:
        row.facts["type"] = menu.menu.type
    router.placed(menu, row)
    table.insert(row, before)
    router.changed(menu)
    return [("!done", f"=ret={row.ref}")]


def _set(router: Device, request: Request) -> list[Sentence]:
    changes, written = _parsed(router, request, ".id", "numbers")
    for row in _rows(router, request):
        _change(router, request, row, changes)
        row.written |= written
        if request.session.written:
            row.said |= changes.keys()
    return [_DONE]


def _parsed(router: Device, request: Request, *besides: str) -> tuple[dict[str, str | None], dict[str, str]]:
    """What a command changes, and what it says of properties that have no value."""
    changes: dict[str, str | None] = {}
    written: dict[str, str] = {}
    args = request.menu.args
    for name, text in request.attributes.items():
        if name in args:
            changes[name] = _value(router, request, args[name], text)
            if changes[name] is None:
                written[name] = text
        elif name[:1] == "!" and name[1:] in args:
            changes[name[1:]] = None
            if request.session.written:
                written[name] = ""
        elif name not in besides:
            raise refusal.unknown_parameter(name)
    return changes, written


def _value(router: Device, request: Request, arg: Arg, text: str) -> str | None:
    """A value as it is stored; None where a router wrote what has none."""
    if request.session.written:
        return written_value(arg, text, router)
    return arg.kind.parse(arg.name, text, router)


def _rows(router: Device, request: Request) -> list[Row]:
    """The rows that a command names, none of them the router's own."""
    router.refresh(request.menu.path)
    if request.menu.menu.singleton:
        return list(request.table)
    rows = _targets(request)
    for row in rows:
        # An entry with a time is dynamic, and still its user's (docs/facts/menus.md#ipfirewalladdress-list).
        if row.dynamic and "list" not in row.values and not request.session.written:
            raise refusal.failure(_BUILTIN if request.menu.path in (*RULES, *ipv6.RULES) else _DYNAMIC)
    return rows


def _change(router: Device, request: Request, row: Row, changes: dict[str, str | None]) -> None:
    menu, table = request.menu, request.table
    values = dict(row.values)
    for name, value in changes.items():
        if value is None:
            if name in menu.required and not request.session.written:
                raise refusal.missing((name,))
            values.pop(name, None)
        elif name == "comment" and not value and not request.session.written:
            values.pop(name, None)  # an empty text clears a comment (docs/facts/api.md#commands)
        else:
            values[name] = value
    router.prepare(menu, request.session, values, row)
    _refuse_twice(table, values, row)
    row.said -= changes.keys()
    for name in changes:
        row.written.pop(name, None)
        row.written.pop(f"!{name}", None)
    final: dict[str, str | None] = {n: v for n, v in values.items() if row.values.get(n) != v}
    final.update((name, None) for name in row.values if name not in values)
    if not final:
        return
    old, new = row.values.get("name"), final.get("name")
    table.alter(row, final)
    if old is not None and new is not None and old != new:
        router.rename(menu, old, new)
    router.placed(menu, row)
    router.changed(menu)


def _remove(router: Device, request: Request) -> list[Sentence]:
    only(request, ".id", "numbers")
    for row in _rows(router, request):
        if row.there:
            router.removable(request.menu, row)
            request.table.erase(row)
            if (name := row.values.get("name")) is not None:
                router.rename(request.menu, name, row.ref)
            router.changed(request.menu)
    return [_DONE]


def _switch(router: Device, request: Request) -> list[Sentence]:
    only(request, ".id", "numbers")
    value = "true" if request.verb == "disable" else "false"
    for row in _rows(router, request):
        _change(router, request, row, {"disabled": value})
    return [_DONE]


def _comment(router: Device, request: Request) -> list[Sentence]:
    only(request, ".id", "numbers", "comment")
    for row in _rows(router, request):
        _change(router, request, row, {"comment": request.attributes.get("comment", "")})
    return [_DONE]


def _unset(router: Device, request: Request) -> list[Sentence]:
    only(request, ".id", "numbers", "value-name")
    name = request.attributes.get("value-name", "")
    if name not in request.menu.args:
        raise refusal.mismatch("value-name")
    for row in _rows(router, request):
        _change(router, request, row, {name: None})
    return [_DONE]


def _reset(router: Device, request: Request) -> list[Sentence]:
    names = [name for name in request.attributes if name not in (".id", "numbers")]
    for name in names:
        if name not in request.menu.args:
            raise refusal.unknown_parameter(name)
    for row in _rows(router, request):
        _change(router, request, row, dict.fromkeys(names))
    return [_DONE]


def _move(router: Device, request: Request) -> list[Sentence]:
    only(request, ".id", "numbers", "destination")
    rows = _rows(router, request)
    target = request.attributes.get("destination")
    before = find(request, target) if target else None
    moved = {row.id for row in rows}
    while before is not None and before.id in moved:
        before = request.table.after(before)
    for row in rows:
        request.table.move(row, before)
    router.changed(request.menu)
    return [_DONE]


def _reset_counters(_: Device, request: Request) -> list[Sentence]:
    rows = list(request.table) if request.verb == "reset-counters-all" else _targets(request)
    for row in rows:
        for counter in ("bytes", "packets", "rx-byte", "tx-byte", "rx-packet", "tx-packet"):
            row.facts.pop(counter, None)
    return [_DONE]


def _alike(menu: VersionedMenu, attributes: Mapping[str, str], written: Mapping[str, str]) -> bool:
    """Whether a file may have such a row twice.

    Old routers wrote `/ip smb users add name=guest` twice (public exports of 7.1.5 and 7.2.3), and values that people
    black out become alike.
    """
    return (menu.menu.plain and not menu.menu.type) or any(
        name in written or (name in menu.args and blacked_out(menu.args[name], value))
        for name, value in attributes.items()
    )


def _refuse_twice(table: Table, values: dict[str, str], row: Row | None) -> None:
    twice = table.rival(values, row)
    if twice is not None:
        raise refusal.Refusal(twice.text.format_map(values))


def only(request: Request, *names: str) -> None:
    """Refuses every attribute but these."""
    for name in request.attributes:
        if name not in names:
            raise refusal.unknown_parameter(name)


def _targets(request: Request, word: str = "numbers") -> list[Row]:
    attributes = request.attributes
    text = attributes.get(".id") or attributes.get("numbers") or attributes.get(word)
    if not text:
        raise refusal.missing((word,))
    return [find(request, item) for item in text.split(",")]


def find(request: Request, text: str) -> Row:
    """The row with this id or, where the menu has names, with this name (docs/facts/api.md#commands)."""
    menu = request.menu.menu
    row: Row | None = None
    if text[:1] == "*":
        try:
            row = request.table.get(int(text[1:], 16))
        except ValueError:
            row = None
    elif menu.named:
        row = request.table.names.get(text)
    if row is None and request.session.written:
        row = next((row for row in request.table if row.facts.get("target") == text), None)
    if row is None or (menu.type and row.facts["type"] != menu.type):
        raise refusal.no_such_item()
    return row


# -- commands of their own --------------------------------------------------------------------------------------------


def _run_script(router: Device, request: Request) -> list[Sentence]:
    only(request, ".id", "numbers", "number", "use-script-permissions")
    for row in _targets(request, "number"):
        asked = filter(None, row.values.get("policy", request.menu.defaults["policy"]).split(","))
        if row.values.get("dont-require-permissions") != "true" and not request.session.policies.issuperset(asked):
            raise refusal.not_permitted()
        row.facts["run-count"] = str(int(row.facts.get("run-count", "0")) + 1)
        row.facts["last-started"] = router.now_text()
        try:
            run(router, row.values.get("source", ""), request.session)
        except ScriptError as error:
            raise refusal.script(str(error)) from None
    return [_DONE]


def _safe_mode(router: Device, request: Request) -> list[Sentence]:
    safe, session = router.history, request.session
    verb = request.verb
    if verb == "toggle":
        verb = "take" if safe.holder is None else "release"
    only(request, *(("on-error",) if verb == "take" else ()))
    if verb == "take":
        safe.take(session.number, session.user, request.attributes.get("on-error", "abort"))
    elif verb == "release":
        safe.release()
    else:
        safe.unroll()
    return [_DONE]


def _monitor(router: Device, request: Request) -> list[Sentence]:
    """One sample; without `once` the conversation asks again and again."""
    only(request, ".id", "numbers", "interface", "once", "interval", "duration")
    names = request.attributes
    if request.verb == "monitor-traffic":
        names = {"numbers": names.get("interface", names.get("numbers", ""))}
    rows = _targets(Request(request.menu, request.table, request.session, "", names, []))
    return [*[("!re", *_sample(router, request, row)) for row in rows], _DONE]


def _sample(router: Device, request: Request, row: Row) -> list[str]:
    if request.verb == "monitor-traffic":
        still = ("rx-packets-per-second", "rx-bits-per-second", "tx-packets-per-second", "tx-bits-per-second")
        return [f"=name={row.values['name']}", *[f"={name}=0" for name in still]]
    if request.menu.menu.type == "ether":
        state = "link-ok" if router.running(row) else "no-link"
        return [f"=name={row.values['name']}", f"=status={state}", "=auto-negotiation=done", "=rate=1Gbps"]
    name = row.values.get("name", row.values.get("interface", ""))
    return [f"=name={name}", "=state=enabled"] if "name" in row.values else [f"=interface={name}", "=status=in-bridge"]


COMMANDS: Final[dict[str, Command]] = {
    "print": Command(_print, reads=True),
    "getall": Command(_print, reads=True),
    "get": Command(_get, reads=True),
    "add": Command(_add),
    "set": Command(_set),
    "remove": Command(_remove),
    "enable": Command(_switch),
    "disable": Command(_switch),
    "comment": Command(_comment),
    "unset": Command(_unset),
    "reset": Command(_reset),
    "move": Command(_move),
    "reset-counters": Command(_reset_counters),
    "reset-counters-all": Command(_reset_counters),
    "run": Command(_run_script),
    "monitor": Command(_monitor, reads=True),
    "monitor-traffic": Command(_monitor, reads=True),
    "take": Command(_safe_mode),
    "release": Command(_safe_mode),
    "toggle": Command(_safe_mode),
    "unroll": Command(_safe_mode),
}
