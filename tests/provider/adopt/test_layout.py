"""Python as `ruff format` leaves it."""

import ast

from hypothesis import given
from hypothesis import strategies as st

from wiretik_provider.adopt.layout import Call, Dictionary, Listed, Plain, laid_out, text


@given(st.text())
def test_a_text_is_what_python_reads_again(value):
    assert ast.literal_eval(text(value)) == value


def test_a_text_takes_the_quotes_that_need_fewer_escapes():
    assert [text('say "x"'), text("it's"), text("both ' and \"")] == ["'say \"x\"'", '"it\'s"', '"both \' and \\""']


def test_what_fits_stands_on_one_line_and_what_does_not_on_one_for_each_part():
    short = Call("wt.Route", [("", Plain('"x"')), ("distance", Plain("2"))])
    assert laid_out("", short) == ['wt.Route("x", distance=2)']
    longer = Call("wt.Route", [("", Plain('"x"')), *((f"property_{n}", Plain('"' + "v" * 12 + '"')) for n in range(4))])
    assert [len(laid_out("", longer)), len(laid_out("route = ", longer))] == [3, 3]
    assert laid_out("", longer)[1].startswith('    "x", property_0=')
    wide = Dictionary([(f"rule {n}", Dictionary([("action", Plain('"accept"'))])) for n in range(9)])
    lines = laid_out("x = ", Listed([wide]), 4, ",")
    assert (lines[0], lines[1], lines[2], lines[-1]) == (
        "    x = [",
        "        {",
        '            "rule 0": {"action": "accept"},',
        "    ],",
    )
