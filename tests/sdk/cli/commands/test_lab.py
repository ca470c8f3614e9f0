"""`wiretik lab` says where it can't listen."""

import errno

from wiretik.cli.commands.lab import _deaf


def test_a_port_that_is_taken_is_named_with_the_cure():
    said = "error while attempting to bind on address ('127.0.0.1', 8728): address already in use"  # asyncio's words
    told = _deaf("127.0.0.1", OSError(errno.EADDRINUSE, said))
    assert told == (
        "can't listen on 127.0.0.1 port 8728: address already in use: choose another port, or 0 for a free one"
    )


def test_an_address_of_another_machine_is_told_in_the_systems_words():
    said = "error while attempting to bind on address ('fe80::1', 80, 0, 0): cannot assign requested address"
    assert _deaf("x", OSError(errno.EADDRNOTAVAIL, said)) == (
        "can't listen on fe80::1 port 80: cannot assign requested address"
    )
    assert _deaf("nowhere.invalid", OSError(-2, "Name or service not known")) == (
        "can't listen on nowhere.invalid: Name or service not known"
    )
