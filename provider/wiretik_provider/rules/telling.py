"""Edits as a router takes them and as people read them: the rows that one is about, removes in one command, words.

Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wiretik_provider.rules.safe_order import Add, Edit, Remove

__all__ = ["in_words", "rows_of", "together"]


def together(wave: Sequence[Edit]) -> list[Remove]:
    """The removes of a wave as one, since the router takes many ids in one sentence and removes them in that order."""
    gone = [edit.id for edit in wave if isinstance(edit, Remove)]
    return [Remove(",".join(gone))] if gone else []


def rows_of(edit: Edit) -> list[str]:
    """The rows that an edit is about; a row to be added goes by its name."""
    return [f"+{edit.name}"] if isinstance(edit, Add) else edit.id.split(",")


def in_words(edit: Edit, names: Mapping[str, str]) -> str:
    """An edit in an error; `names` are those of rows by their `.id`."""
    rules = [names.get(row_id) or f"rule {row_id.removeprefix('+')}" for row_id in rows_of(edit)]
    return f"{type(edit).__name__.lower()} {' and '.join(rules)}"
