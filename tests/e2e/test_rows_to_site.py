"""docs/rows-to-site.md to the letter, and that what the gate prints of resources that moved can be pasted."""

import contextlib
import io
import re
from pathlib import Path

import pytest

from wiretik.testing import Site, deployed

ROOT = Path(__file__).parents[2]
KEY = "U0VSVkVSMl9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4="
PAGE = (ROOT / "docs" / "rows-to-site.md").read_text(encoding="utf-8")
FIRST = re.compile(r"```python\n(.*?)```", re.DOTALL)
ROWS = FIRST.findall((ROOT / "README.md").read_text(encoding="utf-8"))[0]
SITE = FIRST.findall(PAGE)[0]
HEAD = "import pulumi\nimport wiretik as wt\n"
BRANCH = """
class Branch(pulumi.ComponentResource):
    def __init__(self, name, opts=None):
        super().__init__("site:index:Branch", name, {}, opts)

"""
THINGS = """
wg = wt.WireGuardInterface("{n}wg", name="wg7", listen_port=13237{o})
wt.AddressList("{n}friends", list="friends", entries=["1.2.3.4", wt.Entry("1.2.3.5", comment="five")]{o})
wt.FilterRule("{n}rule", chain="forward", action="accept", src_address="10.7.0.0/24", position=wt.BEFORE_DROP{o})
wt.FilterChain("{n}block", chain="forward", position=wt.BEFORE_DROP, rules={{
    "one": {{"action": "accept", "dst_address": "10.7.1.0/24"}},
    "two": {{"action": "accept", "dst_address": "10.7.2.0/24"}},
}}{o})
wt.Route("{n}route", dst_address="10.9.0.0/24", gateway="192.168.88.9"{o})
"""
LOOSE = HEAD + THINGS.format(n="", o="")
RENAMED = HEAD + THINGS.format(n="new-", o="")
DEEP = (
    HEAD
    + BRANCH
    + 'deep = pulumi.ResourceOptions(parent=Branch("in", pulumi.ResourceOptions(parent=Branch("out"))))\n'
    + 'wt.InterfaceList("of-out", opts=pulumi.ResourceOptions(parent=Branch("by")))\n'
    + THINGS.format(n="", o=", opts=deep")
)


@pytest.fixture
def made():
    """A site whose program is a text that changes: `made.program`, and what its runs print."""

    class Made:
        program = ""
        site: Site

        def run(self, operation):
            told = io.StringIO()
            with contextlib.redirect_stderr(told):
                result = getattr(self.site, operation)()
            assert result.errors == ()
            return result, told.getvalue()

    made = Made()
    with deployed(lambda: exec(compile(made.program, "__main__.py", "exec"), {}), config={"office-key": KEY}) as site:
        made.site = site
        yield made


def block(text):
    """The call that can be pasted; empty where there is none."""
    found = re.search(r"^wt\.moved\(\{\n.*?^\}\)$", text, re.DOTALL | re.MULTILINE)
    return found[0] if found else ""


def pasted(program, call):
    return program.replace("import wiretik as wt\n", f"import wiretik as wt\n\n{call}\n", 1)


def kept(site):
    paths = ("/interface/wireguard", "/interface/wireguard/peers", "/ip/address", "/ip/route", "/ip/firewall/filter")
    return {(path, row[".id"]) for path in paths for row in site.rows(path) if "[wt:" in row.get("comment", "")}


def test_the_page_goes_from_readmes_rows_to_a_site(made):
    made.program = ROWS
    made.run("up")
    before = kept(made.site)
    made.program = SITE

    planned, told = made.run("preview")
    assert {key: planned.changes[key] for key in ("create", "delete")} == {"create": 13, "delete": 5}
    assert block(told) == block(PAGE)
    made.program = pasted(SITE, block(told))
    planned, told = made.run("preview")
    assert {key: planned.changes.get(key, 0) for key in ("create", "update", "delete")} == {
        "create": 8,
        "update": 5,
        "delete": 0,
    }
    assert block(told) == ""
    made.run("up")
    assert before <= kept(made.site), "every row is still there, with its id"
    assert not made.run("preview")[0].changed
    made.program = SITE
    assert not made.run("preview")[0].changed


@pytest.mark.parametrize(("before", "after"), [(LOOSE, RENAMED), (LOOSE, DEEP), (DEEP, RENAMED)])
def test_what_is_pasted_leaves_nothing_to_be_made_or_deleted_but_components(made, before, after):
    made.program = before
    made.run("up")
    there = kept(made.site)
    made.program = after
    made.program = pasted(after, block(made.run("preview")[1]))

    planned, told = made.run("preview")

    ours = [step for step in planned.steps if "wiretik:" in step.type and step.name != "of-out"]
    assert {step.op for step in ours} <= {"same", "update"}
    assert block(told) == ""
    made.run("up")
    assert kept(made.site) == there
    assert not made.run("preview")[0].changed
