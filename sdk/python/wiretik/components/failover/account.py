"""The account at a VPN provider, from a program's arguments or from the provider's file, and the tunnel to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs
import pulumi

from wiretik.components.always_on_args import AlwaysOnVpnArgs, reach, read
from wiretik.components.ddns.endpoints import may_be_name
from wiretik.components.shared.making import DEFAULT_MTU, EVERYBODY
from wiretik.components.tunnel_args import TunnelArgs, TunnelPeer
from wiretik.components.wg_quick import conf as conf_file
from wiretik.resources.routing import RoutingTable

__all__ = ["Account", "account_of"]


@attrs.frozen
class Account:
    """The account, as far as it is known."""

    address: pulumi.Input[str]
    address6: pulumi.Input[str] | None
    network: Any
    mtu: pulumi.Input[int] | None
    public_key: pulumi.Input[str]
    endpoint: pulumi.Input[str]
    private_key: pulumi.Input[str] | None
    preshared_key: pulumi.Input[str] | None
    dns: pulumi.Input[str] | None
    asked: pulumi.Input[str] | None
    """Who is asked whether its far end is alive; where nobody needs to know None, or whom the file names."""
    ipv6: pulumi.Output[bool] | None = None
    """Whether the file has it."""

    def tunnel(
        self, args: AlwaysOnVpnArgs, table: RoutingTable, distance: int | None, after: Sequence[pulumi.Resource] = ()
    ) -> TunnelArgs:
        """The tunnel to the provider.

        Args:
            args: the arguments.
            table: where its default route is.
            distance: of its default route, which then asks whether the far end is alive; None where no other waits.
            after: what must be there before it is routed into.
        """
        provider = TunnelPeer(
            "provider",
            self.public_key,
            [EVERYBODY[version] for version in ((4, 6) if args.ipv6 else (4,))],
            endpoint=self.endpoint,
            preshared_key=self.preshared_key,
        )
        return TunnelArgs(
            args.interface,
            address=self.address,
            address6=self.address6,
            network=self.network,
            peers=[provider],
            private_key=self.private_key,
            mtu=self.mtu,
            table=table,
            gateway=args.gateway,
            distance=distance,
            check_gateway=self.asked or False if distance else False,
            check_gateway6=args.check_gateway6 if distance else None,
            after=after,
            inbound=False,
            follow_names=args.follow_names and may_be_name(self.endpoint),
            mss_clamp=args.mss_clamp,
            router=args.router,
        )


def account_of(args: AlwaysOnVpnArgs) -> Account:
    """The account from the arguments, or from the file: what isn't a key is no secret there."""
    resolver = args.resolver if isinstance(args.resolver, str) else None
    gateway = args.gateway
    if args.conf is None:
        address = args.address or ""
        return Account(
            address,
            args.address6,
            reach(address, gateway) if gateway else None,
            args.mtu,
            args.public_key or "",
            args.endpoint or "",
            args.private_key,
            args.preshared_key,
            resolver or (gateway if args.resolver else None),
            args.asked_host,
        )
    whole: pulumi.Output[conf_file.Conf] = pulumi.Output.all(args.conf).apply(lambda texts: read(texts[0], args))
    public = pulumi.Output.unsecret(whole)
    return Account(
        public.apply(lambda found: found.address),
        public.apply(lambda found: found.address6) if args.ipv6 else None,
        public.apply(lambda found: reach(found.address, gateway)) if gateway else None,
        args.mtu or public.apply(lambda found: found.mtu or DEFAULT_MTU),
        public.apply(lambda found: found.public_key),
        public.apply(lambda found: found.endpoint),
        pulumi.Output.secret(whole.apply(lambda found: found.private_key)),
        pulumi.Output.secret(whole.apply(lambda found: found.preshared_key or "none")),
        resolver or (public.apply(lambda found: found.dns[0]) if args.resolver else None),
        args.asked_host or public.apply(lambda found: found.dns[0] if found.dns else ""),
        public.apply(lambda found: found.ipv6),
    )
