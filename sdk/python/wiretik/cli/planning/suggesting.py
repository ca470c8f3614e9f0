"""Which components the rows of a router already are, or nearly are: `wiretik adopt --suggest`.

Each that they may be is tried on a twin of the router, with all that can be turned off turned off, and then with one
thing after the other. What the twin is told besides signatures is what the router's rows lack.

Rule: nothing is written anywhere, neither to the router nor into the program: what is said is for people.
"""

from __future__ import annotations

import contextlib
import io
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import attrs
import pulumi

import wiretik as wt
from wiretik.cli.adopting.reading import Source
from wiretik.cli.planning.recording import Record, Written, on_twins
from wiretik.cli.planning.twins import Twin
from wiretik.engine import Secret, Stack
from wiretik.engine.processes import program, provider
from wiretik_provider.adopt.likenesses import Likeness, likenesses
from wiretik_provider.api.signing import beyond
from wiretik_provider.codecs.script import quoted
from wiretik_provider.masks import is_secret
from wiretik_provider.menus import at
from wiretik_provider.rows import ownership
from wiretik_provider.rsc.lines import Said, lines, placeholder, plain
from wiretik_provider.simulator import Router

__all__ = ["Suggestion", "suggestions", "told"]


@attrs.frozen
class Suggestion:
    """A component that was tried.

    Attributes:
        likeness: it.
        off: the options that are turned off.
        there: how many of its rows are there, those among them that it would change.
        more: what it would write besides tags, as lines.
        why: why it can't be; empty where it can.
        moves: how many of these lines move a rule. How many there are is chance, since rules are made side by side and
            which of two stands first by then differs: so they don't count where components are compared.
    """

    likeness: Likeness
    off: frozenset[str]
    there: int = 0
    more: tuple[str, ...] = ()
    why: str = ""
    moves: int = 0

    @property
    def lacking(self) -> int:
        """How many of these lines add, change or remove a row."""
        return len(self.more) - self.moves

    @property
    def near(self) -> bool:
        """Whether more of it is there than is lacking."""
        return not self.why and self.there > self.lacking


def suggestions(source: Source) -> Iterator[Suggestion]:
    """What the rows of a router are, or nearly are: of each interface those components that are near."""
    with tempfile.TemporaryDirectory(prefix="wiretik-suggest-") as place:
        (Path(place) / "Pulumi.yaml").write_text("name: suggest\nruntime: python\n", encoding="utf-8")
        for one in likenesses(source.inventory.tables):
            found = _tried(source, Path(place), one)
            if found.near:
                yield found


def _tried(source: Source, place: Path, one: Likeness) -> Suggestion:
    """The best of a component: each option stays off that would make it write more."""
    best = _rehearsed(source, place, one, frozenset(one.options))
    for name in one.options:
        if best.why or name == "promises":
            continue
        other = _rehearsed(source, place, one, best.off - {name})
        if not other.why and other.lacking <= best.lacking and other.there > best.there:
            best = other
    return best


def _rehearsed(source: Source, place: Path, one: Likeness, off: frozenset[str]) -> Suggestion:
    router = source.twin()
    _without_tags(router)
    record = Record(Twin(router, "", source.inventory.version, alike=False))
    config: dict[str, str | Secret] = {"wiretik:host": "twin", "wiretik:username": "admin", "wiretik:guard": "false"}
    config |= {f"suggest:{key}": Secret(text) for key, text in one.secrets.items()}
    stack = Stack(
        place,
        "suggest",
        backend=place / "state",
        config=config,
        host=provider.in_process,
        runner=program.inline(_body(one.text(off))),
        passphrase="suggest",  # noqa: S106, nothing is kept
    )

    with on_twins(lambda _: record), contextlib.redirect_stderr(io.StringIO()):  # a twin's remarks are nobody's
        done = stack.rehearse()
    there = {(each.command.path, row_id) for each in record.written for row_id in each.found if _takes(each)}
    more = [each for each in record.written if beyond(each.command)]
    each_said = [(each, [line.text for line in lines(each.command, _finding(router, each), _value)]) for each in more]
    said = tuple(text for _, some in each_said for text in some)
    moves = sum(len(some) for each, some in each_said if each.command.verb == "move")
    why = "" if done.ok else (done.errors[0] if done.errors else "it can't be made")
    return Suggestion(one, off, len(there), said, why, moves)


def _finding(router: Router, one: Written) -> Callable[[str], str]:
    """What finds a row; where no condition does it alone, what no router takes: an empty one would find all rows."""

    def find(row_id: str) -> str:
        menu, path = at(one.command.path), one.command.path
        row = next((row for row in router.rows(path) if row[".id"] == row_id), {})
        told = (f"{name}={quoted(row[name])}" for name in (menu.key if menu else ()) if name in row)
        return one.found[row_id] or " ".join(("…", *told))

    return find


def _takes(one: Written) -> bool:
    """Whether a row that was there is taken over."""
    return one.command.verb == "set" and any(word.startswith("=comment=") for word in one.command.words)


def _body(text: str) -> Callable[[], None]:
    """The program of one component; its text is made of the router's own rows, each word of them quoted."""

    def body() -> None:
        exec(compile(text, "<suggestion>", "exec"), {"wt": wt, "pulumi": pulumi})  # noqa: S102

    return body


def _value(name: str, word: str) -> Said:
    if not word:
        return Said("")
    return placeholder(name) if is_secret(name) else plain(word)


def _without_tags(router: Router) -> None:
    """Makes the rows of any stack nobody's: what they are doesn't depend on who has them."""
    for path, rows in router.snapshot().items():
        for row in rows:
            text, tag = ownership.parts_of(row)
            if tag:
                router.run(f"{path}/set", id=row[".id"], comment=text)


def told(found: Suggestion) -> Iterator[str]:
    """A suggestion in words, with the text to paste."""
    one = found.likeness
    rows = f"{found.there} of its rows are there"
    if not found.more:
        yield f"{one.interface} is a {one.kind}: {rows}, nothing is lacking"
    else:
        yield f"{one.interface} is nearly a {one.kind}: {rows}; it would write {len(found.more)} more lines:"
        yield from (f"    {line}" for line in found.more)
    if one.speaks:
        rows = ", ".join(row for _, row in one.speaks)
        yield (
            f"  it exchanges routes, for which a {one.kind} makes no rows: {rows}; wt.SiteMesh with "
            f'routing="{one.speaks[0][0]}" makes such links, in one program with the other routers'
        )
    yield from (f"  {line}" for line in one.text(found.off).splitlines())
