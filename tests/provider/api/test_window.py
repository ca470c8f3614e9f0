"""How many commands may be in flight: the window against a router that is arithmetic, without a clock."""

import itertools
import math
from collections import deque

import pytest

from wiretik_provider.api.window import FIRST, Window

TRIP = 0.02
SLOW = 0.02


def played(window, count, *, service=0.0, cliff=math.inf, trip=TRIP):
    """The seconds that so many commands take, and the most that were in flight.

    Commands are served one after the other; with `cliff` of them under way each takes `SLOW`, until none is.
    """
    now = free = 0.0
    under_way, most, over = deque(), 0, False
    while count or under_way:
        for _ in range(min(count, max(0, window.room(len(under_way))) if count else 0)):
            count -= 1
            over = len(under_way) + 1 >= cliff or (over and bool(under_way))
            free = max(free, now + trip / 2) + (SLOW if over else service)
            under_way.append((now, free + trip / 2))
        most = max(most, len(under_way))
        sent, answered = under_way.popleft()
        now = answered
        if count:
            window.answered(answered - sent)
    return now, most


@pytest.mark.parametrize("most", [1, 8, FIRST])
@pytest.mark.parametrize("service", [0.0, 0.001])
def test_up_to_the_first_size_the_window_is_what_the_user_says(most, service):
    window = Window(most)
    assert window.size == most
    _, in_flight = played(window, 1000, service=service)
    assert (in_flight, window.size) == (most, most)


def test_it_grows_to_what_the_user_allows_and_no_further():
    window = Window(256)
    seconds, most = played(window, 10_000)
    assert (most, window.size) == (256, 256)
    assert seconds <= 1.1 * math.ceil(10_000 / 256) * TRIP


def test_it_grows_by_steps_and_never_jumps():
    window, sizes = Window(1000), []
    for _ in range(2000):
        window.answered(TRIP)
        sizes.append(window.size)
    assert {after - before for before, after in itertools.pairwise(sizes)} == {0, FIRST}


@pytest.mark.parametrize("service", [0.001, 0.003])
def test_where_the_router_is_the_limit_it_stays_small_and_nothing_is_slower(service):
    seconds, most = played(Window(1000), 5000, service=service)
    without, _ = played(Window(FIRST), 5000, service=service)
    assert most <= 4 * FIRST
    assert seconds <= 1.01 * without


def test_on_a_line_without_latency_it_does_not_grow_for_nothing():
    window = Window(256)
    _, most = played(window, 5000, service=0.001, trip=0.0003)
    assert most <= 2 * FIRST


@pytest.mark.parametrize("cliff", [100, 150, 220])
@pytest.mark.parametrize("service", [0.0, 0.0001])
def test_a_router_that_is_overrun_is_left_alone_and_not_overrun_again(cliff, service):
    window = Window(1000)
    played(window, 10_000, service=service, cliff=cliff)
    assert window.most < cliff
    assert not window.waits
    again, most = played(window, 10_000, service=service, cliff=cliff)
    assert most < cliff
    assert again <= played(Window(FIRST), 10_000, service=service, cliff=cliff)[0] * 0.51


def test_finding_the_cliff_costs_what_was_in_flight_once():
    seconds, most = played(Window(256), 10_000, cliff=150)
    rest = math.ceil(10_000 / FIRST) * TRIP
    assert seconds <= (most + 32) * SLOW + rest / 3
    assert seconds < rest  # even so no slower than without


def test_while_the_router_recovers_nothing_is_sent():
    window = Window(256)
    for _ in range(FIRST):
        window.answered(TRIP)
    for _ in range(8):
        window.answered(100 * TRIP)
    assert window.waits
    assert window.room(5) == 0
    assert window.room(0) == window.size == FIRST
    assert window.room(5) == window.size - 5


def test_one_answer_that_comes_late_changes_nothing():
    window = Window(256)
    for turn in range(3000):
        window.answered(3 * TRIP if turn % 100 == 99 else TRIP)
    assert window.size == 256


def test_a_lost_packet_costs_a_part_of_the_window_and_not_more():
    window = Window(256)
    for turn in range(4000):
        window.answered(50 * TRIP if turn % 1000 < 7 else TRIP)
    assert window.most == 256


def test_answers_to_what_was_sent_before_the_window_was_halved_do_not_halve_it_again():
    window = Window(256)
    for _ in range(2000):
        window.answered(TRIP)
    sizes = set()
    for _ in range(2 * 256):
        window.answered(3 * TRIP)
        sizes.add(window.size)
    assert sizes == {256, 128}


def test_it_grows_again_where_the_line_is_as_fast_as_before():
    window = Window(256)
    for seconds in [TRIP] * 2000 + [3 * TRIP] * 256 + [TRIP] * 2000:
        window.answered(seconds)
    assert window.size == 256


def test_a_line_that_stood_still_for_a_moment_is_used_as_before_once_all_went_well_for_a_while():
    window = Window(256)
    for seconds in [TRIP] * 2000 + [12 * TRIP] * 8:
        window.answered(seconds)
    assert window.most < 256
    rounds = 10 * 12
    for _ in range(256 * (rounds + 20)):
        window.answered(TRIP)
    assert window.size == window.most == 256


def test_a_router_with_a_cliff_is_tried_again_so_seldom_that_it_costs_a_tenth_at_most():
    window = Window(256)
    played(window, 10_000, cliff=150)
    bears = window.most
    seconds, most = played(window, 300_000, cliff=150)
    assert most >= 150
    assert seconds <= 1.1 * math.ceil(300_000 / bears) * TRIP
