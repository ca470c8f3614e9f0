"""A run's table on terminals of 80 and of 120 columns."""

import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from wiretik.cli.commands.fleet.live import Screen, Shown

LONG = "waits to be confirmed for 298 s by somebody who is asked for it in a line that no terminal holds whole" * 2


def run(names, verdicts):
    yield {"event": "began", "operation": "up", "sites": [*names]}
    yield {"event": "wave", "number": 3, "of": 4, "sites": len(names), "left": len(names)}
    for name in names:
        yield {"event": "site-began", "site": name}
    for name, verdict in verdicts.items():
        errors = ["no connection to 10.0.0.1:8729"] if verdict != "ok" else []
        yield {
            "event": "site",
            "site": name,
            "verdict": verdict,
            "changes": {"create": 2},
            "seconds": 1.5,
            "errors": errors,
        }
    for name in [name for name in names if name not in verdicts][:1]:
        yield {"event": "site-waits", "site": name, "why": LONG}


NAMES = [f"site-with-a-name-{number:03}" for number in range(40)]
VERDICTS = {**dict.fromkeys(NAMES[:20], "ok"), NAMES[20]: "failed", NAMES[21]: "unreachable"}


def drawn(width):
    shown = Shown()
    for number, line in enumerate(run(NAMES, VERDICTS)):
        shown.take(line, float(number))
    written = io.StringIO()
    Console(width=width, file=written, force_terminal=False).print(shown.table(100.0))
    return written.getvalue().splitlines()


@pytest.mark.parametrize("width", [80, 120])
def test_the_table_says_what_is_done_and_what_is_under_way_and_fits(width):
    lines = drawn(width)
    assert max(map(cell_len, lines)) <= width
    assert lines[0].startswith("up wave 3 of 4")
    assert lines[0].rstrip().endswith("22/40  20 ok  1 failed  1 unreachable")
    assert len(lines) == 1 + 12 + 1
    assert "site-with-a-name-022" in lines[1]
    assert "waits to be confirmed" in lines[1]
    assert lines[1].rstrip().endswith("…")
    assert lines[-1] == "  and 6 more"


def test_a_site_that_is_done_twice_is_one_site():
    shown = Shown()
    for line in [*run(["a", "b"], {"a": "ok"}), *list(run(["a"], {"a": "ok"}))[2:]]:
        shown.take(line, 0.0)
    assert len(shown.verdicts) == 1


def test_what_has_happened_scrolls_by_above_it():
    written = io.StringIO()
    screen = Console(width=80, file=written, force_terminal=True, color_system=None)
    with Screen(screen) as live:
        for line in run(["a", "b"], {"a": "failed"}):
            live(line)
    text = written.getvalue()
    assert "a  failed  1.5 s" in text
    assert "no connection to 10.0.0.1:8729" in text
