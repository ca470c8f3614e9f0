"""`wiretik lab`: the embedded router on a loopback port, for programs, demos and other tools' tests.

Standard output is for programs: the line `ready …` says where the router listens. Hints go to standard error.
"""

from __future__ import annotations

import asyncio
import errno
import json
import re
import signal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Final

import typer

from wiretik.cli.output import complain, say
from wiretik_provider.simulator import Fault, Options, Refused, Router
from wiretik_provider.simulator.console.loading import LoadError, version_of
from wiretik_provider.simulator.services.lab import hang_up, listen
from wiretik_provider.simulator.services.server import Server
from wiretik_provider.simulator.services.stats import Stats
from wiretik_provider.simulator.services.tls import Identity, identity

__all__ = ["lab"]

_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)
_SAID: Final = {"api": "api", "api-ssl": "apis", "www": "rest", "www-ssl": "rests"}
"""What the line `ready` calls the services."""


def lab(
    *,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, metavar="PORT", help="Port of the plain API; 0 picks a free one.")
    ] = 0,
    tls_port: Annotated[
        int, typer.Option(min=0, max=65535, metavar="PORT", help="Port of the API with TLS; 0 picks a free one.")
    ] = 0,
    rest_port: Annotated[
        int | None,
        typer.Option(
            min=0, max=65535, metavar="PORT", help="Port of the REST service (plain HTTP); 0 picks a free one."
        ),
    ] = None,
    rests_port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, metavar="PORT", help="Port of the REST service with TLS; 0 picks a free one."),
    ] = None,
    user: Annotated[str, typer.Option(help="The full user's name.")] = "admin",
    password: Annotated[str, typer.Option(help="That user's password.")] = "",
    profile: Annotated[
        str | None,
        typer.Option(
            help="`bare`, `defconf`: the factory home router, or `none`.", show_default="bare, none with --load"
        ),
    ] = None,
    load: Annotated[
        Path | None, typer.Option(metavar="FILE.rsc", help="Begin with the rows of this export of a router.")
    ] = None,
    skip_unknown: Annotated[
        bool, typer.Option("--skip-unknown", help="Leave out the lines of that file that aren't known, and list them.")
    ] = False,
    version: Annotated[
        str | None,
        typer.Option(help="RouterOS version to play, 7.15 to 7.24.", show_default="7.23.2, or the export's"),
    ] = None,
    identity_name: Annotated[str, typer.Option("--identity", help="The router's name.")] = "MikroTik",
    serial: Annotated[str, typer.Option(help="Serial number; routers that differ need different ones.")] = (
        "HF90000WTIK"
    ),
    max_sessions: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=1000,
            metavar="N",
            help="How many connections each service takes at a time.",
            show_default="20, as RouterOS 7.16 and later",
        ),
    ] = None,
    routers: Annotated[
        int,
        typer.Option(
            min=1, metavar="N", help="How many routers, each on ports of its own, listed in front of `ready`."
        ),
    ] = 1,
    rtt_ms: Annotated[
        float, typer.Option(help="Each answer leaves so long after its command; no real router is faster than 1.")
    ] = 2,
    command_ms: Annotated[float, typer.Option(help="The router's own time for each command.")] = 0,
    shuffle: Annotated[
        int | None, typer.Option(metavar="SEED", help="Execute commands that are in flight in random order.")
    ] = None,
    cliff: Annotated[
        int,
        typer.Option(min=0, metavar="N", help="With so many commands under way each takes 20 ms, until none is."),
    ] = 0,
    no_certificate: Annotated[
        bool, typer.Option("--no-certificate", help="api-ssl has none: it offers anonymous Diffie-Hellman alone.")
    ] = False,
    certificate: Annotated[bool, typer.Option("--certificate", hidden=True)] = False,  # what is so unless told
    add_user: Annotated[
        list[str] | None, typer.Option(metavar="USER", help="A further user, as NAME:PASSWORD:POLICY,POLICY.")
    ] = None,
    fault: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ACCIDENT",
            help="Such as `lose,verb=add,nth=2`: what happens, and to which call (path=, verb=, nth=, seconds=).",
        ),
    ] = None,
    option: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=VALUE", help="An open question about RouterOS, such as nextid=yes or dead=true."),
    ] = None,
    stats: Annotated[
        Path | None, typer.Option(help="At the end, write the counted requests to this file as JSON.")
    ] = None,
) -> None:
    """Serve an embedded RouterOS until it is told to stop (Ctrl-C)."""
    if version is not None and not re.fullmatch(r"7\.\d+(\.\d+)?", version):
        raise typer.BadParameter(f"{version!r} is no version of RouterOS 7, such as 7.23.2", param_hint="--version")
    try:
        text = "" if load is None else load.read_text("utf-8-sig", "surrogateescape")
        servers = []
        for number in range(routers):
            # Routers that differ have different serial numbers and names; the first is as it would be alone.
            router = Router(
                profile or ("bare" if load is None else "none"),
                version or version_of(text) or "7.23.2",
                identity=f"{identity_name}-{number + 1}" if number else identity_name,
                serial=f"{serial}-{number + 1}" if number else serial,
                user=user,
                password=password,
                options=Options.parse(option or ()),
            )
            skipped = [
                f"{load}:{each.line}: skipped: {each.problem}" for each in router.load(text, skip_unknown=skip_unknown)
            ]
            complain(*skipped)
            _prepare(router, "www-ssl" if rests_port is not None else "", max_sessions, add_user or ())
            servers.append(Server(router, rtt_ms=rtt_ms, command_ms=command_ms, shuffle=shuffle, cliff=cliff))
            servers[-1].faults.extend(Fault.parse(each) for each in fault or ())
    except OSError as error:
        complain(f"error: {load}: {error.strerror}")
        raise typer.Exit(2) from None
    except LoadError as error:
        complain(*(f"error: {load}:{each.line}: {each.problem}" for each in error.errors))
        raise typer.Exit(2) from None
    except (ValueError, Refused) as error:
        complain(f"error: {error}")
        raise typer.Exit(2) from None
    try:
        proof = None if no_certificate and not certificate else identity(host)
        asked = {"api": port, "api-ssl": tls_port, "www": rest_port, "www-ssl": rests_port}
        ports = {service: number for service, number in asked.items() if number is not None}
        asyncio.run(_serve(servers, host, ports, proof, _login(user, password)))
    except (OSError, ValueError) as error:  # a ValueError is what can be no address
        complain(f"error: {_deaf(host, error)}")
        raise typer.Exit(1) from None
    if stats is not None:
        total = Stats.total(server.stats for server in servers)
        stats.write_text(json.dumps(total.as_dict(), indent=2) + "\n")


def _deaf(host: str, error: OSError | ValueError) -> str:
    """Why nothing can listen; asyncio names the address and the port in its words."""
    at = re.search(r"\('(.*?)', ([0-9]+)[^)]*\): (.*)", str(error))
    if at is None:
        return f"can't listen on {host}: {getattr(error, 'strerror', None) or error}"
    free = ": choose another port, or 0 for a free one" if getattr(error, "errno", 0) == errno.EADDRINUSE else ""
    return f"can't listen on {at[1]} port {at[2]}: {at[3]}{free}"


def _prepare(router: Router, service: str, max_sessions: int | None, users: Iterable[str]) -> None:
    """Enables a service, sets how many connections each takes, adds users."""
    if service:
        router.run("/ip/service/enable", numbers=service)
    if max_sessions is not None and "max-sessions" in router.menus["/ip/service"].args:
        router.run("/ip/service/set", numbers="api,api-ssl,www,www-ssl", max_sessions=str(max_sessions))
    for given in users:
        name, _, rest = given.partition(":")
        secret, _, policies = rest.rpartition(":")
        router.add_user(name, secret, policies.split(","))


async def _serve(
    servers: Sequence[Server], host: str, ports: dict[str, int], proof: Identity | None, login: Sequence[str]
) -> None:
    stop = asyncio.Event()
    for signal_number in _SIGNALS:
        asyncio.get_running_loop().add_signal_handler(signal_number, stop.set)
    running = []
    lines = []
    ports_of: list[Mapping[str, int]] = []
    for number, server in enumerate(servers):
        server.crashed = stop.set
        # One port after the other, or any free ones.
        wanted = {service: port and port + number for service, port in ports.items()}
        listeners, opened = await listen(server, host, wanted, proof)
        running.append((server, listeners))
        lines.append(" ".join(f"{_SAID[service]}={host}:{opened[service]}" for service in _SAID if service in opened))
        ports_of.append(opened)
    if len(lines) > 1:
        say(*(f"router {number} {line}" for number, line in enumerate(lines, 1)))
    say(f"ready {lines[0]}")
    _hint(host, ports_of[0]["api"], ports_of[0]["api-ssl"], proof, login)
    complain(*(note for server in servers for note in _closed(server.router, ports_of[0])))
    await stop.wait()
    for server, listeners in running:
        await hang_up(server, listeners)


def _closed(router: Router, opened: Iterable[str]) -> Iterator[str]:
    """Services whose ports answer nobody, as the router has it."""
    for row in router.rows("/ip/service"):
        if row["name"] in opened and not router.admits(row["name"], 1):
            yield (
                f"{row['name']} is disabled or closed to this machine in /ip/service, so its port hangs up: "
                f'/ip service set {row["name"]} disabled=no address="" opens it'
            )


def _login(user: str, password: str) -> list[str]:
    """The lines that configure who logs in; an empty password is the default."""
    lines = [f"pulumi config set wiretik:username {user}"]
    return [*lines, "pulumi config set --secret wiretik:password"] if password else lines


def _hint(host: str, api: int, apis: int, proof: Identity | None, login: Sequence[str]) -> None:
    lines = [f"pulumi config set wiretik:host {host}"]
    if proof is not None:
        lines += [
            f"pulumi config set wiretik:port {apis}",
            f"pulumi config set wiretik:fingerprint {proof.fingerprint}",
        ]
    else:
        lines += [f"pulumi config set wiretik:port {api}", "pulumi config set wiretik:tls false"]
    told = "Without the Pulumi CLI, `wiretik config set` does the same. Ctrl-C ends it."
    complain(*lines, *login, told)
