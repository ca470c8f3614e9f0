"""Key pairs made here: stable over ups, secret in the state, taken over where there is one, and another when asked."""

import base64

import pytest

from deploying import Site
from wiretik.resources.keys import public_key

GIVEN = base64.b64encode(bytes([0x50, *[0x51] * 30, 0x51])).decode()
PROGRAM = """
key = wt.WireGuardKey("phone-key"{args})
pulumi.export("private", key.private_key)
pulumi.export("public", key.public_key)
"""


def program(args=""):
    return PROGRAM.format(args=args)


def test_a_key_is_made_once_and_its_private_half_is_nowhere_in_plain(tmp_path, engine):
    site = Site(tmp_path, program(), {}, engine=engine)

    preview, up = site.preview(), site.up()
    public = site.kept("phone-key")["outputs"]["public_key"]

    assert (preview.errors, up.errors) == ((), ())
    assert len(base64.b64decode(public)) == 32
    assert site.kept("phone-key")["outputs"]["private_key"].keys() >= {"ciphertext"}
    assert site.up().touched == []
    assert site.refresh().touched == []
    assert site.kept("phone-key")["outputs"]["public_key"] == public


def test_a_key_that_there_is_already_is_taken_over_and_stays_when_the_program_no_longer_gives_it(tmp_path):
    site = Site(tmp_path, program(f', private_key="{GIVEN}"'), {})
    assert site.up().outputs["private"] == GIVEN
    assert GIVEN not in site.checkpoint.read_text()

    site.write(program())
    later = site.up()

    assert later.errors == ()
    assert later.touched == [("update", "phone-key")]
    assert later.outputs == {"private": GIVEN, "public": public_key(GIVEN)}
    assert site.up().touched == []


def test_another_rotation_and_another_given_key_are_another_pair(tmp_path):
    site = Site(tmp_path, program(", rotation=1"), {})
    first = site.up().outputs["public"]
    assert site.up().touched == []

    site.write(program(", rotation=2"))
    second = site.up().outputs["public"]
    site.write(program(f', rotation=2, private_key="{GIVEN}"'))
    third = site.up().outputs["public"]

    assert len({first, second, third}) == 3
    assert third == public_key(GIVEN)


@pytest.mark.parametrize("wrong", ["not a key", "x" * 40, GIVEN[:-4]])
def test_what_is_no_key_is_refused_and_not_repeated(tmp_path, wrong):
    run = Site(tmp_path, program(f', private_key="{wrong}"'), {}).preview()

    assert not run.ok
    assert "private_key: not a WireGuard key" in "\n".join(run.errors)
    assert wrong not in "\n".join(run.errors)
