"""Pictures' colours."""

import re

from wiretik.drawing.paint import sheet


def test_every_viewer_knows_the_colours_and_dark_ground_has_its_own():
    made = sheet(".a { fill: $ink } .b { stroke: $t1 }", {"ink": "#000", "t1": "#123"}, {"ink": "#fff", "t1": "#456"})

    light, dark = made.split("@media (prefers-color-scheme: dark)")
    assert re.findall(r"#\w+", light) == ["#000", "#123"]
    assert re.findall(r"#\w+", dark) == ["#fff", "#456"]
    assert "var(" not in made
