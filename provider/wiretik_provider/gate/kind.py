"""The gate: one for each router of a stack, checked before any of its rows is written.

Its `check` is the one place that connects in a preview. It tells everything at once that would stop the deployment
half-way: values that no row can take, no connection, a refused login, an old RouterOS, missing policies, another router
than the state knows, names that nobody has, rows of others in the way. A gate that fails its check is never created,
and every row depends on it: so nothing is written, also with `--skip-preview`.

Of what it was told it keeps only which router it was, identity and version, and as a hidden note whose rows it let
through: a row of theirs that lost its tag by hand is drift, which the next up mends, and not somebody else's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import groupby
from typing import Any, ClassVar, Final, NamedTuple

import attrs

from wiretik_provider.api.access import expected_identity, flag
from wiretik_provider.api.link import Deployment, Gone, Link, say
from wiretik_provider.declared import Declared, read
from wiretik_provider.errors import ConfigError, GateError, RouterError, Trap, WiretikError
from wiretik_provider.gate import (
    adopted,
    bridged,
    clashes,
    expectations,
    formers,
    gone,
    leaning,
    moves,
    wholes,
)
from wiretik_provider.gate.leaning import Handed
from wiretik_provider.gate.survey import summary, survey
from wiretik_provider.guard import unsaid, waiting
from wiretik_provider.guard.closing import brought_back, looked_at, standing
from wiretik_provider.guard.keeping import prints
from wiretik_provider.kinds import Checked, Created, Links, Props, Seen
from wiretik_provider.kinds.address_list import query
from wiretik_provider.lists.entries import Entry
from wiretik_provider.menus import menu as menu_at
from wiretik_provider.menus.descriptor import Problem, Version, version
from wiretik_provider.rows import compare, exchange, ownership
from wiretik_provider.rows.exchange import Program

__all__ = ["GateKind"]

OLDEST: Final = (7, 15)
"""The oldest RouterOS that the menus describe (docs/facts/versions.md)."""

NEEDED: Final = ("api", "read", "write")
"""What a user needs to manage rows over the API (docs/facts/permissions.md)."""

_OF_VRFS: Final = ("/interface", "/routing/table")
"""A VRF's name is a table and an interface, too, which no menu lists (docs/facts/exports.md#vrf)."""

_ROWS: Final = "__rows"
"""The input that notes whose rows the gate let through, as their tags without the stack's digits."""
_LEAVING: Final = "__leaving"
"""The input that notes, in the same form, whose rows were let through once and are still to be deleted."""
_RULES: Final = "__rules"
"""The input that notes which rules of blocks it let through."""
_ADOPTED: Final = "__adopted"
"""The input that notes in which menus the stack adopted rows."""
_FORMERS: Final = "__before"
"""The input that notes what adopted rows and menus with one row had (`formers`)."""
_PARENTS: Final = "__parents"
"""The input that notes which resources are above those of the rows (`moves`)."""
_NAMES: Final = "__names"
"""The input that notes what the rows' resources are called, by their tags (`moves`)."""
_GUARDED: Final = "__guarded"
"""The input that notes that a change of this stack may wait on the router to be confirmed."""
_OWNERS: Final = (_ROWS, _LEAVING)
_NOTED: Final = (_ROWS, _RULES)
_FRONT: Final = "__front"
"""The input that notes that the stack's resources are the package's (`plugin`)."""
_ONE_WAY: Final = (
    "this stack's resources are the Pulumi package's: set wiretik:front to plugin. There is no way back to dynamic "
    "resources: they would be made anew, and the package would then delete the rows"
)
_HIDDEN: Final = (_FRONT, _NAMES, _ROWS, _LEAVING, _RULES, _ADOPTED, _FORMERS, _GUARDED)
_KEPT: Final = ("identity", "version", _PARENTS, *_HIDDEN)


@attrs.frozen
class GateKind:
    """The gate of one router."""

    deleted_first: ClassVar[bool] = False

    def check(self, links: Links, olds: Props, news: Props) -> Checked:
        """Connects and tells all that is wrong; the program's rows come in `rows` and aren't kept."""
        name = str(news.get("router", ""))
        kept = {"router": name} if name else {}
        kept |= {_FRONT: str(news["front"])} if "front" in news else {}
        declared = [read(entry) for entry in news.get("rows", [])]
        problems = [Problem(f"{row.name}.{one.property}", one.reason) for row in declared for one in row.problems]
        problems += [Problem("", _ONE_WAY)] if _FRONT in olds and "front" not in news else []
        problems += clashes.one_sided(declared)
        offline = False
        whole = clashes.program(declared, _before(olds, declared))
        try:
            offline, guarded = flag(links.config, "offline", default=False), flag(links.config, "guard", default=True)
            link = links(name)
            link.program, link.let_through = whole, frozenset(_before(olds, declared))
            link.keeping.program = None if offline else prints(news.get("rows", []))
            link.keeping.leaves = bool(whole.leaving)
            facts = {} if offline else _facts(link)
        except WiretikError as error:
            known = {key: olds[key] for key in _KEPT if key in olds} if offline else {}
            return Checked({**kept, **known}, problems if offline else [*problems, Problem("", str(error))])
        link.deployment = None if offline else _deployment(declared)
        for row in declared:
            if row.menu:
                link.note(row.tag, row.values.get(row.menu.holds))
        if offline:
            return Checked({**kept, **{key: olds[key] for key in _KEPT if key in olds}}, problems)
        found = [
            *_identity(facts, olds, expected_identity(links.config, name)),
            *_platform(facts, link, declared),
            *clashes.within(declared),
        ]
        problems += (Problem(one.property, f"{link.label}: {one.reason}") for one in found)
        adopting = adopted.places(str(olds.get(_ADOPTED, "")), declared)
        if not problems:
            try:
                before = {text for name in _NOTED for text in str(olds.get(name, "")).split(",")}
                found = [
                    *_references(link, declared),
                    *_clashes(link, declared, before, whole),
                    *_taken(link, declared, whole),
                ]
                expected = news.get("expectations", [])
                if not (found or link.adopting):
                    found = expectations.problems(link, declared, expected, guarded=guarded)
                found += _after_a_reset(_gone(link, declared, olds)) if found else ()
                problems += (Problem(one.property, f"{link.label}: {one.reason}") for one in found)
            except RouterError as error:
                problems.append(Problem("", str(error)))
        still = _waiting(link, declared, olds, preview=bool(news.get("preview")))
        problems += still.problems
        if not problems:
            link.before = _formers(link, declared, olds)
            link.gone = _gone(link, declared, olds)
            if not link.adopting:  # what is there is taken as it is, and needs no advice
                _remark(link, declared, str(olds.get(_PARENTS, "")), str(olds.get(_NAMES, "")))
                _warn_of_ports(link, declared)
            _say_what_stays(link, declared, adopting)
            _say_what_is_not_undone(link, declared, preview=bool(news.get("preview")))
        noted = {**_notes(link, declared, whole, adopting), **still.noted}
        inputs = {**kept, "identity": facts["identity"], "version": facts["version"], **noted}
        return Checked(inputs, problems)

    def replaces(self, olds: Props, news: Props) -> list[str]:  # noqa: ARG002
        """Never."""
        return []

    def create(self, links: Links, props: Props) -> Created:  # noqa: ARG002
        """The check has passed."""
        return Created(str(props.get("router") or "router"), _visible(props))

    def read(self, links: Links, resource_id: str, props: Props) -> Seen | None:
        """Refuses a refresh that would take another router's rows for this one's."""
        link = links(str(props.get("router", "")))
        link.refreshed = True
        facts = _facts(link)
        expected = expected_identity(links.config, str(props.get("router", "")))
        for problem in _identity(facts, props, expected):
            raise GateError(link.label, problem.reason)
        return Seen(resource_id, {**_visible(props), "version": facts["version"]}, None)

    def update(self, links: Links, resource_id: str, olds: Props, news: Props) -> dict[str, Any]:  # noqa: ARG002
        """The check has passed."""
        return _visible(news)

    def delete(self, links: Links, resource_id: str, props: Props) -> None:
        """Nothing stands on the router for it, and once it goes nothing of its stack does: see `Link.sweep`."""
        del resource_id
        with suppress(ConfigError):  # a router that config doesn't know any more, of which nothing was deleted now
            links(str(props.get("router", ""))).sweep()


class _Waiting(NamedTuple):
    """What is said of a change that waits, or waited, to be confirmed."""

    problems: list[Problem]
    noted: dict[str, str]


def _waiting(link: Link, declared: Sequence[Declared], olds: Props, *, preview: bool) -> _Waiting:
    """Looks whether an earlier change is in the way, where one may be."""
    if link.watch is None and _GUARDED not in olds:
        return _Waiting([], {})
    stack, noted = next((row.tag[:4] for row in declared), ""), {_GUARDED: "yes"}
    try:
        there = standing(link.label, link.past_the_guard)
        link.keeping.again = waiting.taken_back(there, stack)
        if why := waiting.refused(there, stack, refreshed=link.refreshed):
            return _Waiting([Problem("", f"{link.label}: {why}")], noted)
        if text := waiting.warning(there, stack):
            link.warn(text)
        elif link.refreshed and waiting.is_open(there, stack):
            _carry_on(link, stack, preview=preview)
            return _Waiting([], noted if preview or link.watch else {})
    except RouterError as error:
        return _Waiting([Problem("", str(error))], noted)
    return _Waiting([], noted if link.watch or waiting.is_open(there, stack) else {})


def _carry_on(link: Link, stack: str, *, preview: bool) -> None:
    """After a rollback: what came back and nobody declares goes, at the next confirm where there will be one."""
    send = link.past_the_guard
    if rows := brought_back(link.label, send, stack, link.declares):
        one = len(rows) == 1
        told = f"{len(rows)} row{'s' * (not one)} that the rollback brought back {'is' if one else 'are'} nobody's"
        say(f"note: {link.label}: {told}: up removes {'it' if one else 'them'}")
    if preview:
        return
    if rows and link.watch:
        link.watch.take_along(rows, stack, send)
        return
    for path, row_id in rows:
        link.ask(path, "remove", f"=.id={row_id}")
        link.forget(path)
    looked_at(link.label, send)


def _say_what_is_not_undone(link: Link, declared: Sequence[Declared], *, preview: bool) -> None:
    """Names what of the planned changes isn't undone; a deployment says so itself, where it writes."""
    if link.watch is None or not preview:
        return
    known = [(row, row.menu) for row in declared if row.menu and not row.menu.singleton and not row.part]
    menus = sorted({(menu.path, menu.query) for _, menu in known})
    there = {
        (path, tag.owner): found
        for (path, _), rows in zip(menus, link.prefetch(menus), strict=True)
        for found in rows
        if (tag := ownership.split(found.get("comment", ""))[1])
    }
    for row, menu in ((row, menu) for row, menu in known if (menu.path, row.tag) in there):
        for text in unsaid.changes(menu, row.printed, there[menu.path, row.tag]):
            say(f"note: {link.label}: {row.name}: {text}")


def _visible(props: Props) -> dict[str, Any]:
    return {name: value for name, value in props.items() if name not in {_PARENTS, *_HIDDEN}}


def _before(olds: Props, declared: Sequence[Declared]) -> set[str]:
    """The tags of what earlier deployments declared and may still be there."""
    stack = next((row.tag[:4] for row in declared), "")
    return {stack + tag for name in _OWNERS for tag in str(olds.get(name, "")).split(",") if stack and tag}


def _notes(
    link: Link, declared: Sequence[Declared], whole: Program, adopting: Sequence[adopted.Place]
) -> dict[str, str]:
    """What the gate keeps of the program for the next deployment."""
    noted = {
        _PARENTS: moves.parents(declared),
        _NAMES: moves.names(declared),
        _ROWS: ",".join(sorted(row.tag[4:] for row in declared)),
        _RULES: ",".join(sorted(wholes.mark(row) for row in declared if row.part)),
    }
    further = {
        _FORMERS: formers.note(link.before),
        _ADOPTED: adopted.note(adopting),
        _LEAVING: ",".join(sorted(tag[4:] for tag in _still_there(link, declared, whole))),
    }
    return {**noted, **{name: text for name, text in further.items() if text}}


def _still_there(link: Link, declared: Sequence[Declared], whole: Program) -> set[str]:
    """Whose rows are still to be deleted, in the menus that the program has rows in."""
    menus = {(row.menu.path, row.menu.query) for row in declared if row.menu and row.menu.tagged}
    if not whole.leaving or not menus:
        return set()
    tags = (ownership.tag_of(row) for there in link.prefetch(sorted(menus)) for row in there)
    return {one.owner for tag in tags if tag for one in tag.holders} & whole.leaving


def _gone(link: Link, declared: Sequence[Declared], olds: Props) -> Gone:
    """What the state has and the router hasn't any more, as far as its menus can be read."""
    menus = {((row.menu.path, ""), row.menu.query) for row in declared if row.menu and row.menu.tagged}
    lists = [((row.list_menu.path, row.list_name), row) for row in declared if row.list_menu and row.list_name]
    reads = {place: (place[0], words) for place, words in menus}
    reads |= {place: (place[0], query(row.list_name)) for place, row in lists}
    read = dict(zip(reads, link.prefetch(reads.values()), strict=True))
    kept = {place: rows for place, rows in read.items() if not link.refused(*reads[place])}
    before = {text for name in _NOTED for text in str(olds.get(name, "")).split(",")}
    found = gone.gone(declared, kept, before)
    return Gone(frozenset(found), gone.sentence(found)) if found else Gone()


def _after_a_reset(lost: Gone) -> Iterator[Problem]:
    """What else is to be known where something is refused and the router lacks what was let through before."""
    if many := len(lost.owners):
        what = "1 resource that an earlier deployment let through isn't"
        if many > 1:
            what = f"{many} resources that an earlier deployment let through aren't"
        cure = "if it was reset, bring back what isn't this program's, then `up --refresh` makes the rest"
        yield Problem("", f"{what} on the router: {cure}")


def _deployment(declared: Sequence[Declared]) -> Deployment:
    """Whatever else creates and deletes in this deployment finds all that it declares here."""
    properties: dict[str, frozenset[str]] = {}
    for row in declared:
        if row.menu and row.menu.singleton:
            properties[row.where] = properties.get(row.where, frozenset()) | row.values.keys() | row.waiting
    lists: dict[tuple[str, str], dict[str, Mapping[str, Entry]]] = {}
    for row in declared:
        if row.list_menu and row.list_name:
            lists.setdefault((row.list_menu.path, row.list_name), {})[row.tag] = row.entries
    return Deployment(frozenset(row.tag for row in declared), lists, properties)


def _facts(link: Link) -> dict[str, Any]:
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


def _identity(facts: Mapping[str, Any], olds: Props, expected: str) -> Iterator[Problem]:
    seen = facts["identity"]
    if expected and seen != expected:
        yield Problem("", f"its serial number or software id is {seen or 'unknown'}, wiretik:identity says {expected}")
    elif not expected and olds.get("identity") and seen and seen != olds["identity"]:
        yield Problem(
            "",
            f"this is another router than the state knows: {seen}, not {olds['identity']}; if the device was replaced, "
            f"say so: pulumi config set wiretik:identity {seen}",
        )


def _platform(facts: Mapping[str, Any], link: Link, declared: Sequence[Declared]) -> Iterator[Problem]:
    running: Version = version(facts["version"])
    if running < OLDEST:
        oldest = ".".join(map(str, OLDEST))
        yield Problem("", f"RouterOS {facts['version']} is older than {oldest}, the oldest that Wiretik knows")
    policies = facts["policies"]
    if policies is not None and (lacking := [policy for policy in NEEDED if policy not in policies]):
        yield Problem(
            "",
            f"the user {link.access.username!r} (group {facts['group']}) lacks the policy {', '.join(lacking)}: "
            f"/user/group/set {facts['group']} policy={','.join(lacking)}",
        )
    for row in declared:
        if row.menu and not row.menu.on(running):
            yield Problem("", f"{row.name}: RouterOS {facts['version']} doesn't have {row.menu.path}{row.menu.span}")
        elif row.menu and (late := compare.lacking(row.menu, row.values, running)):
            yield Problem("", f"{row.name}: RouterOS {facts['version']} doesn't have {late}")


def _references(link: Link, declared: Sequence[Declared]) -> list[Problem]:
    """Names that neither the router nor the program has."""
    wanted = clashes.references(declared)
    names = link.names(*sorted({one.menu for one in wanted}))
    there = {path: some for path, some in names.items() if not link.refused(path)}
    if any(one.menu in _OF_VRFS and one.menu in there and one.name not in there[one.menu] for one in wanted):
        vrfs = link.names("/ip/vrf")["/ip/vrf"]
        there = {path: [*some, *vrfs] if path in _OF_VRFS else some for path, some in there.items()}
    return clashes.unknown_names(wanted, there)


def _remark(link: Link, declared: Sequence[Declared], parents: str, names: str) -> None:
    """Says which rows stay although their resources move, and counts what stands there and is nobody's.

    A plan shows of the former a create and a delete, and of the latter nothing.
    """
    reads = {(row.menu.path, row.menu.query) for row in declared if row.menu and row.menu.tagged}
    # Of whole lists only these: other ones may be long, and these are read anyway.
    reads |= {(row.list_menu.path, query(row.list_name)) for row in declared if row.list_menu and row.list_name}
    stack = next((row.tag[:4] for row in declared), "")
    seen: dict[str, list[Mapping[str, str]]] = {}
    for (path, _), there in zip(sorted(reads), link.prefetch(sorted(reads)), strict=True):
        seen.setdefault(path, []).extend(there)
    for text in moves.warnings(declared, seen, parents):
        say(f"note: {link.label}: {text}")
    if found := moves.pairs(declared, seen, names):
        say(f"note: {link.label}: {len(found)} resources have other names or parents; this, above them, says so:")
        for line in moves.block(found):
            say(line)
    surveys = [survey(path, there, stack) for path, there in seen.items()]
    if told := summary(surveys):
        say(f"note: {link.label}: {told} (wiretik unmanaged lists them)")


def _warn_of_ports(link: Link, declared: Sequence[Declared]) -> None:
    """Names what is declared of ports of bridges."""
    for told in bridged.on_ports(declared, link.prefetch([(bridged.PORTS, ())])[0]):
        link.warn(told)


def _formers(link: Link, declared: Sequence[Declared], olds: Props) -> formers.Formers:
    """What adopted rows and menus with one row had before any resource wrote them."""
    menus = sorted({(row.menu.path, row.menu.query) for row in declared if row.menu and not row.part})
    kept = dict(zip((path for path, _ in menus), link.prefetch(menus), strict=True))
    return formers.known(formers.read(str(olds.get(_FORMERS, ""))), declared, kept, _before(olds, declared))


def _say_what_stays(link: Link, declared: Sequence[Declared], adopting: Sequence[adopted.Place]) -> None:
    """Names adopted rows that the program no longer declares: a deletion leaves them on the router."""
    reads = [(one.path, query(one.listed) if one.listed else menu_at(one.path).query) for one in adopting]
    kept = dict(zip(adopting, link.prefetch(reads), strict=True))
    if told := adopted.given_back(declared, kept):
        say(f"note: {link.label}: {told}")


def _taken(link: Link, declared: Sequence[Declared], whole: Program) -> list[Problem]:
    """Values that others have and keep, names that somebody leans on, the address by which the router is reached."""
    known = [(row, row.menu) for row in declared if row.menu and exchange.groups(row.menu)]
    menus = sorted({(menu.path, menu.query) for _, menu in known})
    kept = dict(zip((path for path, _ in menus), link.prefetch(menus), strict=True))
    there = link.names(*sorted({menu.names for _, menu in known if menu.names}))
    found = [
        problem
        for row, menu in known
        for problem in clashes.taken(row, kept[menu.path], whole, there.get(menu.names, ()))
    ]
    for row, menu in known:
        if left := clashes.gave_way(row, menu, kept[menu.path]):
            say(f"note: {link.label}: {row.name}: {left}")
    found += leaning.own_address(declared, kept, link.session.ends[1])
    if handed := leaning.handed_over(declared, kept):
        found += _leaning(link, declared, handed)
    return [*found, *_on_lists(link, declared)]


def _on_lists(link: Link, declared: Sequence[Declared]) -> Iterator[Problem]:
    """Rules of others that lean on the names of address lists which the program exchanges."""
    asked = {(row.list_menu.path, row.list_name) for row in declared if row.list_menu and row.list_name}
    if len(asked) < 2:
        return
    read = link.prefetch((path, query(name)) for path, name in sorted(asked))
    kept = dict(zip(sorted(asked), read, strict=True))
    for row, _ in leaning.lists_handed_over(declared, kept):
        for menu in leaning.list_readers(row.list_menu) if row.list_menu else ():
            yield from leaning.on_lists(row, menu, link.rows(menu.path, menu.query))


def _leaning(link: Link, declared: Sequence[Declared], handed: Sequence[Handed]) -> Iterator[Problem]:
    asked = sorted(leaning.readers(handed))
    link.prefetch(asked)
    kept: dict[str, Sequence[Mapping[str, str]]] = {}
    unread = []
    for path, query_words in asked:
        try:
            kept[path] = link.rows(path, query_words)
        except Trap as trap:
            if not trap.lacks_menu:  # where there is no such menu nothing leans
                unread.append(path)
    return leaning.leaning(handed, declared, kept, unread)


def _clashes(link: Link, declared: Sequence[Declared], before: Collection[str], whole: Program) -> list[Problem]:
    """Rows that others made and that are in the way of ours."""
    known = [(row, row.menu) for row in declared if row.menu and not row.menu.singleton]
    lists = [(row, row.list_menu) for row in declared if row.list_menu and row.list_name]
    link.prefetch(
        [
            *dict.fromkeys((menu.path, menu.query) for _, menu in known),
            *((menu.names, ()) for _, menu in known if menu.names),
            *((menu.path, query(row.list_name)) for row, menu in lists),
        ]
    )
    found: list[Problem] = []
    for row, menu in known:
        named = link.rows(menu.names) if menu.names and not link.refused(menu.names) else ()
        kept = link.rows(menu.path, menu.query)
        found += clashes.in_the_way(row, kept, named, before=row.tag[4:] in before)
    for _, parts in groupby((one for one in known if one[0].part), key=lambda one: (one[1].path, one[0].tag)):
        block = list(parts)
        menu = block[0][1]
        found += wholes.in_a_blocks_way([row for row, _ in block], link.rows(menu.path, menu.query), before)
    for row, menu in lists:
        found += wholes.in_a_lists_way(row, link.rows(menu.path, query(row.list_name)), whole.leaving)
    return found
