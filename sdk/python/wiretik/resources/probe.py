"""What must be as well after a change as before it, for a deployment to confirm that change by itself.

A probe is no resource. It is asked before the first write and after the last one, where `wiretik:confirm` is `auto`;
what failed before keeps nothing from being confirmed.
"""

from __future__ import annotations

import base64
import pickle
from collections.abc import Callable
from typing import Any, Final

from wiretik.resources.base.gate import gate_of
from wiretik.resources.base.misuse import Misuse
from wiretik.resources.base.router import Router
from wiretik.resources.base.row import Ref, Row
from wiretik_provider.codecs.spans import span4, span6
from wiretik_provider.guard.dns import is_name

__all__ = ["Probe"]

_PORTS: Final = range(1, 1 << 16)


class Probe:
    """Something that works, and that a change mustn't break.

    One of `ping`, `dns`, `handshake`, `tcp` and `call` says what is asked.

    Example:
        ```python
        wt.Probe("the office answers", ping="10.20.0.1", through=wg1)
        wt.Probe("names", dns="www.example.com", server="10.20.0.1")
        wt.Probe("the tunnel to the office", handshake="office")
        wt.Probe("the NAS", tcp="192.168.88.10:22")


        def sells() -> bool:
            import urllib.request

            return urllib.request.urlopen("https://shop.example.com").status == 200


        wt.Probe("the shop", call=sells)
        ```

    Args:
        name: its name in messages.
        ping: an address that the router pings; that needs the policy `test`.
        through: with `ping`, the interface by which the router pings, such as a tunnel.
        source: with `ping`, the router's own address that it pings from.
        dns: a name whose addresses the machine that deploys asks for.
        server: with `dns`, the name server that is asked; the router itself unless told. One behind a tunnel proves the
            tunnel, too.
        handshake: a peer, or its name or public key, whose next handshake is waited for; one that has a keepalive is
            asked without a probe.
        tcp: an address and a port, to which the machine that deploys opens a connection.
        call: a function that is true if all is well; it runs in the provider's process, so it makes its own imports.
        router: which router; may be left out where the stack has only one.
    """

    def __init__(
        self,
        name: str,
        *,
        ping: str | None = None,
        through: Ref | None = None,
        source: str | None = None,
        dns: str | None = None,
        server: str | None = None,
        handshake: Row | str | None = None,
        tcp: str | None = None,
        call: Callable[[], object] | None = None,
        router: Router | str = "",
    ) -> None:
        kinds = {"ping": ping, "dns": dns, "handshake": handshake, "tcp": tcp, "call": call}
        given = [kind for kind, value in kinds.items() if value is not None]
        if len(given) != 1:
            raise Misuse(f"Probe {name!r} takes one of {', '.join(kinds)}: it has {' and '.join(given) or 'none'}")
        if ping is None and (through, source) != (None, None):
            raise Misuse(f"Probe {name!r}: through and source belong to a ping")
        if dns is None and server is not None:
            raise Misuse(f"Probe {name!r}: server belongs to dns")
        said = {
            "dns": lambda: _named(name, str(dns), server),
            "ping": lambda: _ping(name, str(ping), through, source),
            "handshake": lambda: {"peer": handshake._tag if isinstance(handshake, Row) else str(handshake)},
            "tcp": lambda: _place(name, str(tcp)),
            "call": lambda: {"function": _packed(name, call)},
        }[given[0]]()
        gate_of(router.name if isinstance(router, Router) else router).probe(
            {"name": name, "kind": given[0], "given": said}
        )


def _ping(name: str, address: str, through: Ref | None, source: str | None) -> dict[str, str]:
    for text in (address, source):
        if text is not None and (span6 if ":" in text else span4)(text) is None:
            raise Misuse(f"Probe {name!r}: {text!r} is no address, such as 10.20.0.1")
    by: Any = through._known.get(through._named) if isinstance(through, Row) else through
    if by is not None and not isinstance(by, str):
        raise Misuse(f"Probe {name!r}: through takes an interface whose name the program knows")
    found = {"address": address, "interface": by, "src-address": source}
    return {key: value for key, value in found.items() if value is not None}


def _named(name: str, asked: str, server: str | None) -> dict[str, str]:
    if not is_name(asked):
        raise Misuse(f"Probe {name!r}: dns takes a name, such as www.example.com, not {asked!r}")
    return {"name": asked, **({"server": server} if server else {})}


def _place(name: str, text: str) -> dict[str, str]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal() or int(port) not in _PORTS:
        raise Misuse(f"Probe {name!r}: tcp takes an address and a port, such as 192.168.88.10:22, not {text!r}")
    return {"host": host.strip("[]"), "port": port}


def _packed(name: str, function: object) -> str:
    """A function as text, as Pulumi packs providers: the process that calls it isn't the program's."""
    if not callable(function):
        raise Misuse(f"Probe {name!r}: call takes a function, such as lambda: True")
    import dill  # noqa: PLC0415, of hundreds of programs one has such a probe

    try:
        return base64.b64encode(dill.dumps(function, recurse=True)).decode()
    except (pickle.PicklingError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise Misuse(f"Probe {name!r}: the function can't be sent to the provider: {error}") from None
