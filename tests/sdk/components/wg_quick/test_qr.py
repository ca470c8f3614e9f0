"""A profile as a QR code: the cells of the picture are those of the text, and it is as secret as the text."""

import base64
import re

import pulumi
import pytest
import segno

import wiretik as wt
from wiretik.components.wg_quick.qr import draw

TEXT = "[Interface]\nAddress = 10.99.0.3/24\nPrivateKey = YW55IGtleSBvZiB0aGlydHktdHdvIGJ5dGVzIGlzIG8=\n"


def drawn(register, kind):
    told = []

    def program():
        code = wt.qr_code(pulumi.Output.from_input(TEXT), kind)
        pulumi.Output.all(pulumi.Output.unsecret(code), code.is_secret()).apply(told.append)

    register(program)
    ((text, secret),) = told
    assert secret
    return text


def test_the_svg_has_a_mark_for_each_run_of_dark_cells(register):
    svg = drawn(register, "svg")

    cells = segno.make(TEXT, error="l", micro=False, boost_error=False).matrix
    dark = sum(cell for row in cells for cell in row)
    assert svg.startswith("<svg")
    assert sum(int(length) for length in re.findall(r"h(\d+)", svg.partition('class="qrline"')[2])) == dark


def test_the_terminal_shows_two_rows_of_cells_in_a_line(register):
    lines = drawn(register, "terminal").splitlines()

    side = segno.make(TEXT, error="l", micro=False, boost_error=False).symbol_size(border=4)[0]
    assert len(lines) == (side + 1) // 2


@pytest.mark.parametrize("length", [1, 600])
def test_short_and_long_profiles_fit(register, length):
    told = []
    register(lambda: wt.qr_code("x" * length, "svg").apply(told.append))

    assert len(told) == 1


def test_a_png_is_base64_of_the_file(register):
    pixels = base64.b64decode(drawn(register, wt.QrFormat.PNG), validate=True)

    assert pixels == draw(TEXT, wt.QrFormat.PNG)
    assert pixels.startswith(b"\x89PNG\r\n")


def test_another_kind_of_picture_is_refused():
    with pytest.raises(ValueError, match="QrFormat is one of svg, png, terminal; not 'gif'"):
        wt.qr_code("x", "gif")


@pytest.mark.parametrize("key", ["PHONE_PRIVATE_KEY", "MÜLLERS_IPHONE_PRIVATE_KEY"])
def test_a_profile_whose_key_only_the_client_knows_is_no_picture(key):
    text = f"[Interface]\nAddress = 10.99.0.3/24\nPrivateKey = {key}\n"

    with pytest.raises(pulumi.RunError, match=r"no QR code: .* private_key=wt\.WireGuardKey"):
        draw(text, wt.QrFormat.SVG)


def test_a_text_that_merely_speaks_of_such_a_key_is_drawn():
    assert draw("Which PHONE_PRIVATE_KEY?\nPostUp = echo PHONE_PRIVATE_KEY\n", wt.QrFormat.SVG).startswith(b"<svg")
