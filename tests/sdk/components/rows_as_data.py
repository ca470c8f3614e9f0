"""The rows that a program made on a router, as text for people to review: by menu, in the router's order."""

import itertools

from wiretik_provider.rows import ownership

ORDERED = (
    *(f"{family}/firewall/{kind}" for family in ("/ip", "/ipv6") for kind in ("filter", "mangle", "nat")),
    "/routing/rule",
)


def keys_of(routers, resources):
    """What stands for keys that routers and the program made: whose they are."""
    by_routers = {
        row["public-key"]: f"the key of {name} {row['name']}".replace("  ", " ")
        for name, router in routers.items()
        for row in router.run("/interface/wireguard/print")
    }
    by_program = {
        one.outputs["public_key"]: f"the key of {one.urn.rpartition('::')[2]}"
        for one in resources
        if one.type.endswith(":WireGuardKey")
    }
    return by_routers | by_program


def made(router, before, keys):
    """By menu, what wasn't there before; and of ordered menus each chain's order, others' rows by their comments.

    Rules of the firewall that are made at one time may stand in any order between two of others', so there they are
    sorted; routing rules say where they stand.
    """
    found = {}
    for path, rows in router.snapshot().items():
        kept = [row for row in rows if row not in before.get(path, ())]
        if kept:
            found[path] = {
                "rows": sorted((_shown(path, row, keys) for row in kept), key=lambda row: sorted(row.items()))
            }
            if path in ORDERED:
                found[path]["order"] = list(_order(rows, kept))
    return found


def _order(rows, kept):
    for chain, inside in itertools.groupby(sorted(rows, key=_chain), key=_chain):
        for own, run in itertools.groupby(inside, key=lambda row: row in kept):
            yield from (
                f"{chain}: {text}"
                for text in (sorted(map(_comment, run)) if own and chain != "rule" else map(_comment, run))
            )


def _chain(row):
    return row.get("chain", "rule")


def _shown(path, row, keys):
    """A row as the program wants it, without what it can't choose."""
    chosen = {".id", "private-key", "creation-time"} | (
        {"public-key", "listen-port"} if path == "/interface" else set()
    )
    shown = {key: value for key, value in row.items() if key not in chosen}
    return {name: _without(keys, text) for name, text in shown.items()} | {"comment": _comment(row)}


def _without(keys, text):
    """A text with what stands for the keys in it, as a script has them."""
    for key, said in keys.items():
        text = text.replace(key, said)
    return text


def _comment(row):
    return ownership.split(row.get("comment", ""))[0]


def as_toml(rows):
    """By router and menu, one table for each row."""
    lines = ["# Written by tests/sdk/components/test_examples.py; see there."]
    for router, menus in rows.items():
        for path, found in menus.items():
            where = f'"{router} {path}"' if router else f'"{path}"'
            if "order" in found:
                lines += ["", f"[{where}]", "order = ["]
                lines += [f"    {_text(one)}," for one in found["order"]]
                lines += ["]"]
            for row in found["rows"]:
                lines += ["", f"[[{where}.rows]]"]
                lines += [f"{key} = {_text(value)}" for key, value in sorted(row.items())]
    return "\n".join(lines) + "\n"


def _text(value):
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
