"""First contact: what a person sees of a router that nobody has configured yet."""

import datetime as dt
import hashlib
import json
import os
import pathlib
import pty
import socket
import subprocess
import sys

import attrs
import pytest
from typer.testing import CliRunner

from wiretik.cli import app
from wiretik.cli.commands.connect import _read, look
from wiretik.cli.first_contact import Anonymous, Certificate, LoggedIn, Silent, Target, advice, login_report
from wiretik_provider.simulator import serve

NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
PIN = "ab" * 32
CERTIFICATE = Certificate(
    subject="CN=192.168.88.1",
    issuer="CN=wiretik-ca",
    names=("192.168.88.1",),
    until=dt.datetime(2036, 11, 19, tzinfo=dt.UTC),
    fingerprint=PIN,
    distrust="self-signed certificate",
)
HOME = Target(host="192.168.88.1", here="192.168.88.10")


def text(lines):
    return "\n".join(line.text for line in lines)


def pastes(lines):
    return [line.text.strip() for line in lines if line.style == "paste"]


@pytest.fixture
def run(monkeypatch):
    monkeypatch.delenv("WIRETIK_PASSWORD", raising=False)
    monkeypatch.setenv("COLUMNS", "200")

    def invoke(*words, **environment):
        return CliRunner().invoke(app, ["connect", *map(str, words)], env=environment)

    return invoke


@pytest.fixture(scope="module")
def lab():
    with serve(profile="defconf", password="a-secret") as running:
        yield running


@pytest.fixture(scope="module")
def bare():
    with serve(profile="defconf", certificate=False) as running:
        yield running


# --- what is said -----------------------------------------------------------------------------------------------------


def test_a_certificate_leads_to_config_that_pins_it():
    lines = advice(HOME, CERTIFICATE, NOW)
    assert [line for line in pastes(lines) if line.startswith("pulumi")] == [
        "pulumi config set wiretik:host 192.168.88.1",
        "pulumi config set wiretik:username wiretik",
        f"pulumi config set wiretik:fingerprint {PIN}",
        "pulumi config set --secret wiretik:password",
    ]
    assert "WIRETIK_USERNAME  WIRETIK_PASSWORD  WIRETIK_FINGERPRINT" in text(lines)


def test_the_fingerprint_is_to_be_compared_on_the_router():
    assert "/certificate/print detail" in pastes(advice(HOME, CERTIFICATE, NOW))


def test_a_certificate_that_is_trusted_needs_no_pin():
    said = text(advice(HOME, attrs.evolve(CERTIFICATE, trusted=True, distrust=""), NOW))
    assert "wiretik:fingerprint" not in said
    assert "wiretik:password" in said


def test_an_expired_certificate_is_said_to_be():
    old = attrs.evolve(CERTIFICATE, until=NOW - dt.timedelta(days=2))
    assert any("EXPIRED" in line.text and line.style == "bad" for line in advice(HOME, old, NOW))


def test_one_of_several_routers_gets_paths_and_its_own_variables():
    lines = advice(Target(host="10.0.0.1", port=18729, router="office"), CERTIFICATE, NOW)
    assert "pulumi config set --path 'wiretik:routers.office.port' 18729" in pastes(lines)
    assert "pulumi config set --secret --path 'wiretik:routers.office.password'" in pastes(lines)
    assert "WIRETIK_OFFICE_PASSWORD" in text(lines)


def test_without_a_certificate_the_router_is_told_to_make_one():
    lines = advice(HOME, Anonymous(), NOW)
    commands = [line for line in pastes(lines) if line.startswith("/")]
    assert [line.split()[0] for line in commands] == [
        "/certificate/add",
        "/certificate/sign",
        "/certificate/add",
        "/certificate/sign",
        "/ip/service/set",
        "/ip/service/disable",
        "/user/group/add",
        "/user/add",
    ]
    assert "subject-alt-name=IP:192.168.88.1 " in commands[2]
    assert commands[4] == "/ip/service/set api-ssl certificate=wiretik-api address=192.168.88.10/32 disabled=no"
    assert "wiretik connect 192.168.88.1" in pastes(lines)
    assert "pulumi config set" not in text(lines)


def test_a_router_with_a_name_gets_a_certificate_for_the_name():
    lines = advice(Target(host="router.example.com"), Anonymous(), NOW)
    assert "subject-alt-name=DNS:router.example.com " in text(lines)


def test_the_user_may_do_no_more_than_is_needed():
    [group] = [line for line in pastes(advice(HOME, Anonymous(), NOW)) if line.startswith("/user/group")]
    assert group.rpartition("policy=")[2] == "api,read,write,sensitive"
    [user] = [line for line in pastes(advice(HOME, Anonymous(), NOW)) if line.startswith("/user/add")]
    assert "address=192.168.88.10/32" in user


def test_an_address_that_is_not_known_is_left_to_the_reader():
    assert "address=ADDRESS-OF-THIS-MACHINE" in text(advice(Target(host="h"), Anonymous(), NOW))


def test_an_ipv6_address_is_restricted_whole():
    assert "address=fd00::2/128" in text(advice(Target(host="fd00::1", here="fd00::2"), Anonymous(), NOW))


def test_an_address_where_nothing_is_gets_no_commands():
    lines = advice(HOME, Silent("no answer within 5 s", "Is the address right?"), NOW)
    assert pastes(lines) == []
    assert "no answer within 5 s" in text(lines)


def test_a_user_that_lacks_a_policy_is_told_which():
    login = LoggedIn(version="7.23.2", board="hEX", identity="HF9", name="home", policies=("api", "read"))
    assert "lacks write, sensitive: nothing can be deployed without it" in text(login_report(HOME, login))
    enough = LoggedIn(version="7.23.2", board="hEX", identity="HF9", name="home", policies=("api", "read", "write"))
    assert "lacks sensitive: keys read back as *****" in text(login_report(HOME, enough))


# --- what is seen -----------------------------------------------------------------------------------------------------


def test_the_certificate_of_a_router_is_shown(lab, run):
    done = run(lab.host, "--port", lab.apis_port)
    assert done.exit_code == 0
    assert f"SHA-256      {lab.fingerprint}" in done.output
    assert "subject      CN=wiretik lab" in done.output
    assert f"pulumi config set wiretik:fingerprint {lab.fingerprint}" in done.output
    assert f"pulumi config set wiretik:port {lab.apis_port}" in done.output


def test_a_look_is_no_login(run):
    with serve(password="a-secret") as fresh:
        run(fresh.host, "--port", fresh.apis_port)
        assert fresh.stats().commands == {}


def test_a_router_without_certificate_is_recognised(bare, run):
    assert look(bare.host, bare.apis_port, 5) == (Anonymous(), "127.0.0.1")
    done = run(bare.host, "--port", bare.apis_port)
    assert done.exit_code == 1
    assert "speaks TLS without a certificate" in done.output
    assert "/certificate/sign wiretik-api ca=wiretik-ca" in done.output
    assert bare.stats().commands == {}


def test_a_closed_service_is_recognised(run):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        done = run("127.0.0.1", "--port", free.getsockname()[1])
    assert done.exit_code == 1
    assert "the service api-ssl is off" in done.output
    assert "/ip/service/set api-ssl" in done.output


def test_the_plain_api_is_not_taken_for_the_other(lab, run):
    done = run(lab.host, "--port", lab.api_port, "--timeout", "1")
    assert done.exit_code == 1
    assert "The API without TLS has 8728." in done.output


def test_a_service_that_says_nothing_is_given_up(run):
    with socket.create_server(("127.0.0.1", 0)) as mute:
        done = run("127.0.0.1", "--port", mute.getsockname()[1], "--timeout", "0.2")
    assert done.exit_code == 1
    assert "accepts connections and then says nothing" in done.output


def test_an_unknown_name_is_told(run):
    done = run("router.invalid")
    assert done.exit_code == 1
    assert "DNS doesn't know the name 'router.invalid'" in done.output


def test_a_login_tells_the_router_and_what_the_user_may(lab, run):
    done = run(
        *(lab.host, "--port", lab.apis_port, "--user", "admin", "--fingerprint", lab.fingerprint),
        WIRETIK_PASSWORD="a-secret",
    )
    assert done.exit_code == 0
    assert "RouterOS    7.23.2 (stable)" in done.output
    assert "identity    HF90000WTIK" in done.output
    assert "lacks" not in done.output
    assert "a-secret" not in done.output


def test_a_refused_login_is_one_line_without_the_password(lab, run):
    done = run(
        *(lab.host, "--port", lab.apis_port, "--user", "admin", "--fingerprint", lab.fingerprint),
        WIRETIK_PASSWORD="wrong-secret",
    )
    assert done.exit_code == 1
    assert "login as 'admin' refused" in done.output
    assert "wrong-secret" not in done.output


# --- who vouches ------------------------------------------------------------------------------------------------------


@pytest.fixture
def fresh(tmp_path, monkeypatch):
    """A router whose logins are counted, and a project's folder to stand in."""
    monkeypatch.chdir(tmp_path)
    with serve(profile="defconf", password="a-secret") as running:
        yield running


def configure(lab, **config):
    told = {"host": lab.host, "port": lab.apis_port, **config}
    lines = [f"  wiretik:{key.replace('_', '-')}: {json.dumps(value)}" for key, value in told.items()]
    pathlib.Path("Pulumi.yaml").write_text("name: site\nruntime: python\n")
    pathlib.Path("Pulumi.dev.yaml").write_text("\n".join(["config:", *lines, ""]))


def colons(pin):
    return ":".join(pin[at : at + 2] for at in range(0, 64, 2)).upper()


VOUCHED = {
    "the person names it": (["--fingerprint", "PIN"], {}, {}),
    "the person names it with colons": (["--fingerprint", "COLONS"], {}, {}),
    "the project pins it": ([], {"fingerprint": "PIN"}, {}),
    "the project pins it with colons": ([], {"fingerprint": "COLONS"}, {}),
    "the environment pins it": ([], {}, {"WIRETIK_FINGERPRINT": "PIN"}),
    "the project names the authority": ([], {"ca_file": "CA"}, {}),
    "the environment names the authority": ([], {}, {"WIRETIK_CA_FILE": "CA"}),
    "the router's own entry pins it": ([], {"routers": {"home": {"host": "HOST", "fingerprint": "PIN"}}}, {}),
    "its own variable pins it": (["--router", "home"], {}, {"WIRETIK_HOME_FINGERPRINT": "PIN"}),
    "another address has another pin": (["--fingerprint", "PIN"], {"host": "10.9.9.9", "fingerprint": "OTHER"}, {}),
}
NOT_VOUCHED = {
    "nobody does": ([], {}, {}),
    "the person names another": (["--fingerprint", "OTHER"], {}, {}),
    "the person names half of it": (["--fingerprint", "HALF"], {}, {}),
    "the project pins another": ([], {"fingerprint": "OTHER"}, {}),
    "the project pins another, whatever the person says": (["--fingerprint", "PIN"], {"fingerprint": "OTHER"}, {}),
    "the environment pins another": ([], {}, {"WIRETIK_FINGERPRINT": "OTHER"}),
    "the project's authority didn't sign it": ([], {"ca_file": "STRANGER"}, {}),
    "the router's own entry pins another": ([], {"routers": {"home": {"host": "HOST", "fingerprint": "OTHER"}}}, {}),
    "the pin is another address's": ([], {"host": "10.9.9.9", "fingerprint": "PIN"}, {}),
}


def tried(lab, run, tmp_path, case):
    """A connect in which words stand for what is known only now."""
    options, config, environment = case
    with serve(certificate_number=7) as stranger:
        other = tmp_path / "stranger.pem"
        other.write_bytes(pathlib.Path(stranger.ca_file).read_bytes())
    words = {
        "PIN": lab.fingerprint,
        "COLONS": colons(lab.fingerprint),
        "HALF": lab.fingerprint[:32],
        "OTHER": "ab" * 32,
        "CA": lab.ca_file,
        "STRANGER": str(other),
        "HOST": lab.host,
    }

    def meant(value):
        return (
            {key: meant(inner) for key, inner in value.items()} if isinstance(value, dict) else words.get(value, value)
        )

    if config:
        configure(lab, **{key: meant(value) for key, value in config.items()})
    told = {key: meant(value) for key, value in environment.items()}
    return run(
        *(lab.host, "--port", lab.apis_port, "--user", "admin", *map(meant, options)),
        WIRETIK_PASSWORD="a-secret",
        **told,
    )


@pytest.mark.parametrize("case", VOUCHED.values(), ids=list(VOUCHED))
def test_a_certificate_that_somebody_vouches_for_gets_the_password(fresh, run, tmp_path, case):
    done = tried(fresh, run, tmp_path, case)
    assert done.exit_code == 0, done.output
    assert "'admin' can log in" in done.output


@pytest.mark.parametrize("case", NOT_VOUCHED.values(), ids=list(NOT_VOUCHED))
def test_a_certificate_that_nobody_vouches_for_does_not(fresh, run, tmp_path, case):
    done = tried(fresh, run, tmp_path, case)
    assert done.exit_code == 1
    assert fresh.stats().commands == {}
    assert "a-secret" not in done.output


@pytest.mark.parametrize(("answer", "code"), [("y\n", 0), ("n\n", 1), ("\n", 1)])
def test_on_a_terminal_the_person_is_asked(fresh, monkeypatch, answer, code):
    monkeypatch.setenv("WIRETIK_PASSWORD", "a-secret")
    outer, inner = pty.openpty()
    done = subprocess.Popen(
        [sys.executable, "-m", "wiretik", "connect", fresh.host, "--port", str(fresh.apis_port), "--user", "admin"],
        stdin=inner,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    os.write(outer, answer.encode())
    out, errors = done.communicate(timeout=60)
    os.close(outer)
    os.close(inner)
    assert done.returncode == code, out + errors
    assert fresh.fingerprint.encode() in errors
    assert bool(fresh.stats().commands) == (code == 0)


@pytest.mark.parametrize("der", [b"", b"\x30\x03\x02\x01\x01", bytes(range(256))])
def test_a_certificate_that_cannot_be_read_has_a_fingerprint(der):
    seen = _read(der, "odd")
    assert seen.fingerprint == hashlib.sha256(der).hexdigest()
    told = text(advice(HOME, seen, NOW))
    assert seen.fingerprint in told
    assert "valid until  not known" in told
