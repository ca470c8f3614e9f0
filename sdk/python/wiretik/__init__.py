"""WireGuard networks on MikroTik routers, as Pulumi programs."""

from wiretik import _environment  # noqa: F401  (before anything imports grpc)
from wiretik._resource import Row, RowArgs
from wiretik.address_list import AddressList, Entry, entries_from_file
from wiretik.chains import FilterChain, MangleChain, NatChain, RawChain, RoutingRuleChain
from wiretik.components.always_on import AlwaysOnVpn, AlwaysOnVpnArgs
from wiretik.components.client_profile import ClientProfile, ClientProfileArgs, ProfileMode
from wiretik.components.exit_node import Firewall, LinuxExitNode
from wiretik.components.lan import Lan
from wiretik.components.qr import QrFormat, qr_code
from wiretik.components.refusal import Refusal
from wiretik.components.relay import MeshClient, RelayMesh, RelayMeshArgs
from wiretik.components.site import Site, SiteArgs
from wiretik.components.site_to_site import SiteEnd, SiteToSite, SiteToSiteArgs
from wiretik.components.tunnel import Tunnel, TunnelArgs, TunnelPeer
from wiretik.expect import Expect
from wiretik.firewall import (
    AddressListRef,
    FilterChainRule,
    FilterRule,
    FilterRuleArgs,
    FirewallRuleArgs,
    MangleChainRule,
    MangleRule,
    MangleRuleArgs,
    Matchers,
    NatChainRule,
    NatRule,
    NatRuleArgs,
    PacketMatchers,
    RawChainRule,
    RawRule,
    RawRuleArgs,
    StatefulMatchers,
)
from wiretik.interfaces import (
    InterfaceList,
    InterfaceListArgs,
    InterfaceListMember,
    InterfaceListMemberArgs,
    InterfaceRef,
    ListRef,
    Peer,
    PeerArgs,
    WireGuardInterface,
    WireGuardInterfaceArgs,
)
from wiretik.ip import Dns, DnsArgs, IpAddress, IpAddressArgs, Route, RouteArgs
from wiretik.keys import WireGuardKey
from wiretik.position import BEFORE_DROP, BEFORE_FASTTRACK, FIRST, LAST, After, Before, Match, Position
from wiretik.router import Router
from wiretik.routing import RoutingChainRule, RoutingRule, RoutingRuleArgs, RoutingTable, RoutingTableArgs, TableRef
from wiretik.system import Identity, IdentityArgs, Scheduler, SchedulerArgs, Script, ScriptArgs

__all__ = [
    "BEFORE_DROP",
    "BEFORE_FASTTRACK",
    "FIRST",
    "LAST",
    "AddressList",
    "AddressListRef",
    "After",
    "AlwaysOnVpn",
    "AlwaysOnVpnArgs",
    "Before",
    "ClientProfile",
    "ClientProfileArgs",
    "Dns",
    "DnsArgs",
    "Entry",
    "Expect",
    "FilterChain",
    "FilterChainRule",
    "FilterRule",
    "FilterRuleArgs",
    "Firewall",
    "FirewallRuleArgs",
    "Identity",
    "IdentityArgs",
    "InterfaceList",
    "InterfaceListArgs",
    "InterfaceListMember",
    "InterfaceListMemberArgs",
    "InterfaceRef",
    "IpAddress",
    "IpAddressArgs",
    "Lan",
    "LinuxExitNode",
    "ListRef",
    "MangleChain",
    "MangleChainRule",
    "MangleRule",
    "MangleRuleArgs",
    "Match",
    "Matchers",
    "MeshClient",
    "NatChain",
    "NatChainRule",
    "NatRule",
    "NatRuleArgs",
    "PacketMatchers",
    "Peer",
    "PeerArgs",
    "Position",
    "ProfileMode",
    "QrFormat",
    "RawChain",
    "RawChainRule",
    "RawRule",
    "RawRuleArgs",
    "Refusal",
    "RelayMesh",
    "RelayMeshArgs",
    "Route",
    "RouteArgs",
    "Router",
    "RoutingChainRule",
    "RoutingRule",
    "RoutingRuleArgs",
    "RoutingRuleChain",
    "RoutingTable",
    "RoutingTableArgs",
    "Row",
    "RowArgs",
    "Scheduler",
    "SchedulerArgs",
    "Script",
    "ScriptArgs",
    "Site",
    "SiteArgs",
    "SiteEnd",
    "SiteToSite",
    "SiteToSiteArgs",
    "StatefulMatchers",
    "TableRef",
    "Tunnel",
    "TunnelArgs",
    "TunnelPeer",
    "WireGuardInterface",
    "WireGuardInterfaceArgs",
    "WireGuardKey",
    "entries_from_file",
    "qr_code",
]
