"""Components that take over what somebody made by hand: signed, called as they were found, and given back."""

import contextlib
import json
import pathlib
import re

import pytest

from at_length import rounds
from deploying import PASSWORD, cipher, reach
from wiretik.engine import Stack
from wiretik.engine.processes import program, provider
from wiretik_provider.api.link import close_all
from wiretik_provider.rows import ownership
from wiretik_provider.simulator import serve

KEY = "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk="
ROOT = pathlib.Path(__file__).parents[3]
ONE = ("",)
TWO = ("berlin", "lisbon")
EVERY = {
    "relay": ONE,
    "site-to-site": TWO,
    "mesh": TWO,
    "road-warriors": ONE,
    "always-on": ONE,
    "home": ONE,
    "split-tunnel": ONE,
    "two-tunnels": ONE,
    "forwarded-ports": ONE,
    "selective-vpn": ONE,
    "backup-vpn": ONE,
    "two-wans": ONE,
    "routed-mesh": ("berlin", "lisbon", "porto"),
}
EXAMPLES = [*EVERY][: rounds(1, len(EVERY))]
ARGS = re.compile(r"(wt\.(?:Tunnel|RelayMesh|AlwaysOnVpn)Args\()(\s*)(\"[\w-]+\")")
NAMED = re.compile(r"(wt\.(?:SiteToSite|SiteMesh|RoadWarriors)Args\()")
MESH = """
import wiretik as wt

wt.SiteMesh("net", wt.SiteMeshArgs(sites=[
    wt.SiteEnd("berlin", lan=wt.Lan("bridge", "192.168.88.0/24"), address="10.255.0.1/24",
               endpoint="berlin.example.com:51820"),
    wt.SiteEnd("lisbon", lan=wt.Lan("bridge", "192.168.89.0/24"), address="10.255.0.2/24",
               endpoint="lisbon.example.com:51820"),
]))
"""
PROJECT = "name: mesh\nruntime: python\n"


def _run(stack, operation, **options):
    try:
        return getattr(stack, operation)(**options).check()
    finally:
        close_all()


def _stack(tmp_path, labs, example, name):
    folder = tmp_path / name
    folder.mkdir()
    source = ROOT / "examples" / example
    files = {file.name: file.read_text() for file in source.glob("Pulumi*.yaml")} or {"Pulumi.yaml": PROJECT}
    for file, content in files.items():
        (folder / file).write_text(content)
    text = (source / "__main__.py").read_text() if source.is_dir() else MESH
    text = re.sub(r"(?m)^wt.NatRule.*\n", "", text)  # home's row besides its site
    text = re.sub(r"\bkey\.private_key", f'"{KEY}"', text)  # one that is made anew is another peer's
    (folder / "__main__.py").write_text(_adopting(text) if name == "mine" else text)
    (first, *_) = labs.values()
    alone = {f"wiretik:{key}": value if isinstance(value, str) else json.dumps(value) for key, value in first.items()}
    config = alone if len(labs) == 1 else {"wiretik:routers": json.dumps(labs)}
    config[f"{example}:phone-private-key"] = KEY
    options = {"host": provider.in_process, "runner": program.inline(), "passphrase": "unused", "config": config}
    stack = Stack(folder, "lab", backend=folder / "state", **options)
    stack._crypter = cipher()
    return stack


def _adopting(text):
    """A program whose components take over what is there: a whole `Site`, or each component."""
    if "wt.SiteArgs(" in text:
        return text.replace("wt.SiteArgs(", "wt.SiteArgs(adopt=True, ")
    return NAMED.sub(r"\1adopt=True, ", ARGS.sub(r"\1\2adopt=True, interface=\3", text))


def _by_hand(router):
    """Makes all that is signed somebody's: without tags, under other names."""
    count = 0
    for path, rows in router.snapshot().items():
        for row in rows:
            if ownership.split(row.get("comment", ""))[1]:
                count += 1
                router.run(f"{path}/set", id=row[".id"], comment=f"mine {count}" if count % 3 else "")
                if path.endswith("peers"):
                    router.run(f"{path}/set", id=row[".id"], name=f"friend {count}")
    return count


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_component_that_adopts_signs_the_rows_that_it_would_make_and_leaves_what_they_are_called(example, tmp_path):
    with contextlib.ExitStack() as closing:
        labs = {
            name: closing.enter_context(serve(profile="defconf", tls=False, password=PASSWORD, serial=f"SN{at:09}"))
            for at, name in enumerate(EVERY[example])
        }
        reached = {name: {**reach(lab), "password": PASSWORD} for name, lab in labs.items()}
        for at, lab in enumerate([*labs.values()][1:], 89):
            lab.router.run("/ip/address/set", numbers="*1", address=f"192.168.{at}.1/24")
        _run(_stack(tmp_path, reached, example, "theirs"), "up")
        count = sum(_by_hand(lab.router) for lab in labs.values())
        before = {name: lab.router.snapshot() for name, lab in labs.items()}
        stack = _stack(tmp_path, reached, example, "mine")
        for lab in labs.values():
            lab.reset_stats()

        _run(stack, "up")

        adopted = 0
        for name, lab in labs.items():
            writes = {verb for verbs in lab.stats().commands.values() for verb in verbs} - {"print", "login"}
            assert writes <= {"set", "move"}  # a rule that stands behind one that isn't signed yet is put before it
            after = lab.router.snapshot()
            plain = {path: [_untagged(row) for row in rows] for path, rows in after.items()}
            assert _sorted(plain) == _sorted(before[name])
            tags = [ownership.split(row.get("comment", ""))[1] for rows in after.values() for row in rows]
            adopted += sum(bool(tag and tag.adopted) for tag in tags)
        assert adopted == count
        again = _run(stack, "preview", refresh=True)
        assert not again.changed
        _run(stack, "destroy")
        assert {name: _sorted(lab.router.snapshot()) for name, lab in labs.items()} == {
            name: _sorted(rows) for name, rows in before.items()
        }


def _sorted(rows):
    return {path: sorted(some, key=lambda row: row[".id"]) for path, some in rows.items()}


def _untagged(row):
    text = ownership.split(row.get("comment", ""))[0]
    rest = {name: value for name, value in row.items() if name != "comment"}
    return {**rest, "comment": text} if text else rest
