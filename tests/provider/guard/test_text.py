"""What stands on a router is written into a script so that it comes back letter by letter, and is never a command."""

from wiretik_provider.guard import scripts, text


def test_each_attribute_is_said_with_its_value_quoted():
    assert text.words(["=name=a b", '=comment="; /x']) == 'name="a b" comment="\\"; /x"'


def test_what_is_unset_is_said_without_a_value():
    assert text.words(["=!dst-port=", "=comment="]) == '!dst-port comment=""'


def test_lines_are_parted_in_their_order_and_each_part_fits_a_script():
    lines = [f"{number:04}" * 100 for number in range(40)]
    parts = scripts.chunks(lines)
    assert [line for part in parts for line in part] == lines
    assert all(len("\n".join(part)) <= scripts.SIZE for part in parts)
    assert scripts.chunks([]) == []


def test_a_guard_says_its_state_and_only_ours_is_read():
    state = scripts.State(scripts.ARMED, "3f9a", "c0ffee", 100, 400)
    script = {"comment": state.comment, "source": scripts.tick(state, scripts.Parts(1, 2, 1))}
    assert scripts.state_of(script) == state
    assert scripts.state_of({"comment": "armed by me"}) is None
    assert scripts.state_of({"comment": state.comment, "source": ""}) == state._replace(armed=0, till=0)
    late = scripts.state_of({"comment": state.comment, "source": scripts.at_once(script["source"])})
    assert late == state._replace(till=0)


def test_only_scripts_of_the_guard_are_ours():
    assert not scripts.ours("wiretik-undo-1 mine")
    assert scripts.ours("wiretik-undo-12")
    assert scripts.ours("wiretik-gone-3")
