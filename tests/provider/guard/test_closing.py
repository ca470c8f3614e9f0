"""A confirm may break off anywhere, and whoever takes one of its commands back changes no row of the network."""

import pytest

from guarding import FILTER, Site, signed
from wiretik_provider.api.session import Command
from wiretik_provider.errors import GuardError, Trap
from wiretik_provider.guard.closing import confirm, standing

LIST = "/interface/list"


def site():
    """A guarded change of a new rule, a list that goes and a rule that goes; and the router as it is planned."""
    found = Site()
    found.router.run(f"{LIST}/add", name="VPN", comment=signed("VPN"))
    found.router.run(f"{FILTER}/add", chain="input", action="drop", protocol="tcp", dst_port="7", comment=signed("old"))
    ids = {
        row.get("name") or row.get("dst-port"): row[".id"] for path in (LIST, FILTER) for row in found.router.rows(path)
    }
    watch = found.watch()
    add = ("=chain=input", "=protocol=udp", "=dst-port=1", f"=comment={signed('new')}")
    watch.through([Command(FILTER, "add", add)], found.send)
    watch.through([Command(LIST, "remove", (f"=.id={ids['VPN']}",))], found.send)
    watch.through([Command(FILTER, "remove", (f"=.id={ids['7']}",))], found.send)
    found.sent.clear()
    return found


def guard_rows(one):
    return [row for path in ("/system/script", "/system/scheduler", "/tool/netwatch") for row in one.router.rows(path)]


@pytest.fixture(scope="module")
def planned():
    one = site()
    assert confirm("", one.send) == 2
    assert guard_rows(one) == []
    return one.network()


def test_a_confirm_is_three_round_trips_and_two_more_that_clear_up_besides_the_removals():
    one, trips = site(), []

    def send(commands):
        trips.append({command.verb for command in commands})
        return one.send(commands)

    confirm("", send)
    assert trips == [{"print"}, {"set"}, {"print"}, {"remove"}, {"remove"}, {"print"}, {"remove"}, {"remove"}]


def test_a_confirm_that_breaks_anywhere_is_gone_on_with(planned):
    step = 0
    for step in range(1, 40):
        one, left = site(), [step]

        def broken(commands, one=one, left=left):
            left[0] -= 1
            if not left[0]:
                raise ConnectionError
            return one.send(commands)

        try:
            confirm("", broken)
        except ConnectionError:
            pass
        else:
            break
        if standing("", one.send).state is not None:
            confirm("", one.send)
        assert (one.network(), guard_rows(one)) == (planned, [])
    assert step > 5


def test_undo_by_hand_after_each_step_of_a_confirm_changes_no_row_of_the_network(planned):
    """Whoever takes one of its commands back is seen by the next one; what was confirmed stays."""
    step = 0
    for step in range(1, 40):
        one, left = site(), [step]

        def meddled(commands, one=one, left=left):
            answers = []
            for command in commands:
                answers += one.send([command])
                left[0] -= command.verb != "print"
                if not left[0] and command.verb != "print":
                    one.router.run("/undo")
            return answers

        if step == 1:
            with pytest.raises(GuardError, match="somebody has taken the confirmation back: confirm again"):
                confirm("", meddled)
        confirm("", meddled)
        assert one.network() == planned
        one.wait(1000, 30)
        assert one.network() == planned
        if left[0] > 0:
            break
    assert step > 5


def test_two_who_confirm_the_same_change_at_once_both_succeed(planned):
    """The other one does all of it between any two round trips of the first; the first sees that it is done."""
    ends = set()
    for step in range(1, 12):
        one, left = site(), [step]

        def joined(commands, one=one, left=left):
            answers = one.send(commands)
            left[0] -= 1
            if not left[0] and standing("", one.send).state is not None:
                confirm("", one.send)
            return answers

        try:
            confirm("", joined)
        except Trap as told:  # between its look and the command that confirms
            ends.add(told.message)
        assert (one.network(), guard_rows(one)) == (planned, [])
    assert ends == {"no such item"}
