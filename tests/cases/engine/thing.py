"""The provider of the conformance programs: things are files in the directory `world` beside the program.

`label` names the file and is the id; another `key` replaces the thing, `first` deletes it before; `bad` fails check,
`fails` fails create. `serial` and `hidden` are computed.
"""

import json
import pathlib
from typing import Any

import pulumi
from pulumi.dynamic import (
    CheckFailure,
    CheckResult,
    CreateResult,
    DiffResult,
    ReadResult,
    Resource,
    ResourceProvider,
    UpdateResult,
)

WORLD = pathlib.Path("world")


def outputs(props: dict[str, Any]) -> dict[str, Any]:
    return {**props, "serial": f"serial of {props['label']}", "hidden": f"hidden in {props['label']}"}


def keep(props: dict[str, Any]) -> dict[str, Any]:
    WORLD.mkdir(exist_ok=True)
    kept = {key: value for key, value in props.items() if key != "__provider"}
    (WORLD / f"{props['label']}.json").write_text(json.dumps(kept))
    return outputs(props)


class ThingProvider(ResourceProvider):
    serialize_as_secret_always = False

    def check(self, olds: dict[str, Any], news: dict[str, Any]) -> CheckResult:
        failures = (
            [CheckFailure("bad", "must not be bad"), CheckFailure("label", "is spoilt")] if news.get("bad") else []
        )
        return CheckResult({"size": 1, **news}, failures)

    def diff(self, id_: str, olds: dict[str, Any], news: dict[str, Any]) -> DiffResult:
        def known(value: object) -> bool:
            return not isinstance(value, pulumi.output.Unknown)

        replaces = [key for key in ("key", "label") if not known(news.get(key)) or olds.get(key) != news.get(key)]
        return DiffResult(changes=None, replaces=replaces, delete_before_replace=bool(news.get("first")))

    def create(self, props: dict[str, Any]) -> CreateResult:
        if props.get("fails"):
            raise ValueError(f"cannot make {props['label']}")
        return CreateResult(props["label"], keep(props))

    def update(self, id_: str, olds: dict[str, Any], news: dict[str, Any]) -> UpdateResult:
        return UpdateResult(keep(news))

    def delete(self, id_: str, props: dict[str, Any]) -> None:
        if props.get("sticks"):
            raise ValueError(f"cannot delete {id_}")
        (WORLD / f"{id_}.json").unlink(missing_ok=True)

    def read(self, id_: str, props: dict[str, Any]) -> ReadResult:
        file = WORLD / f"{id_}.json"
        if not file.exists():
            return ReadResult(None, {})
        found = json.loads(file.read_text())
        return ReadResult(id_, outputs(found), found)


class Thing(Resource, module="test", name="Thing"):
    label: pulumi.Output[str]
    size: pulumi.Output[int]
    key: pulumi.Output[str]
    serial: pulumi.Output[str]
    hidden: pulumi.Output[str]
    data: pulumi.Output[Any]

    def __init__(self, name: str, opts: pulumi.ResourceOptions | None = None, **props: Any) -> None:
        computed = {"serial": None, "hidden": None}
        super().__init__(ThingProvider(), name, {"label": name, **props, **computed}, opts)
