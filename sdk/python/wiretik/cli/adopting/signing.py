"""Signs the rows of a router: first what nobody notices, then what carries sessions, one at a time and looked at.

Rule: what was signed already stays; the connection refuses whatever is more than a comment. A row whose session was
disturbed stops it, and the menu is named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from wiretik_provider.adopt.signatures import TELLING, Signature, changed, disturbed, plan
from wiretik_provider.api.session import Access, Command, Session
from wiretik_provider.api.signing import SigningSession
from wiretik_provider.errors import RowError
from wiretik_provider.menus import menu as menu_at
from wiretik_provider.rows.compare import label

__all__ = ["put", "sign_rows"]

Row = Mapping[str, str]

_PEERS: Final = "/interface/wireguard/peers"


def sign_rows(reach: Access, wanted: Mapping[str, Mapping[str, str]], read: Mapping[str, Sequence[Row]]) -> int:
    """Signs what isn't signed yet; gives how many rows that were.

    Raises:
        WiretikError: the router can't be reached or refuses; or a row isn't as it was read, or was disturbed.
    """
    session = SigningSession(reach)
    try:
        return put(session, wanted, read)
    finally:
        session.close()


def put(session: Session, wanted: Mapping[str, Mapping[str, str]], read: Mapping[str, Sequence[Row]]) -> int:
    """As `sign_rows`, over a connection that is there."""
    name = session.access.label
    paths = [path for path, comments in wanted.items() if comments]
    answers = session.batch([Command(path, "print", ("=.proplist=.id,comment",)) for path in paths])
    now = {path: answer.rows for path, answer in zip(paths, answers, strict=True)}
    todo = plan(wanted, read, now)
    for path, ids in todo.met.items():
        rows = {row[".id"]: row for row in read.get(path, ())}
        text = "it isn't as it was read, so nothing was signed: run it again"
        raise RowError(name, path, label(menu_at(path), rows.get(ids[0], {".id": ids[0]})), text)
    for signature, answer in zip(todo.at_once, session.batch([one.command for one in todo.at_once]), strict=True):
        if answer.trap:
            raise answer.trap
        del signature
    if todo.one_by_one:
        _sign_and_look(session, todo.one_by_one)
    return sum(len(one.ids) for one in (*todo.at_once, *todo.one_by_one))


def _sign_and_look(session: Session, signatures: Sequence[Signature]) -> None:
    """Signs row by row; the row's state, and that of all peers, is read before and after each.

    What is read after one row is what the next one had before: so a row takes two round trips.
    """
    paths = list(dict.fromkeys(one.path for one in signatures))
    *menus, peers = session.batch([*(Command(path, "print", (_state(path),)) for path in paths), _PEERS_NOW])
    before = {path: {row.get(".id"): row for row in menu.rows} for path, menu in zip(paths, menus, strict=True)}
    for one in signatures:
        (done,) = session.batch([one.command])
        if done.trap:
            raise done.trap
        after, now = session.batch([Command(one.path, "print", (_state(one.path), f"?.id={one.ids[0]}")), _PEERS_NOW])
        there = before[one.path].get(one.ids[0], {})
        why = changed(there, after.rows[0] if after.rows else {}) or disturbed(peers.rows, now.rows)
        if why:
            text = f"{why}, since its comment was set; the rows of {one.path} that are left weren't signed"
            raise RowError(session.access.label, one.path, label(menu_at(one.path), there), text)
        peers = now


_PEERS_NOW: Final = Command(_PEERS, "print", ("=.proplist=.id,name,public-key,last-handshake,rx,tx",))


def _state(path: str) -> str:
    """What is looked at of a row: all but secrets."""
    names = [field.name for field in menu_at(path).fields if not field.secret]
    return f"=.proplist={','.join(dict.fromkeys(['.id', *names, *TELLING]))}"
