"""`pulumi import` of a row of every menu: each that is described by hand singly, all others in one file.

The code that Pulumi writes previews clean, in YAML, TypeScript and Python. That each row can be imported by itself,
without the CLI, `tests/provider/plugin/test_any_menu.py` shows.
"""

import json
import re
import sys

import pytest

from any_rows import PATHS, added, id_of, ours
from at_length import LONG
from deploying import PASSWORD, reach
from wiretik.cli.commands.plugin import install
from wiretik_provider.menus import MENUS, at
from wiretik_provider.plugin.names import token
from wiretik_provider.simulator import serve

from .test_languages import NODE, PYTHON, YAML, Site, needs

pytestmark = [
    pytest.mark.skipif(not LONG, reason="at length: each imports some 150 rows by the CLI"),
    pytest.mark.timeout(3600),
]


GATE = {f"wiretik:index:{name}" for name in ("Preflight", "Guard", "Seal")}
"""What a Python program has besides the rows, of which nothing stands on the router."""


@pytest.fixture
def lab():
    with serve(profile="defconf", password=PASSWORD) as running:
        ours(running)
        for path in PATHS:
            added(running, path)
        yield running


@pytest.fixture
def site(tmp_path, monkeypatch):
    monkeypatch.setenv("PULUMI_HOME", str(tmp_path / "home"))
    install()
    return Site(tmp_path)


def wanted(lab, paths):
    """What an import file says of the rows of these menus."""
    ids = {path: id_of(lab, path) for path in paths}
    assert sum(map(bool, ids.values())) > len(ids) // 2
    return [
        {"type": token(at(path).token), "name": f"m{path.replace('/', '-')}", "id": id_}
        for path, id_ in ids.items()
        if id_
    ]


def imported(site, lab, suffix):
    """The code of all rows: of each import, the file that the CLI writes."""
    site.environment["WIRETIK_PASSWORD"] = PASSWORD
    site.pulumi("stack", "init", "lab")
    for key, value in reach(lab).items():
        if key != "password":
            site.pulumi("config", "set", f"wiretik:{key}", str(value))
    texts = []
    singly = wanted(lab, MENUS)
    assert len(singly) == len(MENUS)
    for number, one in enumerate(singly):
        out = f"made-{number}.{suffix}"
        words = (one["type"], one["name"], one["id"], "-o", out)
        site.pulumi("import", "--yes", "--protect=false", *words)
        texts.append((site.folder / out).read_text())
    (site.folder / "rows.json").write_text(json.dumps({"resources": wanted(lab, PATHS)}))
    site.pulumi("import", "--yes", "--protect=false", "-f", "rows.json", "-o", f"rest.{suffix}")
    return [*texts, (site.folder / f"rest.{suffix}").read_text()]


@needs(*YAML)
def test_yaml_that_pulumi_writes_previews_clean(site, lab):
    (site.folder / "Pulumi.yaml").write_text("name: site\nruntime: yaml\n")
    before = lab.router.snapshot()
    parts = [text.partition("resources:\n")[2] for text in imported(site, lab, "yaml")]
    (site.folder / "Pulumi.yaml").write_text("name: site\nruntime: yaml\nresources:\n" + "".join(parts))

    site.pulumi("preview", "--expect-no-changes")
    site.pulumi("preview", "--refresh", "--expect-no-changes")
    assert lab.router.snapshot() == before


@needs(*NODE)
def test_typescript_that_pulumi_writes_previews_clean(site, lab):
    """It fetches Pulumi's and TypeScript's own packages from npm."""
    site.typescript("")
    site.run("npm", "install", "--no-audit", "--no-fund")
    site.pulumi("package", "add", "wiretik")
    before = lab.router.snapshot()
    texts = imported(site, lab, "ts")
    lines = [line for text in texts for line in text.splitlines() if not line.startswith("import ")]
    heads = sorted({line for text in texts for line in text.splitlines() if line.startswith("import ")})
    (site.folder / "index.ts").write_text("\n".join([*heads, *lines]))
    assert re.search(r"new wiretik\.menus\.\w+\(", "\n".join(lines))

    site.run("npx", "tsc")
    site.pulumi("preview", "--expect-no-changes")
    site.pulumi("preview", "--refresh", "--expect-no-changes")
    assert lab.router.snapshot() == before


@needs(*PYTHON)
def test_python_that_pulumi_writes_previews_clean(site, lab):
    """Its gate sees no state, so each row says that it was there."""
    runtime = f"{{name: python, options: {{virtualenv: {sys.prefix}}}}}"
    (site.folder / "Pulumi.yaml").write_text(f"name: site\nruntime: {runtime}\n")
    (site.folder / "__main__.py").write_text("")
    before = lab.router.snapshot()
    texts = imported(site, lab, "py")
    lines = [line for text in texts for line in text.splitlines() if line.startswith("import ")]
    bodies = [line for text in texts for line in text.splitlines() if not line.startswith("import ")]
    (site.folder / "__main__.py").write_text("\n".join([*dict.fromkeys(lines), *bodies]))
    site.pulumi("config", "set", "wiretik:front", "plugin")

    steps = json.loads(site.pulumi("preview", "--json"))["steps"]
    assert {step["urn"].split("::")[2] for step in steps if step["op"] != "same"} <= GATE
    site.pulumi("up", "--yes", "--skip-preview")
    site.pulumi("preview", "--expect-no-changes")
    site.pulumi("preview", "--refresh", "--expect-no-changes")
    assert lab.router.snapshot() == before
