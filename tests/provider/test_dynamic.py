"""The provider as Pulumi's engine meets it: over gRPC, with floats and without None, and pickled in every state.

`tests/state` keeps what version 0.1.0 wrote into states; whatever comes after must still load it.
"""

import base64
import json
import pathlib
import shutil
import sys
import threading
import traceback
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import dill
import pytest
from pulumi.dynamic.dynamic import serialize_provider

from deploying import PASSPHRASE, PASSWORD, STACK, Site, cipher, reach
from programs import EVERY_MENU
from wiretik.engine.crypto import Crypter
from wiretik.engine.errors import ProviderError
from wiretik.engine.processes import provider as engine_provider
from wiretik.engine.values import UNKNOWN
from wiretik_provider import dynamic
from wiretik_provider.api.link import close_all
from wiretik_provider.dynamic import Provider, provider_for
from wiretik_provider.errors import WiretikError
from wiretik_provider.menus import MENUS
from wiretik_provider.simulator import serve

STATE = pathlib.Path(__file__).parents[1] / "state"
KINDS = [*sorted(MENUS), "gate", "address-list"]
URN = "urn:pulumi:lab::site::pulumi-python:dynamic/wiretik:Thing::thing"
TAG = "aaaabbbbcccc"


def keys(lab):
    return {f"wiretik:{key}": str(value) for key, value in {**reach(lab), "password": PASSWORD}.items()}


@pytest.fixture(scope="module")
def lab():
    with serve(profile="defconf", password=PASSWORD) as served:
        yield served


@pytest.fixture
def calls(lab, tmp_path):
    """The SDK's own servicer behind gRPC, with the lab as its router."""
    with engine_provider.in_process(tmp_path, {}, lambda *_: None) as address:
        running = engine_provider.Provider(address, keys(lab))
        yield running
        running.close()
        close_all()
        sys.tracebacklimit = 1000


def props(kind, **values):
    return {"__provider": serialize_provider(provider_for(kind)), "tag": TAG, **values}


@pytest.mark.parametrize("kind", KINDS)
def test_a_provider_is_pickled_as_one_short_call(kind):
    text = serialize_provider(provider_for(kind))

    assert len(base64.b64decode(text)) < 100
    assert isinstance(dill.loads(base64.b64decode(text)), Provider)


def test_providers_in_states_of_earlier_versions_still_load():
    for file in sorted(STATE.glob("providers-*.json")):
        for kind, text in json.loads(file.read_text()).items():
            loaded = dill.loads(base64.b64decode(text))
            assert isinstance(loaded, Provider), (file.name, kind)
            assert loaded.__reduce__() == provider_for(kind).__reduce__(), (file.name, kind)


def resealed(value, old):
    """A state's JSON with every secret encrypted by the tests' own cipher."""
    if isinstance(value, dict):
        found = {key: resealed(part, old) for key, part in value.items()}
        if "ciphertext" in found:
            found["ciphertext"] = cipher().encrypt(old.decrypt(found["ciphertext"]))
        return found
    return [resealed(part, old) for part in value] if isinstance(value, list) else value


@pytest.mark.parametrize("file", sorted(STATE.glob("checkpoint-*.json")), ids=lambda file: file.stem)
def test_a_state_of_an_earlier_version_is_refreshed_changed_and_destroyed(tmp_path, file):
    with serve(profile="defconf", password=PASSWORD) as lab:
        before = lab.router.snapshot()
        site = Site(tmp_path, EVERY_MENU, {f"wiretik:{key}": value for key, value in reach(lab).items()})
        assert site.up().errors == ()  # the same rows on a router of its own
        kept: Any = json.loads(file.read_text())
        secrets = kept["checkpoint"]["latest"]["secrets_providers"]["state"]
        kept = resealed(kept, Crypter(PASSPHRASE, secrets["salt"]))
        kept["checkpoint"]["latest"]["secrets_providers"]["state"]["salt"] = cipher().salt
        site.checkpoint.write_text(json.dumps(kept))

        refresh = site.refresh()

        assert refresh.errors == ()
        assert refresh.names("delete") == []
        assert site.up().errors == ()
        assert site.up(refresh=True).touched == []
        assert site.destroy().errors == ()
        assert lab.router.snapshot() == before


def test_numbers_come_as_floats_and_are_normalised(calls):
    kind = "/interface/wireguard"

    checked = calls.check(URN, {}, props(kind, name="wg0", listen_port=13231.0, mtu=1400.0, comment=None))

    assert checked.failures == ()
    assert checked.inputs["listen_port"] == 13231
    assert checked.inputs["mtu"] == "1400"
    assert "comment" not in checked.inputs


def test_values_become_what_the_router_prints(calls):
    given = props(
        "/interface/wireguard/peers",
        interface="wg0",
        public_key="U0VSVkVSMV9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4=",
        allowed_address="10.0.0.5/32, 10.1.0.0/16",
        persistent_keepalive=85.0,
    )

    checked = calls.check(URN, {}, given)

    assert checked.inputs["persistent_keepalive"] == "1m25s"
    assert set(checked.inputs["allowed_address"]) == {"10.0.0.5/32", "10.1.0.0/16"}
    assert calls.check(URN, {}, checked.inputs).inputs == checked.inputs


def test_an_unknown_is_neither_judged_nor_lost(calls):
    given = props("/ip/address", address="10.0.0.1/24", interface=UNKNOWN)

    checked = calls.check(URN, {}, given)

    assert checked.failures == ()
    assert checked.inputs["interface"] is UNKNOWN


def test_every_problem_comes_with_its_property(calls):
    given = props("/ip/address", address="10.0.0.300/24", interfaces="ether1", network="x")

    failures = dict(calls.check(URN, {}, given).failures)

    assert failures.keys() == {"address", "", "interfaces", "network"}
    assert failures[""].startswith("interface: missing"), "the CLI shows a property's value, and here there is none"
    assert "did you mean interface?" in failures["interfaces"]


def test_equal_values_in_another_spelling_are_no_difference(calls):
    given = props("/ip/route", dst_address="10.0.0.0/24", gateway="ether1", distance=5.0)
    old = calls.check(URN, {}, given).inputs
    new = calls.check(URN, old, {**given, "distance": "5"}).inputs

    assert old == new
    diff = calls.diff(URN, "x", old, old, new)
    assert (diff.changes, diff.replaces, diff.delete_before_replace) == (None, (), False)


def test_another_router_is_a_replacement(calls):
    given = props("/system/script", name="greet")

    assert calls.diff(URN, "greet", given, given, {**given, "router": "other"}).replaces == ("router",)


def test_a_row_lives_from_create_to_delete(calls, lab):
    given = calls.check(URN, {}, props("/system/script", name="greet", source=":beep")).inputs

    calls.create(URN, given)  # of a run that was killed before it wrote the state
    made = calls.create(URN, given)
    id_, outputs = made.id, made.outputs
    assert (id_, outputs["source"], made.init_errors) == ("greet", ":beep", ())
    assert len(lab.run("/system/script/print")) == 1
    seen = calls.read(URN, id_, given, outputs)
    assert (seen.id, seen.inputs) == ("greet", given)
    changed = calls.update(URN, id_, given, outputs, {**given, "source": ":log info x"}).outputs
    assert lab.run("/system/script/print")[0]["source"] == ":log info x"
    calls.delete(URN, id_, given, changed)
    calls.delete(URN, "router", props("gate"), props("gate"))  # the whole stack goes, so nobody else has the row
    assert lab.run("/system/script/print") == []
    assert calls.read(URN, id_, given, changed).id == ""


def test_an_error_is_one_line(calls, lab):
    lab.fault("refuse", path="/system/script", verb="add", message="failure: no")
    given = calls.check(URN, {}, props("/system/script", name="greet")).inputs

    with pytest.raises(ProviderError) as caught:
        calls.create(URN, given)

    lab.clear_faults()
    assert "\n" not in str(caught.value)
    assert "Traceback" not in str(caught.value)
    assert "script greet: the router says: failure: no" in str(caught.value)


def test_what_was_made_before_an_error_comes_beside_it(calls, lab):
    given = props("address-list", list="l", entries={f"10.0.0.{n}": "" for n in range(9)}, tag="3f9a2c71e0b4")
    lab.fault("refuse", path="/ip/firewall/address-list", verb="add", nth=4, message="failure: no")

    made = calls.create(URN, given)

    lab.clear_faults()
    assert made.id == "l"
    assert set(made.outputs["entries"]) == {row["address"] for row in lab.run("/ip/firewall/address-list/print")}
    assert len(made.outputs["entries"]) == 8
    assert made.outputs["__provider"] == given["__provider"]
    assert "8 of 9 entries done" in made.init_errors[0]


def test_the_process_that_the_cli_starts_sends_one_line_too(lab, tmp_path):
    shutil.copy(__file__, tmp_path)
    with engine_provider.process(tmp_path, {}, lambda *_: None) as address:
        running = engine_provider.Provider(address, {**keys(lab), "wiretik:password": "wrong"})
        with pytest.raises(ProviderError, match="login as 'admin' refused") as caught:
            running.create(URN, props("/system/script", name="greet"))
        running.close()
    assert "\n" not in str(caught.value)
    assert STACK not in str(caught.value)


def test_what_one_thread_hides_of_an_error_another_still_shows():
    turn = threading.Barrier(2)

    def ended(error):
        try:
            with dynamic._one_line():
                raise error
        except (WiretikError, KeyError):
            turn.wait()  # both have failed before either is written
            return traceback.format_exc()

    with ThreadPoolExecutor(2) as threads:
        ours, theirs = threads.map(ended, [WiretikError("ours"), KeyError("theirs")])

    assert ours.splitlines() == ["wiretik_provider.errors.WiretikError: ours"]
    assert "in ended" in theirs
    sys.tracebacklimit = 1000
