"""Each public name has an example in the reference, and each of them runs as it stands there."""

import ast
import builtins
import functools
import os
import pathlib
import re
import shutil
import subprocess
import sys
import textwrap

import pytest
from pulumi.runtime import config

import wiretik as wt
from at_length import LONG
from mocked import Registered, run
from tools import reference
from tools.reference_examples import BEFORE, EXAMPLES

CONF = """[Interface]
PrivateKey = 2Lz5EhVbE5v0Qc1Jg8hXXB3xq0dJj5g5tq3YVbQ2U0E=
Address = 10.8.0.2/32
DNS = 10.8.1.1

[Peer]
PublicKey = U0VSVkVSMV9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4=
Endpoint = vpn.example.com:51820
AllowedIPs = 0.0.0.0/0
"""
ROUTERS = '{"berlin": {"host": "192.0.2.1"}, "lisbon": {"host": "192.0.2.2"}, "porto": {"host": "192.0.2.3"}}'
CONFIG = {
    "site:vpn-conf": CONF,
    "site:backup-conf": CONF.replace("10.8.", "10.9."),
    "site:wifi": "a word for guests",
    "site:office-key": BEFORE["OFFICE"].strip('"'),
}


@functools.cache
def shown():
    """The examples on the pages, by the name whose entry has them."""
    found = {}
    for text in reference.pages().values():
        for entry in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
            name, _, body = entry.partition("\n")
            part = re.search(r"^\*\*Example\*\*\n+```python\n(.*?)^```$", body, re.DOTALL | re.MULTILINE)
            found[name] = part[1] if part else ""
    return found


def leant_on(text):
    """The names that a piece of Python uses and doesn't make."""
    parts = [*ast.walk(ast.parse(text))]
    names = [part for part in parts if isinstance(part, ast.Name)]
    made = {part.id for part in names if isinstance(part.ctx, ast.Store)}
    made |= {part.name for part in parts if isinstance(part, ast.ExceptHandler | ast.FunctionDef)}
    imports = [one for part in parts if isinstance(part, ast.Import) for one in part.names]
    made |= {one.asname or one.name.partition(".")[0] for one in imports}
    return {part.id for part in names} - made - {*dir(builtins)}


def program(text):
    """An example as a program: what it uses of `BEFORE`, and its own lines."""
    used = leant_on(text)
    before = "".join(f"{name} = {as_}\n" for name, as_ in BEFORE.items() if name in used)
    return f"import pulumi\n\nimport wiretik as wt\n\n{before}{text}"


class Quiet(Registered):
    """Answers as a provider does, in which a list of states is one text."""

    def new_resource(self, args):
        key = BEFORE["OFFICE"].strip('"')
        facts = {"name": "lisbon", "public_key": key, "address": "10.255.0.2/30", "lan": ["192.168.89.0/24"]}
        facts["endpoint"] = "lisbon.example.com:51820"
        states = ",".join(args.inputs.get("connection_state", ()))
        outputs = {"public_key": key, "private_key": key, "outputs": {"facts": facts}, "name": args.name}
        return f"{args.name}-id", {**args.inputs, **outputs, "connection_state": states}


def played(text):
    several = {"wiretik:routers": ROUTERS} if re.search(r"berlin|cabin", text) else {}

    def deploy():
        config.set_all_config({**CONFIG, **several}, [])
        exec(compile(program(text), "example", "exec"), {"__name__": "__main__"})

    run(deploy, Quiet())


def test_each_public_name_has_an_example():
    assert [name for name in wt.__all__ if not shown()[name].strip()] == []


def test_an_example_leans_on_nothing_that_nobody_knows():
    assert {name: left for name, text in shown().items() if (left := leant_on(program(text)))} == {}


def test_no_example_is_written_twice():
    own = {name for name in wt.__all__ if "Example:" in (getattr(wt, name).__doc__ or "")}

    assert own & EXAMPLES.keys() == set()


PACKED = "Probe"
"""Its example packs a function, and how dill does that hangs on all that the process has loaded."""


@pytest.mark.parametrize(
    "name", [name for name in wt.__all__ if (LONG and name != PACKED) or name in ("Peer", "SiteArgs", "Position")]
)
def test_an_example_runs(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "blocked.txt").write_text("198.51.100.7  # guesses passwords\n", encoding="utf-8")
    played(textwrap.dedent(shown()[name]))


@pytest.mark.skipif(not LONG, reason="at length")
def test_an_example_that_packs_a_function_runs_in_a_process_of_its_own_as_a_program_does():
    module, folder = pathlib.Path(__file__).stem, pathlib.Path(__file__).parent
    code = f"import textwrap, {module} as it; it.played(textwrap.dedent(it.shown()[{PACKED!r}])); print('played')"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(folder), *sys.path])}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (0, "played\n"), done.stderr


@pytest.mark.timeout(300)
@pytest.mark.skipif(not LONG, reason="at length")
def test_a_type_checker_finds_nothing_wrong_in_an_example(tmp_path):
    bodies = "".join(
        f"\n\ndef {name.lower()}_():\n{textwrap.indent(program(shown()[name]), '    ')}" for name in wt.__all__
    )
    (tmp_path / "examples.py").write_text(bodies, encoding="utf-8")
    told = subprocess.run(
        [shutil.which("pyright", path=f"{sys.prefix}/bin") or "pyright", "--pythonpath", sys.executable, tmp_path],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip

    assert told.returncode == 0, told.stdout + told.stderr
