"""Components that take over what somebody made by hand: signed, called as they were found, and given back."""

import pathlib
import re

import pytest

from at_length import rounds
from deploying import PASSWORD, cipher
from wiretik.engine import Stack
from wiretik.engine.processes import program, provider
from wiretik_provider.api.link import close_all
from wiretik_provider.rows import ownership
from wiretik_provider.simulator import serve

KEY = "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk="
ROOT = pathlib.Path(__file__).parents[3]
EVERY = ["relay", "always-on", "home", "split-tunnel", "two-tunnels"]
EXAMPLES = EVERY[: rounds(1, len(EVERY))]
ARGS = re.compile(r"(wt\.(?:Tunnel|RelayMesh|AlwaysOnVpn)Args\()(\s*)(\"[\w-]+\")")


def _run(stack, operation, **options):
    try:
        return getattr(stack, operation)(**options).check()
    finally:
        close_all()


def _stack(tmp_path, lab, example, name):
    folder = tmp_path / name
    folder.mkdir()
    for file in (ROOT / "examples" / example).glob("Pulumi*.yaml"):
        (folder / file.name).write_text(file.read_text())
    text = (ROOT / "examples" / example / "__main__.py").read_text()
    text = re.sub(r"(?m)^wt.NatRule.*\n", "", text)  # home's row besides its site
    (folder / "__main__.py").write_text(_adopting(text) if name == "mine" else text)
    config = {
        "wiretik:host": lab.host,
        "wiretik:port": str(lab.api_port),
        "wiretik:tls": "false",
        "wiretik:username": "admin",
        "wiretik:password": PASSWORD,
        f"{example}:phone-private-key": KEY,
    }
    options = {"host": provider.in_process, "runner": program.inline(), "passphrase": "unused", "config": config}
    stack = Stack(folder, "lab", backend=folder / "state", **options)
    stack._crypter = cipher()
    return stack


def _adopting(text):
    """A program whose components take over what is there: a whole `Site`, or each component."""
    if "wt.SiteArgs(" in text:
        return text.replace("wt.SiteArgs(", "wt.SiteArgs(adopt=True, ")
    return ARGS.sub(r"\1\2adopt=True, interface=\3", text)


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
    with serve(profile="defconf", tls=False, password=PASSWORD) as lab:
        _run(_stack(tmp_path, lab, example, "theirs"), "up")
        count = _by_hand(lab.router)
        before = lab.router.snapshot()
        stack = _stack(tmp_path, lab, example, "mine")
        lab.reset_stats()

        _run(stack, "up")

        writes = {verb for verbs in lab.stats().commands.values() for verb in verbs} - {"print", "login"}
        assert writes <= {"set", "move"}  # a rule that stands behind one that isn't signed yet is put before it
        after = lab.router.snapshot()
        assert _sorted({path: [_untagged(row) for row in rows] for path, rows in after.items()}) == _sorted(before)
        tags = [ownership.split(row.get("comment", ""))[1] for rows in after.values() for row in rows]
        assert sum(bool(tag and tag.adopted) for tag in tags) == count
        again = _run(stack, "preview", refresh=True)
        assert not again.changed
        _run(stack, "destroy")
        assert _sorted(lab.router.snapshot()) == _sorted(before)


def _sorted(rows):
    return {path: sorted(some, key=lambda row: row[".id"]) for path, some in rows.items()}


def _untagged(row):
    text = ownership.split(row.get("comment", ""))[0]
    rest = {name: value for name, value in row.items() if name != "comment"}
    return {**rest, "comment": text} if text else rest
