"""Configuration as text: what `/export` writes, as 7.x does (docs/facts/rest-and-export.md, exports.md).

Compact: only what differs from the default, secrets only on request; but newer menus write whatever was once set, and a
few properties stand in every row. Menus come in the router's own order (`spec/order.txt`), properties in that of the
alphabet. Rows that only the router makes are written as `set`, with what tells them apart. Everything is made from
rows: of a file that was loaded nothing is kept but what its rows say.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Final

from wiretik_provider.simulator import spec
from wiretik_provider.simulator.machine.device import Device
from wiretik_provider.simulator.machine.factory import license_
from wiretik_provider.simulator.machine.session import OWNER
from wiretik_provider.simulator.machine.table import Row
from wiretik_provider.simulator.spec import VersionedMenu, firewall, ipv6
from wiretik_provider.simulator.spec.grammar import BOOL, FLAG, KEY

__all__ = ["Form", "export", "ranks"]


@dataclass(frozen=True, slots=True)
class Form:
    """How an export is written.

    Attributes:
        sensitive: with secrets.
        verbose: with what has its default, and what is unset as `!name`.
        terse: each statement in a line of its own, with its menu in front.
    """

    sensitive: bool = False
    verbose: bool = False
    terse: bool = False


# Users and files aren't exported (7.x), and what is shown of /interface stands in the menus of its types.
_NEVER: Final = frozenset({"/interface", "/user", "/certificate", "/file"})
_RULES: Final = frozenset({*firewall.RULES, *ipv6.RULES})

# Menus that write whatever was once set, defaults too; the others leave a default out (docs/facts/exports.md#forms).
_KEEPING: Final = ("/routing/", "/ip/route", "/ipv6/route", "/interface/wifi", "/ip/vrf", "/container")
# Properties that stand in every row (the same place).
_ALWAYS: Final[Mapping[str, tuple[str, ...]]] = {
    "/interface/wireguard": ("listen-port", "mtu"),
    "/system/scheduler": ("policy",),
    "/system/script": ("dont-require-permissions", "policy"),
    **dict.fromkeys(_RULES, ("action",)),
}
# A value that is written otherwise than it is printed (the same place): the mask that an address would have anyway.
_FORMS: Final[Mapping[tuple[str, str], Callable[[str], str]]] = {
    ("/ip/address", "address"): lambda text: text.removesuffix("/32"),
    ("/ipv6/address", "address"): lambda text: text.removesuffix("/64"),
    ("/ip/dns", "cache-size"): lambda text: f"{text}KiB",
}
# What a rule says only beside another property: no verbose export writes it as unset (one of 7.17.2).
_DEPENDENT: Final = frozenset(
    {"address-list", "address-list-timeout", "comment", "dst-port", "hotspot", "icmp-options", "jump-target", "port"}
    | {"randomise-ports", "reject-with", "same-not-by-dst", "src-port", "tcp-flags", "tcp-mss", "tls-host", "realm"}
    | {"p2p", "hw-offload", "passthrough", "route-dst", "sniff-id", "sniff-target", "sniff-target-port"}
)
_WIDTH: Final = 78
# A longer one doesn't fit into a line and is quoted, since it is broken, which terse lines aren't; a group's policies
# aren't quoted.
_LONGEST: Final = 78
# Blanks, `=`, `;`, quotes and brackets are quoted; `&`, `~`, `<`, `>`, `%`, `#` and the like stand bare.
_PLAIN: Final = re.compile(r"[A-Za-z0-9._:/,@*!+&~<>%#^|-]+")
_ESCAPED: Final = {"\\": "\\\\", '"': '\\"', "$": "\\$", "?": "\\?", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_OLD_DATES: Final = (7, 10)
"""The first version that writes dates as 2026-03-01; before: mar/01/2026 (docs/facts/exports.md#the-frame)."""


def export(router: Device, form: Form, under: str = "") -> str:
    """A router's configuration as text.

    Args:
        router: the router.
        form: how it is written.
        under: the menu whose configuration, and that of the menus under it, is wanted; all unless given.
    """
    lines = list(_heading(router))
    ranked = dict(ranks())
    for path, naming in (*ranks(), *((path, None) for path in router.menus if path not in ranked)):
        menu = router.menus.get(path)
        if menu is None or path in _NEVER or not menu.args or not (path == under or path.startswith(f"{under}/")):
            continue
        if menu.menu.plain and not menu.menu.table and not router.has_table(path):
            continue
        name = path[0] + path[1:].replace("/", " ")
        rows = [row for row in router.table(path) if naming is None or _names_profile(row) is naming]
        body = [words for row in rows if (words := _row(router, menu, row, form))]
        if form.terse:
            lines += [" ".join([name, *words]) for words in body]
        elif body:
            lines += [name, *map(_wrapped, body)]
    return "\n".join(lines) + "\n"


def _heading(router: Device) -> Iterator[str]:
    now = router.now_text()
    if router.version < _OLD_DATES:
        year, month, day = now[:10].split("-")
        now = f"{_MONTHS[int(month) - 1]}/{day}/{year}{now[10:]}"
    yield f"# {now} by RouterOS {router.version_text}"
    yield f"# software id = {next(license_(router, OWNER))['software-id']}"
    yield "#"
    yield f"# serial number = {router.serial}"


_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@functools.cache
def ranks() -> tuple[tuple[str, bool | None], ...]:
    """The menus in order; radios stand in two places, first those that name no profile, then those that do."""
    lines = resources.files(spec).joinpath("order.txt").read_text("utf-8").splitlines()
    paths = [line.partition(" ")[::2] for line in lines if line[:1] == "/"]
    twice = {path for path, mark in paths if mark}
    return tuple((path, bool(mark) if path in twice else None) for path, mark in paths)


_PROFILES: Final = frozenset({"aaa", "channel", "configuration", "datapath", "interworking", "security", "steering"})


def _names_profile(row: Row) -> bool:
    return "security-profile" in row.values or not _PROFILES.isdisjoint(row.values)


def _row(router: Device, menu: VersionedMenu, row: Row, form: Form) -> list[str]:
    """The words of a row's statement; none where it needs none."""
    if row.dynamic or (menu.menu.type and row.facts["type"] != menu.menu.type):
        return []
    verb = "add"
    first: Mapping[str, str] = {}
    if menu.menu.singleton:
        verb = "set"
    elif (target := _target(menu, row)) is not None:
        verb = f"set {target}"
        first = router.factory_values(menu.path, row)
    words = _words(_texts(menu, row, first, form))
    return [verb, *words] if words or verb == "add" else []


def _texts(menu: VersionedMenu, row: Row, first: Mapping[str, str], form: Form) -> dict[str, str | None]:
    """What is written of a row: the values by name, None for a name that stands alone."""
    found: dict[str, str | None] = {}
    always = _ALWAYS.get(menu.path, ())
    keeping = menu.path.startswith(_KEEPING)
    for name in menu.args:
        if name in menu.secrets and not form.sensitive:
            continue
        value = row.values.get(name)
        usual = first.get(name, menu.defaults.get(name))
        if value is None:
            # What it had on the first day and has no longer is taken away.
            value = "" if name in first else menu.defaults.get(name) if form.verbose or name in always else None
            if value is None or (name in first and name in row.written):
                if form.verbose and menu.path in _RULES and name not in _DEPENDENT:
                    found[f"!{name}"] = None
                continue
        elif value == usual and not (
            form.verbose or name in always or name in row.said or (keeping and name not in first)
        ):
            continue
        found[name] = _text(menu, name, value, broken=not form.terse)
    for name, text in row.written.items():
        bare = name.removeprefix("!")
        if bare in menu.args and (form.sensitive or bare not in menu.secrets):
            found.pop(f"!{bare}", None)
            found[name] = None if name != bare else quoted(text, always=menu.args[bare].kind is KEY and bool(text))
    return dict(sorted(found.items(), key=lambda item: item[0].removeprefix("!")))


def _target(menu: VersionedMenu, row: Row) -> str | None:
    """What tells a row apart that only the router makes; None for another."""
    if "target" in row.facts:
        return row.facts["target"]
    if "default-name" in row.facts:
        return f"[ find default-name={row.facts['default-name']} ]"
    return None if menu.menu.addable else row.values["name"]


def _words(texts: Mapping[str, str | None]) -> list[str]:
    """`name=value` words; of a dotted name what the one before began with is left out."""
    words: list[str] = []
    before = ""
    for name, text in texts.items():
        prefix = name.partition(".")[0] if "." in name else ""
        word = name if text is None else f"{name}={text}"
        words.append(word.removeprefix(prefix) if prefix and prefix == before else word)
        before = prefix
    return words


def _text(menu: VersionedMenu, name: str, value: str, *, broken: bool) -> str | None:
    kind = menu.args[name].kind
    if kind is FLAG:
        return None
    if kind is BOOL:
        return {"true": "yes", "false": "no"}.get(value, value)
    if (form := _FORMS.get((menu.path, name))) is not None:
        value = form(value)
    return quoted(value, always=broken and len(value) > _LONGEST and menu.path != "/user/group")


def quoted(value: str, *, always: bool = False) -> str:
    """A value as the console writes it."""
    if not always and _PLAIN.fullmatch(value):
        return value
    return '"' + "".join(map(_sign, value)) + '"'


def _sign(sign: str) -> str:
    """One character of a string; what isn't ASCII is written byte by byte (docs/facts/exports.md#forms)."""
    if sign in _ESCAPED:
        return _ESCAPED[sign]
    if " " <= sign <= "~":
        return sign
    return "".join(f"\\{byte:02X}" for byte in sign.encode("utf-8", "surrogateescape"))


def _wrapped(words: list[str]) -> str:
    lines = [words[0]]
    for word in words[1:]:
        if len(lines[-1]) + len(word) + 2 > _WIDTH and len(lines[-1]) > len("    "):
            lines[-1] += " \\"
            lines.append("    " + word)
        else:
            lines[-1] += " " + word
    return "\n".join(lines)
