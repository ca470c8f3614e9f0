"""A preview names keys that a guard doesn't undo, of rows that the plan writes and of no others."""

import pytest

from guarding import signed
from wiretik_provider.api.link import Link
from wiretik_provider.api.session import Access
from wiretik_provider.declared import read
from wiretik_provider.gate.remarks import say_which_are_not_undone
from wiretik_provider.guard.settings import Guarding
from wiretik_provider.rows import ownership
from wiretik_provider.simulator import serve

PEERS = "/interface/wireguard/peers"
A, B = ("".join((letter * 42, "A=")) for letter in "bc")


@pytest.fixture
def link():
    """A router with two peers, one of them with a key that both ends share."""
    with serve(tls=False) as lab:
        lab.router.run("/interface/wireguard/add", name="wg9", comment=signed("wg9"))
        for name, key, shared in (("plain", A, "none"), ("keyed", B, A)):
            lab.router.run(
                f"{PEERS}/add",
                interface="wg9",
                name=name,
                public_key=key,
                allowed_address=f"10.0.0.{len(name)}/32",
                preshared_key=shared,
                comment=signed(name),
            )
        access = Access(host=lab.host, port=lab.api_port, tls=False, username="admin", password="")
        found = Link(access, Guarding(120, ""))
        yield found
        found.close()


def peer(name, public, **props):
    given = {"interface": "wg9", "name": name, "public_key": public, "allowed_address": [f"10.0.0.{len(name)}"]}
    return read(
        {"menu": PEERS, "name": name, "tag": ownership.make("home", "dev", "row", name), "props": {**given, **props}}
    )


@pytest.mark.parametrize(
    ("shared", "said"),
    [
        ({"plain": "none", "keyed": A}, []),
        ({"plain": "none", "keyed": B}, ["keyed"]),
        ({"plain": B, "keyed": "none"}, ["keyed", "plain"]),
    ],
)
def test_only_keys_that_the_plan_changes_are_named(link, capsys, shared, said):
    declared = [peer("plain", A, preshared_key=shared["plain"]), peer("keyed", B, preshared_key=shared["keyed"])]
    say_which_are_not_undone(link, declared, preview=True)
    notes = capsys.readouterr().err.splitlines()
    assert sorted(note.split(": ")[2] for note in notes) == said
    assert all("preshared_key isn't undone: no key is written into a script" in note for note in notes)
