"""What several lines promise: the next alive one is taken, and whoever calls a forwarded port is answered."""

from __future__ import annotations

from wiretik.components.shared.promising import nobody_left, promised, somebody_outside
from wiretik.components.uplinks.args import UplinksArgs

__all__ = ["lines_take_turns", "ports_are_answered"]


def lines_take_turns(name: str, args: UplinksArgs) -> None:
    """The internet is reached by each line while those that go before it are down; whoever is asked answers.

    Where lines share connections, by each while all others are down, and by any of them while none is.
    """
    if args.lan is None:
        return
    for source in args.lan.every():
        having = args.having(source.version)
        # Whom a line asks is reached by that line alone.
        to = somebody_outside([host for one in having for host in one.asked(source.version)], source.version)
        if to is None:
            nobody_left(name, source.version)
            continue
        asked = promised(str(source), args.lan.interface, args.router)
        if args.balance:
            every = [one.interface for one in having]
            asked.leaves_by(args.wan, to=to, up=every, name=f"{name}: the internet is reached by any of its lines")
        for number, one in enumerate(having):
            before = [other for other in having if other is not one] if args.balance else having[:number]
            down = [other.interface for other in before]
            told = f"{name}: the internet is reached by {one.interface}"
            told += f" while {' and '.join(down)} {'is' if len(down) == 1 else 'are'} down" if down else ""
            asked.leaves_by(one.interface, to=to, down=down, up=one.interface, name=told)


def ports_are_answered(name: str, args: UplinksArgs) -> None:
    """Who calls a forwarded port by a line gets through, and is answered by it; as far as its address is known."""
    for wan in args.wans:
        for one in args.forwards:
            far = somebody_outside(wan.asked(4), 4)
            if one.version != 4 or wan.address is None or far is None:
                continue
            own = wan.address.partition("/")[0]
            for protocol in one.protocols:
                for low, _ in one.ports:
                    told = f"{name}: {protocol} {one.port} is forwarded by {wan.interface} and answered by it"
                    promised(far, wan.interface, args.router).reaches(own, port=low, protocol=protocol, name=told)
