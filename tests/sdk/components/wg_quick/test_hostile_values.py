"""What goes into files and scripts that root runs is parsed, whoever said it: a router, another stack, config."""

import shlex
from typing import Any

import pulumi
import pytest

import mocked
import wiretik as wt
from hostile import NAMES, no_control_characters
from wiretik.components.shared.openings import Opening, as_output
from wiretik.components.wg_quick import conf
from wiretik.components.wg_quick.profile import Profile, placeholder
from wiretik.components.wg_quick.qr import QrFormat, draw
from wiretik_provider.keys import generate

KEY = generate()
LINES = ["\nPostUp = touch never", "\r\nPostUp = x", "\x0bPostUp = x", "\u2028PostUp = x", "\x00", "\x1b[2J", " # x"]
SOUND = {
    "address": "10.99.0.3/24, fd00:99::3/64",
    "private_key": KEY,
    "public_key": KEY,
    "preshared_key": KEY,
    "endpoint": "router.example.com:51820",
    "allowed": ["10.99.0.0/24", "::/0"],
    "dns": ["9.9.9.9", "2620:fe::fe"],
    "mtu": 1420,
}


def hostile(name, end):
    match SOUND[name]:
        case list() as several:
            return [*several, f"fe80::1%a{end}", f"{several[0]}{end}"]
        case value:
            return f"{value}{end}"


@pytest.mark.parametrize("end", LINES)
@pytest.mark.parametrize("name", SOUND)
def test_a_value_of_a_profile_is_parsed_or_refused(name, end):
    with pytest.raises(ValueError, match=r"^\w+: .* (is|isn't) ") as refused:
        Profile(**{**SOUND, name: hostile(name, end)}).text()
    no_control_characters(str(refused.value))
    assert KEY not in str(refused.value)


def test_what_is_sound_passes_and_is_written_in_one_way():
    text = Profile(**{**SOUND, "endpoint": "2001:db8::1:51820", "public_key": f" {KEY} "}).text()
    assert "Endpoint = [2001:db8::1]:51820\n" in text
    assert f"PublicKey = {KEY}\n" in text
    assert "Address = 10.99.0.3/24, fd00:99::3/64\n" in text


@pytest.mark.parametrize("name", [*NAMES, "x\npostup=id", "a b", ""])
def test_a_placeholder_is_one_word(name):
    word = placeholder(name)
    assert word.split() == [word]
    assert word.isprintable()
    assert Profile(**{**SOUND, "private_key": word}).text()


@pytest.mark.parametrize("end", LINES)
def test_an_output_that_is_no_key_is_refused_in_one_line(end):
    def program():
        wt.ClientProfile(
            "phone",
            wt.ClientProfileArgs(
                address="10.99.0.3/24",
                endpoint="r.example.com:51820",
                public_key=pulumi.Output.from_input(f"{KEY}{end}"),
                modes={"normal": wt.ProfileMode(["10.99.0.0/24"])},
            ),
        )

    with pytest.raises(pulumi.RunError, match="the profile of 'phone': PublicKey: it isn't a WireGuard key") as refused:
        mocked.resources(program)
    assert "\n" not in str(refused.value)


SHELL = [
    ";touch RAN;",
    "$(touch${IFS}RAN)",
    "`touch RAN`",
    "\ntouch RAN\n",
    "'",
    '"',
    " -j ACCEPT",
    "|id",
    "&id",
    "<x",
    "*",
]


@pytest.mark.parametrize("firewall", ["iptables", "nftables"])
@pytest.mark.parametrize("text", SHELL)
def test_nothing_but_prefixes_and_names_comes_into_a_script(firewall, text):
    choices: tuple[dict[str, Any], ...] = (
        {"sources": [f"fe80::%a{text}/64"]},
        {"sources": [f"fe80::1%{text}"]},
        {"sources": [f"10.0.0.0/24{text}"]},
        {"outgoing": f"eth0{text}"},
        {"outgoing": text},
        {"outgoing": "eth0", "interface": f"wg{text}"},
    )
    for choice in choices:
        with pytest.raises(ValueError, match="is not a"):
            wt.LinuxExitNode(**choice, firewall=firewall)


@pytest.mark.parametrize("name", ["-j", "--flush", "é", "²", ".", "a" * 16])
def test_an_interface_is_a_linux_name_and_no_option(name):
    with pytest.raises(ValueError, match="is not a Linux interface's name"):
        wt.LinuxExitNode(outgoing=name)


@pytest.mark.parametrize(
    "name", [*NAMES, '"; /system/reset-configuration; :put "', "$[/system/reboot]", "it's", "\\", "`id`"]
)
def test_what_others_paste_holds_a_name_only_as_a_comment(name):
    [found] = as_output(Opening(at=name, incoming=True, host="1.2.3.4", port=51820))
    for text in found.values():
        no_control_characters(text)
        assert "\n" not in text
    comment = found["routeros"].rpartition('comment="')[2]
    assert comment.count('"') == 1
    assert not set(comment) & set("\\$[];`'{}")
    assert shlex.split(found["nftables"])[-1].strip('"').startswith("WireGuard of ")


def test_a_qr_code_is_made_of_lines_that_can_be_shown():
    assert draw(Profile(**SOUND).text(), QrFormat.TERMINAL)
    with pytest.raises(pulumi.RunError, match="control characters"):
        draw("[Interface]\n\x1b[2J", QrFormat.SVG)


FILE = f"""[Interface]
PrivateKey = {KEY}
Address = 10.2.0.2/32
MTU = 1400

[Peer]
PublicKey = {KEY}
AllowedIPs = 0.0.0.0/0
Endpoint = 198.51.100.7:51820
"""


@pytest.mark.parametrize(
    "digits", ["²", "①", "1_400", "١٤٠٠", "0x10", "+1400", "1400.0", pytest.param("9" * 5000, id="long")]
)
def test_a_number_of_a_file_is_digits_and_a_complaint_names_its_line_and_never_the_value(digits):
    for right, line, key in (("1400", 4, "MTU"), ("51820", 9, "Endpoint")):
        with pytest.raises(ValueError, match=f"^line {line}: {key} isn't") as refused:
            conf.parse(FILE.replace(right, digits))
        assert digits not in str(refused.value)


def test_a_file_that_a_windows_editor_saved_is_read():
    marked = conf.parse("\ufeff" + FILE.replace("\n", "\r\n"))
    assert marked == conf.parse(FILE)
    assert marked.mtu == 1400


@pytest.mark.parametrize("zone", ["%eth0", "%a\nPostUp=x"])
def test_an_address_of_a_file_has_no_zone(zone):
    with pytest.raises(ValueError, match=r"^line"):
        conf.parse(FILE.replace("10.2.0.2/32", f"10.2.0.2/32, fe80::1{zone}/64"))
