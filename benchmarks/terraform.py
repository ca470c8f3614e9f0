"""Rows of a router as resources of terraform-routeros: the same rows, by the main peer.

Each row is a resource with what the row says, and what the provider's schema requires besides; a value that is the name
of another row is a reference to it, as a user writes it. Rules are without their order: the provider keeps one by
further resources.
"""

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from wiretik_provider.rows import ownership

__all__ = ["Peer", "as_wanted", "says"]

Row = Mapping[str, str]

TYPES: Final = {
    "/interface": "routeros_interface_wireguard",
    "/interface/wireguard/peers": "routeros_interface_wireguard_peer",
    "/interface/list": "routeros_interface_list",
    "/interface/list/member": "routeros_interface_list_member",
    "/ip/address": "routeros_ip_address",
    "/ip/route": "routeros_ip_route",
    "/ip/firewall/address-list": "routeros_ip_firewall_addr_list",
    "/ip/firewall/filter": "routeros_ip_firewall_filter",
    "/ip/firewall/mangle": "routeros_ip_firewall_mangle",
    "/ip/firewall/nat": "routeros_ip_firewall_nat",
    "/ipv6/address": "routeros_ipv6_address",
    "/ipv6/route": "routeros_ipv6_route",
    "/ipv6/firewall/address-list": "routeros_ipv6_firewall_addr_list",
    "/ipv6/firewall/filter": "routeros_ipv6_firewall_filter",
    "/ipv6/firewall/mangle": "routeros_ipv6_firewall_mangle",
    "/ipv6/firewall/nat": "routeros_ipv6_firewall_nat",
    "/routing/rule": "routeros_routing_rule",
    "/routing/table": "routeros_routing_table",
}
"""By menus as the embedded router keeps its rows, where interfaces of all kinds are in one."""
_HEAD: Final = """terraform {
  required_providers {
    routeros = { source = "terraform-routeros/routeros" }
  }
}
"""
_ROUTERS_OWN: Final = {".id", "private-key", "public-key", "network", "listen-port", "creation-time", "running"}
"""What a program doesn't say of a row; a peer's public key it does."""
_SENT_ALWAYS: Final = ("address-list-timeout", "none-dynamic")
"""What the peer says of mangle rules that put nothing into a list."""
_OTHERWISE: Final = {"responder": "is_responder"}
"""Attributes that aren't called as the router's properties are."""
_DEFAULTS: Final = {"action": "accept", "dst_address": "::/0"}
"""What the schema requires of a row that doesn't say it, since it is RouterOS's own default."""


def as_wanted(path: str, row: Row) -> dict[str, str]:
    """A row as its program wants it, whoever made it: without our tag and without what the router chooses."""
    hidden = _ROUTERS_OWN - ({"public-key"} if path.endswith("/peers") else set())
    said = {name: value for name, value in row.items() if name not in hidden and (name, value) != _SENT_ALWAYS}
    return said | {"comment": ownership.split(row.get("comment", ""))[0]}


def says(path: str, row: Row) -> bool:
    """Whether there is a resource for a row; a route takes a gateway there, which a blackhole hasn't."""
    return path in TYPES and not (path.endswith("/route") and "gateway" not in row)


@frozen
class Peer:
    """The peer's tool, which is `tofu` or `terraform`, with its provider."""

    tool: str
    provider: Path
    folder: Path
    address: str
    password: str

    @property
    def environment(self) -> dict[str, str]:
        """Of its commands."""
        return {
            "PATH": "/usr/bin:/bin",
            "HOME": str(self.folder),
            "TF_CLI_CONFIG_FILE": str(self.folder / "terraform.rc"),
            "ROS_HOSTURL": self.address,
            "ROS_USERNAME": "admin",
            "ROS_PASSWORD": self.password,
            "ROS_INSECURE": "true",
        }

    def write(self, rows: Mapping[str, Sequence[Row]]) -> None:
        """Write the configuration that makes these rows."""
        overrides = f'dev_overrides {{ "terraform-routeros/routeros" = "{self.provider.parent}" }}'
        settings = f"provider_installation {{\n{overrides}\ndirect {{}}\n}}\ndisable_checkpoint = true\n"
        (self.folder / "terraform.rc").write_text(settings)
        (self.folder / "main.tf").write_text(_HEAD)
        schema = self._schema()
        names = {row["name"]: f"{TYPES[path]}.{_label(path, at)}.name" for path, at, row in _each(rows, "name")}
        texts = [_resource(schema[TYPES[path]], path, at, row, names) for path, at, row in _each(rows)]
        (self.folder / "main.tf").write_text("\n".join([_HEAD, *texts]))

    def _schema(self) -> dict[str, Any]:
        """The provider's own, by the resources' types."""
        words = [self.tool, "providers", "schema", "-json"]
        done = subprocess.run(words, cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"{' '.join(words)}: {done.stdout}{done.stderr}")
        (only,) = json.loads(done.stdout)["provider_schemas"].values()
        return {name: one["block"]["attributes"] for name, one in only["resource_schemas"].items()}


def _each(rows: Mapping[str, Sequence[Row]], having: str = "") -> Iterator[tuple[str, int, Row]]:
    for path, there in rows.items():
        yield from ((path, at, row) for at, row in enumerate(there) if not having or having in row)


def _label(path: str, at: int) -> str:
    return f"r{at}_{path.strip('/').replace('/', '_').replace('-', '_')}"


def _resource(schema: Mapping[str, Any], path: str, at: int, row: Row, names: Mapping[str, str]) -> str:
    plain = {name.replace("-", "_"): value for name, value in row.items()}
    said = {_OTHERWISE.get(name, name): value for name, value in plain.items()}
    said |= {name: _DEFAULTS[name] for name, one in schema.items() if one.get("required") and name not in said}
    lines = [f'resource "{TYPES[path]}" "{_label(path, at)}" {{']
    lines += [
        f"  {name} = {names[value] if name != 'name' and value in names else _value(schema[name]['type'], value)}"
        for name, value in said.items()
        if name in schema and (schema[name].get("optional") or schema[name].get("required"))
    ]
    return "\n".join([*lines, "}\n"])


def _value(kind: object, value: str) -> str:
    """A value as the provider's type has it; a flag that is only there is a yes."""
    if kind == "bool":
        return "false" if value in ("false", "no") else "true"
    if kind == "number":
        return value
    return json.dumps(value.split(",") if isinstance(kind, list) else value)
