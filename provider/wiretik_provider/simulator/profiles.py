"""What a router has on its first day: `bare`, and the factory home router `defconf` (routeros.md D.8).

Written as the commands that a person would give, so that a profile can't be in a state that the router refuses.
"""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from wiretik_provider.simulator.router import Router

__all__ = ["PROFILES", "apply"]

_BARE: Final = """
/interface/bridge/add name=bridge
"""

_DEFCONF: Final = """
/interface/bridge/add name=bridge comment=defconf
/interface/list/add name=WAN comment=defconf
/interface/list/add name=LAN comment=defconf
/interface/bridge/port/add bridge=bridge interface=ether2 comment=defconf
/interface/bridge/port/add bridge=bridge interface=ether3 comment=defconf
/interface/bridge/port/add bridge=bridge interface=ether4 comment=defconf
/interface/bridge/port/add bridge=bridge interface=ether5 comment=defconf
/interface/list/member/add interface=bridge list=LAN comment=defconf
/interface/list/member/add interface=ether1 list=WAN comment=defconf
/ip/address/add address=192.168.88.1/24 interface=bridge comment=defconf
/ip/dhcp-client/add interface=ether1 comment=defconf
/ip/dns/set allow-remote-requests=yes
/ip/firewall/filter/add chain=input action=accept connection-state=established,related,untracked \
 comment="defconf: accept established,related,untracked"
/ip/firewall/filter/add chain=input action=drop connection-state=invalid comment="defconf: drop invalid"
/ip/firewall/filter/add chain=input action=accept protocol=icmp comment="defconf: accept ICMP"
/ip/firewall/filter/add chain=input action=accept dst-address=127.0.0.1 \
 comment="defconf: accept to local loopback (for CAPsMAN)"
/ip/firewall/filter/add chain=input action=drop in-interface-list=!LAN comment="defconf: drop all not coming from LAN"
/ip/firewall/filter/add chain=forward action=accept ipsec-policy=in,ipsec comment="defconf: accept in ipsec policy"
/ip/firewall/filter/add chain=forward action=accept ipsec-policy=out,ipsec comment="defconf: accept out ipsec policy"
/ip/firewall/filter/add chain=forward action=fasttrack-connection connection-state=established,related \
 comment="defconf: fasttrack"
/ip/firewall/filter/add chain=forward action=accept connection-state=established,related,untracked \
 comment="defconf: accept established,related, untracked"
/ip/firewall/filter/add chain=forward action=drop connection-state=invalid comment="defconf: drop invalid"
/ip/firewall/filter/add chain=forward action=drop connection-state=new connection-nat-state=!dstnat \
 in-interface-list=WAN comment="defconf: drop all from WAN not DSTNATed"
/ip/firewall/nat/add chain=srcnat action=masquerade out-interface-list=WAN ipsec-policy=out,none \
 comment="defconf: masquerade"
"""

PROFILES: Final = {"bare": _BARE, "defconf": _DEFCONF}


def apply(router: Router, profile: str) -> None:
    """Gives a new router its first configuration.

    Raises:
        ValueError: there is no such profile.
    """
    if profile not in PROFILES:
        raise ValueError(f"no profile {profile!r}; there are {', '.join(PROFILES)}")
    for line in PROFILES[profile].replace("\\\n", "").strip().splitlines():
        command, *words = shlex.split(line)
        router.run(command, **dict(word.partition("=")[::2] for word in words))
