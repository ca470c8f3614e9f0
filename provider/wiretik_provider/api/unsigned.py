"""Rows that are a stack's and carry no tag on the router: it is shown to us as if they did.

There are two reasons. Where an owner wants no tags in comments, rows with a natural key, such as a name, are known by
it (`wiretik adopt --no-tags`). Where he wants to look first, all adopted rows are, those without a key by their ids,
and nothing at all is written (`--observe`). Either way the stack's config has the tags, which an adoption wrote there.

Rule: everybody above this module reads and writes tags as on any other router. A comment that would only get its tag
isn't sent; one that changes is sent without it. A row that gets another tag, or another key, carries it from then on.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Final, NamedTuple

import attrs

from wiretik_provider.calls import READ_ONLY, Answer, Command, Row
from wiretik_provider.codecs.base import Bool
from wiretik_provider.errors import ConfigError, InvalidValue, Trap
from wiretik_provider.menus import at
from wiretik_provider.rows import compare, ownership

__all__ = ["OBSERVE", "OBSERVED", "UNSIGNED", "Lens", "Unsigned", "noted", "of_config", "owned", "told", "unsigned"]

UNSIGNED: Final = "wiretik:unsigned"
"""The config that has the tags: by menu and tag the keys of rows, or their ids."""
OBSERVE: Final = "wiretik:observe"
"""The config that says that nothing is written."""

OBSERVED: Final = (
    f"this stack only observes ({OBSERVE}), so nothing is written: `wiretik adopt` signs its rows and ends that"
)
_DONE: Final = Answer((), "", None)


@attrs.frozen
class Unsigned:
    """Which rows carry no tag.

    Attributes:
        tags: by menu and the key or `.id` of a row, its tag.
        observes: nothing is written.
    """

    tags: Mapping[str, Mapping[str, str]] = attrs.field(factory=dict)
    observes: bool = False


def of_config(config: Mapping[str, str]) -> Unsigned:
    """What a stack's config says.

    Raises:
        ConfigError: it can't be read.
    """
    text, asked = config.get(UNSIGNED) or "{}", config.get(OBSERVE) or "false"
    try:
        observes = Bool().parse(asked)
        found = {
            path: {str(name): str(tag) for tag, names in by_tag.items() for name in names}
            for path, by_tag in json.loads(text).items()
        }
    except InvalidValue as error:
        raise ConfigError(f"{OBSERVE}: {error.problem}") from None
    except (AttributeError, TypeError, ValueError):
        raise ConfigError(f"{UNSIGNED} isn't what `wiretik adopt` wrote: run it again") from None
    return Unsigned(found, observes)


def unsigned(
    signatures: Mapping[str, Mapping[str, str]], read: Mapping[str, Mapping[str, Row]], *, observes: bool
) -> tuple[Unsigned, dict[str, dict[str, str]]]:
    """What of an adoption carries no tag, and what is signed all the same.

    Args:
        signatures: by menu and `.id`, the comments with their tags.
        read: the rows as they were read, by menu and `.id`.
        observes: nothing is signed; else what has no natural key is.
    """
    tags: dict[str, dict[str, str]] = {}
    left: dict[str, dict[str, str]] = {}
    for path, comments in signatures.items():
        menu = at(path)
        for row_id, comment in comments.items():
            tag = ownership.split(comment)[1]
            name = compare.key(menu, read[path][row_id]) if menu and menu.key else row_id if observes else ""
            if name and tag:
                tags.setdefault(path, {})[name] = str(tag)
            else:
                left.setdefault(path, {})[row_id] = comment
    return Unsigned(tags, observes), left


def noted(found: Unsigned) -> dict[str, dict[str, list[str]]]:
    """Tags as the config has them."""
    told: dict[str, dict[str, list[str]]] = {}
    for path, tags in found.tags.items():
        for name, tag in tags.items():
            told.setdefault(path, {}).setdefault(tag, []).append(name)
    return told


def owned(found: Unsigned, tags: Collection[str]) -> Unsigned:
    """The same rows at the end of their trial.

    Args:
        found: which rows carry no tag.
        tags: the twelve digits of the resources whose trial ended.
    """
    return attrs.evolve(
        found,
        tags={path: {name: _owned(tag, tags) for name, tag in names.items()} for path, names in found.tags.items()},
    )


def _owned(text: str, tags: Collection[str]) -> str:
    tag = ownership.split(text)[1]
    return str(tag._replace(adopted=False)) if tag and tag.owner in tags else text


def told(found: Unsigned) -> dict[str, str]:
    """What the config says of them, as text."""
    text = {UNSIGNED: json.dumps(noted(found))} if found.tags else {}
    return {**text, **({OBSERVE: "true"} if found.observes else {})}


class _Seen(NamedTuple):
    text: str
    tag: str


class Lens:
    """What a session's answers are seen through, and its commands.

    Args:
        found: which rows carry no tag.
        label: the router, in errors.
    """

    def __init__(self, found: Unsigned, label: str) -> None:
        self._found, self._label = found, label
        self._seen: dict[str, dict[str, _Seen]] = {}

    def shown(self, command: Command, answer: Answer) -> Answer:
        """An answer with the tags that the router's rows don't carry."""
        tags = self._found.tags.get(command.path)
        if not tags or command.verb != "print" or answer.trap:
            return answer
        return answer._replace(rows=[self._row(command.path, tags, row) for row in answer.rows])

    def ids(self, path: str) -> Collection[str]:
        """The rows of a menu that carry no tag, as far as they were shown."""
        return self._seen.get(path, {}).keys()

    def _row(self, path: str, tags: Mapping[str, str], row: Row) -> Row:
        menu, text = at(path), row.get("comment", "")
        known = self._seen.setdefault(path, {})
        known.pop(row.get(".id", ""), None)
        if menu is None or ownership.split(text)[1] is not None or row.get("dynamic") == "true":
            return row
        tag = tags.get(row.get(".id", "")) or (tags.get(compare.key(menu, row)) if menu.key else None)
        if not tag:
            return row
        known[row.get(".id", "")] = _Seen(text, tag)
        return {**row, "comment": f"{text} {tag}" if text else tag}

    def sent(self, command: Command) -> Command | Answer:
        """A command without the tags that stay here; its answer, where it is done without being sent."""
        if command.verb in READ_ONLY:
            return command
        found = self._without_tags(command) if command.verb == "set" else command
        if isinstance(found, Command) and self._found.observes:
            return Answer((), "", Trap(self._label, command.path, command.verb, OBSERVED))
        return found

    def _without_tags(self, command: Command) -> Command | Answer:
        said = dict(_attributes(command))
        comment = said.pop("comment", "" if said.pop("!comment", None) is not None else None)
        rows = [self._seen.get(command.path, {}).get(one) for one in said.pop(".id", "").split(",")]
        known = [row for row in rows if row]
        menu = at(command.path)
        if comment is None or menu is None or len(known) < len(rows) or set(menu.key) & said.keys():
            return command
        text, tag = ownership.split(comment)
        if tag and any(str(tag) != row.tag for row in known):
            return command
        same = all(row.text == text for row in known)
        if same and not said:
            return _DONE
        words = [word for word in command.words if not word.startswith(("=comment=", "=!comment="))]
        return command._replace(words=(*words, *([] if same else [f"=comment={text}"])))


def _attributes(command: Command) -> Iterator[tuple[str, str]]:
    for word in command.words:
        name, _, value = word.removeprefix("=").partition("=")
        yield name, value
