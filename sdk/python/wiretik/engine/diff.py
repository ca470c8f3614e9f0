"""Differences of property values, as values: which path changed from what to what. Pure.

Paths are written as Pulumi writes them: `peers[0].port`, `tags["a.b"]`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Literal, TypeAlias

import attrs

from wiretik.engine.values import PROVIDER_KEY, Secret, Value, Values, same

PathPart: TypeAlias = str | int
Path: TypeAlias = tuple[PathPart, ...]
Kind: TypeAlias = Literal["add", "delete", "update"]

_PART: Final = re.compile(r'\.?([^.\[\]"]+)|\["((?:[^"\\]|\\.)*)"\]|\[(\d+|\*)\]')
_MISSING: Final = object()


@attrs.frozen
class Change:
    """One property that differs; `replaces` says that it forces a replacement."""

    path: Path
    kind: Kind
    old: Value = attrs.field(default=None, repr=False)
    new: Value = attrs.field(default=None, repr=False)
    replaces: bool = False

    @property
    def key(self) -> str:
        """The top-level property."""
        return str(self.path[0])

    def __str__(self) -> str:
        return show_path(self.path)


def compare(old: Values, new: Values) -> tuple[Change, ...]:
    """The differences between two sets of properties, leaf by leaf; a null counts as absent, `__provider` too."""
    return tuple(_compare((), old, new))


def changed_keys(old: Values, new: Values) -> tuple[str, ...]:
    """The top-level properties that differ, `__provider` among them: the CLI compares it like any other."""
    return tuple(key for key in sorted({*old, *new}) if not same(old.get(key), new.get(key)))


def _compare(path: Path, old: Value, new: Value) -> Iterator[Change]:
    match old, new:
        case Mapping(), Mapping():
            for key in sorted({*old, *new}):
                if path or key != PROVIDER_KEY:
                    yield from _compare((*path, key), old.get(key), new.get(key))
        case ((list() | tuple()), (list() | tuple())):
            both = min(len(old), len(new))
            for i in range(both):
                yield from _compare((*path, i), old[i], new[i])
            # Here a null counts: it is an element that is there or isn't.
            yield from (Change((*path, i), "add", None, new[i]) for i in range(both, len(new)))
            yield from (Change((*path, i), "delete", old[i], None) for i in range(both, len(old)))
        case _ if same(old, new):
            return
        case None, _:
            yield Change(path, "add", None, new)
        case _, None:
            yield Change(path, "delete", old, None)
        case _:
            yield Change(path, "update", old, new)


def parse_path(text: str) -> Path:
    """Read a path as options such as `ignore_changes` write it; `*` stands for every element."""
    parts: list[PathPart] = []
    at = 0
    while at < len(text):
        found = _PART.match(text, at)
        if found is None or found.end() == at:
            return (text,)
        name, quoted, index = found.groups()
        if index is not None:
            parts.append("*" if index == "*" else int(index))
        else:
            parts.append(name if name is not None else quoted.replace('\\"', '"').replace("\\\\", "\\"))
        at = found.end()
    return tuple(parts)


def show_path(path: Path) -> str:
    """Write a path as Pulumi does."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        elif re.fullmatch(r"[\w$-]+", part):
            text += f".{part}" if text else part
        else:
            escaped = part.replace("\\", "\\\\").replace('"', '\\"')
            text += f'["{escaped}"]'
    return text


def contains(outer: Path, inner: Path) -> bool:
    """Whether the path `inner` lies at or below `outer`; `*` matches any part."""
    return len(outer) <= len(inner) and all(a in ("*", b) for a, b in zip(outer, inner, strict=False))


def reset(old: Values, new: Values, paths: Iterable[str]) -> tuple[dict[str, Value], tuple[str, ...]]:
    """Put the old values of the given paths into the new properties, as `ignore_changes` wants it.

    Returns:
        The properties, and the paths that couldn't be applied since their surroundings changed.
    """
    result: Value = dict(new)
    failed = []
    for text in paths:
        ok, result = _reset(result, old, parse_path(text))
        if not ok:
            failed.append(text)
    return result, tuple(failed)


def _reset(  # noqa: C901, PLR0911, a case for each shape
    new: Value, old: Value, path: Path
) -> tuple[bool, Value]:
    if not path:
        return True, _MISSING if old is _MISSING else old
    head, *rest = path
    if isinstance(new, Secret) or isinstance(old, Secret):
        inner_new = new.value if isinstance(new, Secret) else new
        inner_old = old.value if isinstance(old, Secret) else old
        ok, value = _reset(inner_new, inner_old, path)
        return ok, Secret(value)
    if isinstance(new, dict):
        before = old if isinstance(old, dict) else {}
        keys = sorted({*new, *before}) if head == "*" else [head]
        result, good = dict(new), True
        for key in keys:
            if rest and (key not in result or key not in before):
                # Both lack it: nothing to ignore. Only one has it: an element that was added or removed.
                good = good and key not in result and key not in before
                continue
            ok, value = _reset(result.get(key, _MISSING), before.get(key, _MISSING), tuple(rest))
            good = good and ok
            if value is _MISSING:
                result.pop(key, None)
            else:
                result[key] = value
        return good, result
    if isinstance(new, list):
        before_list = old if isinstance(old, list) else []
        indexes = range(len(new)) if head == "*" else [head]
        items = list(new)
        if head == "*" and len(new) != len(before_list):
            return False, new
        for i in indexes:
            if not isinstance(i, int) or i >= len(items) or i >= len(before_list):
                return False, new
            ok, value = _reset(items[i], before_list[i], tuple(rest))
            if not ok:
                return False, new
            items[i] = value
        return True, items
    return False, new
