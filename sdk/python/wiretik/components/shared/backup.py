"""A second VPN that takes the first one's place while that is silent."""

from __future__ import annotations

import attrs
import pulumi

__all__ = ["Backup"]


@attrs.frozen(kw_only=True)
class Backup:
    """The VPN that takes an `AlwaysOnVpn`'s place while its far end is silent: another provider, or another server.

    The account is either the provider's file, `conf`, or `address`, `public_key`, `endpoint` and the peer's other
    properties, all as of an `AlwaysOnVpn`.

    Example:
        ```python
        wt.AlwaysOnVpn("vpn", wt.AlwaysOnVpnArgs(
            "wg0", lan=lan, conf=config.require_secret("vpn-conf"), dns="9.9.9.9",
            backup=wt.Backup("wg1", conf=config.require_secret("backup-conf")),
        ))
        ```

    Attributes:
        interface: the name of its WireGuard interface.
        conf: the text of its .conf file.
        address: its IPv4 address with its mask; another one than the first VPN's.
        public_key: the provider's public key.
        endpoint: the provider's `HOST:PORT`.
        private_key: the account's private key; the router makes one where it isn't given.
        preshared_key: a key that both ends share besides.
        mtu: the largest packet inside.
        ipv6: whether it has IPv6, too; else IPv6 goes nowhere while the first VPN is silent.
        address6: its IPv6 address with its mask.
        gateway: its internal gateway.
        check_gateway: who is asked whether it is alive; `gateway`, or else the file's resolver, where it isn't given.
        check_gateway6: likewise for IPv6.
        tell: commands of RouterOS's script language that netwatch runs besides its entry in the log, when one of the
            two falls silent or answers again: `/tool/e-mail/send to=…`.
    """

    interface: str = attrs.field(default="wg1", kw_only=False)
    conf: pulumi.Input[str] | None = attrs.field(default=None, repr=False)
    address: str | None = None
    public_key: pulumi.Input[str] | None = None
    endpoint: pulumi.Input[str] | None = None
    private_key: pulumi.Input[str] | None = attrs.field(default=None, repr=False)
    preshared_key: pulumi.Input[str] | None = attrs.field(default=None, repr=False)
    mtu: int | None = None
    ipv6: bool = False
    address6: str | None = None
    gateway: str | None = None
    check_gateway: pulumi.Input[str] | bool = False
    check_gateway6: pulumi.Input[str] | None = None
    tell: str = ""
