"""The names that programs use, each from where it is made; `wiretik` gives them on."""

from wiretik._debugging import say_only_what_is_asked_for
from wiretik._interrupts import end_quietly
from wiretik._slips import watch_program
from wiretik.components.always_on import AlwaysOnVpn, AlwaysOnVpnArgs
from wiretik.components.bridged.bridged_lan import BridgedLan, BridgedLanArgs
from wiretik.components.ends import FarEnd, SiteEnd
from wiretik.components.relay import MeshClient, RelayMesh, RelayMeshArgs
from wiretik.components.shared.backup import Backup
from wiretik.components.shared.forwards import Forward
from wiretik.components.shared.lan import Lan
from wiretik.components.shared.refusal import Refusal
from wiretik.components.site import Site, SiteArgs
from wiretik.components.site_to_site import SiteMesh, SiteMeshArgs, SiteToSite, SiteToSiteArgs
from wiretik.components.tunnel import Tunnel, TunnelArgs, TunnelPeer
from wiretik.components.uplinks.args import Wan
from wiretik.components.uplinks.uplinks import Uplinks, UplinksArgs
from wiretik.components.vlans.vlan import Ssid, Vlan, VlanArgs
from wiretik.components.warriors import Group, RoadWarriors, RoadWarriorsArgs, User
from wiretik.components.wg_quick.client_profile import ClientProfile, ClientProfileArgs, ProfileMode
from wiretik.components.wg_quick.exit_node import Firewall, LinuxExitNode
from wiretik.components.wg_quick.qr import QrFormat, qr_code
from wiretik.resources.address_list import AddressList, Entry, Ipv6AddressList, entries_from_file
from wiretik.resources.allowed_address import AllowedAddress
from wiretik.resources.base.missing import answer
from wiretik.resources.base.misuse import watch
from wiretik.resources.base.position import BEFORE_DROP, BEFORE_FASTTRACK, FIRST, LAST, After, Before, Match, Position
from wiretik.resources.base.router import Router
from wiretik.resources.base.row import Row, RowArgs
from wiretik.resources.chains import (
    FilterChain,
    Ipv6FilterChain,
    Ipv6MangleChain,
    Ipv6NatChain,
    Ipv6RawChain,
    MangleChain,
    NatChain,
    RawChain,
    RoutingRuleChain,
)
from wiretik.resources.every.menu_row import MenuRow, MenuSettings
from wiretik.resources.expect import Expect
from wiretik.resources.firewall import (
    FilterChainRule,
    FilterRule,
    FilterRuleArgs,
    MangleChainRule,
    MangleRule,
    MangleRuleArgs,
    NatChainRule,
    NatRule,
    NatRuleArgs,
    RawChainRule,
    RawRule,
    RawRuleArgs,
)
from wiretik.resources.interfaces import (
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
from wiretik.resources.ip import Dns, DnsArgs, IpAddress, IpAddressArgs, Route, RouteArgs
from wiretik.resources.ipv6 import Ipv6Address, Ipv6AddressArgs, Ipv6Route, Ipv6RouteArgs
from wiretik.resources.ipv6_firewall import (
    Ipv6FilterChainRule,
    Ipv6FilterRule,
    Ipv6FilterRuleArgs,
    Ipv6MangleChainRule,
    Ipv6MangleRule,
    Ipv6MangleRuleArgs,
    Ipv6NatChainRule,
    Ipv6NatRule,
    Ipv6NatRuleArgs,
    Ipv6RawChainRule,
    Ipv6RawRule,
    Ipv6RawRuleArgs,
)
from wiretik.resources.keys import WireGuardKey
from wiretik.resources.matchers import (
    AddressListRef,
    FirewallRuleArgs,
    Ipv6AddressListRef,
    Ipv6Matchers,
    Ipv6PacketMatchers,
    Ipv6StatefulMatchers,
    Matchers,
    Not,
    PacketMatchers,
    StatefulMatchers,
)
from wiretik.resources.moved import moved
from wiretik.resources.probe import Probe
from wiretik.resources.routing import (
    RoutingChainRule,
    RoutingRule,
    RoutingRuleArgs,
    RoutingTable,
    RoutingTableArgs,
    TableRef,
)
from wiretik.resources.system import Identity, IdentityArgs, Scheduler, SchedulerArgs, Script, ScriptArgs

__all__ = [
    "BEFORE_DROP",
    "BEFORE_FASTTRACK",
    "FIRST",
    "LAST",
    "AddressList",
    "AddressListRef",
    "After",
    "AllowedAddress",
    "AlwaysOnVpn",
    "AlwaysOnVpnArgs",
    "Backup",
    "Before",
    "BridgedLan",
    "BridgedLanArgs",
    "ClientProfile",
    "ClientProfileArgs",
    "Dns",
    "DnsArgs",
    "Entry",
    "Expect",
    "FarEnd",
    "FilterChain",
    "FilterChainRule",
    "FilterRule",
    "FilterRuleArgs",
    "Firewall",
    "FirewallRuleArgs",
    "Forward",
    "Group",
    "Identity",
    "IdentityArgs",
    "InterfaceList",
    "InterfaceListArgs",
    "InterfaceListMember",
    "InterfaceListMemberArgs",
    "InterfaceRef",
    "IpAddress",
    "IpAddressArgs",
    "Ipv6Address",
    "Ipv6AddressArgs",
    "Ipv6AddressList",
    "Ipv6AddressListRef",
    "Ipv6FilterChain",
    "Ipv6FilterChainRule",
    "Ipv6FilterRule",
    "Ipv6FilterRuleArgs",
    "Ipv6MangleChain",
    "Ipv6MangleChainRule",
    "Ipv6MangleRule",
    "Ipv6MangleRuleArgs",
    "Ipv6Matchers",
    "Ipv6NatChain",
    "Ipv6NatChainRule",
    "Ipv6NatRule",
    "Ipv6NatRuleArgs",
    "Ipv6PacketMatchers",
    "Ipv6RawChain",
    "Ipv6RawChainRule",
    "Ipv6RawRule",
    "Ipv6RawRuleArgs",
    "Ipv6Route",
    "Ipv6RouteArgs",
    "Ipv6StatefulMatchers",
    "Lan",
    "LinuxExitNode",
    "ListRef",
    "MangleChain",
    "MangleChainRule",
    "MangleRule",
    "MangleRuleArgs",
    "Match",
    "Matchers",
    "MenuRow",
    "MenuSettings",
    "MeshClient",
    "NatChain",
    "NatChainRule",
    "NatRule",
    "NatRuleArgs",
    "Not",
    "PacketMatchers",
    "Peer",
    "PeerArgs",
    "Position",
    "Probe",
    "ProfileMode",
    "QrFormat",
    "RawChain",
    "RawChainRule",
    "RawRule",
    "RawRuleArgs",
    "Refusal",
    "RelayMesh",
    "RelayMeshArgs",
    "RoadWarriors",
    "RoadWarriorsArgs",
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
    "SiteMesh",
    "SiteMeshArgs",
    "SiteToSite",
    "SiteToSiteArgs",
    "Ssid",
    "StatefulMatchers",
    "TableRef",
    "Tunnel",
    "TunnelArgs",
    "TunnelPeer",
    "Uplinks",
    "UplinksArgs",
    "User",
    "Vlan",
    "VlanArgs",
    "Wan",
    "WireGuardInterface",
    "WireGuardInterfaceArgs",
    "WireGuardKey",
    "entries_from_file",
    "moved",
    "qr_code",
]

watch(globals(), watch_program)
answer(globals())
watch_program()
end_quietly()
say_only_what_is_asked_for()
