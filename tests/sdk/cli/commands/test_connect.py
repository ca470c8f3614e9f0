"""First contact: what a person sees of a router that nobody has configured yet."""

import datetime as dt
import socket

import attrs
import pytest
from typer.testing import CliRunner

from wiretik.cli import app
from wiretik.cli.commands.connect import look
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
    done = run(lab.host, "--port", lab.apis_port, "--user", "admin", WIRETIK_PASSWORD="a-secret")
    assert done.exit_code == 0
    assert "RouterOS    7.23.2 (stable)" in done.output
    assert "identity    HF90000WTIK" in done.output
    assert "lacks" not in done.output
    assert "a-secret" not in done.output


def test_a_refused_login_is_one_line_without_the_password(lab, run):
    done = run(lab.host, "--port", lab.apis_port, "--user", "admin", WIRETIK_PASSWORD="wrong-secret")
    assert done.exit_code == 1
    assert "login as 'admin' refused" in done.output
    assert "wrong-secret" not in done.output
