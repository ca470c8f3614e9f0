"""Rows without a tag are seen and written as if they had one, and nobody above notices."""

import json

import pytest

from wiretik_provider.api.unsigned import OBSERVE, UNSIGNED, Lens, Unsigned, noted, of_config
from wiretik_provider.calls import Answer, Command
from wiretik_provider.errors import ConfigError

TAG, OTHER = "[wta:0123456789ab]", "[wt:0123456789ff]"
WG, RULES = "/interface/wireguard", "/ip/firewall/filter"
FOUND = Unsigned({WG: {"wg0": TAG}, RULES: {"*7": TAG}})


def _seen(lens, path, *rows):
    return [row["comment"] for row in lens.shown(Command(path, "print"), Answer(rows, "", None)).rows]


@pytest.fixture
def lens():
    lens = Lens(FOUND, "router x")
    rows = ({".id": "*1", "name": "wg0", "comment": "mine"}, {".id": "*2", "name": "wg1", "comment": "other"})
    assert _seen(lens, WG, *rows) == [f"mine {TAG}", "other"]
    assert _seen(lens, RULES, {".id": "*7", "chain": "input"}) == [TAG]
    return lens


def test_a_row_that_has_a_tag_keeps_it(lens):
    assert _seen(lens, WG, {".id": "*1", "name": "wg0", "comment": OTHER}) == [OTHER]
    command = Command(WG, "set", ("=.id=*1", f"=comment=new {OTHER}"))
    assert lens.sent(command) == command


@pytest.mark.parametrize(
    ("words", "sent"),
    [
        (("=.id=*1", f"=comment=mine {TAG}"), None),
        (("=.id=*1", "=comment=mine"), None),
        (("=.id=*1", f"=comment=new {TAG}"), ("=.id=*1", "=comment=new")),
        (("=.id=*1", f"=comment=mine {TAG}", "=mtu=1400"), ("=.id=*1", "=mtu=1400")),
        (("=.id=*1", "=!comment="), ("=.id=*1", "=comment=")),
        (("=.id=*1", f"=comment=mine {OTHER}"), ("=.id=*1", f"=comment=mine {OTHER}")),
        (("=.id=*1", "=name=wg5", f"=comment=mine {TAG}"), ("=.id=*1", "=name=wg5", f"=comment=mine {TAG}")),
        (("=.id=*1,*2", f"=comment=mine {TAG}"), ("=.id=*1,*2", f"=comment=mine {TAG}")),
    ],
)
def test_a_comment_is_sent_without_its_tag_or_not_at_all(lens, words, sent):
    found = lens.sent(Command(WG, "set", words))
    assert (found.words if isinstance(found, Command) else found.trap) == sent


@pytest.mark.parametrize("command", [Command(WG, "add", ("=name=wg9",)), Command(RULES, "remove", ("=.id=*7",))])
def test_who_observes_writes_nothing(command):
    lens = Lens(Unsigned(FOUND.tags, observes=True), "router x")
    assert lens.sent(Command(WG, "print")) == Command(WG, "print")
    assert "only observes" in lens.sent(command).trap.message


def test_config_is_read_as_it_was_written():
    assert of_config({UNSIGNED: json.dumps(noted(FOUND)), OBSERVE: "true"}) == Unsigned(FOUND.tags, observes=True)
    assert of_config({}) == Unsigned()
    for config in ({UNSIGNED: "[1]"}, {UNSIGNED: "{"}, {OBSERVE: "perhaps"}):
        with pytest.raises(ConfigError):
            of_config(config)
