"""The rehearsal: the program runs on a twin of the router in memory, and may do nothing but sign rows there.

Rule: nothing has been written to the router by then, and nothing is but what was rehearsed.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import attrs

from wiretik.engine import Result, Secret, Stack
from wiretik_provider.adopt.others import is_signed
from wiretik_provider.adopt.program import Made
from wiretik_provider.api.access import ADOPTING
from wiretik_provider.menus import MENUS
from wiretik_provider.rows import ownership
from wiretik_provider.simulator import Lab, Router, serve

__all__ = ["Looked", "Rehearsed", "Runs", "judged", "looked", "reach_twin", "rehearse", "signing"]

Row = Mapping[str, str]
Signatures = Mapping[str, Mapping[str, str]]
"""By menu and `.id`, the comments of rows that were signed."""


@attrs.frozen
class Runs:
    """How program and provider run: in processes of their own, or in this one for tests."""

    options: Mapping[str, Any] = attrs.field(factory=dict)


@attrs.frozen
class Rehearsed:
    """What a rehearsal came to.

    Attributes:
        ok: everything went well.
        errors: what didn't, each a line.
        refused: by type and logical name of a resource, why it couldn't be.
        signatures: what was written, by the rows' ids on the router.
        tagged: by menu, the rows that carry a tag.
        gate: what the gate says, without the router.
        result: of the deployment.
    """

    ok: bool
    errors: tuple[str, ...]
    refused: Mapping[tuple[str, str], str]
    signatures: Signatures
    tagged: Mapping[str, Collection[str]]
    gate: tuple[str, ...]
    result: Result

    def unsigned(self, made: Sequence[Made]) -> list[Made]:
        """The rows that should carry a tag and don't."""
        return [one for one in made if one.signed and one.id not in self.tagged.get(one.path, ())]

    def rows_in_the_way(self, made: Sequence[Made]) -> dict[str, dict[str, str]]:
        """By menu and `.id` on the router, the rows that an error names, and why."""
        found: dict[str, dict[str, str]] = {}
        for one in made:
            if why := self.refused.get((one.kind, one.name)) or self._by_the_gate(one):
                found.setdefault(one.path, {})[one.id] = why
        return found

    def _by_the_gate(self, one: Made) -> str:
        """What the gate says of a row; it begins with its name."""
        name = f"{one.name}.{one.rule}" if one.rule else one.name
        marks = (f"{name}: ", f"{name}.")
        return next((why for why in self.gate if why.startswith(marks)), "")


def reach_twin(lab: Lab, secrets: Mapping[str, str]) -> dict[str, str | Secret]:
    """The config of a program for the router's twin, with the program's own secrets."""
    return {
        "wiretik:host": lab.host,
        "wiretik:port": str(lab.api_port),
        "wiretik:tls": "false",
        "wiretik:username": "admin",
        "wiretik:password": Secret(""),
        **{key: Secret(text) for key, text in secrets.items()},
    }


def rehearse(
    folder: Path,
    stack: str,
    router: Router,
    *,
    secrets: Mapping[str, str],
    ids: Mapping[str, Mapping[str, str]],
    runs: Runs | None = None,
    keeps: bool = False,
) -> Rehearsed:
    """Runs a program on a twin.

    Args:
        folder: the program's, with its Pulumi.yaml.
        stack: the stack's name, which makes its tags.
        router: the twin.
        secrets: the program's config, by keys without a namespace.
        ids: by menu and `.id` on the twin, the `.id` on the router.
        runs: how program and provider run.
        keeps: whether the state is written, for whoever goes on with it; else no step waits for the disk.
    """
    before = looked(router, ids)
    with serve(router, tls=False) as lab:
        config = {**reach_twin(lab, secrets), "wiretik:guard": "false"}
        options = {"passphrase": "rehearsal", **(runs or Runs()).options}
        with signing(elsewhere=True):
            twin = Stack(folder, stack, backend=folder / ".rehearsal", config=config, **options)
            result = twin.up() if keeps else twin.rehearse()
    return judged(router, before, result)


@attrs.frozen
class Looked:
    """A twin before a rehearsal.

    Attributes:
        comments: by menu and `.id`.
        whole: all of its configuration.
        ids: by menu and `.id` on the twin, the `.id` on the router.
    """

    comments: Signatures
    whole: Mapping[str, list[dict[str, str]]]
    ids: Mapping[str, Mapping[str, str]]


def looked(router: Router, ids: Mapping[str, Mapping[str, str]]) -> Looked:
    """Looks at a twin before a rehearsal, and lets us in."""
    _let_in(router)
    return Looked(_comments(router), router.snapshot(), ids)


def judged(router: Router, before: Looked, result: Result) -> Rehearsed:
    """What a rehearsal came to."""
    after, ids = _comments(router), before.ids
    changed = _but_comments(before.whole) != _but_comments(router.snapshot())
    signed = {
        path: {ids[path][key]: text for key, text in rows.items() if before.comments.get(path, {}).get(key) != text}
        for path, rows in after.items()
    }
    errors = [*result.errors, *(["the rehearsal changed more than comments"] if changed else [])]
    return Rehearsed(
        not errors and result.ok,
        tuple(errors),
        _refused(result),
        signed,
        {path: _tagged(rows, ids.get(path, {})) for path, rows in after.items()},
        tuple(_gates(result)),
        result,
    )


@contextmanager
def signing(*, elsewhere: bool = False) -> Iterator[None]:
    """Whatever is deployed meanwhile only signs rows.

    Args:
        elsewhere: not on the user's own router, to which no variable of his may lead.
    """
    kept = {name: os.environ.pop(name) for name in list(os.environ) if elsewhere and name.startswith("WIRETIK_")}
    os.environ[ADOPTING] = "1"
    try:
        yield
    finally:
        del os.environ[ADOPTING]
        os.environ.update(kept)


def _let_in(router: Router) -> None:
    """Opens the API, which the router may have closed to this machine."""
    if "/ip/service" in router.menus:
        router.run("/ip/service/set", numbers="api", disabled="no", address="")


def _tagged(comments: Mapping[str, str], ids: Mapping[str, str]) -> set[str]:
    """The rows that carry a tag, by their ids on the router."""
    return {ids[key] for key, text in comments.items() if key in ids and ownership.split(text)[1]}


def _comments(router: Router) -> dict[str, dict[str, str]]:
    return {
        path: {row[".id"]: row.get("comment", "") for row in router.rows(path) if row.get("dynamic") != "true"}
        for path in router.menus
        if is_signed(path) or (path in MENUS and not MENUS[path].singleton)
    }


def _but_comments(whole: Mapping[str, list[dict[str, str]]]) -> dict[str, list[dict[str, str]]]:
    return {path: [{**row, "comment": ""} for row in rows] for path, rows in whole.items()}


def _refused(result: Result) -> dict[tuple[str, str], str]:
    """By type and name, the resources that an error is about."""
    found: dict[tuple[str, str], str] = {}
    for one in result.diagnostics:
        if one.severity == "error" and one.urn:
            kind, _, name = one.urn.rpartition("::")
            found[kind.rpartition(":")[2], name] = one.message
    return found


def _gates(result: Result) -> Iterator[str]:
    """What a gate says, a line for each row."""
    for one in result.diagnostics:
        if one.severity == "error" and "Preflight::" in one.urn:
            for line in one.message.split("\n"):
                yield line.partition(": ")[2] if line.startswith("router ") else line
