"""Adopted without a tag: by natural keys, or only looked at."""

import json
import os
import subprocess
import sys

import pytest

from adopting_home import home_of
from adopting_routers import SMALL
from at_length import LONG
from wiretik.cli import left_over
from wiretik.cli.adopting import project
from wiretik.cli.adopting.ending import end_trials
from wiretik.cli.commands import show
from wiretik.cli.commands.adopt import tagless, take
from wiretik.cli.tables import Owners
from wiretik_provider.api.unsigned import of_config
from wiretik_provider.rows import ownership
from wiretik_provider.simulator import Router

WRITES = ("add", "set", "remove", "move")


@pytest.fixture
def home(tmp_path):
    router = Router("bare")
    router.load(SMALL)
    with home_of(router, tmp_path) as home:
        yield home


def _tagged(home):
    return {path for path, rows in home.rows().items() for row in rows if ownership.tag_of(row)}


def _written(home):
    commands = home.lab.stats().commands
    return {path: count for path, verbs in commands.items() if (count := sum(verbs.get(verb, 0) for verb in WRITES))}


def test_without_tags_only_what_has_no_natural_key_is_signed_and_is_managed_all_the_same(home):
    before = home.rows()
    home.sign(home.written(), no_tags=True)
    assert _tagged(home) == {"/ip/firewall/filter"}
    mine, bare = ownership.stack_part("home", "dev"), of_config(home.stack().texts())
    assert [one.path for one in left_over.look(home.access, mine, bare) if one.unmanaged] == []
    peers = show.read(home.access, Owners(mine), bare).snapshot.rows["/interface/wireguard/peers"]
    assert [Owners(mine).of(row).text for row in peers] == ["this stack (adopted)"]
    home.router.run("/ip/address/set", numbers="*1", disabled="yes")
    home.router.run("/interface/wireguard/set", numbers="wg0", comment="by hand")
    seen = home.stack().preview(refresh=True)
    assert sorted(step.name for step in seen.steps if step.op == "update") == ["wg0", "wg0-10-8-0-1-24"]
    home.stack().up(refresh=True).check()
    assert home.rows()["/ip/address"] == before["/ip/address"]
    assert [row["comment"] for row in home.router.rows("/interface/wireguard")] == ["tunnel"]
    end_trials(home.stack(), ["AddressList::servers"], protect=False, yes=True)
    assert _tagged(home) == {"/ip/firewall/filter"}
    home.stack().destroy().check()
    left = home.rows()
    assert left.pop("/ip/firewall/address-list") == []
    assert left.items() <= before.items()


def test_an_observed_stack_tells_what_differs_and_writes_nothing(home):
    before = home.rows()
    home.lab.reset_stats()
    made = home.written()
    home.sign(made, observe=True)
    assert home.rows() == before
    home.router.run("/ip/firewall/filter/set", numbers="*1", disabled="yes")
    home.router.run("/ip/address/set", numbers="*1", disabled="yes")
    changed = home.rows()
    seen = home.stack().preview(refresh=True)
    assert sorted(step.name for step in seen.steps if step.op == "update") == ["forward", "wg0-10-8-0-1-24"]
    up = home.stack().up(refresh=True)
    assert "this stack only observes" in " ".join(up.errors)
    assert home.rows() == changed
    home.router.run("/ip/firewall/filter/set", numbers="*1", disabled="no")
    home.router.run("/ip/address/set", numbers="*1", disabled="no")
    home.sign(home.written())  # ends it
    assert len(_tagged(home)) == 5
    assert home.stack().preview(refresh=True).changed is False


def test_to_destroy_an_observed_stack_forgets_it(home):
    before = home.rows()
    home.sign(home.written(), observe=True)
    home.lab.reset_stats()
    home.stack().destroy().check()
    assert (home.rows(), _written(home)) == (before, {})


def test_a_user_who_may_only_read_observes(home):
    home.router.add_user("reader", "", ["api", "read", "sensitive"])
    made = home.written()
    stack = home.keep(made)
    file = home.folder / "Pulumi.dev.yaml"
    file.write_text(file.read_text().replace("wiretik:username: admin", "wiretik:username: reader"))
    project.note_tags(home.stack(), tagless(made, no_tags=False, observe=True)[0])
    take(home.stack())
    assert stack.preview(refresh=True).changed is False


@pytest.mark.skipif(not LONG, reason="whole commands")
def test_an_observed_router_is_signed_later_under_names_that_somebody_chose_by_the_command_itself(home):
    before = home.rows()
    reach = [home.lab.host, "--plain", "--port", str(home.lab.api_port)]
    assert "first preview says 8 unchanged" in _typed(home, "adopt", *reach, "--observe")
    assert home.rows() == before
    assert "8 unchanged" in _typed(home, "preview", "--refresh")
    assert "this stack only observes" in _typed(home, "up", "--yes", code=1)
    file = home.folder / "names.json"
    file.write_text(file.read_text().replace('"anna"', '"annas-phone"'))
    assert "2 rows would get a tag" in _typed(home, "adopt", *reach, "--no-tags", "--yes")
    assert '"annas-phone"' in (home.folder / "__main__.py").read_text()
    assert _tagged(home) == {"/ip/firewall/filter"}
    given = home.folder.parent / "terraform.tfstate"
    rule = {"attributes": {"id": "*1"}, "index_key": "web"}
    whole = {"mode": "managed", "type": "routeros_ip_firewall_filter", "name": "all", "instances": [rule]}
    given.write_text(json.dumps({"terraform_version": "1.9.0", "resources": [whole]}))
    assert "first preview says 8 unchanged" in _typed(home, "adopt", *reach, "--names", str(given), "--yes")
    main = (home.folder / "__main__.py").read_text()
    assert [name for name in ("annas-phone", "all-web") if f'"{name}"' not in main] == []
    _typed(home, "destroy", "--yes")
    assert home.rows() == before


def _typed(home, *words, code=0):
    environment = {**os.environ, "WIRETIK_PASSWORD": "", "PULUMI_CONFIG_PASSPHRASE": "x", "PULUMI_BACKEND_URL": ""}
    command = [sys.executable, "-m", "wiretik", *words]
    done = subprocess.run(command, cwd=home.folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr
