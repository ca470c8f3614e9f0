"""Examples as patients: deployed once, copied by their export, alive as if their tunnels were at work, then broken."""

import datetime as dt
import functools
import pathlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import yaml

from wiretik.testing import deployed
from wiretik_provider.doctor import Patient
from wiretik_provider.doctor.patient import is_host
from wiretik_provider.simulator.router import Router
from wiretik_provider.trace import Snapshot

ROOT = pathlib.Path(__file__).parents[3]
TWO = {"berlin": "defconf", "lisbon": "defconf"}
ROUTERS = {"bridged-lan": TWO, "site-to-site": TWO, "routed-mesh": {**TWO, "porto": "defconf"}}
GROUNDS = {
    # All labs are factory routers; each other site's LAN is the one that the example says, or the same.
    (example, name): [("/ip/address", {"interface": "bridge"}, {"address": f"192.168.{88 + at}.1/24"})]
    for example, names in ROUTERS.items()
    for at, name in enumerate(names)
    if at and example != "bridged-lan"
}
NOW = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)
CLOCK = {
    "/system/clock": [{"date": "2026-11-22", "time": "12:00:07"}],
    "/system/ntp/client": [{"enabled": "true"}],
}
DEVICES = "/interface/wireguard"
PEERS = "/interface/wireguard/peers"
MANGLE = "/ip/firewall/mangle"


def config_of(folder: pathlib.Path) -> dict[str, str]:
    """An example's own config for the lab."""
    settings = yaml.safe_load((folder / "Pulumi.lab.yaml").read_text())["config"]
    return {key: str(value) for key, value in settings.items() if not key.startswith("wiretik:")}


@functools.cache
def exports(example: str) -> Mapping[str, str]:
    """An example's routers after `up`, as their exports; what the gate says of it is for other tests."""
    folder = ROOT / "examples" / example
    config = {**config_of(folder), "wiretik:offline": "true"}
    with deployed(folder, config=config, routers=ROUTERS.get(example), tls=False) as site:
        for name, lab in site.routers.items():
            for path, wanted, new in GROUNDS.get((example, name), ()):
                lab.router.run(f"{path}/set", id=find(lab.router, path, wanted), **new)
        result = site.up()
        assert result.ok, result.errors
        return {name: lab.router.export(show_sensitive=True) for name, lab in site.routers.items()}


def alive(router: Router) -> None:
    """Sessions that are fresh, names that are resolved, rules that count."""
    for number, row in enumerate(router.table(PEERS), 1):
        calls = row.values.get("endpoint-address", "")
        here = calls if calls and is_host(calls) else f"198.51.100.{number}"
        port = row.values.get("endpoint-port", "0")
        row.facts |= {
            "last-handshake": "42s",
            "current-endpoint-address": here,
            "current-endpoint-port": port if port != "0" else "40000",
            "rx": "123456",
            "tx": "123456",
        }
    for row in router.table(MANGLE):
        row.facts |= {"packets": "1000", "bytes": "100000"}


def copies(example: str) -> dict[str, Router]:
    """The example's routers anew, nothing shared with any other copy."""
    found = {}
    for name, text in exports(example).items():
        router = Router("none", serial=f"{example}-{name}")
        router.load(text)
        alive(router)
        found[name] = router
    return found


def patients(routers: Mapping[str, Router], *, live: bool = True, **more: Sequence[Mapping[str, str]]) -> list[Patient]:
    """What the doctor gets to see of routers."""
    return [
        Patient(Snapshot({**_rows(router), **CLOCK, **more}, {}, name), live=live, now=NOW)
        for name, router in routers.items()
    ]


def _rows(router: Router) -> dict[str, Any]:
    return {path: router.rows(path) for path in Patient.MENUS if path in router.menus}


def find(router: Router, path: str, wanted: Mapping[str, str]) -> str:
    """The id of the one row that has these values; a comment by its beginning."""
    found = [
        row[".id"]
        for row in router.rows(path)
        if all(
            row.get(name, "").startswith(text) if name == "comment" else row.get(name) == text
            for name, text in wanted.items()
        )
    ]
    assert found, f"{path} has no row with {wanted}"
    return found[0]


def hurt(routers: Mapping[str, Router], steps: Iterable[Mapping[str, Any]]) -> None:
    """Breaks routers: each step has `at`, a command's last word and what it takes.

    `facts` changes what the router itself says of a row.
    """
    for step in steps:
        router = routers[step["router"]] if "router" in step else next(iter(routers.values()))
        path, verb = step["menu"], step["do"]
        given = {name: str(value) for name, value in step.get("with", {}).items()}
        if verb == "add":
            router.run(f"{path}/add", **given)
            continue
        if "row" not in step:
            router.run(f"{path}/{verb}", **given)
            continue
        row = find(router, path, step["row"])
        if verb == "facts":
            told = router.table(path).get(int(row[1:], 16))
            assert told is not None
            told.facts.update(given)
        elif verb == "move":
            before = find(router, path, step["before"]) if "before" in step else ""
            router.run(f"{path}/move", numbers=row, **({"destination": before} if before else {}))
        else:
            router.run(f"{path}/{verb}", id=row, **given)


def swap_keys(routers: Mapping[str, Router], case: Mapping[str, Any]) -> None:
    """Keys in wrong places: `copied_key` gives two routers one, `own_key` makes a router its own peer.

    `key_twice` is what a router refuses today, so it is put there past its commands; so is an interface that is `down`.
    """
    first = next(iter(routers.values()))
    if copied := case.get("copied_key"):
        source, target = routers[copied["from"]], routers[copied["to"]]
        key = next(row["private-key"] for row in source.rows(DEVICES) if row["name"] == copied["interface"])
        target.run(f"{DEVICES}/set", id=find(target, DEVICES, {"name": copied["interface"]}), **{"private-key": key})
    if own := case.get("own_key"):
        key = next(row["public-key"] for row in first.rows(DEVICES) if row["name"] == own["interface"])
        first.run(f"{PEERS}/set", id=find(first, PEERS, {"comment": own["peer"]}), **{"public-key": key})
    if device := case.get("key_twice"):
        rows = [row for row in first.table(PEERS) if row.values["interface"] == device]
        rows[1].values["public-key"] = rows[0].values["public-key"]
    if device := case.get("down"):
        first.table("/interface").names[device].facts["link"] = "down"
        first.network.changed()
