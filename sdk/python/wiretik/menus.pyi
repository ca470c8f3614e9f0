"""A class for every menu that RouterOS has; which there are says docs/reference/every/index.md."""

# Generated from the file of all menus by `make generate`; change that, or tools/generate/every.py.

from collections.abc import Mapping as _Mapping, Sequence as _Sequence

from pulumi import Input as _Input, Output as _Output, ResourceOptions as _Options

from wiretik.resources.base.arguments import Flag as _Flag, Span as _Span, Text as _Text, Texts as _Texts
from wiretik.resources.every.resource import MenuResource as _Menu
from wiretik.resources.base.position import Position as _Position
from wiretik.resources.base.router import Router as _Router
from wiretik.resources.base.row import Not as _Not, Row as _Row
from wiretik import Dns as Dns
from wiretik import FilterRule as FilterRule
from wiretik import Identity as Identity
from wiretik import InterfaceList as InterfaceList
from wiretik import InterfaceListMember as InterfaceListMember
from wiretik import IpAddress as IpAddress
from wiretik import Ipv6Address as Ipv6Address
from wiretik import Ipv6FilterRule as Ipv6FilterRule
from wiretik import Ipv6MangleRule as Ipv6MangleRule
from wiretik import Ipv6NatRule as Ipv6NatRule
from wiretik import Ipv6RawRule as Ipv6RawRule
from wiretik import Ipv6Route as Ipv6Route
from wiretik import MangleRule as MangleRule
from wiretik import NatRule as NatRule
from wiretik import Peer as Peer
from wiretik import RawRule as RawRule
from wiretik import Route as Route
from wiretik import RoutingRule as RoutingRule
from wiretik import RoutingTable as RoutingTable
from wiretik import Scheduler as Scheduler
from wiretik import Script as Script
from wiretik import WireGuardInterface as WireGuardInterface

__all__ = [
    "App", "AppSettings", "CapsManAaa", "CapsManAccessList", "CapsManActualInterfaceConfiguration", "CapsManChannel",
    "CapsManConfiguration", "CapsManDatapath", "CapsManInterface", "CapsManManager", "CapsManManagerInterface",
    "CapsManProvisioning", "CapsManRates", "CapsManSecurity", "Certificate", "CertificateCrl", "CertificateScepServer",
    "CertificateScepServerRa", "CertificateSettings", "ConsoleSettings", "Container", "ContainerConfig",
    "ContainerEnvs", "ContainerMounts", "Disk", "DiskBtrfsFilesystem", "DiskBtrfsSubvolume", "DiskBtrfsTransfer",
    "DiskSettings", "Dns", "Dude", "DudeAgent", "DudeDevice", "DudeDeviceType", "DudeNotification", "DudeProbe",
    "DudeRosAddress", "DudeRosArp", "DudeRosHealth", "DudeRosInterface", "DudeRosLease", "DudeRosNeighbor",
    "DudeRosQueue", "DudeRosResource", "DudeRosRoute", "DudeRosRouterboard", "DudeService", "File", "FileRsyncDaemon",
    "FileSync", "FilterRule", "Identity", "Interface", "Interface6to4", "InterfaceAmt", "InterfaceBonding",
    "InterfaceBridge", "InterfaceBridgeCalea", "InterfaceBridgeFilter", "InterfaceBridgeHost", "InterfaceBridgeMdb",
    "InterfaceBridgeMsrp", "InterfaceBridgeMsrpDomain", "InterfaceBridgeMsti", "InterfaceBridgeNat",
    "InterfaceBridgePort", "InterfaceBridgePortController", "InterfaceBridgePortControllerDevice",
    "InterfaceBridgePortControllerPort", "InterfaceBridgePortExtender", "InterfaceBridgePortMstOverride",
    "InterfaceBridgeSettings", "InterfaceBridgeVlan", "InterfaceDetectInternet", "InterfaceDot1xClient",
    "InterfaceDot1xServer", "InterfaceEoip", "InterfaceEoipv6", "InterfaceEthernet", "InterfaceEthernetPoe",
    "InterfaceEthernetPoeSettings", "InterfaceEthernetSwitch", "InterfaceEthernetSwitchAcl",
    "InterfaceEthernetSwitchAclPolicer", "InterfaceEthernetSwitchDscpQosMap", "InterfaceEthernetSwitchDscpToDscp",
    "InterfaceEthernetSwitchEgressVlanTag", "InterfaceEthernetSwitchEgressVlanTranslation",
    "InterfaceEthernetSwitchHost", "InterfaceEthernetSwitchIngressPortPolicer",
    "InterfaceEthernetSwitchIngressVlanTranslation", "InterfaceEthernetSwitchL3hwSettings",
    "InterfaceEthernetSwitchL3hwSettingsAdvanced", "InterfaceEthernetSwitchMacBasedVlan",
    "InterfaceEthernetSwitchMulticastFdb", "InterfaceEthernetSwitchOne2oneVlanSwitching",
    "InterfaceEthernetSwitchPolicerQosMap", "InterfaceEthernetSwitchPort", "InterfaceEthernetSwitchPortIsolation",
    "InterfaceEthernetSwitchPortLeakage", "InterfaceEthernetSwitchProtocolBasedVlan", "InterfaceEthernetSwitchQosGroup",
    "InterfaceEthernetSwitchQosMap", "InterfaceEthernetSwitchQosMapIp", "InterfaceEthernetSwitchQosMapVlan",
    "InterfaceEthernetSwitchQosPort", "InterfaceEthernetSwitchQosPriorityFlowControl",
    "InterfaceEthernetSwitchQosProfile", "InterfaceEthernetSwitchQosSettings", "InterfaceEthernetSwitchQosTxManager",
    "InterfaceEthernetSwitchQosTxManagerQueue", "InterfaceEthernetSwitchReservedFdb", "InterfaceEthernetSwitchRule",
    "InterfaceEthernetSwitchShaper", "InterfaceEthernetSwitchTrunk", "InterfaceEthernetSwitchUnicastFdb",
    "InterfaceEthernetSwitchVlan", "InterfaceGre", "InterfaceGre6", "InterfaceIpip", "InterfaceIpipv6",
    "InterfaceL2tpClient", "InterfaceL2tpEther", "InterfaceL2tpServer", "InterfaceL2tpServerServer", "InterfaceList",
    "InterfaceListMember", "InterfaceLte", "InterfaceLteApn", "InterfaceLteSettings", "InterfaceMacsec",
    "InterfaceMacsecProfile", "InterfaceMacvlan", "InterfaceMesh", "InterfaceMeshPort", "InterfaceOvpnClient",
    "InterfaceOvpnServer", "InterfaceOvpnServerServer", "InterfacePppClient", "InterfacePppServer",
    "InterfacePppoeClient", "InterfacePppoeServer", "InterfacePppoeServerServer", "InterfacePptpClient",
    "InterfacePptpServer", "InterfacePptpServerServer", "InterfacePwrLinkPwrLine", "InterfaceSstpClient",
    "InterfaceSstpServer", "InterfaceSstpServerServer", "InterfaceVeth", "InterfaceVlan", "InterfaceVpls",
    "InterfaceVrrp", "InterfaceVxlan", "InterfaceVxlanVteps", "InterfaceW60g", "InterfaceW60gStation", "InterfaceWifi",
    "InterfaceWifiAaa", "InterfaceWifiAccessList", "InterfaceWifiCap", "InterfaceWifiCapsman", "InterfaceWifiChannel",
    "InterfaceWifiConfiguration", "InterfaceWifiDatapath", "InterfaceWifiInterworking", "InterfaceWifiNetwork",
    "InterfaceWifiNetworkRadio", "InterfaceWifiProvisioning", "InterfaceWifiRadioSettings", "InterfaceWifiSecurity",
    "InterfaceWifiSecurityMultiPassphrase", "InterfaceWifiSteering", "InterfaceWifiSteeringNeighborGroup",
    "InterfaceWireless", "InterfaceWirelessAccessList", "InterfaceWirelessAlign", "InterfaceWirelessCap",
    "InterfaceWirelessChannels", "InterfaceWirelessConnectList", "InterfaceWirelessInterworkingProfiles",
    "InterfaceWirelessManualTxPowerTable", "InterfaceWirelessNstreme", "InterfaceWirelessNstremeDual",
    "InterfaceWirelessSecurityProfiles", "InterfaceWirelessSniffer", "InterfaceWirelessSnooper", "InterfaceWirelessWds",
    "IotBluetooth", "IotBluetoothAdvertisers", "IotBluetoothAdvertisersAdStructures", "IotBluetoothPeripheralDevices",
    "IotBluetoothScanners", "IotBluetoothWhitelist", "IotGpioAnalog", "IotGpioDigital", "IotLora", "IotLoraChannels",
    "IotLoraJoineui", "IotLoraNetid", "IotLoraRadios", "IotLoraServers", "IotLoraTrafficOptions", "IotModbus",
    "IotModbusSecurityRules", "IotMqttBrokers", "IotMqttSubscriptions", "IotWiliot", "IotWiliotOptions",
    "IotWiliotServers", "IpAddress", "IpArp", "IpCloud", "IpCloudAdvanced", "IpCloudBackToHomeFile",
    "IpCloudBackToHomeFileSettings", "IpCloudBackToHomeUser", "IpCloudBackToHomeUsers", "IpDhcpClient",
    "IpDhcpClientOption", "IpDhcpRelay", "IpDhcpServer", "IpDhcpServerAlert", "IpDhcpServerConfig", "IpDhcpServerLease",
    "IpDhcpServerMatcher", "IpDhcpServerNetwork", "IpDhcpServerOption", "IpDhcpServerOptionSets", "IpDnsAdlist",
    "IpDnsForwarders", "IpDnsStatic", "IpFirewallAddressList", "IpFirewallCalea", "IpFirewallConnectionTracking",
    "IpFirewallLayer7Protocol", "IpFirewallServicePort", "IpHotspot", "IpHotspotActive", "IpHotspotIpBinding",
    "IpHotspotProfile", "IpHotspotServicePort", "IpHotspotUser", "IpHotspotUserProfile", "IpHotspotWalledGarden",
    "IpHotspotWalledGardenIp", "IpIpsecActivePeers", "IpIpsecIdentity", "IpIpsecKey", "IpIpsecKeyPsk", "IpIpsecKeyQkd",
    "IpIpsecKeyRsa", "IpIpsecModeConfig", "IpIpsecPeer", "IpIpsecPolicy", "IpIpsecPolicyGroup", "IpIpsecProfile",
    "IpIpsecProposal", "IpIpsecSettings", "IpKidControl", "IpKidControlDevice", "IpMedia", "IpMediaSettings",
    "IpNatPmp", "IpNatPmpInterfaces", "IpNeighborDiscoverySettings", "IpPacking", "IpPool", "IpPoolUsed", "IpProxy",
    "IpProxyAccess", "IpProxyCache", "IpProxyConnections", "IpProxyDirect", "IpReverseProxy", "IpService",
    "IpServiceWebserver", "IpSettings", "IpSmb", "IpSmbShares", "IpSmbUsers", "IpSocks", "IpSocksAccess",
    "IpSocksConnections", "IpSocksUsers", "IpSocksify", "IpSsh", "IpTftp", "IpTftpSettings", "IpTrafficFlow",
    "IpTrafficFlowIpfix", "IpTrafficFlowTarget", "IpUpnp", "IpUpnpInterfaces", "IpVrf", "Ipv6Address", "Ipv6DhcpClient",
    "Ipv6DhcpClientOption", "Ipv6DhcpRelay", "Ipv6DhcpRelayOption", "Ipv6DhcpServer", "Ipv6DhcpServerBinding",
    "Ipv6DhcpServerOption", "Ipv6DhcpServerOptionSets", "Ipv6FilterRule", "Ipv6FirewallAddressList", "Ipv6MangleRule",
    "Ipv6NatRule", "Ipv6Nd", "Ipv6NdPrefix", "Ipv6NdPrefixDefault", "Ipv6NdProxy", "Ipv6NdSettings", "Ipv6Neighbor",
    "Ipv6Pool", "Ipv6RawRule", "Ipv6Route", "Ipv6Settings", "Lcd", "LcdInterface", "LcdInterfacePages", "LcdPin",
    "LcdScreen", "Lora", "LoraChannels", "LoraJoineui", "LoraNetid", "LoraRadios", "LoraServers", "LoraTrafficOptions",
    "MangleRule", "MplsInterface", "MplsLdp", "MplsLdpAcceptFilter", "MplsLdpAdvertiseFilter", "MplsLdpInterface",
    "MplsLdpLocalMapping", "MplsLdpNeighbor", "MplsLdpRemoteMapping", "MplsMangle", "MplsSettings",
    "MplsTrafficEngInterface", "MplsTrafficEngPath", "MplsTrafficEngTunnel", "NatRule", "Openflow", "OpenflowPort",
    "Partitions", "Peer", "Port", "PortRemoteAccess", "PppAaa", "PppL2tpSecret", "PppProfile", "PppSecret",
    "QueueInterface", "QueueSimple", "QueueTree", "QueueType", "Radius", "RadiusIncoming", "RawRule", "Route",
    "RoutingBfdAuthentication", "RoutingBfdConfiguration", "RoutingBgpConnection", "RoutingBgpEvpn",
    "RoutingBgpInstance", "RoutingBgpTemplate", "RoutingBgpVpls", "RoutingBgpVpn", "RoutingFantasy",
    "RoutingFilterCommunityExtList", "RoutingFilterCommunityLargeList", "RoutingFilterCommunityList",
    "RoutingFilterNumList", "RoutingFilterRule", "RoutingFilterSelectRule", "RoutingGmp", "RoutingId",
    "RoutingIgmpProxy", "RoutingIgmpProxyInterface", "RoutingIgmpProxyMfc", "RoutingIsisInstance",
    "RoutingIsisInterface", "RoutingIsisInterfaceTemplate", "RoutingIsisLsp", "RoutingIsisNeighbor", "RoutingOspfArea",
    "RoutingOspfAreaRange", "RoutingOspfInstance", "RoutingOspfInterface", "RoutingOspfInterfaceTemplate",
    "RoutingOspfNeighbor", "RoutingOspfStaticNeighbor", "RoutingPimsmBsrCandidate", "RoutingPimsmBsrRpCandidate",
    "RoutingPimsmIgmpInterfaceTemplate", "RoutingPimsmInstance", "RoutingPimsmInterfaceTemplate",
    "RoutingPimsmStaticRp", "RoutingRipInstance", "RoutingRipInterfaceTemplate", "RoutingRipKeys",
    "RoutingRipStaticNeighbor", "RoutingRoute", "RoutingRouteRule", "RoutingRpki", "RoutingRule", "RoutingSettings",
    "RoutingTable", "RsyncDaemon", "Scheduler", "Script", "Snmp", "SnmpCommunity", "SpecialLogin", "SystemClock",
    "SystemClockManual", "SystemConsole", "SystemConsoleScreen", "SystemGps", "SystemHardware", "SystemHealth",
    "SystemHealthSettings", "SystemKeymatProvider", "SystemLeds", "SystemLedsSettings", "SystemLogging",
    "SystemLoggingAction", "SystemNote", "SystemNtpClient", "SystemNtpClientServers", "SystemNtpKey", "SystemNtpServer",
    "SystemPackageLocalUpdate", "SystemPackageLocalUpdateMirror", "SystemPackageLocalUpdateUpdatePackageSource",
    "SystemPackageUpdate", "SystemPtp", "SystemPtpPort", "SystemResourceHardwareUsbSettings", "SystemResourceIrq",
    "SystemResourceIrqRps", "SystemResourceUsb", "SystemResourceUsbSettings", "SystemRouterboardModeButton",
    "SystemRouterboardResetButton", "SystemRouterboardSettings", "SystemRouterboardUsb", "SystemRouterboardWpsButton",
    "SystemScriptEnvironment", "SystemScriptJob", "SystemSwos", "SystemUpgrade", "SystemUpgradeMirror",
    "SystemUpgradeUpgradePackageSource", "SystemUps", "SystemWatchdog", "Task", "ToolBandwidthServer", "ToolCalea",
    "ToolEMail", "ToolGraphing", "ToolGraphingInterface", "ToolGraphingQueue", "ToolGraphingResource", "ToolMacServer",
    "ToolMacServerMacWinbox", "ToolMacServerPing", "ToolMacServerSessions", "ToolNetinstall", "ToolNetinstallCache",
    "ToolNetinstallSettings", "ToolNetwatch", "ToolRomon", "ToolRomonPort", "ToolSms", "ToolSniffer",
    "ToolTrafficGenerator", "ToolTrafficGeneratorPacketTemplate", "ToolTrafficGeneratorPort",
    "ToolTrafficGeneratorRawPacketTemplate", "ToolTrafficGeneratorStream", "ToolTrafficMonitor", "Tr069Client", "User",
    "UserAaa", "UserGroup", "UserManager", "UserManagerAdvanced", "UserManagerAttribute", "UserManagerDatabase",
    "UserManagerLimitation", "UserManagerPayment", "UserManagerProfile", "UserManagerProfileLimitation",
    "UserManagerRouter", "UserManagerUser", "UserManagerUserGroup", "UserManagerUserProfile", "UserSettings",
    "UserSshKeys", "WireGuardInterface", "Zerotier", "ZerotierController", "ZerotierControllerMember",
    "ZerotierInterface", "ZerotierPeerHint",
]

_Name = _Input[str] | _Row | _Not | _Sequence[_Input[str] | _Row] | None
_Value = _Span | _Texts | _Flag

class App(_Menu):
    """`/app`: rows (since 7.21)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., auto_update: _Value = ...,
        container_command_lines: _Value = ..., devices: _Value = ..., disabled: _Flag = ..., environment: _Value = ...,
        extra_mounts: _Value = ..., firewall_redirects: _Value = ..., hw_device_access: _Value = ...,
        network: _Value = ..., network_outgoing_access: _Value = ..., network_pvid: _Span = ..., pvid: _Value = ...,
        required_hw_devices: _Value = ..., required_mounts: _Value = ..., secrets: _Value = ...,
        use_https: _Value = ..., yaml: _Value = ...,
    ) -> None: ...
    auto_update: _Output[str | None]
    container_command_lines: _Output[str | None]
    devices: _Output[str | None]
    disabled: _Output[bool | None]
    environment: _Output[str | None]
    extra_mounts: _Output[str | None]
    firewall_redirects: _Output[str | None]
    hw_device_access: _Output[str | None]
    network: _Output[str | None]
    network_outgoing_access: _Output[str | None]
    network_pvid: _Output[str | None]
    pvid: _Output[str | None]
    required_hw_devices: _Output[str | None]
    required_mounts: _Output[str | None]
    secrets: _Output[str | None]
    use_https: _Output[str | None]
    yaml: _Output[str | None]

class AppSettings(_Menu):
    """`/app/settings`: one row (since 7.21)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., app_store_urls: _Texts = ..., auto_update: _Value = ..., disk: _Name = ...,
        download_path: _Value = ..., lan_bridge: _Name = ..., media_path: _Value = ..., registry_mirrors: _Texts = ...,
        router_ip: _Text = ..., show_in_webfig: _Value = ...,
    ) -> None: ...
    app_store_urls: _Output[str | None]
    auto_update: _Output[str | None]
    disk: _Output[str | None]
    download_path: _Output[str | None]
    lan_bridge: _Output[str | None]
    media_path: _Output[str | None]
    registry_mirrors: _Output[str | None]
    router_ip: _Output[str | None]
    show_in_webfig: _Output[str | None]

class CapsManAaa(_Menu):
    """`/caps-man/aaa`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., called_format: _Value = ..., interim_update: _Span = ...,
        mac_caching: _Span = ..., mac_format: _Value = ..., mac_mode: _Value = ...,
    ) -> None: ...
    called_format: _Output[str | None]
    interim_update: _Output[str | None]
    mac_caching: _Output[str | None]
    mac_format: _Output[str | None]
    mac_mode: _Output[str | None]

class CapsManAccessList(_Menu):
    """`/caps-man/access-list`: rows in an order."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., position: _Position | None = ..., action: _Value = ...,
        allow_signal_out_of_range: _Span = ..., ap_tx_limit: _Value = ..., client_to_client_forwarding: _Value = ...,
        client_tx_limit: _Value = ..., comment: _Value = ..., disabled: _Flag = ..., interface: _Value = ...,
        mac_address: _Text = ..., mac_address_mask: _Text = ..., private_passphrase: _Value = ...,
        radius_accounting: _Value = ..., signal_range: _Value = ..., ssid_regexp: _Value = ..., time: _Span = ...,
        vlan_id: _Value = ..., vlan_mode: _Value = ...,
    ) -> None: ...
    action: _Output[str | None]
    allow_signal_out_of_range: _Output[str | None]
    ap_tx_limit: _Output[str | None]
    client_to_client_forwarding: _Output[str | None]
    client_tx_limit: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    interface: _Output[str | None]
    mac_address: _Output[str | None]
    mac_address_mask: _Output[str | None]
    private_passphrase: _Output[str | None]
    radius_accounting: _Output[str | None]
    signal_range: _Output[str | None]
    ssid_regexp: _Output[str | None]
    time: _Output[str | None]
    vlan_id: _Output[str | None]
    vlan_mode: _Output[str | None]

class CapsManActualInterfaceConfiguration(_Menu):
    """`/caps-man/actual-interface-configuration`: rows that only the router makes."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., arp: _Value = ..., arp_timeout: _Span = ...,
        channel_band: _Value = ..., channel_control_channel_width: _Value = ...,
        channel_extension_channel: _Value = ..., channel_frequency: _Value = ...,
        channel_reselect_interval: _Span = ..., channel_save_selected: _Value = ...,
        channel_secondary_frequency: _Value = ..., channel_skip_dfs_channels: _Value = ...,
        channel_tx_power: _Value = ..., comment: _Value = ..., configuration_country: _Value = ...,
        configuration_disconnect_timeout: _Span = ..., configuration_distance: _Value = ...,
        configuration_frame_lifetime: _Span = ..., configuration_guard_interval: _Value = ...,
        configuration_hide_ssid: _Value = ..., configuration_hw_protection_mode: _Value = ...,
        configuration_hw_retries: _Value = ..., configuration_installation: _Value = ...,
        configuration_keepalive_frames: _Value = ..., configuration_load_balancing_group: _Value = ...,
        configuration_max_sta_count: _Value = ..., configuration_mode: _Value = ...,
        configuration_multicast_helper: _Value = ..., configuration_rx_chains: _Value = ...,
        configuration_ssid: _Value = ..., configuration_tx_chains: _Value = ..., datapath_bridge: _Value = ...,
        datapath_bridge_cost: _Value = ..., datapath_bridge_horizon: _Value = ...,
        datapath_client_to_client_forwarding: _Value = ..., datapath_interface_list: _Value = ...,
        datapath_local_forwarding: _Value = ..., datapath_openflow_switch: _Value = ..., datapath_vlan_id: _Value = ...,
        datapath_vlan_mode: _Value = ..., disable_running_check: _Value = ..., disabled: _Flag = ...,
        l2mtu: _Value = ..., mac_address: _Text = ..., master_interface: _Value = ..., mtu: _Value = ...,
        name: _Value = ..., radio_mac: _Text = ..., security_authentication_types: _Value = ...,
        security_disable_pmkid: _Value = ..., security_eap_methods: _Value = ...,
        security_eap_radius_accounting: _Value = ..., security_encryption: _Value = ...,
        security_group_encryption: _Value = ..., security_group_key_update: _Span = ...,
        security_passphrase: _Value = ..., security_tls_certificate: _Value = ..., security_tls_mode: _Value = ...,
    ) -> None: ...
    arp: _Output[str | None]
    arp_timeout: _Output[str | None]
    channel_band: _Output[str | None]
    channel_control_channel_width: _Output[str | None]
    channel_extension_channel: _Output[str | None]
    channel_frequency: _Output[str | None]
    channel_reselect_interval: _Output[str | None]
    channel_save_selected: _Output[str | None]
    channel_secondary_frequency: _Output[str | None]
    channel_skip_dfs_channels: _Output[str | None]
    channel_tx_power: _Output[str | None]
    comment: _Output[str]
    configuration_country: _Output[str | None]
    configuration_disconnect_timeout: _Output[str | None]
    configuration_distance: _Output[str | None]
    configuration_frame_lifetime: _Output[str | None]
    configuration_guard_interval: _Output[str | None]
    configuration_hide_ssid: _Output[str | None]
    configuration_hw_protection_mode: _Output[str | None]
    configuration_hw_retries: _Output[str | None]
    configuration_installation: _Output[str | None]
    configuration_keepalive_frames: _Output[str | None]
    configuration_load_balancing_group: _Output[str | None]
    configuration_max_sta_count: _Output[str | None]
    configuration_mode: _Output[str | None]
    configuration_multicast_helper: _Output[str | None]
    configuration_rx_chains: _Output[str | None]
    configuration_ssid: _Output[str | None]
    configuration_tx_chains: _Output[str | None]
    datapath_bridge: _Output[str | None]
    datapath_bridge_cost: _Output[str | None]
    datapath_bridge_horizon: _Output[str | None]
    datapath_client_to_client_forwarding: _Output[str | None]
    datapath_interface_list: _Output[str | None]
    datapath_local_forwarding: _Output[str | None]
    datapath_openflow_switch: _Output[str | None]
    datapath_vlan_id: _Output[str | None]
    datapath_vlan_mode: _Output[str | None]
    disable_running_check: _Output[str | None]
    disabled: _Output[bool | None]
    l2mtu: _Output[str | None]
    mac_address: _Output[str | None]
    master_interface: _Output[str | None]
    mtu: _Output[str | None]
    name: _Output[str | None]
    radio_mac: _Output[str | None]
    security_authentication_types: _Output[str | None]
    security_disable_pmkid: _Output[str | None]
    security_eap_methods: _Output[str | None]
    security_eap_radius_accounting: _Output[str | None]
    security_encryption: _Output[str | None]
    security_group_encryption: _Output[str | None]
    security_group_key_update: _Output[str | None]
    security_passphrase: _Output[str | None]
    security_tls_certificate: _Output[str | None]
    security_tls_mode: _Output[str | None]

class CapsManChannel(_Menu):
    """`/caps-man/channel`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., band: _Value = ..., comment: _Value = ...,
        control_channel_width: _Value = ..., extension_channel: _Value = ..., frequency: _Value = ...,
        name: _Value = ..., reselect_interval: _Span = ..., save_selected: _Value = ...,
        secondary_frequency: _Value = ..., skip_dfs_channels: _Value = ..., tx_power: _Value = ...,
    ) -> None: ...
    band: _Output[str | None]
    comment: _Output[str]
    control_channel_width: _Output[str | None]
    extension_channel: _Output[str | None]
    frequency: _Output[str | None]
    name: _Output[str]
    reselect_interval: _Output[str | None]
    save_selected: _Output[str | None]
    secondary_frequency: _Output[str | None]
    skip_dfs_channels: _Output[str | None]
    tx_power: _Output[str | None]

class CapsManConfiguration(_Menu):
    """`/caps-man/configuration`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., channel: _Value = ..., channel_band: _Value = ...,
        channel_control_channel_width: _Value = ..., channel_extension_channel: _Value = ...,
        channel_frequency: _Value = ..., channel_reselect_interval: _Span = ..., channel_save_selected: _Value = ...,
        channel_secondary_frequency: _Value = ..., channel_skip_dfs_channels: _Value = ...,
        channel_tx_power: _Value = ..., comment: _Value = ..., country: _Value = ..., datapath: _Value = ...,
        datapath_arp: _Value = ..., datapath_bridge: _Value = ..., datapath_bridge_cost: _Value = ...,
        datapath_bridge_horizon: _Value = ..., datapath_client_to_client_forwarding: _Value = ...,
        datapath_interface_list: _Value = ..., datapath_l2mtu: _Value = ..., datapath_local_forwarding: _Value = ...,
        datapath_mtu: _Value = ..., datapath_openflow_switch: _Value = ..., datapath_vlan_id: _Value = ...,
        datapath_vlan_mode: _Value = ..., disconnect_timeout: _Span = ..., distance: _Value = ...,
        frame_lifetime: _Span = ..., guard_interval: _Value = ..., hide_ssid: _Value = ...,
        hw_protection_mode: _Value = ..., hw_retries: _Value = ..., installation: _Value = ...,
        keepalive_frames: _Value = ..., load_balancing_group: _Value = ..., max_sta_count: _Value = ...,
        mode: _Value = ..., multicast_helper: _Value = ..., name: _Value = ..., rates: _Value = ...,
        rates_basic: _Value = ..., rates_ht_basic_mcs: _Value = ..., rates_ht_supported_mcs: _Value = ...,
        rates_supported: _Value = ..., rates_vht_basic_mcs: _Value = ..., rates_vht_supported_mcs: _Value = ...,
        rx_chains: _Value = ..., security: _Value = ..., security_authentication_types: _Value = ...,
        security_disable_pmkid: _Value = ..., security_eap_methods: _Value = ...,
        security_eap_radius_accounting: _Value = ..., security_encryption: _Value = ...,
        security_group_encryption: _Value = ..., security_group_key_update: _Span = ...,
        security_passphrase: _Value = ..., security_tls_certificate: _Value = ..., security_tls_mode: _Value = ...,
        ssid: _Value = ..., tx_chains: _Value = ...,
    ) -> None: ...
    channel: _Output[str | None]
    channel_band: _Output[str | None]
    channel_control_channel_width: _Output[str | None]
    channel_extension_channel: _Output[str | None]
    channel_frequency: _Output[str | None]
    channel_reselect_interval: _Output[str | None]
    channel_save_selected: _Output[str | None]
    channel_secondary_frequency: _Output[str | None]
    channel_skip_dfs_channels: _Output[str | None]
    channel_tx_power: _Output[str | None]
    comment: _Output[str]
    country: _Output[str | None]
    datapath: _Output[str | None]
    datapath_arp: _Output[str | None]
    datapath_bridge: _Output[str | None]
    datapath_bridge_cost: _Output[str | None]
    datapath_bridge_horizon: _Output[str | None]
    datapath_client_to_client_forwarding: _Output[str | None]
    datapath_interface_list: _Output[str | None]
    datapath_l2mtu: _Output[str | None]
    datapath_local_forwarding: _Output[str | None]
    datapath_mtu: _Output[str | None]
    datapath_openflow_switch: _Output[str | None]
    datapath_vlan_id: _Output[str | None]
    datapath_vlan_mode: _Output[str | None]
    disconnect_timeout: _Output[str | None]
    distance: _Output[str | None]
    frame_lifetime: _Output[str | None]
    guard_interval: _Output[str | None]
    hide_ssid: _Output[str | None]
    hw_protection_mode: _Output[str | None]
    hw_retries: _Output[str | None]
    installation: _Output[str | None]
    keepalive_frames: _Output[str | None]
    load_balancing_group: _Output[str | None]
    max_sta_count: _Output[str | None]
    mode: _Output[str | None]
    multicast_helper: _Output[str | None]
    name: _Output[str]
    rates: _Output[str | None]
    rates_basic: _Output[str | None]
    rates_ht_basic_mcs: _Output[str | None]
    rates_ht_supported_mcs: _Output[str | None]
    rates_supported: _Output[str | None]
    rates_vht_basic_mcs: _Output[str | None]
    rates_vht_supported_mcs: _Output[str | None]
    rx_chains: _Output[str | None]
    security: _Output[str | None]
    security_authentication_types: _Output[str | None]
    security_disable_pmkid: _Output[str | None]
    security_eap_methods: _Output[str | None]
    security_eap_radius_accounting: _Output[str | None]
    security_encryption: _Output[str | None]
    security_group_encryption: _Output[str | None]
    security_group_key_update: _Output[str | None]
    security_passphrase: _Output[str | None]
    security_tls_certificate: _Output[str | None]
    security_tls_mode: _Output[str | None]
    ssid: _Output[str | None]
    tx_chains: _Output[str | None]

class CapsManDatapath(_Menu):
    """`/caps-man/datapath`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., arp: _Value = ..., bridge: _Name = ...,
        bridge_cost: _Value = ..., bridge_horizon: _Value = ..., client_to_client_forwarding: _Value = ...,
        comment: _Value = ..., interface_list: _Name = ..., l2mtu: _Value = ..., local_forwarding: _Value = ...,
        mtu: _Value = ..., name: _Value = ..., openflow_switch: _Value = ..., vlan_id: _Value = ...,
        vlan_mode: _Value = ...,
    ) -> None: ...
    arp: _Output[str | None]
    bridge: _Output[str | None]
    bridge_cost: _Output[str | None]
    bridge_horizon: _Output[str | None]
    client_to_client_forwarding: _Output[str | None]
    comment: _Output[str]
    interface_list: _Output[str | None]
    l2mtu: _Output[str | None]
    local_forwarding: _Output[str | None]
    mtu: _Output[str | None]
    name: _Output[str]
    openflow_switch: _Output[str | None]
    vlan_id: _Output[str | None]
    vlan_mode: _Output[str | None]

class CapsManInterface(_Menu):
    """`/caps-man/interface`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., arp: _Value = ..., arp_timeout: _Span = ...,
        channel: _Name = ..., channel_band: _Value = ..., channel_control_channel_width: _Value = ...,
        channel_extension_channel: _Value = ..., channel_frequency: _Value = ...,
        channel_reselect_interval: _Span = ..., channel_save_selected: _Value = ...,
        channel_secondary_frequency: _Value = ..., channel_skip_dfs_channels: _Value = ...,
        channel_tx_power: _Value = ..., comment: _Value = ..., configuration: _Name = ...,
        configuration_country: _Value = ..., configuration_disconnect_timeout: _Span = ...,
        configuration_distance: _Value = ..., configuration_frame_lifetime: _Span = ...,
        configuration_guard_interval: _Value = ..., configuration_hide_ssid: _Value = ...,
        configuration_hw_protection_mode: _Value = ..., configuration_hw_retries: _Value = ...,
        configuration_installation: _Value = ..., configuration_keepalive_frames: _Value = ...,
        configuration_load_balancing_group: _Value = ..., configuration_max_sta_count: _Value = ...,
        configuration_mode: _Value = ..., configuration_multicast_helper: _Value = ...,
        configuration_rx_chains: _Value = ..., configuration_ssid: _Value = ..., configuration_tx_chains: _Value = ...,
        datapath: _Name = ..., datapath_bridge: _Value = ..., datapath_bridge_cost: _Value = ...,
        datapath_bridge_horizon: _Value = ..., datapath_client_to_client_forwarding: _Value = ...,
        datapath_interface_list: _Value = ..., datapath_local_forwarding: _Value = ...,
        datapath_openflow_switch: _Value = ..., datapath_vlan_id: _Value = ..., datapath_vlan_mode: _Value = ...,
        disable_running_check: _Value = ..., disabled: _Flag = ..., l2mtu: _Span = ..., mac_address: _Text = ...,
        master_interface: _Name = ..., mtu: _Span = ..., name: _Value = ..., radio_mac: _Text = ...,
        radio_name: _Value = ..., rates: _Name = ..., rates_basic: _Value = ..., rates_ht_basic_mcs: _Value = ...,
        rates_ht_supported_mcs: _Value = ..., rates_supported: _Value = ..., rates_vht_basic_mcs: _Value = ...,
        rates_vht_supported_mcs: _Value = ..., security: _Name = ..., security_authentication_types: _Value = ...,
        security_disable_pmkid: _Value = ..., security_eap_methods: _Value = ...,
        security_eap_radius_accounting: _Value = ..., security_encryption: _Value = ...,
        security_group_encryption: _Value = ..., security_group_key_update: _Span = ...,
        security_passphrase: _Value = ..., security_tls_certificate: _Value = ..., security_tls_mode: _Value = ...,
    ) -> None: ...
    arp: _Output[str | None]
    arp_timeout: _Output[str | None]
    channel: _Output[str | None]
    channel_band: _Output[str | None]
    channel_control_channel_width: _Output[str | None]
    channel_extension_channel: _Output[str | None]
    channel_frequency: _Output[str | None]
    channel_reselect_interval: _Output[str | None]
    channel_save_selected: _Output[str | None]
    channel_secondary_frequency: _Output[str | None]
    channel_skip_dfs_channels: _Output[str | None]
    channel_tx_power: _Output[str | None]
    comment: _Output[str]
    configuration: _Output[str | None]
    configuration_country: _Output[str | None]
    configuration_disconnect_timeout: _Output[str | None]
    configuration_distance: _Output[str | None]
    configuration_frame_lifetime: _Output[str | None]
    configuration_guard_interval: _Output[str | None]
    configuration_hide_ssid: _Output[str | None]
    configuration_hw_protection_mode: _Output[str | None]
    configuration_hw_retries: _Output[str | None]
    configuration_installation: _Output[str | None]
    configuration_keepalive_frames: _Output[str | None]
    configuration_load_balancing_group: _Output[str | None]
    configuration_max_sta_count: _Output[str | None]
    configuration_mode: _Output[str | None]
    configuration_multicast_helper: _Output[str | None]
    configuration_rx_chains: _Output[str | None]
    configuration_ssid: _Output[str | None]
    configuration_tx_chains: _Output[str | None]
    datapath: _Output[str | None]
    datapath_bridge: _Output[str | None]
    datapath_bridge_cost: _Output[str | None]
    datapath_bridge_horizon: _Output[str | None]
    datapath_client_to_client_forwarding: _Output[str | None]
    datapath_interface_list: _Output[str | None]
    datapath_local_forwarding: _Output[str | None]
    datapath_openflow_switch: _Output[str | None]
    datapath_vlan_id: _Output[str | None]
    datapath_vlan_mode: _Output[str | None]
    disable_running_check: _Output[str | None]
    disabled: _Output[bool | None]
    l2mtu: _Output[str | None]
    mac_address: _Output[str | None]
    master_interface: _Output[str | None]
    mtu: _Output[str | None]
    name: _Output[str]
    radio_mac: _Output[str | None]
    radio_name: _Output[str | None]
    rates: _Output[str | None]
    rates_basic: _Output[str | None]
    rates_ht_basic_mcs: _Output[str | None]
    rates_ht_supported_mcs: _Output[str | None]
    rates_supported: _Output[str | None]
    rates_vht_basic_mcs: _Output[str | None]
    rates_vht_supported_mcs: _Output[str | None]
    security: _Output[str | None]
    security_authentication_types: _Output[str | None]
    security_disable_pmkid: _Output[str | None]
    security_eap_methods: _Output[str | None]
    security_eap_radius_accounting: _Output[str | None]
    security_encryption: _Output[str | None]
    security_group_encryption: _Output[str | None]
    security_group_key_update: _Output[str | None]
    security_passphrase: _Output[str | None]
    security_tls_certificate: _Output[str | None]
    security_tls_mode: _Output[str | None]

class CapsManManager(_Menu):
    """`/caps-man/manager`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., ca_certificate: _Value = ..., certificate: _Name = ...,
        enabled: _Value = ..., package_path: _Value = ..., require_peer_certificate: _Value = ...,
        upgrade_policy: _Value = ...,
    ) -> None: ...
    ca_certificate: _Output[str | None]
    certificate: _Output[str | None]
    enabled: _Output[str | None]
    package_path: _Output[str | None]
    require_peer_certificate: _Output[str | None]
    upgrade_policy: _Output[str | None]

class CapsManManagerInterface(_Menu):
    """`/caps-man/manager/interface`: rows, known by interface."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., disabled: _Flag = ...,
        forbid: _Value = ..., interface: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    disabled: _Output[bool | None]
    forbid: _Output[str | None]
    interface: _Output[str | None]

class CapsManProvisioning(_Menu):
    """`/caps-man/provisioning`: rows in an order."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., position: _Position | None = ..., action: _Value = ...,
        comment: _Value = ..., common_name_regexp: _Value = ..., disabled: _Flag = ...,
        hw_supported_modes: _Value = ..., identity_regexp: _Value = ..., ip_address_ranges: _Value = ...,
        master_configuration: _Value = ..., name_format: _Value = ..., name_prefix: _Value = ...,
        radio_mac: _Text = ..., slave_configurations: _Value = ...,
    ) -> None: ...
    action: _Output[str | None]
    comment: _Output[str]
    common_name_regexp: _Output[str | None]
    disabled: _Output[bool | None]
    hw_supported_modes: _Output[str | None]
    identity_regexp: _Output[str | None]
    ip_address_ranges: _Output[str | None]
    master_configuration: _Output[str | None]
    name_format: _Output[str | None]
    name_prefix: _Output[str | None]
    radio_mac: _Output[str | None]
    slave_configurations: _Output[str | None]

class CapsManRates(_Menu):
    """`/caps-man/rates`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., basic: _Value = ..., comment: _Value = ...,
        ht_basic_mcs: _Value = ..., ht_supported_mcs: _Value = ..., name: _Value = ..., supported: _Value = ...,
        vht_basic_mcs: _Value = ..., vht_supported_mcs: _Value = ...,
    ) -> None: ...
    basic: _Output[str | None]
    comment: _Output[str]
    ht_basic_mcs: _Output[str | None]
    ht_supported_mcs: _Output[str | None]
    name: _Output[str]
    supported: _Output[str | None]
    vht_basic_mcs: _Output[str | None]
    vht_supported_mcs: _Output[str | None]

class CapsManSecurity(_Menu):
    """`/caps-man/security`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., authentication_types: _Value = ...,
        comment: _Value = ..., disable_pmkid: _Value = ..., eap_methods: _Value = ...,
        eap_radius_accounting: _Value = ..., encryption: _Value = ..., group_encryption: _Value = ...,
        group_key_update: _Span = ..., name: _Value = ..., passphrase: _Value = ..., tls_certificate: _Value = ...,
        tls_mode: _Value = ...,
    ) -> None: ...
    authentication_types: _Output[str | None]
    comment: _Output[str]
    disable_pmkid: _Output[str | None]
    eap_methods: _Output[str | None]
    eap_radius_accounting: _Output[str | None]
    encryption: _Output[str | None]
    group_encryption: _Output[str | None]
    group_key_update: _Output[str | None]
    name: _Output[str]
    passphrase: _Output[str | None]
    tls_certificate: _Output[str | None]
    tls_mode: _Output[str | None]

class Certificate(_Menu):
    """`/certificate`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., common_name: _Value = ..., country: _Value = ...,
        days_valid: _Span = ..., digest_algorithm: _Texts = ..., key_size: _Texts = ..., key_usage: _Texts = ...,
        locality: _Value = ..., name: _Value = ..., organization: _Value = ..., state: _Value = ...,
        subject_alt_name: _Value = ..., trust_store: _Value = ..., trusted: _Flag = ..., unit: _Value = ...,
    ) -> None: ...
    common_name: _Output[str | None]
    country: _Output[str | None]
    days_valid: _Output[str | None]
    digest_algorithm: _Output[str | None]
    key_size: _Output[str | None]
    key_usage: _Output[str | None]
    locality: _Output[str | None]
    name: _Output[str]
    organization: _Output[str | None]
    state: _Output[str | None]
    subject_alt_name: _Output[str | None]
    trust_store: _Output[str | None]
    trusted: _Output[bool | None]
    unit: _Output[str | None]

class CertificateCrl(_Menu):
    """`/certificate/crl`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., url: _Value = ...,
    ) -> None: ...
    url: _Output[str | None]

class CertificateScepServer(_Menu):
    """`/certificate/scep-server`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., ca_cert: _Name = ..., days_valid: _Span = ...,
        disabled: _Flag = ..., next_ca_cert: _Name = ..., path: _Value = ..., request_lifetime: _Span = ...,
    ) -> None: ...
    ca_cert: _Output[str | None]
    days_valid: _Output[str | None]
    disabled: _Output[bool | None]
    next_ca_cert: _Output[str | None]
    path: _Output[str | None]
    request_lifetime: _Output[str | None]

class CertificateScepServerRa(_Menu):
    """`/certificate/scep-server/ra`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., ca_identity: _Value = ...,
        challenge_password: _Value = ..., disabled: _Flag = ..., fingerprint_algorithm: _Texts = ...,
        name: _Value = ..., on_smart_card: _Flag = ..., ra_path: _Value = ..., ra_transaction_lifetime: _Span = ...,
        server_url: _Value = ..., template: _Name = ...,
    ) -> None: ...
    ca_identity: _Output[str | None]
    challenge_password: _Output[str | None]
    disabled: _Output[bool | None]
    fingerprint_algorithm: _Output[str | None]
    name: _Output[str]
    on_smart_card: _Output[bool | None]
    ra_path: _Output[str | None]
    ra_transaction_lifetime: _Output[str | None]
    server_url: _Output[str | None]
    template: _Output[str | None]

class CertificateSettings(_Menu):
    """`/certificate/settings`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., builtin_trust_anchors: _Value = ..., builtin_trust_store: _Value = ...,
        crl_download: _Flag = ..., crl_store: _Texts = ..., crl_use: _Flag = ..., current_defaults: _Texts = ...,
    ) -> None: ...
    builtin_trust_anchors: _Output[str | None]
    builtin_trust_store: _Output[str | None]
    crl_download: _Output[bool | None]
    crl_store: _Output[str | None]
    crl_use: _Output[bool | None]
    current_defaults: _Output[str | None]

class ConsoleSettings(_Menu):
    """`/console/settings`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., log_script_errors: _Flag = ..., sanitize_names: _Flag = ...,
        tab_width: _Span = ...,
    ) -> None: ...
    log_script_errors: _Output[bool | None]
    sanitize_names: _Output[bool | None]
    tab_width: _Output[str | None]

class Container(_Menu):
    """`/container`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., auto_restart_interval: _Span = ...,
        check_certificate: _Value = ..., cmd: _Texts = ..., comment: _Value = ..., cpu_list: _Texts = ...,
        default_dns: _Texts = ..., devices: _Value = ..., dns: _Texts = ..., domain_name: _Value = ...,
        entrypoint: _Texts = ..., env: _Value = ..., envlist: _Value = ..., envlists: _Texts = ..., file: _Value = ...,
        healthcheck_cmd: _Texts = ..., healthcheck_interval: _Span = ..., healthcheck_retries: _Span = ...,
        healthcheck_start_interval: _Span = ..., healthcheck_start_period: _Span = ...,
        healthcheck_status: _Value = ..., healthcheck_timeout: _Span = ..., hostname: _Value = ..., hosts: _Value = ...,
        ignore_remote_image_change: _Value = ..., interface: _Name = ..., layer_dir: _Value = ...,
        logging: _Value = ..., memory_high: _Span = ..., memory_max: _Span = ..., mount: _Value = ...,
        mountlists: _Texts = ..., mounts: _Value = ..., name: _Value = ..., privileged: _Value = ...,
        remote_image: _Value = ..., restart_interval: _Span = ..., restart_max_count: _Span = ...,
        restart_policy: _Value = ..., root_dir: _Value = ..., shell: _Texts = ..., shm_size: _Span = ...,
        start_on_boot: _Value = ..., stop_on_unhealthy: _Value = ..., stop_signal: _Value = ..., stop_time: _Span = ...,
        swap_max: _Value = ..., tmpfs: _Value = ..., user: _Value = ..., workdir: _Value = ...,
    ) -> None: ...
    auto_restart_interval: _Output[str | None]
    check_certificate: _Output[str | None]
    cmd: _Output[str | None]
    comment: _Output[str]
    cpu_list: _Output[str | None]
    default_dns: _Output[str | None]
    devices: _Output[str | None]
    dns: _Output[str | None]
    domain_name: _Output[str | None]
    entrypoint: _Output[str | None]
    env: _Output[str | None]
    envlist: _Output[str | None]
    envlists: _Output[str | None]
    file: _Output[str | None]
    healthcheck_cmd: _Output[str | None]
    healthcheck_interval: _Output[str | None]
    healthcheck_retries: _Output[str | None]
    healthcheck_start_interval: _Output[str | None]
    healthcheck_start_period: _Output[str | None]
    healthcheck_status: _Output[str | None]
    healthcheck_timeout: _Output[str | None]
    hostname: _Output[str | None]
    hosts: _Output[str | None]
    ignore_remote_image_change: _Output[str | None]
    interface: _Output[str | None]
    layer_dir: _Output[str | None]
    logging: _Output[str | None]
    memory_high: _Output[str | None]
    memory_max: _Output[str | None]
    mount: _Output[str | None]
    mountlists: _Output[str | None]
    mounts: _Output[str | None]
    name: _Output[str]
    privileged: _Output[str | None]
    remote_image: _Output[str | None]
    restart_interval: _Output[str | None]
    restart_max_count: _Output[str | None]
    restart_policy: _Output[str | None]
    root_dir: _Output[str | None]
    shell: _Output[str | None]
    shm_size: _Output[str | None]
    start_on_boot: _Output[str | None]
    stop_on_unhealthy: _Output[str | None]
    stop_signal: _Output[str | None]
    stop_time: _Output[str | None]
    swap_max: _Output[str | None]
    tmpfs: _Output[str | None]
    user: _Output[str | None]
    workdir: _Output[str | None]

class ContainerConfig(_Menu):
    """`/container/config`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., layer_dir: _Value = ..., memory_high: _Span = ..., memory_max: _Span = ...,
        password: _Value = ..., ram_high: _Value = ..., registry_url: _Value = ..., swap_max: _Value = ...,
        tmpdir: _Value = ..., username: _Value = ...,
    ) -> None: ...
    layer_dir: _Output[str | None]
    memory_high: _Output[str | None]
    memory_max: _Output[str | None]
    password: _Output[str | None]
    ram_high: _Output[str | None]
    registry_url: _Output[str | None]
    swap_max: _Output[str | None]
    tmpdir: _Output[str | None]
    username: _Output[str | None]

class ContainerEnvs(_Menu):
    """`/container/envs`: rows, known by list and key."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., disabled: _Flag = ...,
        key: _Value = ..., list: _Value = ..., name: _Value = ..., value: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    disabled: _Output[bool | None]
    key: _Output[str | None]
    list: _Output[str | None]
    name: _Output[str | None]
    value: _Output[str | None]

class ContainerMounts(_Menu):
    """`/container/mounts`: rows, known by dst and list."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., disabled: _Flag = ...,
        dst: _Value = ..., list: _Value = ..., mode: _Value = ..., name: _Value = ..., read_only: _Value = ...,
        src: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    disabled: _Output[bool | None]
    dst: _Output[str | None]
    list: _Output[str | None]
    mode: _Output[str | None]
    name: _Output[str | None]
    read_only: _Output[str | None]
    src: _Output[str | None]

class Disk(_Menu):
    """`/disk`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., compress: _Flag = ...,
        crypted_backend: _Name = ..., disabled: _Flag = ..., encryption_key: _Value = ..., file_offset: _Span = ...,
        file_path: _Value = ..., file_size: _Span = ..., iscsi_address: _Text = ..., iscsi_export: _Value = ...,
        iscsi_iqn: _Value = ..., iscsi_port: _Span = ..., iscsi_server_iqn: _Value = ...,
        iscsi_server_port: _Span = ..., media_interface: _Name = ..., media_sharing: _Flag = ...,
        mount_filesystem: _Flag = ..., mount_point_template: _Value = ..., mount_read_only: _Flag = ...,
        nfs_address: _Text = ..., nfs_share: _Value = ..., nfs_sharing: _Value = ..., nvme_tcp_address: _Text = ...,
        nvme_tcp_export: _Value = ..., nvme_tcp_host_name: _Value = ..., nvme_tcp_name: _Value = ...,
        nvme_tcp_nqn: _Value = ..., nvme_tcp_password: _Value = ..., nvme_tcp_port: _Span = ...,
        nvme_tcp_server_allow_host_name: _Value = ..., nvme_tcp_server_nqn: _Value = ...,
        nvme_tcp_server_password: _Value = ..., nvme_tcp_server_port: _Span = ..., parent: _Value = ...,
        partition_number: _Span = ..., partition_offset: _Span = ..., partition_size: _Span = ...,
        raid_chunk_size: _Value = ..., raid_device_count: _Span = ..., raid_master: _Name = ...,
        raid_max_component_size: _Span = ..., raid_member_failed: _Value = ..., raid_role: _Span = ...,
        raid_type: _Value = ..., ramdisk_size: _Span = ..., self_encryption_password: _Value = ..., slot: _Value = ...,
        smb_address: _Text = ..., smb_encryption: _Flag = ..., smb_password: _Value = ...,
        smb_server_encryption: _Flag = ..., smb_server_password: _Value = ..., smb_server_user: _Value = ...,
        smb_share: _Value = ..., smb_sharing: _Flag = ..., smb_user: _Value = ..., sshfs_address: _Value = ...,
        sshfs_password: _Value = ..., sshfs_path: _Value = ..., sshfs_port: _Span = ..., sshfs_user: _Value = ...,
        swap: _Flag = ..., tmpfs_max_size: _Span = ..., type: _Texts = ...,
    ) -> None: ...
    comment: _Output[str]
    compress: _Output[bool | None]
    crypted_backend: _Output[str | None]
    disabled: _Output[bool | None]
    encryption_key: _Output[str | None]
    file_offset: _Output[str | None]
    file_path: _Output[str | None]
    file_size: _Output[str | None]
    iscsi_address: _Output[str | None]
    iscsi_export: _Output[str | None]
    iscsi_iqn: _Output[str | None]
    iscsi_port: _Output[str | None]
    iscsi_server_iqn: _Output[str | None]
    iscsi_server_port: _Output[str | None]
    media_interface: _Output[str | None]
    media_sharing: _Output[bool | None]
    mount_filesystem: _Output[bool | None]
    mount_point_template: _Output[str | None]
    mount_read_only: _Output[bool | None]
    nfs_address: _Output[str | None]
    nfs_share: _Output[str | None]
    nfs_sharing: _Output[str | None]
    nvme_tcp_address: _Output[str | None]
    nvme_tcp_export: _Output[str | None]
    nvme_tcp_host_name: _Output[str | None]
    nvme_tcp_name: _Output[str | None]
    nvme_tcp_nqn: _Output[str | None]
    nvme_tcp_password: _Output[str | None]
    nvme_tcp_port: _Output[str | None]
    nvme_tcp_server_allow_host_name: _Output[str | None]
    nvme_tcp_server_nqn: _Output[str | None]
    nvme_tcp_server_password: _Output[str | None]
    nvme_tcp_server_port: _Output[str | None]
    parent: _Output[str | None]
    partition_number: _Output[str | None]
    partition_offset: _Output[str | None]
    partition_size: _Output[str | None]
    raid_chunk_size: _Output[str | None]
    raid_device_count: _Output[str | None]
    raid_master: _Output[str | None]
    raid_max_component_size: _Output[str | None]
    raid_member_failed: _Output[str | None]
    raid_role: _Output[str | None]
    raid_type: _Output[str | None]
    ramdisk_size: _Output[str | None]
    self_encryption_password: _Output[str | None]
    slot: _Output[str | None]
    smb_address: _Output[str | None]
    smb_encryption: _Output[bool | None]
    smb_password: _Output[str | None]
    smb_server_encryption: _Output[bool | None]
    smb_server_password: _Output[str | None]
    smb_server_user: _Output[str | None]
    smb_share: _Output[str | None]
    smb_sharing: _Output[bool | None]
    smb_user: _Output[str | None]
    sshfs_address: _Output[str | None]
    sshfs_password: _Output[str | None]
    sshfs_path: _Output[str | None]
    sshfs_port: _Output[str | None]
    sshfs_user: _Output[str | None]
    swap: _Output[bool | None]
    tmpfs_max_size: _Output[str | None]
    type: _Output[str | None]

class DiskBtrfsFilesystem(_Menu):
    """`/disk/btrfs/filesystem`: rows that only the router makes (since 7.18)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., default_subvolume: _Name = ...,
        label: _Value = ...,
    ) -> None: ...
    default_subvolume: _Output[str | None]
    label: _Output[str | None]

class DiskBtrfsSubvolume(_Menu):
    """`/disk/btrfs/subvolume`: rows, known by name (since 7.18)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., fs: _Name = ..., mount: _Value = ...,
        mountpoint: _Value = ..., name: _Value = ..., parent: _Name = ..., read_only: _Value = ...,
    ) -> None: ...
    fs: _Output[str | None]
    mount: _Output[str | None]
    mountpoint: _Output[str | None]
    name: _Output[str]
    parent: _Output[str | None]
    read_only: _Output[str | None]

class DiskBtrfsTransfer(_Menu):
    """`/disk/btrfs/transfer`: rows (since 7.18)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., file: _Value = ..., fs: _Name = ...,
        send_parent: _Name = ..., send_subvolumes: _Texts = ..., ssh_address: _Value = ..., ssh_port: _Span = ...,
        ssh_receive_mount: _Value = ..., ssh_user: _Value = ..., type: _Value = ...,
    ) -> None: ...
    file: _Output[str | None]
    fs: _Output[str | None]
    send_parent: _Output[str | None]
    send_subvolumes: _Output[str | None]
    ssh_address: _Output[str | None]
    ssh_port: _Output[str | None]
    ssh_receive_mount: _Output[str | None]
    ssh_user: _Output[str | None]
    type: _Output[str | None]

class DiskSettings(_Menu):
    """`/disk/settings`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., auto_media_interface: _Name = ..., auto_media_sharing: _Flag = ...,
        auto_smb_sharing: _Flag = ..., auto_smb_user: _Name = ..., default_mount_point_template: _Value = ...,
    ) -> None: ...
    auto_media_interface: _Output[str | None]
    auto_media_sharing: _Output[bool | None]
    auto_smb_sharing: _Output[bool | None]
    auto_smb_user: _Output[str | None]
    default_mount_point_template: _Output[str | None]

class Dude(_Menu):
    """`/dude`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., data_directory: _Value = ..., enabled: _Value = ...,
    ) -> None: ...
    data_directory: _Output[str | None]
    enabled: _Output[str | None]

class DudeAgent(_Menu):
    """`/dude/agent`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., name: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    name: _Output[str]

class DudeDevice(_Menu):
    """`/dude/device`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., name: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    name: _Output[str]

class DudeDeviceType(_Menu):
    """`/dude/device-type`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., name: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    name: _Output[str]

class DudeNotification(_Menu):
    """`/dude/notification`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., name: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    name: _Output[str]

class DudeProbe(_Menu):
    """`/dude/probe`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., name: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    name: _Output[str]

class DudeRosAddress(_Menu):
    """`/dude/ros/address`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., address: _Value = ..., broadcast: _Text = ...,
        comment: _Value = ..., device: _Name = ..., disabled: _Flag = ..., interface: _Name = ..., netmask: _Text = ...,
        network: _Text = ...,
    ) -> None: ...
    address: _Output[str | None]
    broadcast: _Output[str | None]
    comment: _Output[str]
    device: _Output[str | None]
    disabled: _Output[bool | None]
    interface: _Output[str | None]
    netmask: _Output[str | None]
    network: _Output[str | None]

class DudeRosArp(_Menu):
    """`/dude/ros/arp`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., address: _Text = ..., comment: _Value = ...,
        device: _Name = ..., disabled: _Flag = ..., interface: _Name = ..., mac_address: _Text = ...,
        published: _Value = ...,
    ) -> None: ...
    address: _Output[str | None]
    comment: _Output[str]
    device: _Output[str | None]
    disabled: _Output[bool | None]
    interface: _Output[str | None]
    mac_address: _Output[str | None]
    published: _Output[str | None]

class DudeRosHealth(_Menu):
    """`/dude/ros/health`: rows that only the router makes."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., cpu_overtemp_check: _Value = ...,
        cpu_overtemp_startup_delay: _Span = ..., cpu_overtemp_threshold: _Span = ..., device: _Name = ...,
        fan_mode: _Value = ..., fan_on_threshold: _Span = ..., fan_switch: _Value = ..., psu1_state: _Value = ...,
        psu2_state: _Value = ..., use_fan: _Value = ..., use_fan2: _Value = ...,
    ) -> None: ...
    cpu_overtemp_check: _Output[str | None]
    cpu_overtemp_startup_delay: _Output[str | None]
    cpu_overtemp_threshold: _Output[str | None]
    device: _Output[str | None]
    fan_mode: _Output[str | None]
    fan_on_threshold: _Output[str | None]
    fan_switch: _Output[str | None]
    psu1_state: _Output[str | None]
    psu2_state: _Output[str | None]
    use_fan: _Output[str | None]
    use_fan2: _Output[str | None]

class DudeRosInterface(_Menu):
    """`/dude/ros/interface`: rows that only the router makes."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., comment: _Value = ..., device: _Name = ...,
        disabled: _Flag = ..., l2mtu: _Span = ..., mtu: _Span = ..., name: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    device: _Output[str | None]
    disabled: _Output[bool | None]
    l2mtu: _Output[str | None]
    mtu: _Output[str | None]
    name: _Output[str | None]

class DudeRosLease(_Menu):
    """`/dude/ros/lease`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., address: _Value = ..., address_lists: _Texts = ...,
        always_broadcast: _Value = ..., block_access: _Value = ..., client_id: _Value = ..., comment: _Value = ...,
        device: _Name = ..., dhcp_option: _Texts = ..., dhcp_option_set: _Name = ..., disabled: _Flag = ...,
        insert_queue_before: _Value = ..., lease_time: _Span = ..., mac_address: _Text = ..., rate_limit: _Value = ...,
        server: _Value = ..., use_src_mac: _Value = ...,
    ) -> None: ...
    address: _Output[str | None]
    address_lists: _Output[str | None]
    always_broadcast: _Output[str | None]
    block_access: _Output[str | None]
    client_id: _Output[str | None]
    comment: _Output[str]
    device: _Output[str | None]
    dhcp_option: _Output[str | None]
    dhcp_option_set: _Output[str | None]
    disabled: _Output[bool | None]
    insert_queue_before: _Output[str | None]
    lease_time: _Output[str | None]
    mac_address: _Output[str | None]
    rate_limit: _Output[str | None]
    server: _Output[str | None]
    use_src_mac: _Output[str | None]

class DudeRosNeighbor(_Menu):
    """`/dude/ros/neighbor`: rows that only the router makes."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., device: _Name = ...,
    ) -> None: ...
    device: _Output[str | None]

class DudeRosQueue(_Menu):
    """`/dude/ros/queue`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., bucket_size: _Value = ..., burst_limit: _Value = ...,
        burst_threshold: _Value = ..., burst_time: _Span = ..., comment: _Value = ..., device: _Name = ...,
        disabled: _Flag = ..., dst: _Value = ..., limit_at: _Value = ..., max_limit: _Value = ..., name: _Value = ...,
        packet_marks: _Texts = ..., parent: _Name = ..., priority: _Value = ..., queue: _Value = ...,
        target: _Value = ..., time: _Span = ..., total_bucket_size: _Span = ..., total_burst_limit: _Span = ...,
        total_burst_threshold: _Span = ..., total_burst_time: _Span = ..., total_limit_at: _Span = ...,
        total_max_limit: _Span = ..., total_priority: _Span = ..., total_queue: _Name = ...,
    ) -> None: ...
    bucket_size: _Output[str | None]
    burst_limit: _Output[str | None]
    burst_threshold: _Output[str | None]
    burst_time: _Output[str | None]
    comment: _Output[str]
    device: _Output[str | None]
    disabled: _Output[bool | None]
    dst: _Output[str | None]
    limit_at: _Output[str | None]
    max_limit: _Output[str | None]
    name: _Output[str]
    packet_marks: _Output[str | None]
    parent: _Output[str | None]
    priority: _Output[str | None]
    queue: _Output[str | None]
    target: _Output[str | None]
    time: _Output[str | None]
    total_bucket_size: _Output[str | None]
    total_burst_limit: _Output[str | None]
    total_burst_threshold: _Output[str | None]
    total_burst_time: _Output[str | None]
    total_limit_at: _Output[str | None]
    total_max_limit: _Output[str | None]
    total_priority: _Output[str | None]
    total_queue: _Output[str | None]

class DudeRosResource(_Menu):
    """`/dude/ros/resource`: rows that only the router makes."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., device: _Name = ...,
    ) -> None: ...
    device: _Output[str | None]

class DudeRosRoute(_Menu):
    """`/dude/ros/route`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., bgp_as_path: _Value = ...,
        bgp_atomic_aggregate: _Value = ..., bgp_communities: _Texts = ..., bgp_local_pref: _Span = ...,
        bgp_med: _Span = ..., bgp_origin: _Value = ..., bgp_prepend: _Span = ..., check_gateway: _Value = ...,
        comment: _Value = ..., device: _Name = ..., disabled: _Flag = ..., distance: _Span = ...,
        dst_address: _Text = ..., gateway: _Value = ..., pref_src: _Text = ..., route_tag: _Span = ...,
        routing_mark: _Name = ..., scope: _Span = ..., target_scope: _Span = ..., type: _Value = ...,
        vrf_interface: _Name = ...,
    ) -> None: ...
    bgp_as_path: _Output[str | None]
    bgp_atomic_aggregate: _Output[str | None]
    bgp_communities: _Output[str | None]
    bgp_local_pref: _Output[str | None]
    bgp_med: _Output[str | None]
    bgp_origin: _Output[str | None]
    bgp_prepend: _Output[str | None]
    check_gateway: _Output[str | None]
    comment: _Output[str]
    device: _Output[str | None]
    disabled: _Output[bool | None]
    distance: _Output[str | None]
    dst_address: _Output[str | None]
    gateway: _Output[str | None]
    pref_src: _Output[str | None]
    route_tag: _Output[str | None]
    routing_mark: _Output[str | None]
    scope: _Output[str | None]
    target_scope: _Output[str | None]
    type: _Output[str | None]
    vrf_interface: _Output[str | None]

class DudeRosRouterboard(_Menu):
    """`/dude/ros/routerboard`: rows that only the router makes."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., device: _Name = ...,
    ) -> None: ...
    device: _Output[str | None]

class DudeService(_Menu):
    """`/dude/service`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., name: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    name: _Output[str]

class File(_Menu):
    """`/file`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., contents: _Value = ..., name: _Value = ...,
        type: _Value = ...,
    ) -> None: ...
    contents: _Output[str | None]
    name: _Output[str]
    type: _Output[str | None]

class FileRsyncDaemon(_Menu):
    """`/file/rsync-daemon`: one row (since 7.16)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., enabled: _Value = ...,
    ) -> None: ...
    enabled: _Output[str | None]

class FileSync(_Menu):
    """`/file/sync`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., disabled: _Flag = ...,
        local_path: _Value = ..., mode: _Value = ..., password: _Value = ..., remote_address: _Texts = ...,
        remote_addrs: _Value = ..., remote_path: _Value = ..., status: _Value = ..., user: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    disabled: _Output[bool | None]
    local_path: _Output[str | None]
    mode: _Output[str | None]
    password: _Output[str | None]
    remote_address: _Output[str | None]
    remote_addrs: _Output[str | None]
    remote_path: _Output[str | None]
    status: _Output[str | None]
    user: _Output[str | None]

class Interface(_Menu):
    """`/interface`: rows that only the router makes."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., comment: _Value = ..., disabled: _Flag = ...,
        l2mtu: _Span = ..., mtu: _Span = ..., name: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    disabled: _Output[bool | None]
    l2mtu: _Output[str | None]
    mtu: _Output[str | None]
    name: _Output[str | None]

class Interface6to4(_Menu):
    """`/interface/6to4`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., clamp_tcp_mss: _Flag = ..., comment: _Value = ...,
        disabled: _Flag = ..., dont_fragment: _Value = ..., dscp: _Span = ..., ipsec_secret: _Value = ...,
        keepalive: _Span = ..., local_address: _Text = ..., mtu: _Span = ..., name: _Value = ...,
        remote_address: _Value = ...,
    ) -> None: ...
    clamp_tcp_mss: _Output[bool | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    dont_fragment: _Output[str | None]
    dscp: _Output[str | None]
    ipsec_secret: _Output[str | None]
    keepalive: _Output[str | None]
    local_address: _Output[str | None]
    mtu: _Output[str | None]
    name: _Output[str]
    remote_address: _Output[str | None]

class InterfaceAmt(_Menu):
    """`/interface/amt`: rows, known by name (since 7.18) (until 7.19)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., disabled: _Flag = ...,
        discovery_ip: _Value = ..., dont_fragment: _Value = ..., gateway_port: _Value = ..., interface: _Value = ...,
        local_ip: _Value = ..., mac_address: _Text = ..., max_tunnels: _Value = ..., mode: _Value = ...,
        name: _Value = ..., relay_port: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    disabled: _Output[bool | None]
    discovery_ip: _Output[str | None]
    dont_fragment: _Output[str | None]
    gateway_port: _Output[str | None]
    interface: _Output[str | None]
    local_ip: _Output[str | None]
    mac_address: _Output[str | None]
    max_tunnels: _Output[str | None]
    mode: _Output[str | None]
    name: _Output[str]
    relay_port: _Output[str | None]

class InterfaceBonding(_Menu):
    """`/interface/bonding`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., arp: _Texts = ..., arp_interval: _Span = ...,
        arp_ip_targets: _Texts = ..., arp_timeout: _Span = ..., comment: _Value = ..., disabled: _Flag = ...,
        down_delay: _Span = ..., forced_mac_address: _Text = ..., lacp_mode: _Texts = ..., lacp_rate: _Texts = ...,
        lacp_system_id: _Text = ..., lacp_system_priority: _Span = ..., lacp_user_key: _Span = ...,
        link_monitoring: _Texts = ..., mii_interval: _Span = ..., min_links: _Span = ..., mlag_id: _Span = ...,
        mode: _Texts = ..., mtu: _Span = ..., name: _Value = ..., primary: _Name = ..., slaves: _Name = ...,
        transmit_hash_policy: _Texts = ..., up_delay: _Span = ...,
    ) -> None: ...
    arp: _Output[str | None]
    arp_interval: _Output[str | None]
    arp_ip_targets: _Output[str | None]
    arp_timeout: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    down_delay: _Output[str | None]
    forced_mac_address: _Output[str | None]
    lacp_mode: _Output[str | None]
    lacp_rate: _Output[str | None]
    lacp_system_id: _Output[str | None]
    lacp_system_priority: _Output[str | None]
    lacp_user_key: _Output[str | None]
    link_monitoring: _Output[str | None]
    mii_interval: _Output[str | None]
    min_links: _Output[str | None]
    mlag_id: _Output[str | None]
    mode: _Output[str | None]
    mtu: _Output[str | None]
    name: _Output[str]
    primary: _Output[str | None]
    slaves: _Output[str | None]
    transmit_hash_policy: _Output[str | None]
    up_delay: _Output[str | None]

class InterfaceBridge(_Menu):
    """`/interface/bridge`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., add_dhcp_option82: _Flag = ..., admin_mac: _Text = ...,
        ageing_time: _Span = ..., arp: _Texts = ..., arp_timeout: _Span = ..., auto_mac: _Flag = ...,
        comment: _Value = ..., dhcp_agent_circuit_id: _Value = ..., dhcp_agent_remote_id: _Value = ...,
        dhcp_snooping: _Flag = ..., dhcpv6_agent_circuit_id: _Value = ..., dhcpv6_agent_remote_id: _Value = ...,
        dhcpv6_snooping: _Flag = ..., disabled: _Flag = ..., ether_type: _Texts = ..., fast_forward: _Flag = ...,
        forward_delay: _Span = ..., forward_reserved_addresses: _Flag = ..., frame_types: _Texts = ...,
        igmp_snooping: _Flag = ..., igmp_version: _Value = ..., ingress_filtering: _Flag = ...,
        last_member_interval: _Span = ..., last_member_query_count: _Span = ..., max_hops: _Span = ...,
        max_learned_entries: _Span = ..., max_message_age: _Span = ..., membership_interval: _Span = ...,
        mlag_heartbeat: _Span = ..., mlag_peer_port: _Name = ..., mlag_priority: _Span = ..., mld_version: _Value = ...,
        mtu: _Span = ..., multicast_querier: _Flag = ..., multicast_router: _Texts = ..., mvrp: _Flag = ...,
        name: _Value = ..., port_cost_mode: _Value = ..., priority: _Span = ..., protocol_mode: _Texts = ...,
        pvid: _Span = ..., querier_interval: _Span = ..., querier_uses_bridge_address: _Value = ...,
        query_interval: _Span = ..., query_response_interval: _Span = ..., ra_guard: _Flag = ...,
        region_name: _Value = ..., region_revision: _Span = ..., startup_query_count: _Span = ...,
        startup_query_interval: _Span = ..., transmit_hold_count: _Span = ..., vlan_filtering: _Flag = ...,
    ) -> None: ...
    add_dhcp_option82: _Output[bool | None]
    admin_mac: _Output[str | None]
    ageing_time: _Output[str | None]
    arp: _Output[str | None]
    arp_timeout: _Output[str | None]
    auto_mac: _Output[bool | None]
    comment: _Output[str]
    dhcp_agent_circuit_id: _Output[str | None]
    dhcp_agent_remote_id: _Output[str | None]
    dhcp_snooping: _Output[bool | None]
    dhcpv6_agent_circuit_id: _Output[str | None]
    dhcpv6_agent_remote_id: _Output[str | None]
    dhcpv6_snooping: _Output[bool | None]
    disabled: _Output[bool | None]
    ether_type: _Output[str | None]
    fast_forward: _Output[bool | None]
    forward_delay: _Output[str | None]
    forward_reserved_addresses: _Output[bool | None]
    frame_types: _Output[str | None]
    igmp_snooping: _Output[bool | None]
    igmp_version: _Output[str | None]
    ingress_filtering: _Output[bool | None]
    last_member_interval: _Output[str | None]
    last_member_query_count: _Output[str | None]
    max_hops: _Output[str | None]
    max_learned_entries: _Output[str | None]
    max_message_age: _Output[str | None]
    membership_interval: _Output[str | None]
    mlag_heartbeat: _Output[str | None]
    mlag_peer_port: _Output[str | None]
    mlag_priority: _Output[str | None]
    mld_version: _Output[str | None]
    mtu: _Output[str | None]
    multicast_querier: _Output[bool | None]
    multicast_router: _Output[str | None]
    mvrp: _Output[bool | None]
    name: _Output[str]
    port_cost_mode: _Output[str | None]
    priority: _Output[str | None]
    protocol_mode: _Output[str | None]
    pvid: _Output[str | None]
    querier_interval: _Output[str | None]
    querier_uses_bridge_address: _Output[str | None]
    query_interval: _Output[str | None]
    query_response_interval: _Output[str | None]
    ra_guard: _Output[bool | None]
    region_name: _Output[str | None]
    region_revision: _Output[str | None]
    startup_query_count: _Output[str | None]
    startup_query_interval: _Output[str | None]
    transmit_hold_count: _Output[str | None]
    vlan_filtering: _Output[bool | None]

class InterfaceBridgeCalea(_Menu):
    """`/interface/bridge/calea`: rows in an order."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., position: _Position | None = ...,
        _802_3_sap: _Span = ..., _802_3_type: _Span = ..., action: _Texts = ..., arp_dst_address: _Span = ...,
        arp_dst_mac_address: _Text = ..., arp_gratuitous: _Flag = ..., arp_hardware_type: _Span = ...,
        arp_opcode: _Span = ..., arp_packet_type: _Span = ..., arp_src_address: _Span = ...,
        arp_src_mac_address: _Text = ..., chain: _Value = ..., comment: _Value = ..., disabled: _Flag = ...,
        dst_address: _Span = ..., dst_address6: _Value = ..., dst_mac_address: _Text = ..., dst_port: _Span = ...,
        in_bridge: _Name = ..., in_bridge_list: _Value = ..., in_interface: _Name = ..., in_interface_list: _Name = ...,
        ingress_priority: _Span = ..., ip_protocol: _Value = ..., limit: _Span = ..., log: _Flag = ...,
        log_prefix: _Value = ..., mac_protocol: _Span = ..., out_bridge: _Name = ..., out_bridge_list: _Value = ...,
        out_interface: _Name = ..., out_interface_list: _Name = ..., packet_mark: _Value = ...,
        packet_type: _Value = ..., sniff_id: _Span = ..., sniff_target: _Text = ..., sniff_target_port: _Span = ...,
        src_address: _Span = ..., src_address6: _Value = ..., src_mac_address: _Text = ..., src_port: _Span = ...,
        stp_flags: _Span = ..., stp_forward_delay: _Span = ..., stp_hello_time: _Span = ..., stp_max_age: _Span = ...,
        stp_msg_age: _Span = ..., stp_port: _Span = ..., stp_root_address: _Text = ..., stp_root_cost: _Span = ...,
        stp_root_priority: _Span = ..., stp_sender_address: _Text = ..., stp_sender_priority: _Span = ...,
        stp_type: _Span = ..., tls_host: _Value = ..., vlan_encap: _Span = ..., vlan_id: _Span = ...,
        vlan_priority: _Span = ...,
    ) -> None: ...
    _802_3_sap: _Output[str | None]
    _802_3_type: _Output[str | None]
    action: _Output[str | None]
    arp_dst_address: _Output[str | None]
    arp_dst_mac_address: _Output[str | None]
    arp_gratuitous: _Output[bool | None]
    arp_hardware_type: _Output[str | None]
    arp_opcode: _Output[str | None]
    arp_packet_type: _Output[str | None]
    arp_src_address: _Output[str | None]
    arp_src_mac_address: _Output[str | None]
    chain: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    dst_address: _Output[str | None]
    dst_address6: _Output[str | None]
    dst_mac_address: _Output[str | None]
    dst_port: _Output[str | None]
    in_bridge: _Output[str | None]
    in_bridge_list: _Output[str | None]
    in_interface: _Output[str | None]
    in_interface_list: _Output[str | None]
    ingress_priority: _Output[str | None]
    ip_protocol: _Output[str | None]
    limit: _Output[str | None]
    log: _Output[bool | None]
    log_prefix: _Output[str | None]
    mac_protocol: _Output[str | None]
    out_bridge: _Output[str | None]
    out_bridge_list: _Output[str | None]
    out_interface: _Output[str | None]
    out_interface_list: _Output[str | None]
    packet_mark: _Output[str | None]
    packet_type: _Output[str | None]
    sniff_id: _Output[str | None]
    sniff_target: _Output[str | None]
    sniff_target_port: _Output[str | None]
    src_address: _Output[str | None]
    src_address6: _Output[str | None]
    src_mac_address: _Output[str | None]
    src_port: _Output[str | None]
    stp_flags: _Output[str | None]
    stp_forward_delay: _Output[str | None]
    stp_hello_time: _Output[str | None]
    stp_max_age: _Output[str | None]
    stp_msg_age: _Output[str | None]
    stp_port: _Output[str | None]
    stp_root_address: _Output[str | None]
    stp_root_cost: _Output[str | None]
    stp_root_priority: _Output[str | None]
    stp_sender_address: _Output[str | None]
    stp_sender_priority: _Output[str | None]
    stp_type: _Output[str | None]
    tls_host: _Output[str | None]
    vlan_encap: _Output[str | None]
    vlan_id: _Output[str | None]
    vlan_priority: _Output[str | None]

class InterfaceBridgeFilter(_Menu):
    """`/interface/bridge/filter`: rows in an order."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., position: _Position | None = ...,
        _802_3_sap: _Span = ..., _802_3_type: _Span = ..., action: _Texts = ..., arp_dst_address: _Span = ...,
        arp_dst_mac_address: _Text = ..., arp_gratuitous: _Flag = ..., arp_hardware_type: _Span = ...,
        arp_opcode: _Span = ..., arp_packet_type: _Span = ..., arp_src_address: _Span = ...,
        arp_src_mac_address: _Text = ..., chain: _Name = ..., comment: _Value = ..., disabled: _Flag = ...,
        dst_address: _Span = ..., dst_address6: _Value = ..., dst_mac_address: _Text = ..., dst_port: _Span = ...,
        in_bridge: _Name = ..., in_bridge_list: _Value = ..., in_interface: _Name = ..., in_interface_list: _Name = ...,
        ingress_priority: _Span = ..., ip_protocol: _Value = ..., jump_target: _Value = ..., limit: _Span = ...,
        log: _Flag = ..., log_prefix: _Value = ..., mac_protocol: _Span = ..., new_packet_mark: _Value = ...,
        new_priority: _Span = ..., out_bridge: _Name = ..., out_bridge_list: _Value = ..., out_interface: _Name = ...,
        out_interface_list: _Name = ..., packet_mark: _Value = ..., packet_type: _Value = ..., passthrough: _Flag = ...,
        src_address: _Span = ..., src_address6: _Value = ..., src_mac_address: _Text = ..., src_port: _Span = ...,
        stp_flags: _Span = ..., stp_forward_delay: _Span = ..., stp_hello_time: _Span = ..., stp_max_age: _Span = ...,
        stp_msg_age: _Span = ..., stp_port: _Span = ..., stp_root_address: _Text = ..., stp_root_cost: _Span = ...,
        stp_root_priority: _Span = ..., stp_sender_address: _Text = ..., stp_sender_priority: _Span = ...,
        stp_type: _Span = ..., tls_host: _Value = ..., vlan_encap: _Span = ..., vlan_id: _Span = ...,
        vlan_priority: _Span = ...,
    ) -> None: ...
    _802_3_sap: _Output[str | None]
    _802_3_type: _Output[str | None]
    action: _Output[str | None]
    arp_dst_address: _Output[str | None]
    arp_dst_mac_address: _Output[str | None]
    arp_gratuitous: _Output[bool | None]
    arp_hardware_type: _Output[str | None]
    arp_opcode: _Output[str | None]
    arp_packet_type: _Output[str | None]
    arp_src_address: _Output[str | None]
    arp_src_mac_address: _Output[str | None]
    chain: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    dst_address: _Output[str | None]
    dst_address6: _Output[str | None]
    dst_mac_address: _Output[str | None]
    dst_port: _Output[str | None]
    in_bridge: _Output[str | None]
    in_bridge_list: _Output[str | None]
    in_interface: _Output[str | None]
    in_interface_list: _Output[str | None]
    ingress_priority: _Output[str | None]
    ip_protocol: _Output[str | None]
    jump_target: _Output[str | None]
    limit: _Output[str | None]
    log: _Output[bool | None]
    log_prefix: _Output[str | None]
    mac_protocol: _Output[str | None]
    new_packet_mark: _Output[str | None]
    new_priority: _Output[str | None]
    out_bridge: _Output[str | None]
    out_bridge_list: _Output[str | None]
    out_interface: _Output[str | None]
    out_interface_list: _Output[str | None]
    packet_mark: _Output[str | None]
    packet_type: _Output[str | None]
    passthrough: _Output[bool | None]
    src_address: _Output[str | None]
    src_address6: _Output[str | None]
    src_mac_address: _Output[str | None]
    src_port: _Output[str | None]
    stp_flags: _Output[str | None]
    stp_forward_delay: _Output[str | None]
    stp_hello_time: _Output[str | None]
    stp_max_age: _Output[str | None]
    stp_msg_age: _Output[str | None]
    stp_port: _Output[str | None]
    stp_root_address: _Output[str | None]
    stp_root_cost: _Output[str | None]
    stp_root_priority: _Output[str | None]
    stp_sender_address: _Output[str | None]
    stp_sender_priority: _Output[str | None]
    stp_type: _Output[str | None]
    tls_host: _Output[str | None]
    vlan_encap: _Output[str | None]
    vlan_id: _Output[str | None]
    vlan_priority: _Output[str | None]

class InterfaceBridgeHost(_Menu):
    """`/interface/bridge/host`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., bridge: _Name = ..., comment: _Value = ...,
        disabled: _Flag = ..., interface: _Name = ..., mac_address: _Text = ..., vid: _Span = ...,
    ) -> None: ...
    bridge: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    interface: _Output[str | None]
    mac_address: _Output[str | None]
    vid: _Output[str | None]

class InterfaceBridgeMdb(_Menu):
    """`/interface/bridge/mdb`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., bridge: _Name = ..., comment: _Value = ...,
        disabled: _Flag = ..., group: _Text = ..., interface: _Name = ..., ports: _Value = ..., vid: _Span = ...,
    ) -> None: ...
    bridge: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    group: _Output[str | None]
    interface: _Output[str | None]
    ports: _Output[str | None]
    vid: _Output[str | None]

class InterfaceBridgeMsrp(_Menu):
    """`/interface/bridge/msrp`: rows; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., bridge: _Value = ..., comment: _Value = ...,
        dst_mac: _Value = ..., listener: _Value = ..., max_frame_size: _Value = ..., max_interval_frames: _Value = ...,
        priority: _Value = ..., rank: _Value = ..., stream_id: _Value = ..., talker: _Value = ..., vid: _Value = ...,
    ) -> None: ...
    bridge: _Output[str | None]
    comment: _Output[str]
    dst_mac: _Output[str | None]
    listener: _Output[str | None]
    max_frame_size: _Output[str | None]
    max_interval_frames: _Output[str | None]
    priority: _Output[str | None]
    rank: _Output[str | None]
    stream_id: _Output[str | None]
    talker: _Output[str | None]
    vid: _Output[str | None]

class InterfaceBridgeMsrpDomain(_Menu):
    """`/interface/bridge/msrp/domain`: rows; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., bridge: _Value = ..., comment: _Value = ...,
        id_: _Value = ..., priority: _Value = ..., vlan_id: _Value = ...,
    ) -> None: ...
    bridge: _Output[str | None]
    comment: _Output[str]
    id_: _Output[str | None]
    priority: _Output[str | None]
    vlan_id: _Output[str | None]

class InterfaceBridgeMsti(_Menu):
    """`/interface/bridge/msti`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., bridge: _Name = ..., comment: _Value = ...,
        disabled: _Flag = ..., identifier: _Span = ..., priority: _Span = ..., vlan_mapping: _Texts = ...,
    ) -> None: ...
    bridge: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    identifier: _Output[str | None]
    priority: _Output[str | None]
    vlan_mapping: _Output[str | None]

class InterfaceBridgeNat(_Menu):
    """`/interface/bridge/nat`: rows in an order."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., position: _Position | None = ...,
        _802_3_sap: _Span = ..., _802_3_type: _Span = ..., action: _Texts = ..., arp_dst_address: _Span = ...,
        arp_dst_mac_address: _Text = ..., arp_gratuitous: _Flag = ..., arp_hardware_type: _Span = ...,
        arp_opcode: _Span = ..., arp_packet_type: _Span = ..., arp_src_address: _Span = ...,
        arp_src_mac_address: _Text = ..., chain: _Name = ..., comment: _Value = ..., disabled: _Flag = ...,
        dst_address: _Span = ..., dst_address6: _Value = ..., dst_mac_address: _Text = ..., dst_port: _Span = ...,
        in_bridge: _Name = ..., in_bridge_list: _Value = ..., in_interface: _Name = ..., in_interface_list: _Name = ...,
        ingress_priority: _Span = ..., ip_protocol: _Value = ..., jump_target: _Value = ..., limit: _Span = ...,
        log: _Flag = ..., log_prefix: _Value = ..., mac_protocol: _Span = ..., new_packet_mark: _Value = ...,
        new_priority: _Span = ..., out_bridge: _Name = ..., out_bridge_list: _Value = ..., out_interface: _Name = ...,
        out_interface_list: _Name = ..., packet_mark: _Value = ..., packet_type: _Value = ..., passthrough: _Flag = ...,
        src_address: _Span = ..., src_address6: _Value = ..., src_mac_address: _Text = ..., src_port: _Span = ...,
        stp_flags: _Span = ..., stp_forward_delay: _Span = ..., stp_hello_time: _Span = ..., stp_max_age: _Span = ...,
        stp_msg_age: _Span = ..., stp_port: _Span = ..., stp_root_address: _Text = ..., stp_root_cost: _Span = ...,
        stp_root_priority: _Span = ..., stp_sender_address: _Text = ..., stp_sender_priority: _Span = ...,
        stp_type: _Span = ..., tls_host: _Value = ..., to_arp_reply_mac_address: _Text = ...,
        to_dst_mac_address: _Text = ..., to_src_mac_address: _Text = ..., vlan_encap: _Span = ..., vlan_id: _Span = ...,
        vlan_priority: _Span = ...,
    ) -> None: ...
    _802_3_sap: _Output[str | None]
    _802_3_type: _Output[str | None]
    action: _Output[str | None]
    arp_dst_address: _Output[str | None]
    arp_dst_mac_address: _Output[str | None]
    arp_gratuitous: _Output[bool | None]
    arp_hardware_type: _Output[str | None]
    arp_opcode: _Output[str | None]
    arp_packet_type: _Output[str | None]
    arp_src_address: _Output[str | None]
    arp_src_mac_address: _Output[str | None]
    chain: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    dst_address: _Output[str | None]
    dst_address6: _Output[str | None]
    dst_mac_address: _Output[str | None]
    dst_port: _Output[str | None]
    in_bridge: _Output[str | None]
    in_bridge_list: _Output[str | None]
    in_interface: _Output[str | None]
    in_interface_list: _Output[str | None]
    ingress_priority: _Output[str | None]
    ip_protocol: _Output[str | None]
    jump_target: _Output[str | None]
    limit: _Output[str | None]
    log: _Output[bool | None]
    log_prefix: _Output[str | None]
    mac_protocol: _Output[str | None]
    new_packet_mark: _Output[str | None]
    new_priority: _Output[str | None]
    out_bridge: _Output[str | None]
    out_bridge_list: _Output[str | None]
    out_interface: _Output[str | None]
    out_interface_list: _Output[str | None]
    packet_mark: _Output[str | None]
    packet_type: _Output[str | None]
    passthrough: _Output[bool | None]
    src_address: _Output[str | None]
    src_address6: _Output[str | None]
    src_mac_address: _Output[str | None]
    src_port: _Output[str | None]
    stp_flags: _Output[str | None]
    stp_forward_delay: _Output[str | None]
    stp_hello_time: _Output[str | None]
    stp_max_age: _Output[str | None]
    stp_msg_age: _Output[str | None]
    stp_port: _Output[str | None]
    stp_root_address: _Output[str | None]
    stp_root_cost: _Output[str | None]
    stp_root_priority: _Output[str | None]
    stp_sender_address: _Output[str | None]
    stp_sender_priority: _Output[str | None]
    stp_type: _Output[str | None]
    tls_host: _Output[str | None]
    to_arp_reply_mac_address: _Output[str | None]
    to_dst_mac_address: _Output[str | None]
    to_src_mac_address: _Output[str | None]
    vlan_encap: _Output[str | None]
    vlan_id: _Output[str | None]
    vlan_priority: _Output[str | None]

class InterfaceBridgePort(_Menu):
    """`/interface/bridge/port`: rows in an order, known by interface."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., position: _Position | None = ...,
        auto_isolate: _Flag = ..., bpdu_guard: _Flag = ..., bridge: _Name = ..., broadcast_flood: _Flag = ...,
        comment: _Value = ..., disabled: _Flag = ..., edge: _Texts = ..., fast_leave: _Flag = ...,
        frame_types: _Texts = ..., horizon: _Span = ..., hw: _Flag = ..., ingress_filtering: _Flag = ...,
        interface: _Name = ..., internal_path_cost: _Span = ..., learn: _Texts = ..., multicast_router: _Texts = ...,
        mvrp_applicant_state: _Texts = ..., mvrp_registrar_state: _Texts = ..., path_cost: _Span = ...,
        point_to_point: _Texts = ..., priority: _Span = ..., pvid: _Span = ..., restricted_role: _Flag = ...,
        restricted_tcn: _Flag = ..., tag_stacking: _Flag = ..., trusted: _Flag = ..., trusted_dhcpv6: _Flag = ...,
        trusted_ra: _Flag = ..., unknown_multicast_flood: _Flag = ..., unknown_unicast_flood: _Flag = ...,
    ) -> None: ...
    auto_isolate: _Output[bool | None]
    bpdu_guard: _Output[bool | None]
    bridge: _Output[str | None]
    broadcast_flood: _Output[bool | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    edge: _Output[str | None]
    fast_leave: _Output[bool | None]
    frame_types: _Output[str | None]
    horizon: _Output[str | None]
    hw: _Output[bool | None]
    ingress_filtering: _Output[bool | None]
    interface: _Output[str | None]
    internal_path_cost: _Output[str | None]
    learn: _Output[str | None]
    multicast_router: _Output[str | None]
    mvrp_applicant_state: _Output[str | None]
    mvrp_registrar_state: _Output[str | None]
    path_cost: _Output[str | None]
    point_to_point: _Output[str | None]
    priority: _Output[str | None]
    pvid: _Output[str | None]
    restricted_role: _Output[bool | None]
    restricted_tcn: _Output[bool | None]
    tag_stacking: _Output[bool | None]
    trusted: _Output[bool | None]
    trusted_dhcpv6: _Output[bool | None]
    trusted_ra: _Output[bool | None]
    unknown_multicast_flood: _Output[bool | None]
    unknown_unicast_flood: _Output[bool | None]

class InterfaceBridgePortController(_Menu):
    """`/interface/bridge/port-controller`: one row (until 7.18)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., bridge: _Name = ..., cascade_ports: _Value = ..., switch: _Value = ...,
    ) -> None: ...
    bridge: _Output[str | None]
    cascade_ports: _Output[str | None]
    switch: _Output[str | None]

class InterfaceBridgePortControllerDevice(_Menu):
    """`/interface/bridge/port-controller/device`: rows, known by name (until 7.18)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., name: _Value = ...,
    ) -> None: ...
    name: _Output[str]

class InterfaceBridgePortControllerPort(_Menu):
    """`/interface/bridge/port-controller/port`: rows that only the router makes (until 7.18)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., disabled: _Flag = ..., name: _Value = ...,
    ) -> None: ...
    disabled: _Output[bool | None]
    name: _Output[str | None]

class InterfaceBridgePortExtender(_Menu):
    """`/interface/bridge/port-extender`: one row (until 7.18)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., control_ports: _Value = ..., excluded_ports: _Value = ...,
        switch: _Value = ...,
    ) -> None: ...
    control_ports: _Output[str | None]
    excluded_ports: _Output[str | None]
    switch: _Output[str | None]

class InterfaceBridgePortMstOverride(_Menu):
    """`/interface/bridge/port/mst-override`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., disabled: _Flag = ...,
        identifier: _Span = ..., interface: _Name = ..., internal_path_cost: _Span = ..., priority: _Span = ...,
    ) -> None: ...
    comment: _Output[str]
    disabled: _Output[bool | None]
    identifier: _Output[str | None]
    interface: _Output[str | None]
    internal_path_cost: _Output[str | None]
    priority: _Output[str | None]

class InterfaceBridgeSettings(_Menu):
    """`/interface/bridge/settings`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., allow_fast_path: _Flag = ..., use_ip_firewall: _Flag = ...,
        use_ip_firewall_for_pppoe: _Flag = ..., use_ip_firewall_for_vlan: _Flag = ...,
    ) -> None: ...
    allow_fast_path: _Output[bool | None]
    use_ip_firewall: _Output[bool | None]
    use_ip_firewall_for_pppoe: _Output[bool | None]
    use_ip_firewall_for_vlan: _Output[bool | None]

class InterfaceBridgeVlan(_Menu):
    """`/interface/bridge/vlan`: rows, known by bridge and vlan-ids."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., bridge: _Name = ..., comment: _Value = ...,
        disabled: _Flag = ..., mvrp_forbidden: _Name = ..., tagged: _Name = ..., untagged: _Name = ...,
        vlan_ids: _Texts = ...,
    ) -> None: ...
    bridge: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    mvrp_forbidden: _Output[str | None]
    tagged: _Output[str | None]
    untagged: _Output[str | None]
    vlan_ids: _Output[str | None]

class InterfaceDetectInternet(_Menu):
    """`/interface/detect-internet`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., detect_interface_list: _Name = ..., internet_interface_list: _Name = ...,
        lan_interface_list: _Name = ..., request_interval: _Span = ..., wan_interface_list: _Name = ...,
    ) -> None: ...
    detect_interface_list: _Output[str | None]
    internet_interface_list: _Output[str | None]
    lan_interface_list: _Output[str | None]
    request_interval: _Output[str | None]
    wan_interface_list: _Output[str | None]

class InterfaceDot1xClient(_Menu):
    """`/interface/dot1x/client`: rows, known by eap-methods and identity and interface."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., anon_identity: _Value = ..., certificate: _Name = ...,
        comment: _Value = ..., disabled: _Flag = ..., eap_methods: _Texts = ..., identity: _Value = ...,
        interface: _Name = ..., password: _Value = ...,
    ) -> None: ...
    anon_identity: _Output[str | None]
    certificate: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    eap_methods: _Output[str | None]
    identity: _Output[str | None]
    interface: _Output[str | None]
    password: _Output[str | None]

class InterfaceDot1xServer(_Menu):
    """`/interface/dot1x/server`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., accounting: _Flag = ..., auth_timeout: _Span = ...,
        auth_types: _Texts = ..., comment: _Value = ..., disabled: _Flag = ..., guest_vlan_id: _Span = ...,
        interface: _Name = ..., interim_update: _Span = ..., mac_auth_mode: _Texts = ...,
        radius_mac_format: _Texts = ..., reauth_period: _Span = ..., reauth_timeout: _Span = ...,
        reject_vlan_id: _Span = ..., retrans_timeout: _Span = ..., server_fail_vlan_id: _Span = ...,
    ) -> None: ...
    accounting: _Output[bool | None]
    auth_timeout: _Output[str | None]
    auth_types: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    guest_vlan_id: _Output[str | None]
    interface: _Output[str | None]
    interim_update: _Output[str | None]
    mac_auth_mode: _Output[str | None]
    radius_mac_format: _Output[str | None]
    reauth_period: _Output[str | None]
    reauth_timeout: _Output[str | None]
    reject_vlan_id: _Output[str | None]
    retrans_timeout: _Output[str | None]
    server_fail_vlan_id: _Output[str | None]

class InterfaceEoip(_Menu):
    """`/interface/eoip`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., allow_fast_path: _Flag = ..., arp: _Texts = ...,
        arp_timeout: _Span = ..., clamp_tcp_mss: _Flag = ..., comment: _Value = ..., disabled: _Flag = ...,
        dont_fragment: _Value = ..., dscp: _Span = ..., ipsec_secret: _Value = ..., keepalive: _Span = ...,
        local_address: _Text = ..., loop_protect: _Texts = ..., loop_protect_disable_time: _Span = ...,
        loop_protect_send_interval: _Span = ..., mac_address: _Text = ..., mtu: _Span = ..., name: _Value = ...,
        remote_address: _Text = ..., tunnel_id: _Span = ...,
    ) -> None: ...
    allow_fast_path: _Output[bool | None]
    arp: _Output[str | None]
    arp_timeout: _Output[str | None]
    clamp_tcp_mss: _Output[bool | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    dont_fragment: _Output[str | None]
    dscp: _Output[str | None]
    ipsec_secret: _Output[str | None]
    keepalive: _Output[str | None]
    local_address: _Output[str | None]
    loop_protect: _Output[str | None]
    loop_protect_disable_time: _Output[str | None]
    loop_protect_send_interval: _Output[str | None]
    mac_address: _Output[str | None]
    mtu: _Output[str | None]
    name: _Output[str]
    remote_address: _Output[str | None]
    tunnel_id: _Output[str | None]

class InterfaceEoipv6(_Menu):
    """`/interface/eoipv6`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., arp: _Texts = ..., arp_timeout: _Span = ...,
        clamp_tcp_mss: _Flag = ..., comment: _Value = ..., disabled: _Flag = ..., dont_fragment: _Value = ...,
        dscp: _Span = ..., ipsec_secret: _Value = ..., keepalive: _Span = ..., local_address: _Text = ...,
        loop_protect: _Texts = ..., loop_protect_disable_time: _Span = ..., loop_protect_send_interval: _Span = ...,
        mac_address: _Text = ..., mtu: _Span = ..., name: _Value = ..., remote_address: _Name = ...,
        tunnel_id: _Span = ...,
    ) -> None: ...
    arp: _Output[str | None]
    arp_timeout: _Output[str | None]
    clamp_tcp_mss: _Output[bool | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    dont_fragment: _Output[str | None]
    dscp: _Output[str | None]
    ipsec_secret: _Output[str | None]
    keepalive: _Output[str | None]
    local_address: _Output[str | None]
    loop_protect: _Output[str | None]
    loop_protect_disable_time: _Output[str | None]
    loop_protect_send_interval: _Output[str | None]
    mac_address: _Output[str | None]
    mtu: _Output[str | None]
    name: _Output[str]
    remote_address: _Output[str | None]
    tunnel_id: _Output[str | None]

class InterfaceEthernet(_Menu):
    """`/interface/ethernet`: rows that only the router makes."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., advertise: _Texts = ..., arp: _Texts = ...,
        arp_timeout: _Span = ..., auto_negotiation: _Flag = ..., bandwidth: _Value = ..., cable_settings: _Texts = ...,
        combo_mode: _Texts = ..., comment: _Value = ..., disable_running_check: _Flag = ..., disabled: _Flag = ...,
        fec_mode: _Texts = ..., l2mtu: _Span = ..., loop_protect: _Texts = ..., loop_protect_disable_time: _Span = ...,
        loop_protect_send_interval: _Span = ..., mac_address: _Text = ..., mdix_enable: _Flag = ..., mtu: _Span = ...,
        name: _Value = ..., orig_mac_address: _Text = ..., passthrough_interface: _Value = ...,
        poe_lldp_enabled: _Value = ..., poe_out: _Value = ..., poe_priority: _Value = ..., poe_voltage: _Value = ...,
        power_cycle_interval: _Value = ..., power_cycle_ping_address: _Value = ...,
        power_cycle_ping_enabled: _Value = ..., power_cycle_ping_timeout: _Value = ..., rx_flow_control: _Texts = ...,
        sfp_ignore_rx_los: _Flag = ..., sfp_rate_select: _Value = ..., sfp_shutdown_temperature: _Span = ...,
        speed: _Value = ..., tx_flow_control: _Texts = ...,
    ) -> None: ...
    advertise: _Output[str | None]
    arp: _Output[str | None]
    arp_timeout: _Output[str | None]
    auto_negotiation: _Output[bool | None]
    bandwidth: _Output[str | None]
    cable_settings: _Output[str | None]
    combo_mode: _Output[str | None]
    comment: _Output[str]
    disable_running_check: _Output[bool | None]
    disabled: _Output[bool | None]
    fec_mode: _Output[str | None]
    l2mtu: _Output[str | None]
    loop_protect: _Output[str | None]
    loop_protect_disable_time: _Output[str | None]
    loop_protect_send_interval: _Output[str | None]
    mac_address: _Output[str | None]
    mdix_enable: _Output[bool | None]
    mtu: _Output[str | None]
    name: _Output[str | None]
    orig_mac_address: _Output[str | None]
    passthrough_interface: _Output[str | None]
    poe_lldp_enabled: _Output[str | None]
    poe_out: _Output[str | None]
    poe_priority: _Output[str | None]
    poe_voltage: _Output[str | None]
    power_cycle_interval: _Output[str | None]
    power_cycle_ping_address: _Output[str | None]
    power_cycle_ping_enabled: _Output[str | None]
    power_cycle_ping_timeout: _Output[str | None]
    rx_flow_control: _Output[str | None]
    sfp_ignore_rx_los: _Output[bool | None]
    sfp_rate_select: _Output[str | None]
    sfp_shutdown_temperature: _Output[str | None]
    speed: _Output[str | None]
    tx_flow_control: _Output[str | None]

class InterfaceEthernetPoe(_Menu):
    """`/interface/ethernet/poe`: rows that only the router makes; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., name: _Value = ..., poe_out: _Value = ...,
        poe_priority: _Value = ..., poe_voltage: _Value = ..., power_cycle_interval: _Value = ...,
        power_cycle_ping_address: _Value = ..., power_cycle_ping_enabled: _Flag = ...,
        power_cycle_ping_timeout: _Span = ...,
    ) -> None: ...
    name: _Output[str | None]
    poe_out: _Output[str | None]
    poe_priority: _Output[str | None]
    poe_voltage: _Output[str | None]
    power_cycle_interval: _Output[str | None]
    power_cycle_ping_address: _Output[str | None]
    power_cycle_ping_enabled: _Output[bool | None]
    power_cycle_ping_timeout: _Output[str | None]

class InterfaceEthernetPoeSettings(_Menu):
    """`/interface/ethernet/poe/settings`: one row; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., _2pin_max_power: _Value = ..., _2pin1_max_power: _Value = ...,
        _2pin2_max_power: _Value = ..., ether1_poe_in_long_cable: _Flag = ..., jack_max_power: _Value = ...,
        jack1_max_power: _Value = ..., jack2_max_power: _Value = ..., poe_in_max_power: _Value = ...,
        psu_max_power: _Value = ..., psu1_max_power: _Value = ..., psu2_max_power: _Value = ...,
    ) -> None: ...
    _2pin_max_power: _Output[str | None]
    _2pin1_max_power: _Output[str | None]
    _2pin2_max_power: _Output[str | None]
    ether1_poe_in_long_cable: _Output[bool | None]
    jack_max_power: _Output[str | None]
    jack1_max_power: _Output[str | None]
    jack2_max_power: _Output[str | None]
    poe_in_max_power: _Output[str | None]
    psu_max_power: _Output[str | None]
    psu1_max_power: _Output[str | None]
    psu2_max_power: _Output[str | None]

class InterfaceEthernetSwitch(_Menu):
    """`/interface/ethernet/switch`: rows that only the router makes; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., bridge_type: _Value = ...,
        bypass_ingress_port_policing_for: _Value = ..., bypass_l2_security_check_filter_for: _Value = ...,
        bypass_vlan_ingress_filter_for: _Value = ..., cpu_flow_control: _Flag = ...,
        drop_if_invalid_or_src_port_not_member_of_vlan_on_ports: _Value = ...,
        drop_if_no_vlan_assignment_on_ports: _Value = ..., egress_mirror_ratio: _Value = ...,
        egress_mirror0: _Value = ..., egress_mirror1: _Value = ..., fdb_uses: _Value = ...,
        forward_unknown_vlan: _Flag = ..., ingress_mirror_ratio: _Value = ..., ingress_mirror0: _Value = ...,
        ingress_mirror1: _Value = ..., l3_hw_offloading: _Flag = ..., mac_level_isolation: _Flag = ...,
        mirror_egress_if_ingress_mirrored: _Flag = ..., mirror_egress_target: _Value = ..., mirror_source: _Value = ...,
        mirror_target: _Value = ..., mirror_tx_on_mirror_port: _Flag = ...,
        mirrored_packet_drop_precedence: _Value = ..., mirrored_packet_qos_priority: _Value = ...,
        multicast_lookup_mode: _Value = ..., name: _Value = ..., override_existing_when_ufdb_full: _Flag = ...,
        qos_hw_offloading: _Flag = ..., rspan: _Flag = ..., rspan_egress_vlan_id: _Value = ...,
        rspan_ingress_vlan_id: _Value = ..., switch_all_ports: _Flag = ..., unicast_fdb_timeout: _Span = ...,
        unknown_vlan_lookup_mode: _Flag = ..., use_cvid_in_one2one_vlan_lookup: _Flag = ...,
        use_svid_in_one2one_vlan_lookup: _Flag = ..., vlan_uses: _Value = ...,
    ) -> None: ...
    bridge_type: _Output[str | None]
    bypass_ingress_port_policing_for: _Output[str | None]
    bypass_l2_security_check_filter_for: _Output[str | None]
    bypass_vlan_ingress_filter_for: _Output[str | None]
    cpu_flow_control: _Output[bool | None]
    drop_if_invalid_or_src_port_not_member_of_vlan_on_ports: _Output[str | None]
    drop_if_no_vlan_assignment_on_ports: _Output[str | None]
    egress_mirror_ratio: _Output[str | None]
    egress_mirror0: _Output[str | None]
    egress_mirror1: _Output[str | None]
    fdb_uses: _Output[str | None]
    forward_unknown_vlan: _Output[bool | None]
    ingress_mirror_ratio: _Output[str | None]
    ingress_mirror0: _Output[str | None]
    ingress_mirror1: _Output[str | None]
    l3_hw_offloading: _Output[bool | None]
    mac_level_isolation: _Output[bool | None]
    mirror_egress_if_ingress_mirrored: _Output[bool | None]
    mirror_egress_target: _Output[str | None]
    mirror_source: _Output[str | None]
    mirror_target: _Output[str | None]
    mirror_tx_on_mirror_port: _Output[bool | None]
    mirrored_packet_drop_precedence: _Output[str | None]
    mirrored_packet_qos_priority: _Output[str | None]
    multicast_lookup_mode: _Output[str | None]
    name: _Output[str | None]
    override_existing_when_ufdb_full: _Output[bool | None]
    qos_hw_offloading: _Output[bool | None]
    rspan: _Output[bool | None]
    rspan_egress_vlan_id: _Output[str | None]
    rspan_ingress_vlan_id: _Output[str | None]
    switch_all_ports: _Output[bool | None]
    unicast_fdb_timeout: _Output[str | None]
    unknown_vlan_lookup_mode: _Output[bool | None]
    use_cvid_in_one2one_vlan_lookup: _Output[bool | None]
    use_svid_in_one2one_vlan_lookup: _Output[bool | None]
    vlan_uses: _Output[str | None]

class InterfaceEthernetSwitchAcl(_Menu):
    """`/interface/ethernet/switch/acl`: rows; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., action: _Value = ..., attack_filter_bypass: _Value = ...,
        comment: _Value = ..., custom_fields: _Value = ..., customer_dei: _Value = ..., customer_pcp: _Value = ...,
        customer_tag: _Value = ..., customer_vid: _Value = ..., drop_precedence: _Value = ..., dscp: _Value = ...,
        dst_addr_registered: _Value = ..., dst_l3_port: _Value = ..., dst_ports: _Value = ..., ecn: _Value = ...,
        egress_vlan_filter_bypass: _Value = ..., egress_vlan_translate_bypass: _Value = ...,
        first_fragment: _Value = ..., flow_id: _Value = ..., fragmented: _Value = ...,
        ingress_vlan_filter_bypass: _Value = ..., invert_match: _Value = ..., ip_dst: _Value = ...,
        ip_protocol: _Value = ..., ip_src: _Value = ..., ipv6_dst: _Value = ..., ipv6_src: _Value = ...,
        isolation_filter_bypass: _Value = ..., lookup_vid: _Value = ..., mac_dst_address: _Value = ...,
        mac_isolation_profile: _Value = ..., mac_protocol: _Value = ..., mac_src_address: _Value = ...,
        mirror_to: _Value = ..., new_customer_dei: _Value = ..., new_customer_pcp: _Value = ...,
        new_customer_vid: _Value = ..., new_drop_precedence: _Value = ..., new_dscp: _Value = ...,
        new_dst_ports: _Value = ..., new_flow_id: _Value = ..., new_priority: _Value = ...,
        new_registered_state: _Value = ..., new_service_dei: _Value = ..., new_service_pcp: _Value = ...,
        new_service_vid: _Value = ..., policer: _Value = ..., priority: _Value = ..., service_dei: _Value = ...,
        service_pcp: _Value = ..., service_tag: _Value = ..., service_vid: _Value = ..., src_l3_port: _Value = ...,
        src_mac_addr_state: _Value = ..., src_mac_learn: _Value = ..., src_ports: _Value = ..., switch: _Value = ...,
        table: _Value = ..., ttl: _Value = ...,
    ) -> None: ...
    action: _Output[str | None]
    attack_filter_bypass: _Output[str | None]
    comment: _Output[str]
    custom_fields: _Output[str | None]
    customer_dei: _Output[str | None]
    customer_pcp: _Output[str | None]
    customer_tag: _Output[str | None]
    customer_vid: _Output[str | None]
    drop_precedence: _Output[str | None]
    dscp: _Output[str | None]
    dst_addr_registered: _Output[str | None]
    dst_l3_port: _Output[str | None]
    dst_ports: _Output[str | None]
    ecn: _Output[str | None]
    egress_vlan_filter_bypass: _Output[str | None]
    egress_vlan_translate_bypass: _Output[str | None]
    first_fragment: _Output[str | None]
    flow_id: _Output[str | None]
    fragmented: _Output[str | None]
    ingress_vlan_filter_bypass: _Output[str | None]
    invert_match: _Output[str | None]
    ip_dst: _Output[str | None]
    ip_protocol: _Output[str | None]
    ip_src: _Output[str | None]
    ipv6_dst: _Output[str | None]
    ipv6_src: _Output[str | None]
    isolation_filter_bypass: _Output[str | None]
    lookup_vid: _Output[str | None]
    mac_dst_address: _Output[str | None]
    mac_isolation_profile: _Output[str | None]
    mac_protocol: _Output[str | None]
    mac_src_address: _Output[str | None]
    mirror_to: _Output[str | None]
    new_customer_dei: _Output[str | None]
    new_customer_pcp: _Output[str | None]
    new_customer_vid: _Output[str | None]
    new_drop_precedence: _Output[str | None]
    new_dscp: _Output[str | None]
    new_dst_ports: _Output[str | None]
    new_flow_id: _Output[str | None]
    new_priority: _Output[str | None]
    new_registered_state: _Output[str | None]
    new_service_dei: _Output[str | None]
    new_service_pcp: _Output[str | None]
    new_service_vid: _Output[str | None]
    policer: _Output[str | None]
    priority: _Output[str | None]
    service_dei: _Output[str | None]
    service_pcp: _Output[str | None]
    service_tag: _Output[str | None]
    service_vid: _Output[str | None]
    src_l3_port: _Output[str | None]
    src_mac_addr_state: _Output[str | None]
    src_mac_learn: _Output[str | None]
    src_ports: _Output[str | None]
    switch: _Output[str | None]
    table: _Output[str | None]
    ttl: _Output[str | None]

class InterfaceEthernetSwitchAclPolicer(_Menu):
    """`/interface/ethernet/switch/acl/policer`: rows, known by name; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., bucket_coupling: _Value = ...,
        color_awareness: _Value = ..., comment: _Value = ..., meter_len: _Value = ..., meter_unit: _Value = ...,
        name: _Value = ..., new_dei_for_red: _Value = ..., new_dei_for_yellow: _Value = ...,
        new_dscp_for_red: _Value = ..., new_dscp_for_yellow: _Value = ..., new_pcp_for_red: _Value = ...,
        new_pcp_for_yellow: _Value = ..., red_action: _Value = ..., red_burst: _Value = ..., red_rate: _Value = ...,
        switch: _Value = ..., yellow_action: _Value = ..., yellow_burst: _Value = ..., yellow_rate: _Value = ...,
    ) -> None: ...
    bucket_coupling: _Output[str | None]
    color_awareness: _Output[str | None]
    comment: _Output[str]
    meter_len: _Output[str | None]
    meter_unit: _Output[str | None]
    name: _Output[str]
    new_dei_for_red: _Output[str | None]
    new_dei_for_yellow: _Output[str | None]
    new_dscp_for_red: _Output[str | None]
    new_dscp_for_yellow: _Output[str | None]
    new_pcp_for_red: _Output[str | None]
    new_pcp_for_yellow: _Output[str | None]
    red_action: _Output[str | None]
    red_burst: _Output[str | None]
    red_rate: _Output[str | None]
    switch: _Output[str | None]
    yellow_action: _Output[str | None]
    yellow_burst: _Output[str | None]
    yellow_rate: _Output[str | None]

class InterfaceEthernetSwitchDscpQosMap(_Menu):
    """`/interface/ethernet/switch/dscp-qos-map`: rows; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., dei: _Value = ...,
        drop_precedence: _Value = ..., pcp: _Value = ..., priority: _Value = ..., switch: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    dei: _Output[str | None]
    drop_precedence: _Output[str | None]
    pcp: _Output[str | None]
    priority: _Output[str | None]
    switch: _Output[str | None]

class InterfaceEthernetSwitchDscpToDscp(_Menu):
    """`/interface/ethernet/switch/dscp-to-dscp`: rows; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., new_dscp: _Value = ...,
        switch: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    new_dscp: _Output[str | None]
    switch: _Output[str | None]

class InterfaceEthernetSwitchEgressVlanTag(_Menu):
    """`/interface/ethernet/switch/egress-vlan-tag`: rows; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., switch: _Value = ...,
        tagged_ports: _Value = ..., vlan_id: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    switch: _Output[str | None]
    tagged_ports: _Output[str | None]
    vlan_id: _Output[str | None]

class InterfaceEthernetSwitchEgressVlanTranslation(_Menu):
    """`/interface/ethernet/switch/egress-vlan-translation`: rows; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., customer_dei: _Value = ...,
        customer_pcp: _Value = ..., customer_vid: _Value = ..., customer_vlan_format: _Value = ...,
        new_customer_vid: _Value = ..., new_service_vid: _Value = ..., pcp_propagation: _Value = ...,
        ports: _Value = ..., service_dei: _Value = ..., service_pcp: _Value = ..., service_vid: _Value = ...,
        service_vlan_format: _Value = ..., swap_vids: _Value = ..., switch: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    customer_dei: _Output[str | None]
    customer_pcp: _Output[str | None]
    customer_vid: _Output[str | None]
    customer_vlan_format: _Output[str | None]
    new_customer_vid: _Output[str | None]
    new_service_vid: _Output[str | None]
    pcp_propagation: _Output[str | None]
    ports: _Output[str | None]
    service_dei: _Output[str | None]
    service_pcp: _Output[str | None]
    service_vid: _Output[str | None]
    service_vlan_format: _Output[str | None]
    swap_vids: _Output[str | None]
    switch: _Output[str | None]

class InterfaceEthernetSwitchHost(_Menu):
    """`/interface/ethernet/switch/host`: rows; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., copy_to_cpu: _Flag = ...,
        disabled: _Flag = ..., drop: _Flag = ..., mac_address: _Value = ..., mirror: _Flag = ..., ports: _Value = ...,
        redirect_to_cpu: _Flag = ..., share_vlan_learned: _Flag = ..., switch: _Value = ..., vlan_id: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    copy_to_cpu: _Output[bool | None]
    disabled: _Output[bool | None]
    drop: _Output[bool | None]
    mac_address: _Output[str | None]
    mirror: _Output[bool | None]
    ports: _Output[str | None]
    redirect_to_cpu: _Output[bool | None]
    share_vlan_learned: _Output[bool | None]
    switch: _Output[str | None]
    vlan_id: _Output[str | None]

class InterfaceEthernetSwitchIngressPortPolicer(_Menu):
    """`/interface/ethernet/switch/ingress-port-policer`: rows; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., burst: _Value = ..., comment: _Value = ...,
        meter_len: _Value = ..., meter_unit: _Value = ..., new_dei_for_yellow: _Value = ...,
        new_dscp_for_yellow: _Value = ..., new_pcp_for_yellow: _Value = ..., packet_types: _Value = ...,
        port: _Value = ..., rate: _Value = ..., switch: _Value = ..., yellow_action: _Value = ...,
    ) -> None: ...
    burst: _Output[str | None]
    comment: _Output[str]
    meter_len: _Output[str | None]
    meter_unit: _Output[str | None]
    new_dei_for_yellow: _Output[str | None]
    new_dscp_for_yellow: _Output[str | None]
    new_pcp_for_yellow: _Output[str | None]
    packet_types: _Output[str | None]
    port: _Output[str | None]
    rate: _Output[str | None]
    switch: _Output[str | None]
    yellow_action: _Output[str | None]

class InterfaceEthernetSwitchIngressVlanTranslation(_Menu):
    """`/interface/ethernet/switch/ingress-vlan-translation`: rows; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., customer_dei: _Value = ...,
        customer_pcp: _Value = ..., customer_vid: _Value = ..., customer_vlan_format: _Value = ...,
        new_customer_vid: _Value = ..., new_service_vid: _Value = ..., pcp_propagation: _Value = ...,
        ports: _Value = ..., protocol: _Value = ..., sa_learning: _Value = ..., service_dei: _Value = ...,
        service_pcp: _Value = ..., service_vid: _Value = ..., service_vlan_format: _Value = ...,
        swap_vids: _Value = ..., switch: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    customer_dei: _Output[str | None]
    customer_pcp: _Output[str | None]
    customer_vid: _Output[str | None]
    customer_vlan_format: _Output[str | None]
    new_customer_vid: _Output[str | None]
    new_service_vid: _Output[str | None]
    pcp_propagation: _Output[str | None]
    ports: _Output[str | None]
    protocol: _Output[str | None]
    sa_learning: _Output[str | None]
    service_dei: _Output[str | None]
    service_pcp: _Output[str | None]
    service_vid: _Output[str | None]
    service_vlan_format: _Output[str | None]
    swap_vids: _Output[str | None]
    switch: _Output[str | None]

class InterfaceEthernetSwitchL3hwSettings(_Menu):
    """`/interface/ethernet/switch/l3hw-settings`: one row; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., autorestart: _Flag = ..., fasttrack_hw: _Value = ...,
        icmp_reply_on_error: _Flag = ..., ipv6_hw: _Flag = ...,
    ) -> None: ...
    autorestart: _Output[bool | None]
    fasttrack_hw: _Output[str | None]
    icmp_reply_on_error: _Output[bool | None]
    ipv6_hw: _Output[bool | None]

class InterfaceEthernetSwitchL3hwSettingsAdvanced(_Menu):
    """`/interface/ethernet/switch/l3hw-settings/advanced`: one row; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., neigh_discovery_burst_delay: _Span = ...,
        neigh_discovery_burst_limit: _Value = ..., neigh_discovery_interval: _Span = ...,
        neigh_dump_retries: _Value = ..., neigh_keepalive_interval: _Span = ..., partial_offload_chunk: _Value = ...,
        route_index_delay_max: _Span = ..., route_index_delay_min: _Span = ..., route_queue_limit_high: _Value = ...,
        route_queue_limit_low: _Value = ..., shwp_reset_counter: _Value = ...,
    ) -> None: ...
    neigh_discovery_burst_delay: _Output[str | None]
    neigh_discovery_burst_limit: _Output[str | None]
    neigh_discovery_interval: _Output[str | None]
    neigh_dump_retries: _Output[str | None]
    neigh_keepalive_interval: _Output[str | None]
    partial_offload_chunk: _Output[str | None]
    route_index_delay_max: _Output[str | None]
    route_index_delay_min: _Output[str | None]
    route_queue_limit_high: _Output[str | None]
    route_queue_limit_low: _Output[str | None]
    shwp_reset_counter: _Output[str | None]

class InterfaceEthernetSwitchMacBasedVlan(_Menu):
    """`/interface/ethernet/switch/mac-based-vlan`: rows; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., new_customer_vid: _Value = ...,
        new_service_vid: _Value = ..., src_mac_address: _Value = ..., switch: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    new_customer_vid: _Output[str | None]
    new_service_vid: _Output[str | None]
    src_mac_address: _Output[str | None]
    switch: _Output[str | None]

class InterfaceEthernetSwitchMulticastFdb(_Menu):
    """`/interface/ethernet/switch/multicast-fdb`: rows; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., address: _Value = ..., bypass_vlan_filter: _Value = ...,
        comment: _Value = ..., ports: _Value = ..., qos_group: _Value = ..., svl: _Value = ..., switch: _Value = ...,
        vlan_id: _Value = ...,
    ) -> None: ...
    address: _Output[str | None]
    bypass_vlan_filter: _Output[str | None]
    comment: _Output[str]
    ports: _Output[str | None]
    qos_group: _Output[str | None]
    svl: _Output[str | None]
    switch: _Output[str | None]
    vlan_id: _Output[str | None]

class InterfaceEthernetSwitchOne2oneVlanSwitching(_Menu):
    """`/interface/ethernet/switch/one2one-vlan-switching`: rows; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., customer_vid: _Value = ...,
        dst_port: _Value = ..., service_vid: _Value = ..., switch: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    customer_vid: _Output[str | None]
    dst_port: _Output[str | None]
    service_vid: _Output[str | None]
    switch: _Output[str | None]

class InterfaceEthernetSwitchPolicerQosMap(_Menu):
    """`/interface/ethernet/switch/policer-qos-map`: rows; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., dei_for_red: _Value = ...,
        dei_for_yellow: _Value = ..., dscp_for_red: _Value = ..., dscp_for_yellow: _Value = ...,
        pcp_for_red: _Value = ..., pcp_for_yellow: _Value = ..., switch: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    dei_for_red: _Output[str | None]
    dei_for_yellow: _Output[str | None]
    dscp_for_red: _Output[str | None]
    dscp_for_yellow: _Output[str | None]
    pcp_for_red: _Output[str | None]
    pcp_for_yellow: _Output[str | None]
    switch: _Output[str | None]

class InterfaceEthernetSwitchPort(_Menu):
    """`/interface/ethernet/switch/port`: rows that only the router makes; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., default_vlan_id: _Value = ...,
        egress_rate: _Value = ..., ingress_rate: _Value = ..., l3_hw_offloading: _Flag = ...,
        limit_broadcasts: _Flag = ..., limit_unknown_multicasts: _Flag = ..., limit_unknown_unicasts: _Flag = ...,
        mirror_egress: _Flag = ..., mirror_ingress: _Flag = ..., mirror_ingress_target: _Value = ...,
        storm_rate: _Value = ..., vlan_header: _Value = ..., vlan_mode: _Value = ...,
    ) -> None: ...
    default_vlan_id: _Output[str | None]
    egress_rate: _Output[str | None]
    ingress_rate: _Output[str | None]
    l3_hw_offloading: _Output[bool | None]
    limit_broadcasts: _Output[bool | None]
    limit_unknown_multicasts: _Output[bool | None]
    limit_unknown_unicasts: _Output[bool | None]
    mirror_egress: _Output[bool | None]
    mirror_ingress: _Output[bool | None]
    mirror_ingress_target: _Output[str | None]
    storm_rate: _Output[str | None]
    vlan_header: _Output[str | None]
    vlan_mode: _Output[str | None]

class InterfaceEthernetSwitchPortIsolation(_Menu):
    """`/interface/ethernet/switch/port-isolation`: rows that only the router makes; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., forwarding_override: _Value = ...,
    ) -> None: ...
    forwarding_override: _Output[str | None]

class InterfaceEthernetSwitchPortLeakage(_Menu):
    """`/interface/ethernet/switch/port-leakage`: rows; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., flow_id: _Value = ...,
        forwarding_type: _Value = ..., mac_profile: _Value = ..., port_profile: _Value = ..., ports: _Value = ...,
        protocol_type: _Value = ..., registration_status: _Value = ..., switch: _Value = ...,
        traffic_type: _Value = ..., type: _Value = ..., vlan_profile: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    flow_id: _Output[str | None]
    forwarding_type: _Output[str | None]
    mac_profile: _Output[str | None]
    port_profile: _Output[str | None]
    ports: _Output[str | None]
    protocol_type: _Output[str | None]
    registration_status: _Output[str | None]
    switch: _Output[str | None]
    traffic_type: _Output[str | None]
    type: _Output[str | None]
    vlan_profile: _Output[str | None]

class InterfaceEthernetSwitchProtocolBasedVlan(_Menu):
    """`/interface/ethernet/switch/protocol-based-vlan`: rows; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., frame_type: _Value = ...,
        new_customer_vid: _Value = ..., new_service_vid: _Value = ..., ports: _Value = ..., protocol: _Value = ...,
        qos_group: _Value = ..., set_customer_vid_for: _Value = ..., set_qos_for: _Value = ...,
        set_service_vid_for: _Value = ..., switch: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    frame_type: _Output[str | None]
    new_customer_vid: _Output[str | None]
    new_service_vid: _Output[str | None]
    ports: _Output[str | None]
    protocol: _Output[str | None]
    qos_group: _Output[str | None]
    set_customer_vid_for: _Output[str | None]
    set_qos_for: _Output[str | None]
    set_service_vid_for: _Output[str | None]
    switch: _Output[str | None]

class InterfaceEthernetSwitchQosGroup(_Menu):
    """`/interface/ethernet/switch/qos-group`: rows, known by name; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., dei: _Value = ...,
        drop_precedence: _Value = ..., dscp: _Value = ..., name: _Value = ..., pcp: _Value = ...,
        priority: _Value = ..., switch: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    dei: _Output[str | None]
    drop_precedence: _Output[str | None]
    dscp: _Output[str | None]
    name: _Output[str]
    pcp: _Output[str | None]
    priority: _Output[str | None]
    switch: _Output[str | None]

class InterfaceEthernetSwitchQosMap(_Menu):
    """`/interface/ethernet/switch/qos/map`: rows, known by name; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., name: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    name: _Output[str]

class InterfaceEthernetSwitchQosMapIp(_Menu):
    """`/interface/ethernet/switch/qos/map/ip`: rows; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., dscp: _Value = ...,
        map: _Value = ..., profile: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    dscp: _Output[str | None]
    map: _Output[str | None]
    profile: _Output[str | None]

class InterfaceEthernetSwitchQosMapVlan(_Menu):
    """`/interface/ethernet/switch/qos/map/vlan`: rows; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., dei_only: _Value = ...,
        map: _Value = ..., pcp: _Value = ..., profile: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    dei_only: _Output[str | None]
    map: _Output[str | None]
    pcp: _Output[str | None]
    profile: _Output[str | None]

class InterfaceEthernetSwitchQosPort(_Menu):
    """`/interface/ethernet/switch/qos/port`: rows; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., egress_rate_queue0: _Value = ...,
        egress_rate_queue1: _Value = ..., egress_rate_queue2: _Value = ..., egress_rate_queue3: _Value = ...,
        egress_rate_queue4: _Value = ..., egress_rate_queue5: _Value = ..., egress_rate_queue6: _Value = ...,
        egress_rate_queue7: _Value = ..., map: _Value = ..., pfc: _Value = ..., profile: _Value = ...,
        trust_l2: _Value = ..., trust_l3: _Value = ..., tx_manager: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    egress_rate_queue0: _Output[str | None]
    egress_rate_queue1: _Output[str | None]
    egress_rate_queue2: _Output[str | None]
    egress_rate_queue3: _Output[str | None]
    egress_rate_queue4: _Output[str | None]
    egress_rate_queue5: _Output[str | None]
    egress_rate_queue6: _Output[str | None]
    egress_rate_queue7: _Output[str | None]
    map: _Output[str | None]
    pfc: _Output[str | None]
    profile: _Output[str | None]
    trust_l2: _Output[str | None]
    trust_l3: _Output[str | None]
    tx_manager: _Output[str | None]

class InterfaceEthernetSwitchQosPriorityFlowControl(_Menu):
    """`/interface/ethernet/switch/qos/priority-flow-control`: rows, known by name; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., name: _Value = ...,
        pause_threshold: _Value = ..., resume_threshold: _Value = ..., rx: _Value = ..., traffic_class: _Value = ...,
        tx: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    name: _Output[str]
    pause_threshold: _Output[str | None]
    resume_threshold: _Output[str | None]
    rx: _Output[str | None]
    traffic_class: _Output[str | None]
    tx: _Output[str | None]

class InterfaceEthernetSwitchQosProfile(_Menu):
    """`/interface/ethernet/switch/qos/profile`: rows, known by name; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., automap: _Value = ..., comment: _Value = ...,
        dscp: _Value = ..., name: _Value = ..., pcp: _Value = ..., traffic_class: _Value = ...,
    ) -> None: ...
    automap: _Output[str | None]
    comment: _Output[str]
    dscp: _Output[str | None]
    name: _Output[str]
    pcp: _Output[str | None]
    traffic_class: _Output[str | None]

class InterfaceEthernetSwitchQosSettings(_Menu):
    """`/interface/ethernet/switch/qos/settings`: one row; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., lossless_buffers: _Value = ..., lossless_traffic_class: _Value = ...,
        mirror_buffers: _Value = ..., mirror_profile: _Value = ..., multicast_buffers: _Value = ...,
        shared_buffers: _Value = ..., total_buff: _Value = ..., total_desc: _Value = ..., wred_threshold: _Value = ...,
    ) -> None: ...
    lossless_buffers: _Output[str | None]
    lossless_traffic_class: _Output[str | None]
    mirror_buffers: _Output[str | None]
    mirror_profile: _Output[str | None]
    multicast_buffers: _Output[str | None]
    shared_buffers: _Output[str | None]
    total_buff: _Output[str | None]
    total_desc: _Output[str | None]
    wred_threshold: _Output[str | None]

class InterfaceEthernetSwitchQosTxManager(_Menu):
    """`/interface/ethernet/switch/qos/tx-manager`: rows, known by name; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., name: _Value = ...,
        queue_buffers: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    name: _Output[str]
    queue_buffers: _Output[str | None]

class InterfaceEthernetSwitchQosTxManagerQueue(_Menu):
    """`/interface/ethernet/switch/qos/tx-manager/queue`: rows; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., ecn: _Value = ...,
        queue_buffers: _Value = ..., schedule: _Value = ..., use_shared_buffers: _Value = ..., weight: _Value = ...,
        wred: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    ecn: _Output[str | None]
    queue_buffers: _Output[str | None]
    schedule: _Output[str | None]
    use_shared_buffers: _Output[str | None]
    weight: _Output[str | None]
    wred: _Output[str | None]

class InterfaceEthernetSwitchReservedFdb(_Menu):
    """`/interface/ethernet/switch/reserved-fdb`: rows; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., action: _Value = ...,
        bypass_ingress_port_policing: _Value = ..., bypass_ingress_vlan_filter: _Value = ..., comment: _Value = ...,
        mac_address: _Value = ..., qos_group: _Value = ..., switch: _Value = ...,
    ) -> None: ...
    action: _Output[str | None]
    bypass_ingress_port_policing: _Output[str | None]
    bypass_ingress_vlan_filter: _Output[str | None]
    comment: _Output[str]
    mac_address: _Output[str | None]
    qos_group: _Output[str | None]
    switch: _Output[str | None]

class InterfaceEthernetSwitchRule(_Menu):
    """`/interface/ethernet/switch/rule`: rows in an order; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., position: _Position | None = ..., comment: _Value = ...,
        copy_to_cpu: _Flag = ..., disabled: _Flag = ..., dscp: _Value = ..., dst_address: _Value = ...,
        dst_address6: _Value = ..., dst_mac_address: _Value = ..., dst_port: _Value = ..., flow_label: _Value = ...,
        keep_qos_fields: _Value = ..., mac_protocol: _Value = ..., mirror: _Flag = ..., mirror_ports: _Value = ...,
        new_dst_ports: _Value = ..., new_qos_profile: _Value = ..., new_vlan_id: _Value = ...,
        new_vlan_priority: _Value = ..., new_vrf: _Value = ..., ports: _Value = ..., protocol: _Value = ...,
        rate: _Value = ..., redirect_to_cpu: _Flag = ..., src_address: _Value = ..., src_address6: _Value = ...,
        src_mac_address: _Value = ..., src_port: _Value = ..., switch: _Value = ..., traffic_class: _Value = ...,
        vlan_header: _Flag = ..., vlan_id: _Value = ..., vlan_priority: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    copy_to_cpu: _Output[bool | None]
    disabled: _Output[bool | None]
    dscp: _Output[str | None]
    dst_address: _Output[str | None]
    dst_address6: _Output[str | None]
    dst_mac_address: _Output[str | None]
    dst_port: _Output[str | None]
    flow_label: _Output[str | None]
    keep_qos_fields: _Output[str | None]
    mac_protocol: _Output[str | None]
    mirror: _Output[bool | None]
    mirror_ports: _Output[str | None]
    new_dst_ports: _Output[str | None]
    new_qos_profile: _Output[str | None]
    new_vlan_id: _Output[str | None]
    new_vlan_priority: _Output[str | None]
    new_vrf: _Output[str | None]
    ports: _Output[str | None]
    protocol: _Output[str | None]
    rate: _Output[str | None]
    redirect_to_cpu: _Output[bool | None]
    src_address: _Output[str | None]
    src_address6: _Output[str | None]
    src_mac_address: _Output[str | None]
    src_port: _Output[str | None]
    switch: _Output[str | None]
    traffic_class: _Output[str | None]
    vlan_header: _Output[bool | None]
    vlan_id: _Output[str | None]
    vlan_priority: _Output[str | None]

class InterfaceEthernetSwitchShaper(_Menu):
    """`/interface/ethernet/switch/shaper`: rows; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., burst: _Value = ..., comment: _Value = ...,
        meter_unit: _Value = ..., port: _Value = ..., rate: _Value = ..., switch: _Value = ..., target: _Value = ...,
    ) -> None: ...
    burst: _Output[str | None]
    comment: _Output[str]
    meter_unit: _Output[str | None]
    port: _Output[str | None]
    rate: _Output[str | None]
    switch: _Output[str | None]
    target: _Output[str | None]

class InterfaceEthernetSwitchTrunk(_Menu):
    """`/interface/ethernet/switch/trunk`: rows, known by name; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., member_ports: _Value = ...,
        name: _Value = ..., switch: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    member_ports: _Output[str | None]
    name: _Output[str]
    switch: _Output[str | None]

class InterfaceEthernetSwitchUnicastFdb(_Menu):
    """`/interface/ethernet/switch/unicast-fdb`: rows; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., action: _Value = ..., comment: _Value = ...,
        isolation_profile: _Value = ..., mac_address: _Value = ..., mirror: _Value = ..., port: _Value = ...,
        qos_group: _Value = ..., svl: _Value = ..., switch: _Value = ..., vlan_id: _Value = ...,
    ) -> None: ...
    action: _Output[str | None]
    comment: _Output[str]
    isolation_profile: _Output[str | None]
    mac_address: _Output[str | None]
    mirror: _Output[str | None]
    port: _Output[str | None]
    qos_group: _Output[str | None]
    svl: _Output[str | None]
    switch: _Output[str | None]
    vlan_id: _Output[str | None]

class InterfaceEthernetSwitchVlan(_Menu):
    """`/interface/ethernet/switch/vlan`: rows; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., disabled: _Flag = ...,
        independent_learning: _Flag = ..., ports: _Value = ..., switch: _Value = ..., vlan_id: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    disabled: _Output[bool | None]
    independent_learning: _Output[bool | None]
    ports: _Output[str | None]
    switch: _Output[str | None]
    vlan_id: _Output[str | None]

class InterfaceGre(_Menu):
    """`/interface/gre`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., allow_fast_path: _Flag = ..., clamp_tcp_mss: _Flag = ...,
        comment: _Value = ..., disabled: _Flag = ..., dont_fragment: _Value = ..., dscp: _Span = ...,
        ipsec_secret: _Value = ..., keepalive: _Span = ..., local_address: _Text = ..., mtu: _Span = ...,
        name: _Value = ..., remote_address: _Text = ...,
    ) -> None: ...
    allow_fast_path: _Output[bool | None]
    clamp_tcp_mss: _Output[bool | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    dont_fragment: _Output[str | None]
    dscp: _Output[str | None]
    ipsec_secret: _Output[str | None]
    keepalive: _Output[str | None]
    local_address: _Output[str | None]
    mtu: _Output[str | None]
    name: _Output[str]
    remote_address: _Output[str | None]

class InterfaceGre6(_Menu):
    """`/interface/gre6`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., clamp_tcp_mss: _Flag = ..., comment: _Value = ...,
        disabled: _Flag = ..., dont_fragment: _Value = ..., dscp: _Span = ..., ipsec_secret: _Value = ...,
        keepalive: _Span = ..., local_address: _Text = ..., mtu: _Span = ..., name: _Value = ...,
        remote_address: _Name = ...,
    ) -> None: ...
    clamp_tcp_mss: _Output[bool | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    dont_fragment: _Output[str | None]
    dscp: _Output[str | None]
    ipsec_secret: _Output[str | None]
    keepalive: _Output[str | None]
    local_address: _Output[str | None]
    mtu: _Output[str | None]
    name: _Output[str]
    remote_address: _Output[str | None]

class InterfaceIpip(_Menu):
    """`/interface/ipip`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., allow_fast_path: _Flag = ..., clamp_tcp_mss: _Flag = ...,
        comment: _Value = ..., disabled: _Flag = ..., dont_fragment: _Value = ..., dscp: _Span = ...,
        ipsec_secret: _Value = ..., keepalive: _Span = ..., local_address: _Text = ..., mtu: _Span = ...,
        name: _Value = ..., remote_address: _Text = ...,
    ) -> None: ...
    allow_fast_path: _Output[bool | None]
    clamp_tcp_mss: _Output[bool | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    dont_fragment: _Output[str | None]
    dscp: _Output[str | None]
    ipsec_secret: _Output[str | None]
    keepalive: _Output[str | None]
    local_address: _Output[str | None]
    mtu: _Output[str | None]
    name: _Output[str]
    remote_address: _Output[str | None]

class InterfaceIpipv6(_Menu):
    """`/interface/ipipv6`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., clamp_tcp_mss: _Flag = ..., comment: _Value = ...,
        disabled: _Flag = ..., dont_fragment: _Value = ..., dscp: _Span = ..., ipsec_secret: _Value = ...,
        keepalive: _Span = ..., local_address: _Text = ..., mtu: _Span = ..., name: _Value = ...,
        remote_address: _Name = ...,
    ) -> None: ...
    clamp_tcp_mss: _Output[bool | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    dont_fragment: _Output[str | None]
    dscp: _Output[str | None]
    ipsec_secret: _Output[str | None]
    keepalive: _Output[str | None]
    local_address: _Output[str | None]
    mtu: _Output[str | None]
    name: _Output[str]
    remote_address: _Output[str | None]

class InterfaceL2tpClient(_Menu):
    """`/interface/l2tp-client`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., add_default_route: _Flag = ..., allow: _Texts = ...,
        allow_fast_path: _Flag = ..., comment: _Value = ..., connect_to: _Text = ...,
        default_route_distance: _Span = ..., dial_on_demand: _Flag = ..., disabled: _Flag = ...,
        ipsec_secret: _Value = ..., keepalive_timeout: _Value = ..., l2tp_proto_version: _Texts = ...,
        l2tpv3_circuit_id: _Value = ..., l2tpv3_cookie_length: _Texts = ..., l2tpv3_digest_hash: _Texts = ...,
        max_mru: _Span = ..., max_mtu: _Span = ..., mrru: _Span = ..., name: _Value = ..., password: _Value = ...,
        profile: _Name = ..., random_source_port: _Flag = ..., src_address: _Text = ..., use_ipsec: _Flag = ...,
        use_peer_dns: _Texts = ..., user: _Value = ...,
    ) -> None: ...
    add_default_route: _Output[bool | None]
    allow: _Output[str | None]
    allow_fast_path: _Output[bool | None]
    comment: _Output[str]
    connect_to: _Output[str | None]
    default_route_distance: _Output[str | None]
    dial_on_demand: _Output[bool | None]
    disabled: _Output[bool | None]
    ipsec_secret: _Output[str | None]
    keepalive_timeout: _Output[str | None]
    l2tp_proto_version: _Output[str | None]
    l2tpv3_circuit_id: _Output[str | None]
    l2tpv3_cookie_length: _Output[str | None]
    l2tpv3_digest_hash: _Output[str | None]
    max_mru: _Output[str | None]
    max_mtu: _Output[str | None]
    mrru: _Output[str | None]
    name: _Output[str]
    password: _Output[str | None]
    profile: _Output[str | None]
    random_source_port: _Output[bool | None]
    src_address: _Output[str | None]
    use_ipsec: _Output[bool | None]
    use_peer_dns: _Output[str | None]
    user: _Output[str | None]

class InterfaceL2tpEther(_Menu):
    """`/interface/l2tp-ether`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., allow_fast_path: _Flag = ..., circuit_id: _Value = ...,
        comment: _Value = ..., connect_to: _Text = ..., cookie_length: _Texts = ..., digest_hash: _Texts = ...,
        disabled: _Flag = ..., ipsec_secret: _Value = ..., l2tp_proto_version: _Texts = ...,
        local_address: _Value = ..., local_session_id: _Span = ..., local_tunnel_id: _Span = ...,
        mac_address: _Text = ..., mtu: _Span = ..., name: _Value = ..., peer_cookie: _Value = ...,
        remote_session_id: _Span = ..., remote_tunnel_id: _Span = ..., send_cookie: _Value = ...,
        unmanaged_mode: _Flag = ..., use_ipsec: _Flag = ..., use_l2_specific_sublayer: _Flag = ...,
    ) -> None: ...
    allow_fast_path: _Output[bool | None]
    circuit_id: _Output[str | None]
    comment: _Output[str]
    connect_to: _Output[str | None]
    cookie_length: _Output[str | None]
    digest_hash: _Output[str | None]
    disabled: _Output[bool | None]
    ipsec_secret: _Output[str | None]
    l2tp_proto_version: _Output[str | None]
    local_address: _Output[str | None]
    local_session_id: _Output[str | None]
    local_tunnel_id: _Output[str | None]
    mac_address: _Output[str | None]
    mtu: _Output[str | None]
    name: _Output[str]
    peer_cookie: _Output[str | None]
    remote_session_id: _Output[str | None]
    remote_tunnel_id: _Output[str | None]
    send_cookie: _Output[str | None]
    unmanaged_mode: _Output[bool | None]
    use_ipsec: _Output[bool | None]
    use_l2_specific_sublayer: _Output[bool | None]

class InterfaceL2tpServer(_Menu):
    """`/interface/l2tp-server`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., disabled: _Flag = ...,
        name: _Value = ..., user: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    disabled: _Output[bool | None]
    name: _Output[str]
    user: _Output[str | None]

class InterfaceL2tpServerServer(_Menu):
    """`/interface/l2tp-server/server`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., accept_proto_version: _Texts = ..., accept_pseudowire_type: _Texts = ...,
        allow_fast_path: _Flag = ..., authentication: _Texts = ..., caller_id_type: _Texts = ...,
        default_profile: _Name = ..., enabled: _Flag = ..., ipsec_secret: _Value = ..., keepalive_timeout: _Value = ...,
        l2tpv3_circuit_id: _Value = ..., l2tpv3_cookie_length: _Texts = ..., l2tpv3_digest_hash: _Texts = ...,
        l2tpv3_ether_interface_list: _Name = ..., max_mru: _Span = ..., max_mtu: _Span = ..., max_sessions: _Span = ...,
        mrru: _Span = ..., one_session_per_host: _Flag = ..., use_ipsec: _Texts = ...,
    ) -> None: ...
    accept_proto_version: _Output[str | None]
    accept_pseudowire_type: _Output[str | None]
    allow_fast_path: _Output[bool | None]
    authentication: _Output[str | None]
    caller_id_type: _Output[str | None]
    default_profile: _Output[str | None]
    enabled: _Output[bool | None]
    ipsec_secret: _Output[str | None]
    keepalive_timeout: _Output[str | None]
    l2tpv3_circuit_id: _Output[str | None]
    l2tpv3_cookie_length: _Output[str | None]
    l2tpv3_digest_hash: _Output[str | None]
    l2tpv3_ether_interface_list: _Output[str | None]
    max_mru: _Output[str | None]
    max_mtu: _Output[str | None]
    max_sessions: _Output[str | None]
    mrru: _Output[str | None]
    one_session_per_host: _Output[bool | None]
    use_ipsec: _Output[str | None]

class InterfaceLte(_Menu):
    """`/interface/lte`: rows that only the router makes."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., allow_roaming: _Flag = ...,
        apn_profiles: _Texts = ..., band: _Texts = ..., comment: _Value = ..., disabled: _Flag = ...,
        modem_init: _Value = ..., mtu: _Span = ..., name: _Value = ..., network_mode: _Texts = ...,
        nr_band: _Texts = ..., operator: _Value = ..., pin: _Value = ..., sms_protocol: _Texts = ...,
        sms_read: _Flag = ...,
    ) -> None: ...
    allow_roaming: _Output[bool | None]
    apn_profiles: _Output[str | None]
    band: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    modem_init: _Output[str | None]
    mtu: _Output[str | None]
    name: _Output[str | None]
    network_mode: _Output[str | None]
    nr_band: _Output[str | None]
    operator: _Output[str | None]
    pin: _Output[str | None]
    sms_protocol: _Output[str | None]
    sms_read: _Output[bool | None]

class InterfaceLteApn(_Menu):
    """`/interface/lte/apn`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., add_default_route: _Flag = ..., apn: _Value = ...,
        authentication: _Texts = ..., comment: _Value = ..., default_route_distance: _Span = ..., ip_type: _Texts = ...,
        ipv6_interface: _Name = ..., name: _Value = ..., passthrough_interface: _Name = ...,
        passthrough_mac: _Text = ..., passthrough_subnet_size: _Span = ..., password: _Value = ...,
        use_network_apn: _Flag = ..., use_peer_dns: _Flag = ..., user: _Value = ...,
    ) -> None: ...
    add_default_route: _Output[bool | None]
    apn: _Output[str | None]
    authentication: _Output[str | None]
    comment: _Output[str]
    default_route_distance: _Output[str | None]
    ip_type: _Output[str | None]
    ipv6_interface: _Output[str | None]
    name: _Output[str]
    passthrough_interface: _Output[str | None]
    passthrough_mac: _Output[str | None]
    passthrough_subnet_size: _Output[str | None]
    password: _Output[str | None]
    use_network_apn: _Output[bool | None]
    use_peer_dns: _Output[bool | None]
    user: _Output[str | None]

class InterfaceLteSettings(_Menu):
    """`/interface/lte/settings`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., esim_channel: _Texts = ..., external_antenna: _Value = ...,
        firmware_path: _Value = ..., info_polling_interval: _Span = ..., link_recovery_timer: _Span = ...,
        log_dir: _Value = ..., mode: _Texts = ..., sim_link: _Value = ..., sim_slot: _Value = ...,
    ) -> None: ...
    esim_channel: _Output[str | None]
    external_antenna: _Output[str | None]
    firmware_path: _Output[str | None]
    info_polling_interval: _Output[str | None]
    link_recovery_timer: _Output[str | None]
    log_dir: _Output[str | None]
    mode: _Output[str | None]
    sim_link: _Output[str | None]
    sim_slot: _Output[str | None]

class InterfaceMacsec(_Menu):
    """`/interface/macsec`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., cak: _Value = ..., ckn: _Value = ...,
        comment: _Value = ..., disabled: _Flag = ..., interface: _Name = ..., mtu: _Span = ..., name: _Value = ...,
        profile: _Name = ...,
    ) -> None: ...
    cak: _Output[str | None]
    ckn: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    interface: _Output[str | None]
    mtu: _Output[str | None]
    name: _Output[str]
    profile: _Output[str | None]

class InterfaceMacsecProfile(_Menu):
    """`/interface/macsec/profile`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., ciphers: _Texts = ..., name: _Value = ...,
        server_priority: _Span = ...,
    ) -> None: ...
    ciphers: _Output[str | None]
    name: _Output[str]
    server_priority: _Output[str | None]

class InterfaceMacvlan(_Menu):
    """`/interface/macvlan`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., arp: _Texts = ..., arp_timeout: _Span = ...,
        comment: _Value = ..., disabled: _Flag = ..., interface: _Name = ..., loop_protect: _Texts = ...,
        loop_protect_disable_time: _Span = ..., loop_protect_send_interval: _Span = ..., mac_address: _Text = ...,
        mode: _Texts = ..., mtu: _Span = ..., name: _Value = ...,
    ) -> None: ...
    arp: _Output[str | None]
    arp_timeout: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    interface: _Output[str | None]
    loop_protect: _Output[str | None]
    loop_protect_disable_time: _Output[str | None]
    loop_protect_send_interval: _Output[str | None]
    mac_address: _Output[str | None]
    mode: _Output[str | None]
    mtu: _Output[str | None]
    name: _Output[str]

class InterfaceMesh(_Menu):
    """`/interface/mesh`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., admin_mac: _Text = ..., arp: _Texts = ...,
        arp_timeout: _Span = ..., auto_mac: _Flag = ..., comment: _Value = ..., disabled: _Flag = ...,
        hwmp_default_hoplimit: _Span = ..., hwmp_prep_lifetime: _Span = ..., hwmp_preq_destination_only: _Flag = ...,
        hwmp_preq_reply_and_forward: _Flag = ..., hwmp_preq_retries: _Span = ..., hwmp_preq_waiting_time: _Span = ...,
        hwmp_rann_interval: _Span = ..., hwmp_rann_lifetime: _Span = ..., hwmp_rann_propagation_delay: _Span = ...,
        mesh_portal: _Flag = ..., mtu: _Span = ..., name: _Value = ..., reoptimize_paths: _Flag = ...,
    ) -> None: ...
    admin_mac: _Output[str | None]
    arp: _Output[str | None]
    arp_timeout: _Output[str | None]
    auto_mac: _Output[bool | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    hwmp_default_hoplimit: _Output[str | None]
    hwmp_prep_lifetime: _Output[str | None]
    hwmp_preq_destination_only: _Output[bool | None]
    hwmp_preq_reply_and_forward: _Output[bool | None]
    hwmp_preq_retries: _Output[str | None]
    hwmp_preq_waiting_time: _Output[str | None]
    hwmp_rann_interval: _Output[str | None]
    hwmp_rann_lifetime: _Output[str | None]
    hwmp_rann_propagation_delay: _Output[str | None]
    mesh_portal: _Output[bool | None]
    mtu: _Output[str | None]
    name: _Output[str]
    reoptimize_paths: _Output[bool | None]

class InterfaceMeshPort(_Menu):
    """`/interface/mesh/port`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., disabled: _Flag = ...,
        hello_interval: _Span = ..., interface: _Name = ..., mesh: _Name = ..., path_cost: _Span = ...,
        port_type: _Texts = ...,
    ) -> None: ...
    comment: _Output[str]
    disabled: _Output[bool | None]
    hello_interval: _Output[str | None]
    interface: _Output[str | None]
    mesh: _Output[str | None]
    path_cost: _Output[str | None]
    port_type: _Output[str | None]

class InterfaceOvpnClient(_Menu):
    """`/interface/ovpn-client`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., add_default_route: _Flag = ..., auth: _Texts = ...,
        certificate: _Name = ..., cipher: _Texts = ..., comment: _Value = ..., connect_to: _Text = ...,
        disabled: _Flag = ..., disconnect_notify: _Flag = ..., mac_address: _Text = ..., max_mtu: _Span = ...,
        mode: _Texts = ..., name: _Value = ..., password: _Value = ..., port: _Span = ..., profile: _Name = ...,
        protocol: _Texts = ..., route_nopull: _Flag = ..., tls_version: _Texts = ..., use_peer_dns: _Texts = ...,
        user: _Value = ..., verify_server_certificate: _Flag = ...,
    ) -> None: ...
    add_default_route: _Output[bool | None]
    auth: _Output[str | None]
    certificate: _Output[str | None]
    cipher: _Output[str | None]
    comment: _Output[str]
    connect_to: _Output[str | None]
    disabled: _Output[bool | None]
    disconnect_notify: _Output[bool | None]
    mac_address: _Output[str | None]
    max_mtu: _Output[str | None]
    mode: _Output[str | None]
    name: _Output[str]
    password: _Output[str | None]
    port: _Output[str | None]
    profile: _Output[str | None]
    protocol: _Output[str | None]
    route_nopull: _Output[bool | None]
    tls_version: _Output[str | None]
    use_peer_dns: _Output[str | None]
    user: _Output[str | None]
    verify_server_certificate: _Output[bool | None]

class InterfaceOvpnServer(_Menu):
    """`/interface/ovpn-server`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., disabled: _Flag = ...,
        name: _Value = ..., user: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    disabled: _Output[bool | None]
    name: _Output[str]
    user: _Output[str | None]

class InterfaceOvpnServerServer(_Menu):
    """`/interface/ovpn-server/server`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., auth: _Texts = ..., certificate: _Name = ...,
        cipher: _Texts = ..., comment: _Value = ..., default_profile: _Name = ..., disabled: _Flag = ...,
        enable_tun_ipv6: _Flag = ..., enabled: _Value = ..., ipv6_prefix_len: _Span = ...,
        keepalive_timeout: _Value = ..., mac_address: _Text = ..., max_mtu: _Span = ..., mode: _Texts = ...,
        name: _Value = ..., netmask: _Span = ..., port: _Span = ..., protocol: _Texts = ..., push_routes: _Value = ...,
        push_routes_ipv6: _Value = ..., redirect_gateway: _Texts = ..., reneg_sec: _Span = ...,
        require_client_certificate: _Flag = ..., tls_version: _Texts = ..., tun_server_ipv6: _Text = ...,
        user_auth_method: _Texts = ..., vrf: _Name = ...,
    ) -> None: ...
    auth: _Output[str | None]
    certificate: _Output[str | None]
    cipher: _Output[str | None]
    comment: _Output[str | None]
    default_profile: _Output[str | None]
    disabled: _Output[bool | None]
    enable_tun_ipv6: _Output[bool | None]
    enabled: _Output[str | None]
    ipv6_prefix_len: _Output[str | None]
    keepalive_timeout: _Output[str | None]
    mac_address: _Output[str | None]
    max_mtu: _Output[str | None]
    mode: _Output[str | None]
    name: _Output[str]
    netmask: _Output[str | None]
    port: _Output[str | None]
    protocol: _Output[str | None]
    push_routes: _Output[str | None]
    push_routes_ipv6: _Output[str | None]
    redirect_gateway: _Output[str | None]
    reneg_sec: _Output[str | None]
    require_client_certificate: _Output[bool | None]
    tls_version: _Output[str | None]
    tun_server_ipv6: _Output[str | None]
    user_auth_method: _Output[str | None]
    vrf: _Output[str | None]

class InterfacePppClient(_Menu):
    """`/interface/ppp-client`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., add_default_route: _Flag = ..., allow: _Texts = ...,
        apn: _Value = ..., comment: _Value = ..., data_channel: _Span = ..., default_route_distance: _Span = ...,
        dial_command: _Value = ..., dial_on_demand: _Flag = ..., disabled: _Flag = ..., info_channel: _Span = ...,
        keepalive_timeout: _Span = ..., max_mru: _Span = ..., max_mtu: _Span = ..., modem_init: _Value = ...,
        mrru: _Span = ..., name: _Value = ..., network_mode: _Texts = ..., null_modem: _Flag = ...,
        password: _Value = ..., phone: _Value = ..., pin: _Value = ..., port: _Name = ..., profile: _Name = ...,
        remote_address: _Text = ..., use_peer_dns: _Flag = ..., user: _Value = ...,
    ) -> None: ...
    add_default_route: _Output[bool | None]
    allow: _Output[str | None]
    apn: _Output[str | None]
    comment: _Output[str]
    data_channel: _Output[str | None]
    default_route_distance: _Output[str | None]
    dial_command: _Output[str | None]
    dial_on_demand: _Output[bool | None]
    disabled: _Output[bool | None]
    info_channel: _Output[str | None]
    keepalive_timeout: _Output[str | None]
    max_mru: _Output[str | None]
    max_mtu: _Output[str | None]
    modem_init: _Output[str | None]
    mrru: _Output[str | None]
    name: _Output[str]
    network_mode: _Output[str | None]
    null_modem: _Output[bool | None]
    password: _Output[str | None]
    phone: _Output[str | None]
    pin: _Output[str | None]
    port: _Output[str | None]
    profile: _Output[str | None]
    remote_address: _Output[str | None]
    use_peer_dns: _Output[bool | None]
    user: _Output[str | None]

class InterfacePppServer(_Menu):
    """`/interface/ppp-server`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., authentication: _Texts = ..., comment: _Value = ...,
        data_channel: _Span = ..., disabled: _Flag = ..., max_mru: _Span = ..., max_mtu: _Span = ...,
        modem_init: _Value = ..., mrru: _Span = ..., name: _Value = ..., null_modem: _Flag = ..., port: _Name = ...,
        profile: _Name = ..., ring_count: _Span = ...,
    ) -> None: ...
    authentication: _Output[str | None]
    comment: _Output[str]
    data_channel: _Output[str | None]
    disabled: _Output[bool | None]
    max_mru: _Output[str | None]
    max_mtu: _Output[str | None]
    modem_init: _Output[str | None]
    mrru: _Output[str | None]
    name: _Output[str]
    null_modem: _Output[bool | None]
    port: _Output[str | None]
    profile: _Output[str | None]
    ring_count: _Output[str | None]

class InterfacePppoeClient(_Menu):
    """`/interface/pppoe-client`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., ac_name: _Value = ..., add_default_route: _Flag = ...,
        allow: _Texts = ..., comment: _Value = ..., default_route_distance: _Span = ..., dial_on_demand: _Flag = ...,
        disabled: _Flag = ..., host_uniq: _Value = ..., interface: _Name = ..., keepalive_timeout: _Value = ...,
        max_mru: _Span = ..., max_mtu: _Span = ..., mrru: _Span = ..., name: _Value = ..., password: _Value = ...,
        profile: _Name = ..., service_name: _Value = ..., use_peer_dns: _Flag = ..., user: _Value = ...,
    ) -> None: ...
    ac_name: _Output[str | None]
    add_default_route: _Output[bool | None]
    allow: _Output[str | None]
    comment: _Output[str]
    default_route_distance: _Output[str | None]
    dial_on_demand: _Output[bool | None]
    disabled: _Output[bool | None]
    host_uniq: _Output[str | None]
    interface: _Output[str | None]
    keepalive_timeout: _Output[str | None]
    max_mru: _Output[str | None]
    max_mtu: _Output[str | None]
    mrru: _Output[str | None]
    name: _Output[str]
    password: _Output[str | None]
    profile: _Output[str | None]
    service_name: _Output[str | None]
    use_peer_dns: _Output[bool | None]
    user: _Output[str | None]

class InterfacePppoeServer(_Menu):
    """`/interface/pppoe-server`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., disabled: _Flag = ...,
        name: _Value = ..., service: _Value = ..., user: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    disabled: _Output[bool | None]
    name: _Output[str]
    service: _Output[str | None]
    user: _Output[str | None]

class InterfacePppoeServerServer(_Menu):
    """`/interface/pppoe-server/server`: rows, known by interface."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., accept_empty_service: _Flag = ...,
        accept_untagged: _Flag = ..., authentication: _Texts = ..., comment: _Value = ..., default_profile: _Name = ...,
        disabled: _Flag = ..., interface: _Name = ..., keepalive_timeout: _Value = ..., max_mru: _Span = ...,
        max_mtu: _Span = ..., max_sessions: _Span = ..., mrru: _Span = ..., one_session_per_host: _Flag = ...,
        pado_delay: _Span = ..., pppoe_over_vlan_range: _Texts = ..., service_name: _Value = ...,
    ) -> None: ...
    accept_empty_service: _Output[bool | None]
    accept_untagged: _Output[bool | None]
    authentication: _Output[str | None]
    comment: _Output[str]
    default_profile: _Output[str | None]
    disabled: _Output[bool | None]
    interface: _Output[str | None]
    keepalive_timeout: _Output[str | None]
    max_mru: _Output[str | None]
    max_mtu: _Output[str | None]
    max_sessions: _Output[str | None]
    mrru: _Output[str | None]
    one_session_per_host: _Output[bool | None]
    pado_delay: _Output[str | None]
    pppoe_over_vlan_range: _Output[str | None]
    service_name: _Output[str | None]

class InterfacePptpClient(_Menu):
    """`/interface/pptp-client`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., add_default_route: _Flag = ..., allow: _Texts = ...,
        comment: _Value = ..., connect_to: _Value = ..., default_route_distance: _Span = ...,
        dial_on_demand: _Flag = ..., disabled: _Flag = ..., keepalive_timeout: _Value = ..., max_mru: _Span = ...,
        max_mtu: _Span = ..., mrru: _Span = ..., name: _Value = ..., password: _Value = ..., profile: _Name = ...,
        use_peer_dns: _Texts = ..., user: _Value = ...,
    ) -> None: ...
    add_default_route: _Output[bool | None]
    allow: _Output[str | None]
    comment: _Output[str]
    connect_to: _Output[str | None]
    default_route_distance: _Output[str | None]
    dial_on_demand: _Output[bool | None]
    disabled: _Output[bool | None]
    keepalive_timeout: _Output[str | None]
    max_mru: _Output[str | None]
    max_mtu: _Output[str | None]
    mrru: _Output[str | None]
    name: _Output[str]
    password: _Output[str | None]
    profile: _Output[str | None]
    use_peer_dns: _Output[str | None]
    user: _Output[str | None]

class InterfacePptpServer(_Menu):
    """`/interface/pptp-server`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., disabled: _Flag = ...,
        name: _Value = ..., user: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    disabled: _Output[bool | None]
    name: _Output[str]
    user: _Output[str | None]

class InterfacePptpServerServer(_Menu):
    """`/interface/pptp-server/server`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., authentication: _Texts = ..., default_profile: _Name = ...,
        enabled: _Flag = ..., keepalive_timeout: _Value = ..., max_mru: _Span = ..., max_mtu: _Span = ...,
        mrru: _Span = ...,
    ) -> None: ...
    authentication: _Output[str | None]
    default_profile: _Output[str | None]
    enabled: _Output[bool | None]
    keepalive_timeout: _Output[str | None]
    max_mru: _Output[str | None]
    max_mtu: _Output[str | None]
    mrru: _Output[str | None]

class InterfacePwrLinkPwrLine(_Menu):
    """`/interface/pwr-link/pwr-line`: rows, known by name; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., arp: _Value = ..., arp_timeout: _Value = ...,
        bandwidth: _Value = ..., comment: _Value = ..., l2mtu: _Value = ..., loop_protect: _Value = ...,
        loop_protect_disable_time: _Value = ..., loop_protect_send_interval: _Value = ..., mac_address: _Value = ...,
        mtu: _Value = ..., name: _Value = ..., orig_mac_address: _Value = ..., rx_flow_control: _Value = ...,
        tx_flow_control: _Value = ...,
    ) -> None: ...
    arp: _Output[str | None]
    arp_timeout: _Output[str | None]
    bandwidth: _Output[str | None]
    comment: _Output[str]
    l2mtu: _Output[str | None]
    loop_protect: _Output[str | None]
    loop_protect_disable_time: _Output[str | None]
    loop_protect_send_interval: _Output[str | None]
    mac_address: _Output[str | None]
    mtu: _Output[str | None]
    name: _Output[str]
    orig_mac_address: _Output[str | None]
    rx_flow_control: _Output[str | None]
    tx_flow_control: _Output[str | None]

class InterfaceSstpClient(_Menu):
    """`/interface/sstp-client`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., add_default_route: _Flag = ..., add_sni: _Flag = ...,
        authentication: _Texts = ..., certificate: _Name = ..., ciphers: _Texts = ..., comment: _Value = ...,
        connect_to: _Text = ..., default_route_distance: _Span = ..., dial_on_demand: _Flag = ...,
        disabled: _Flag = ..., http_proxy: _Value = ..., keepalive_timeout: _Value = ..., max_mru: _Span = ...,
        max_mtu: _Span = ..., mrru: _Span = ..., name: _Value = ..., password: _Value = ..., pfs: _Texts = ...,
        port: _Span = ..., profile: _Name = ..., proxy_port: _Span = ..., tls_version: _Texts = ..., user: _Value = ...,
        verify_server_address_from_certificate: _Flag = ..., verify_server_certificate: _Flag = ...,
    ) -> None: ...
    add_default_route: _Output[bool | None]
    add_sni: _Output[bool | None]
    authentication: _Output[str | None]
    certificate: _Output[str | None]
    ciphers: _Output[str | None]
    comment: _Output[str]
    connect_to: _Output[str | None]
    default_route_distance: _Output[str | None]
    dial_on_demand: _Output[bool | None]
    disabled: _Output[bool | None]
    http_proxy: _Output[str | None]
    keepalive_timeout: _Output[str | None]
    max_mru: _Output[str | None]
    max_mtu: _Output[str | None]
    mrru: _Output[str | None]
    name: _Output[str]
    password: _Output[str | None]
    pfs: _Output[str | None]
    port: _Output[str | None]
    profile: _Output[str | None]
    proxy_port: _Output[str | None]
    tls_version: _Output[str | None]
    user: _Output[str | None]
    verify_server_address_from_certificate: _Output[bool | None]
    verify_server_certificate: _Output[bool | None]

class InterfaceSstpServer(_Menu):
    """`/interface/sstp-server`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., disabled: _Flag = ...,
        name: _Value = ..., user: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    disabled: _Output[bool | None]
    name: _Output[str]
    user: _Output[str | None]

class InterfaceSstpServerServer(_Menu):
    """`/interface/sstp-server/server`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., authentication: _Texts = ..., certificate: _Name = ...,
        ciphers: _Texts = ..., default_profile: _Name = ..., enabled: _Flag = ..., keepalive_timeout: _Value = ...,
        max_mru: _Span = ..., max_mtu: _Span = ..., mrru: _Span = ..., pfs: _Texts = ..., port: _Span = ...,
        tls_version: _Texts = ..., verify_client_certificate: _Flag = ...,
    ) -> None: ...
    authentication: _Output[str | None]
    certificate: _Output[str | None]
    ciphers: _Output[str | None]
    default_profile: _Output[str | None]
    enabled: _Output[bool | None]
    keepalive_timeout: _Output[str | None]
    max_mru: _Output[str | None]
    max_mtu: _Output[str | None]
    mrru: _Output[str | None]
    pfs: _Output[str | None]
    port: _Output[str | None]
    tls_version: _Output[str | None]
    verify_client_certificate: _Output[bool | None]

class InterfaceVeth(_Menu):
    """`/interface/veth`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., address: _Texts = ..., comment: _Value = ...,
        container_mac_address: _Text = ..., dhcp: _Value = ..., disabled: _Flag = ..., gateway: _Text = ...,
        gateway6: _Text = ..., mac_address: _Text = ..., name: _Value = ...,
    ) -> None: ...
    address: _Output[str | None]
    comment: _Output[str]
    container_mac_address: _Output[str | None]
    dhcp: _Output[str | None]
    disabled: _Output[bool | None]
    gateway: _Output[str | None]
    gateway6: _Output[str | None]
    mac_address: _Output[str | None]
    name: _Output[str]

class InterfaceVlan(_Menu):
    """`/interface/vlan`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., arp: _Texts = ..., arp_timeout: _Span = ...,
        comment: _Value = ..., disabled: _Flag = ..., interface: _Name = ..., l3_hw_offloading: _Value = ...,
        loop_protect: _Texts = ..., loop_protect_disable_time: _Span = ..., loop_protect_send_interval: _Span = ...,
        mtu: _Span = ..., mvrp: _Flag = ..., name: _Value = ..., use_service_tag: _Flag = ..., vlan_id: _Span = ...,
    ) -> None: ...
    arp: _Output[str | None]
    arp_timeout: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    interface: _Output[str | None]
    l3_hw_offloading: _Output[str | None]
    loop_protect: _Output[str | None]
    loop_protect_disable_time: _Output[str | None]
    loop_protect_send_interval: _Output[str | None]
    mtu: _Output[str | None]
    mvrp: _Output[bool | None]
    name: _Output[str]
    use_service_tag: _Output[bool | None]
    vlan_id: _Output[str | None]

class InterfaceVpls(_Menu):
    """`/interface/vpls`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., arp: _Texts = ..., arp_timeout: _Span = ...,
        bridge: _Name = ..., bridge_cost: _Span = ..., bridge_horizon: _Span = ..., bridge_pvid: _Span = ...,
        cisco_static_id: _Span = ..., comment: _Value = ..., disable_running_check: _Flag = ..., disabled: _Flag = ...,
        mac_address: _Text = ..., mtu: _Span = ..., name: _Value = ..., peer: _Text = ...,
        pw_control_word: _Texts = ..., pw_l2mtu: _Span = ..., pw_type: _Texts = ..., vpls_id: _Text = ...,
    ) -> None: ...
    arp: _Output[str | None]
    arp_timeout: _Output[str | None]
    bridge: _Output[str | None]
    bridge_cost: _Output[str | None]
    bridge_horizon: _Output[str | None]
    bridge_pvid: _Output[str | None]
    cisco_static_id: _Output[str | None]
    comment: _Output[str]
    disable_running_check: _Output[bool | None]
    disabled: _Output[bool | None]
    mac_address: _Output[str | None]
    mtu: _Output[str | None]
    name: _Output[str]
    peer: _Output[str | None]
    pw_control_word: _Output[str | None]
    pw_l2mtu: _Output[str | None]
    pw_type: _Output[str | None]
    vpls_id: _Output[str | None]

class InterfaceVrrp(_Menu):
    """`/interface/vrrp`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., arp: _Texts = ..., arp_timeout: _Span = ...,
        authentication: _Texts = ..., comment: _Value = ..., connection_tracking_mode: _Texts = ...,
        connection_tracking_port: _Span = ..., disabled: _Flag = ..., group_authority: _Name = ...,
        group_master: _Name = ..., interface: _Name = ..., interval: _Span = ..., mtu: _Value = ..., name: _Value = ...,
        on_backup: _Value = ..., on_fail: _Value = ..., on_master: _Value = ..., password: _Value = ...,
        preemption_mode: _Flag = ..., priority: _Span = ..., remote_address: _Text = ...,
        sync_connection_tracking: _Flag = ..., v3_checksum_as_v2: _Value = ..., v3_protocol: _Texts = ...,
        version: _Value = ..., vrid: _Span = ...,
    ) -> None: ...
    arp: _Output[str | None]
    arp_timeout: _Output[str | None]
    authentication: _Output[str | None]
    comment: _Output[str]
    connection_tracking_mode: _Output[str | None]
    connection_tracking_port: _Output[str | None]
    disabled: _Output[bool | None]
    group_authority: _Output[str | None]
    group_master: _Output[str | None]
    interface: _Output[str | None]
    interval: _Output[str | None]
    mtu: _Output[str | None]
    name: _Output[str]
    on_backup: _Output[str | None]
    on_fail: _Output[str | None]
    on_master: _Output[str | None]
    password: _Output[str | None]
    preemption_mode: _Output[bool | None]
    priority: _Output[str | None]
    remote_address: _Output[str | None]
    sync_connection_tracking: _Output[bool | None]
    v3_checksum_as_v2: _Output[str | None]
    v3_protocol: _Output[str | None]
    version: _Output[str | None]
    vrid: _Output[str | None]

class InterfaceVxlan(_Menu):
    """`/interface/vxlan`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., allow_fast_path: _Flag = ..., arp: _Texts = ...,
        arp_timeout: _Span = ..., bridge: _Name = ..., bridge_pvid: _Span = ..., checksum: _Flag = ...,
        comment: _Value = ..., disabled: _Flag = ..., dont_fragment: _Texts = ..., group: _Value = ..., hw: _Flag = ...,
        interface: _Name = ..., learning: _Flag = ..., local_address: _Text = ..., loop_protect: _Texts = ...,
        loop_protect_disable_time: _Span = ..., loop_protect_send_interval: _Span = ..., mac_address: _Text = ...,
        max_fdb_size: _Span = ..., mtu: _Span = ..., name: _Value = ..., port: _Span = ..., rem_csum: _Texts = ...,
        ttl: _Span = ..., vni: _Span = ..., vrf: _Name = ..., vtep_vrf: _Name = ..., vteps_ip_version: _Texts = ...,
    ) -> None: ...
    allow_fast_path: _Output[bool | None]
    arp: _Output[str | None]
    arp_timeout: _Output[str | None]
    bridge: _Output[str | None]
    bridge_pvid: _Output[str | None]
    checksum: _Output[bool | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    dont_fragment: _Output[str | None]
    group: _Output[str | None]
    hw: _Output[bool | None]
    interface: _Output[str | None]
    learning: _Output[bool | None]
    local_address: _Output[str | None]
    loop_protect: _Output[str | None]
    loop_protect_disable_time: _Output[str | None]
    loop_protect_send_interval: _Output[str | None]
    mac_address: _Output[str | None]
    max_fdb_size: _Output[str | None]
    mtu: _Output[str | None]
    name: _Output[str]
    port: _Output[str | None]
    rem_csum: _Output[str | None]
    ttl: _Output[str | None]
    vni: _Output[str | None]
    vrf: _Output[str | None]
    vtep_vrf: _Output[str | None]
    vteps_ip_version: _Output[str | None]

class InterfaceVxlanVteps(_Menu):
    """`/interface/vxlan/vteps`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., disabled: _Flag = ...,
        interface: _Name = ..., port: _Value = ..., remote_ip: _Value = ...,
    ) -> None: ...
    comment: _Output[str | None]
    disabled: _Output[bool | None]
    interface: _Output[str | None]
    port: _Output[str | None]
    remote_ip: _Output[str | None]

class InterfaceW60g(_Menu):
    """`/interface/w60g`: rows that only the router makes; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., arp: _Value = ..., arp_timeout: _Value = ...,
        frequency: _Value = ..., isolate_stations: _Flag = ..., l2mtu: _Value = ..., mac_address: _Value = ...,
        mdmg_fix: _Flag = ..., mode: _Value = ..., mtu: _Value = ..., name: _Value = ..., password: _Value = ...,
        put_stations_in_bridge: _Value = ..., region: _Value = ..., scan_list: _Value = ..., ssid: _Value = ...,
        tx_sector: _Value = ...,
    ) -> None: ...
    arp: _Output[str | None]
    arp_timeout: _Output[str | None]
    frequency: _Output[str | None]
    isolate_stations: _Output[bool | None]
    l2mtu: _Output[str | None]
    mac_address: _Output[str | None]
    mdmg_fix: _Output[bool | None]
    mode: _Output[str | None]
    mtu: _Output[str | None]
    name: _Output[str | None]
    password: _Output[str | None]
    put_stations_in_bridge: _Output[str | None]
    region: _Output[str | None]
    scan_list: _Output[str | None]
    ssid: _Output[str | None]
    tx_sector: _Output[str | None]

class InterfaceW60gStation(_Menu):
    """`/interface/w60g/station`: rows, known by name; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., arp: _Value = ..., arp_timeout: _Value = ...,
        comment: _Value = ..., disabled: _Flag = ..., mac_address: _Value = ..., mtu: _Value = ..., name: _Value = ...,
        parent: _Value = ..., put_in_bridge: _Value = ..., remote_address: _Value = ...,
    ) -> None: ...
    arp: _Output[str | None]
    arp_timeout: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    mac_address: _Output[str | None]
    mtu: _Output[str | None]
    name: _Output[str]
    parent: _Output[str | None]
    put_in_bridge: _Output[str | None]
    remote_address: _Output[str | None]

class InterfaceWifi(_Menu):
    """`/interface/wifi`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., aaa: _Name = ..., aaa_called_format: _Value = ...,
        aaa_calling_format: _Value = ..., aaa_interim_update: _Span = ..., aaa_mac_caching: _Span = ...,
        aaa_nas_identifier: _Value = ..., aaa_password_format: _Value = ..., aaa_username_format: _Value = ...,
        arp: _Texts = ..., arp_timeout: _Span = ..., channel: _Name = ..., channel_afc: _Value = ...,
        channel_band: _Value = ..., channel_deprioritize_unii_3_4: _Flag = ..., channel_frequency: _Value = ...,
        channel_preamble_puncturing: _Flag = ..., channel_reselect_interval: _Span = ...,
        channel_reselect_time: _Span = ..., channel_secondary_frequency: _Span = ...,
        channel_skip_dfs_channels: _Value = ..., channel_width: _Value = ..., comment: _Value = ...,
        configuration: _Name = ..., configuration_antenna_gain: _Span = ..., configuration_beacon_interval: _Span = ...,
        configuration_chains: _Value = ..., configuration_country: _Value = ..., configuration_distance: _Value = ...,
        configuration_dtim_period: _Span = ..., configuration_hide_ssid: _Flag = ...,
        configuration_hw_protection_mode: _Value = ..., configuration_installation: _Value = ...,
        configuration_manager: _Value = ..., configuration_max_clients: _Span = ..., configuration_mode: _Value = ...,
        configuration_multicast_enhance: _Value = ..., configuration_qos_classifier: _Value = ...,
        configuration_ssid: _Value = ..., configuration_station_roaming: _Flag = ...,
        configuration_tx_chains: _Value = ..., configuration_tx_power: _Span = ..., datapath: _Name = ...,
        datapath_bridge: _Value = ..., datapath_bridge_cost: _Span = ..., datapath_bridge_horizon: _Value = ...,
        datapath_client_isolation: _Flag = ..., datapath_interface_list: _Value = ...,
        datapath_openflow_switch: _Value = ..., datapath_traffic_processing: _Value = ...,
        datapath_vlan_id: _Value = ..., disable_running_check: _Flag = ..., disabled: _Flag = ...,
        interworking: _Name = ..., interworking_3gpp_info: _Value = ..., interworking_3gpp_info_raw: _Value = ...,
        interworking_authentication_types: _Value = ..., interworking_connection_capabilities: _Span = ...,
        interworking_domain_names: _Value = ..., interworking_esr: _Flag = ..., interworking_hessid: _Text = ...,
        interworking_hotspot20: _Flag = ..., interworking_hotspot20_dgaf: _Flag = ...,
        interworking_internet: _Flag = ..., interworking_ipv4_availability: _Value = ...,
        interworking_ipv6_availability: _Value = ..., interworking_network_type: _Value = ...,
        interworking_operational_classes: _Span = ..., interworking_operator_names: _Value = ...,
        interworking_realms: _Value = ..., interworking_realms_raw: _Value = ...,
        interworking_roaming_ois: _Value = ..., interworking_uesa: _Flag = ..., interworking_venue: _Value = ...,
        interworking_venue_names: _Value = ..., interworking_wan_at_capacity: _Flag = ...,
        interworking_wan_downlink: _Span = ..., interworking_wan_downlink_load: _Span = ...,
        interworking_wan_measurement_duration: _Span = ..., interworking_wan_status: _Value = ...,
        interworking_wan_symmetric: _Flag = ..., interworking_wan_uplink: _Span = ...,
        interworking_wan_uplink_load: _Span = ..., l2mtu: _Span = ..., mac_address: _Text = ...,
        master_interface: _Name = ..., mld_interface: _Name = ..., mld_name: _Value = ..., mtu: _Span = ...,
        name: _Value = ..., radio_mac: _Text = ..., security: _Name = ..., security_authentication_types: _Value = ...,
        security_beacon_protection: _Value = ..., security_connect_group: _Value = ...,
        security_connect_priority: _Span = ..., security_dh_groups: _Value = ..., security_disable_pmkid: _Flag = ...,
        security_eap_accounting: _Flag = ..., security_eap_anonymous_identity: _Value = ...,
        security_eap_certificate_mode: _Value = ..., security_eap_methods: _Value = ...,
        security_eap_password: _Value = ..., security_eap_tls_certificate: _Value = ...,
        security_eap_username: _Value = ..., security_encryption: _Value = ..., security_ft: _Flag = ...,
        security_ft_mobility_domain: _Span = ..., security_ft_nas_identifier: _Value = ...,
        security_ft_over_ds: _Flag = ..., security_ft_preserve_vlanid: _Flag = ...,
        security_ft_r0_key_lifetime: _Span = ..., security_ft_reassociation_deadline: _Span = ...,
        security_group_encryption: _Value = ..., security_group_key_update: _Span = ...,
        security_management_encryption: _Value = ..., security_management_protection: _Value = ...,
        security_multi_passphrase_group: _Value = ..., security_owe_transition_interface: _Value = ...,
        security_passphrase: _Value = ..., security_sae_anti_clogging_threshold: _Value = ...,
        security_sae_max_failure_rate: _Value = ..., security_sae_pwe: _Value = ..., security_wps: _Value = ...,
        steering: _Name = ..., steering_2g_probe_delay: _Flag = ..., steering_neighbor_group: _Value = ...,
        steering_rrm: _Flag = ..., steering_transition_request_count: _Value = ...,
        steering_transition_request_period: _Span = ..., steering_transition_threshold: _Span = ...,
        steering_transition_threshold_time: _Span = ..., steering_transition_time: _Span = ...,
        steering_wnm: _Flag = ...,
    ) -> None: ...
    aaa: _Output[str | None]
    aaa_called_format: _Output[str | None]
    aaa_calling_format: _Output[str | None]
    aaa_interim_update: _Output[str | None]
    aaa_mac_caching: _Output[str | None]
    aaa_nas_identifier: _Output[str | None]
    aaa_password_format: _Output[str | None]
    aaa_username_format: _Output[str | None]
    arp: _Output[str | None]
    arp_timeout: _Output[str | None]
    channel: _Output[str | None]
    channel_afc: _Output[str | None]
    channel_band: _Output[str | None]
    channel_deprioritize_unii_3_4: _Output[bool | None]
    channel_frequency: _Output[str | None]
    channel_preamble_puncturing: _Output[bool | None]
    channel_reselect_interval: _Output[str | None]
    channel_reselect_time: _Output[str | None]
    channel_secondary_frequency: _Output[str | None]
    channel_skip_dfs_channels: _Output[str | None]
    channel_width: _Output[str | None]
    comment: _Output[str]
    configuration: _Output[str | None]
    configuration_antenna_gain: _Output[str | None]
    configuration_beacon_interval: _Output[str | None]
    configuration_chains: _Output[str | None]
    configuration_country: _Output[str | None]
    configuration_distance: _Output[str | None]
    configuration_dtim_period: _Output[str | None]
    configuration_hide_ssid: _Output[bool | None]
    configuration_hw_protection_mode: _Output[str | None]
    configuration_installation: _Output[str | None]
    configuration_manager: _Output[str | None]
    configuration_max_clients: _Output[str | None]
    configuration_mode: _Output[str | None]
    configuration_multicast_enhance: _Output[str | None]
    configuration_qos_classifier: _Output[str | None]
    configuration_ssid: _Output[str | None]
    configuration_station_roaming: _Output[bool | None]
    configuration_tx_chains: _Output[str | None]
    configuration_tx_power: _Output[str | None]
    datapath: _Output[str | None]
    datapath_bridge: _Output[str | None]
    datapath_bridge_cost: _Output[str | None]
    datapath_bridge_horizon: _Output[str | None]
    datapath_client_isolation: _Output[bool | None]
    datapath_interface_list: _Output[str | None]
    datapath_openflow_switch: _Output[str | None]
    datapath_traffic_processing: _Output[str | None]
    datapath_vlan_id: _Output[str | None]
    disable_running_check: _Output[bool | None]
    disabled: _Output[bool | None]
    interworking: _Output[str | None]
    interworking_3gpp_info: _Output[str | None]
    interworking_3gpp_info_raw: _Output[str | None]
    interworking_authentication_types: _Output[str | None]
    interworking_connection_capabilities: _Output[str | None]
    interworking_domain_names: _Output[str | None]
    interworking_esr: _Output[bool | None]
    interworking_hessid: _Output[str | None]
    interworking_hotspot20: _Output[bool | None]
    interworking_hotspot20_dgaf: _Output[bool | None]
    interworking_internet: _Output[bool | None]
    interworking_ipv4_availability: _Output[str | None]
    interworking_ipv6_availability: _Output[str | None]
    interworking_network_type: _Output[str | None]
    interworking_operational_classes: _Output[str | None]
    interworking_operator_names: _Output[str | None]
    interworking_realms: _Output[str | None]
    interworking_realms_raw: _Output[str | None]
    interworking_roaming_ois: _Output[str | None]
    interworking_uesa: _Output[bool | None]
    interworking_venue: _Output[str | None]
    interworking_venue_names: _Output[str | None]
    interworking_wan_at_capacity: _Output[bool | None]
    interworking_wan_downlink: _Output[str | None]
    interworking_wan_downlink_load: _Output[str | None]
    interworking_wan_measurement_duration: _Output[str | None]
    interworking_wan_status: _Output[str | None]
    interworking_wan_symmetric: _Output[bool | None]
    interworking_wan_uplink: _Output[str | None]
    interworking_wan_uplink_load: _Output[str | None]
    l2mtu: _Output[str | None]
    mac_address: _Output[str | None]
    master_interface: _Output[str | None]
    mld_interface: _Output[str | None]
    mld_name: _Output[str | None]
    mtu: _Output[str | None]
    name: _Output[str]
    radio_mac: _Output[str | None]
    security: _Output[str | None]
    security_authentication_types: _Output[str | None]
    security_beacon_protection: _Output[str | None]
    security_connect_group: _Output[str | None]
    security_connect_priority: _Output[str | None]
    security_dh_groups: _Output[str | None]
    security_disable_pmkid: _Output[bool | None]
    security_eap_accounting: _Output[bool | None]
    security_eap_anonymous_identity: _Output[str | None]
    security_eap_certificate_mode: _Output[str | None]
    security_eap_methods: _Output[str | None]
    security_eap_password: _Output[str | None]
    security_eap_tls_certificate: _Output[str | None]
    security_eap_username: _Output[str | None]
    security_encryption: _Output[str | None]
    security_ft: _Output[bool | None]
    security_ft_mobility_domain: _Output[str | None]
    security_ft_nas_identifier: _Output[str | None]
    security_ft_over_ds: _Output[bool | None]
    security_ft_preserve_vlanid: _Output[bool | None]
    security_ft_r0_key_lifetime: _Output[str | None]
    security_ft_reassociation_deadline: _Output[str | None]
    security_group_encryption: _Output[str | None]
    security_group_key_update: _Output[str | None]
    security_management_encryption: _Output[str | None]
    security_management_protection: _Output[str | None]
    security_multi_passphrase_group: _Output[str | None]
    security_owe_transition_interface: _Output[str | None]
    security_passphrase: _Output[str | None]
    security_sae_anti_clogging_threshold: _Output[str | None]
    security_sae_max_failure_rate: _Output[str | None]
    security_sae_pwe: _Output[str | None]
    security_wps: _Output[str | None]
    steering: _Output[str | None]
    steering_2g_probe_delay: _Output[bool | None]
    steering_neighbor_group: _Output[str | None]
    steering_rrm: _Output[bool | None]
    steering_transition_request_count: _Output[str | None]
    steering_transition_request_period: _Output[str | None]
    steering_transition_threshold: _Output[str | None]
    steering_transition_threshold_time: _Output[str | None]
    steering_transition_time: _Output[str | None]
    steering_wnm: _Output[bool | None]

class InterfaceWifiAaa(_Menu):
    """`/interface/wifi/aaa`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., called_format: _Value = ...,
        calling_format: _Value = ..., comment: _Value = ..., disabled: _Flag = ..., interim_update: _Span = ...,
        mac_caching: _Span = ..., name: _Value = ..., nas_identifier: _Value = ..., password_format: _Value = ...,
        username_format: _Value = ...,
    ) -> None: ...
    called_format: _Output[str | None]
    calling_format: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    interim_update: _Output[str | None]
    mac_caching: _Output[str | None]
    name: _Output[str]
    nas_identifier: _Output[str | None]
    password_format: _Output[str | None]
    username_format: _Output[str | None]

class InterfaceWifiAccessList(_Menu):
    """`/interface/wifi/access-list`: rows in an order."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., position: _Position | None = ..., action: _Texts = ...,
        allow_signal_out_of_range: _Span = ..., client_isolation: _Flag = ..., comment: _Value = ...,
        days: _Texts = ..., disabled: _Flag = ..., interface: _Name = ..., mac_address: _Text = ...,
        mac_address_mask: _Text = ..., multi_passphrase_group: _Name = ..., passphrase: _Value = ...,
        radius_accounting: _Flag = ..., signal_range: _Span = ..., ssid_regexp: _Value = ..., time: _Span = ...,
        vlan_id: _Span = ...,
    ) -> None: ...
    action: _Output[str | None]
    allow_signal_out_of_range: _Output[str | None]
    client_isolation: _Output[bool | None]
    comment: _Output[str]
    days: _Output[str | None]
    disabled: _Output[bool | None]
    interface: _Output[str | None]
    mac_address: _Output[str | None]
    mac_address_mask: _Output[str | None]
    multi_passphrase_group: _Output[str | None]
    passphrase: _Output[str | None]
    radius_accounting: _Output[bool | None]
    signal_range: _Output[str | None]
    ssid_regexp: _Output[str | None]
    time: _Output[str | None]
    vlan_id: _Output[str | None]

class InterfaceWifiCap(_Menu):
    """`/interface/wifi/cap`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., caps_man_addresses: _Name = ...,
        caps_man_certificate_common_names: _Texts = ..., caps_man_names: _Texts = ..., certificate: _Name = ...,
        discovery_interfaces: _Name = ..., enabled: _Flag = ..., lock_to_caps_man: _Flag = ...,
        mld_datapath: _Name = ..., mld_static: _Flag = ..., slaves_datapath: _Name = ..., slaves_static: _Flag = ...,
    ) -> None: ...
    caps_man_addresses: _Output[str | None]
    caps_man_certificate_common_names: _Output[str | None]
    caps_man_names: _Output[str | None]
    certificate: _Output[str | None]
    discovery_interfaces: _Output[str | None]
    enabled: _Output[bool | None]
    lock_to_caps_man: _Output[bool | None]
    mld_datapath: _Output[str | None]
    mld_static: _Output[bool | None]
    slaves_datapath: _Output[str | None]
    slaves_static: _Output[bool | None]

class InterfaceWifiCapsman(_Menu):
    """`/interface/wifi/capsman`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., ca_certificate: _Value = ..., certificate: _Name = ...,
        enabled: _Flag = ..., interfaces: _Name = ..., package_path: _Value = ...,
        require_peer_certificate: _Flag = ..., upgrade_policy: _Texts = ...,
    ) -> None: ...
    ca_certificate: _Output[str | None]
    certificate: _Output[str | None]
    enabled: _Output[bool | None]
    interfaces: _Output[str | None]
    package_path: _Output[str | None]
    require_peer_certificate: _Output[bool | None]
    upgrade_policy: _Output[str | None]

class InterfaceWifiChannel(_Menu):
    """`/interface/wifi/channel`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., afc: _Value = ..., band: _Value = ...,
        comment: _Value = ..., deprioritize_unii_3_4: _Flag = ..., disabled: _Flag = ..., frequency: _Value = ...,
        name: _Value = ..., preamble_puncturing: _Flag = ..., reselect_interval: _Span = ...,
        reselect_time: _Span = ..., secondary_frequency: _Texts = ..., skip_dfs_channels: _Texts = ...,
        width: _Value = ...,
    ) -> None: ...
    afc: _Output[str | None]
    band: _Output[str | None]
    comment: _Output[str]
    deprioritize_unii_3_4: _Output[bool | None]
    disabled: _Output[bool | None]
    frequency: _Output[str | None]
    name: _Output[str]
    preamble_puncturing: _Output[bool | None]
    reselect_interval: _Output[str | None]
    reselect_time: _Output[str | None]
    secondary_frequency: _Output[str | None]
    skip_dfs_channels: _Output[str | None]
    width: _Output[str | None]

class InterfaceWifiConfiguration(_Menu):
    """`/interface/wifi/configuration`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., aaa: _Name = ..., aaa_called_format: _Value = ...,
        aaa_calling_format: _Value = ..., aaa_interim_update: _Span = ..., aaa_mac_caching: _Span = ...,
        aaa_nas_identifier: _Value = ..., aaa_password_format: _Value = ..., aaa_username_format: _Value = ...,
        antenna_gain: _Span = ..., beacon_interval: _Span = ..., chains: _Texts = ..., channel: _Name = ...,
        channel_afc: _Value = ..., channel_band: _Value = ..., channel_deprioritize_unii_3_4: _Flag = ...,
        channel_frequency: _Value = ..., channel_preamble_puncturing: _Flag = ...,
        channel_reselect_interval: _Span = ..., channel_reselect_time: _Span = ...,
        channel_secondary_frequency: _Span = ..., channel_skip_dfs_channels: _Value = ..., channel_width: _Value = ...,
        comment: _Value = ..., country: _Name = ..., datapath: _Name = ..., datapath_bridge: _Value = ...,
        datapath_bridge_cost: _Span = ..., datapath_bridge_horizon: _Value = ...,
        datapath_client_isolation: _Flag = ..., datapath_interface_list: _Value = ...,
        datapath_openflow_switch: _Value = ..., datapath_traffic_processing: _Value = ...,
        datapath_vlan_id: _Value = ..., disabled: _Flag = ..., distance: _Value = ..., dtim_period: _Span = ...,
        hide_ssid: _Flag = ..., hw_protection_mode: _Texts = ..., installation: _Texts = ..., interworking: _Name = ...,
        interworking_3gpp_info: _Value = ..., interworking_3gpp_info_raw: _Value = ...,
        interworking_authentication_types: _Value = ..., interworking_connection_capabilities: _Span = ...,
        interworking_domain_names: _Value = ..., interworking_esr: _Flag = ..., interworking_hessid: _Text = ...,
        interworking_hotspot20: _Flag = ..., interworking_hotspot20_dgaf: _Flag = ...,
        interworking_internet: _Flag = ..., interworking_ipv4_availability: _Value = ...,
        interworking_ipv6_availability: _Value = ..., interworking_network_type: _Value = ...,
        interworking_operational_classes: _Span = ..., interworking_operator_names: _Value = ...,
        interworking_realms: _Value = ..., interworking_realms_raw: _Value = ...,
        interworking_roaming_ois: _Value = ..., interworking_uesa: _Flag = ..., interworking_venue: _Value = ...,
        interworking_venue_names: _Value = ..., interworking_wan_at_capacity: _Flag = ...,
        interworking_wan_downlink: _Span = ..., interworking_wan_downlink_load: _Span = ...,
        interworking_wan_measurement_duration: _Span = ..., interworking_wan_status: _Value = ...,
        interworking_wan_symmetric: _Flag = ..., interworking_wan_uplink: _Span = ...,
        interworking_wan_uplink_load: _Span = ..., manager: _Value = ..., max_clients: _Span = ..., mode: _Value = ...,
        multicast_enhance: _Texts = ..., name: _Value = ..., qos_classifier: _Texts = ..., security: _Name = ...,
        security_authentication_types: _Value = ..., security_beacon_protection: _Value = ...,
        security_connect_group: _Value = ..., security_connect_priority: _Span = ..., security_dh_groups: _Value = ...,
        security_disable_pmkid: _Flag = ..., security_eap_accounting: _Flag = ...,
        security_eap_anonymous_identity: _Value = ..., security_eap_certificate_mode: _Value = ...,
        security_eap_methods: _Value = ..., security_eap_password: _Value = ...,
        security_eap_tls_certificate: _Value = ..., security_eap_username: _Value = ...,
        security_encryption: _Value = ..., security_ft: _Flag = ..., security_ft_mobility_domain: _Span = ...,
        security_ft_nas_identifier: _Value = ..., security_ft_over_ds: _Flag = ...,
        security_ft_preserve_vlanid: _Flag = ..., security_ft_r0_key_lifetime: _Span = ...,
        security_ft_reassociation_deadline: _Span = ..., security_group_encryption: _Value = ...,
        security_group_key_update: _Span = ..., security_management_encryption: _Value = ...,
        security_management_protection: _Value = ..., security_multi_passphrase_group: _Value = ...,
        security_owe_transition_interface: _Value = ..., security_passphrase: _Value = ...,
        security_sae_anti_clogging_threshold: _Value = ..., security_sae_max_failure_rate: _Value = ...,
        security_sae_pwe: _Value = ..., security_wps: _Value = ..., ssid: _Value = ..., station_roaming: _Flag = ...,
        steering: _Name = ..., steering_2g_probe_delay: _Flag = ..., steering_neighbor_group: _Value = ...,
        steering_rrm: _Flag = ..., steering_transition_request_count: _Value = ...,
        steering_transition_request_period: _Span = ..., steering_transition_threshold: _Span = ...,
        steering_transition_threshold_time: _Span = ..., steering_transition_time: _Span = ...,
        steering_wnm: _Flag = ..., tx_chains: _Texts = ..., tx_power: _Span = ...,
    ) -> None: ...
    aaa: _Output[str | None]
    aaa_called_format: _Output[str | None]
    aaa_calling_format: _Output[str | None]
    aaa_interim_update: _Output[str | None]
    aaa_mac_caching: _Output[str | None]
    aaa_nas_identifier: _Output[str | None]
    aaa_password_format: _Output[str | None]
    aaa_username_format: _Output[str | None]
    antenna_gain: _Output[str | None]
    beacon_interval: _Output[str | None]
    chains: _Output[str | None]
    channel: _Output[str | None]
    channel_afc: _Output[str | None]
    channel_band: _Output[str | None]
    channel_deprioritize_unii_3_4: _Output[bool | None]
    channel_frequency: _Output[str | None]
    channel_preamble_puncturing: _Output[bool | None]
    channel_reselect_interval: _Output[str | None]
    channel_reselect_time: _Output[str | None]
    channel_secondary_frequency: _Output[str | None]
    channel_skip_dfs_channels: _Output[str | None]
    channel_width: _Output[str | None]
    comment: _Output[str]
    country: _Output[str | None]
    datapath: _Output[str | None]
    datapath_bridge: _Output[str | None]
    datapath_bridge_cost: _Output[str | None]
    datapath_bridge_horizon: _Output[str | None]
    datapath_client_isolation: _Output[bool | None]
    datapath_interface_list: _Output[str | None]
    datapath_openflow_switch: _Output[str | None]
    datapath_traffic_processing: _Output[str | None]
    datapath_vlan_id: _Output[str | None]
    disabled: _Output[bool | None]
    distance: _Output[str | None]
    dtim_period: _Output[str | None]
    hide_ssid: _Output[bool | None]
    hw_protection_mode: _Output[str | None]
    installation: _Output[str | None]
    interworking: _Output[str | None]
    interworking_3gpp_info: _Output[str | None]
    interworking_3gpp_info_raw: _Output[str | None]
    interworking_authentication_types: _Output[str | None]
    interworking_connection_capabilities: _Output[str | None]
    interworking_domain_names: _Output[str | None]
    interworking_esr: _Output[bool | None]
    interworking_hessid: _Output[str | None]
    interworking_hotspot20: _Output[bool | None]
    interworking_hotspot20_dgaf: _Output[bool | None]
    interworking_internet: _Output[bool | None]
    interworking_ipv4_availability: _Output[str | None]
    interworking_ipv6_availability: _Output[str | None]
    interworking_network_type: _Output[str | None]
    interworking_operational_classes: _Output[str | None]
    interworking_operator_names: _Output[str | None]
    interworking_realms: _Output[str | None]
    interworking_realms_raw: _Output[str | None]
    interworking_roaming_ois: _Output[str | None]
    interworking_uesa: _Output[bool | None]
    interworking_venue: _Output[str | None]
    interworking_venue_names: _Output[str | None]
    interworking_wan_at_capacity: _Output[bool | None]
    interworking_wan_downlink: _Output[str | None]
    interworking_wan_downlink_load: _Output[str | None]
    interworking_wan_measurement_duration: _Output[str | None]
    interworking_wan_status: _Output[str | None]
    interworking_wan_symmetric: _Output[bool | None]
    interworking_wan_uplink: _Output[str | None]
    interworking_wan_uplink_load: _Output[str | None]
    manager: _Output[str | None]
    max_clients: _Output[str | None]
    mode: _Output[str | None]
    multicast_enhance: _Output[str | None]
    name: _Output[str]
    qos_classifier: _Output[str | None]
    security: _Output[str | None]
    security_authentication_types: _Output[str | None]
    security_beacon_protection: _Output[str | None]
    security_connect_group: _Output[str | None]
    security_connect_priority: _Output[str | None]
    security_dh_groups: _Output[str | None]
    security_disable_pmkid: _Output[bool | None]
    security_eap_accounting: _Output[bool | None]
    security_eap_anonymous_identity: _Output[str | None]
    security_eap_certificate_mode: _Output[str | None]
    security_eap_methods: _Output[str | None]
    security_eap_password: _Output[str | None]
    security_eap_tls_certificate: _Output[str | None]
    security_eap_username: _Output[str | None]
    security_encryption: _Output[str | None]
    security_ft: _Output[bool | None]
    security_ft_mobility_domain: _Output[str | None]
    security_ft_nas_identifier: _Output[str | None]
    security_ft_over_ds: _Output[bool | None]
    security_ft_preserve_vlanid: _Output[bool | None]
    security_ft_r0_key_lifetime: _Output[str | None]
    security_ft_reassociation_deadline: _Output[str | None]
    security_group_encryption: _Output[str | None]
    security_group_key_update: _Output[str | None]
    security_management_encryption: _Output[str | None]
    security_management_protection: _Output[str | None]
    security_multi_passphrase_group: _Output[str | None]
    security_owe_transition_interface: _Output[str | None]
    security_passphrase: _Output[str | None]
    security_sae_anti_clogging_threshold: _Output[str | None]
    security_sae_max_failure_rate: _Output[str | None]
    security_sae_pwe: _Output[str | None]
    security_wps: _Output[str | None]
    ssid: _Output[str | None]
    station_roaming: _Output[bool | None]
    steering: _Output[str | None]
    steering_2g_probe_delay: _Output[bool | None]
    steering_neighbor_group: _Output[str | None]
    steering_rrm: _Output[bool | None]
    steering_transition_request_count: _Output[str | None]
    steering_transition_request_period: _Output[str | None]
    steering_transition_threshold: _Output[str | None]
    steering_transition_threshold_time: _Output[str | None]
    steering_transition_time: _Output[str | None]
    steering_wnm: _Output[bool | None]
    tx_chains: _Output[str | None]
    tx_power: _Output[str | None]

class InterfaceWifiDatapath(_Menu):
    """`/interface/wifi/datapath`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., bridge: _Name = ..., bridge_cost: _Span = ...,
        bridge_horizon: _Span = ..., client_isolation: _Flag = ..., comment: _Value = ..., disabled: _Flag = ...,
        interface_list: _Name = ..., name: _Value = ..., openflow_switch: _Name = ..., traffic_processing: _Texts = ...,
        vlan_id: _Span = ...,
    ) -> None: ...
    bridge: _Output[str | None]
    bridge_cost: _Output[str | None]
    bridge_horizon: _Output[str | None]
    client_isolation: _Output[bool | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    interface_list: _Output[str | None]
    name: _Output[str]
    openflow_switch: _Output[str | None]
    traffic_processing: _Output[str | None]
    vlan_id: _Output[str | None]

class InterfaceWifiInterworking(_Menu):
    """`/interface/wifi/interworking`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., _3gpp_info: _Value = ..., _3gpp_info_raw: _Value = ...,
        authentication_types: _Value = ..., comment: _Value = ..., connection_capabilities: _Span = ...,
        disabled: _Flag = ..., domain_names: _Texts = ..., esr: _Flag = ..., hessid: _Text = ...,
        hotspot20: _Flag = ..., hotspot20_dgaf: _Flag = ..., internet: _Flag = ..., ipv4_availability: _Texts = ...,
        ipv6_availability: _Texts = ..., name: _Value = ..., network_type: _Texts = ...,
        operational_classes: _Texts = ..., operator_names: _Value = ..., realms: _Value = ..., realms_raw: _Texts = ...,
        roaming_ois: _Texts = ..., uesa: _Flag = ..., venue: _Value = ..., venue_names: _Value = ...,
        wan_at_capacity: _Flag = ..., wan_downlink: _Span = ..., wan_downlink_load: _Span = ...,
        wan_measurement_duration: _Span = ..., wan_status: _Texts = ..., wan_symmetric: _Flag = ...,
        wan_uplink: _Span = ..., wan_uplink_load: _Span = ...,
    ) -> None: ...
    _3gpp_info: _Output[str | None]
    _3gpp_info_raw: _Output[str | None]
    authentication_types: _Output[str | None]
    comment: _Output[str]
    connection_capabilities: _Output[str | None]
    disabled: _Output[bool | None]
    domain_names: _Output[str | None]
    esr: _Output[bool | None]
    hessid: _Output[str | None]
    hotspot20: _Output[bool | None]
    hotspot20_dgaf: _Output[bool | None]
    internet: _Output[bool | None]
    ipv4_availability: _Output[str | None]
    ipv6_availability: _Output[str | None]
    name: _Output[str]
    network_type: _Output[str | None]
    operational_classes: _Output[str | None]
    operator_names: _Output[str | None]
    realms: _Output[str | None]
    realms_raw: _Output[str | None]
    roaming_ois: _Output[str | None]
    uesa: _Output[bool | None]
    venue: _Output[str | None]
    venue_names: _Output[str | None]
    wan_at_capacity: _Output[bool | None]
    wan_downlink: _Output[str | None]
    wan_downlink_load: _Output[str | None]
    wan_measurement_duration: _Output[str | None]
    wan_status: _Output[str | None]
    wan_symmetric: _Output[bool | None]
    wan_uplink: _Output[str | None]
    wan_uplink_load: _Output[str | None]

class InterfaceWifiNetwork(_Menu):
    """`/interface/wifi/network`: rows (since 7.22)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., beacon_interval: _Span = ..., comment: _Value = ...,
        datapath_bridge: _Value = ..., datapath_bridge_cost: _Span = ..., datapath_bridge_horizon: _Value = ...,
        datapath_client_isolation: _Flag = ..., datapath_interface_list: _Value = ...,
        datapath_openflow_switch: _Value = ..., datapath_traffic_processing: _Value = ...,
        datapath_vlan_id: _Value = ..., disabled: _Flag = ..., dtim_period: _Span = ..., hide_ssid: _Flag = ...,
        hw_protection_mode: _Texts = ..., labels: _Value = ..., max_clients: _Span = ..., mlo: _Flag = ...,
        mode: _Texts = ..., multicast_enhance: _Texts = ..., qos_classifier: _Texts = ...,
        security_authentication_types: _Value = ..., security_beacon_protection: _Value = ...,
        security_connect_group: _Value = ..., security_connect_priority: _Span = ..., security_dh_groups: _Value = ...,
        security_disable_pmkid: _Flag = ..., security_eap_accounting: _Flag = ...,
        security_eap_anonymous_identity: _Value = ..., security_eap_certificate_mode: _Value = ...,
        security_eap_methods: _Value = ..., security_eap_password: _Value = ...,
        security_eap_tls_certificate: _Value = ..., security_eap_username: _Value = ...,
        security_encryption: _Value = ..., security_ft: _Flag = ..., security_ft_mobility_domain: _Span = ...,
        security_ft_nas_identifier: _Value = ..., security_ft_over_ds: _Flag = ...,
        security_ft_preserve_vlanid: _Flag = ..., security_ft_r0_key_lifetime: _Span = ...,
        security_ft_reassociation_deadline: _Span = ..., security_group_encryption: _Value = ...,
        security_group_key_update: _Span = ..., security_management_encryption: _Value = ...,
        security_management_protection: _Value = ..., security_multi_passphrase_group: _Value = ...,
        security_owe_transition_interface: _Value = ..., security_passphrase: _Value = ...,
        security_sae_anti_clogging_threshold: _Value = ..., security_sae_max_failure_rate: _Value = ...,
        security_sae_pwe: _Value = ..., security_wps: _Value = ..., ssid: _Value = ..., station_roaming: _Flag = ...,
    ) -> None: ...
    beacon_interval: _Output[str | None]
    comment: _Output[str]
    datapath_bridge: _Output[str | None]
    datapath_bridge_cost: _Output[str | None]
    datapath_bridge_horizon: _Output[str | None]
    datapath_client_isolation: _Output[bool | None]
    datapath_interface_list: _Output[str | None]
    datapath_openflow_switch: _Output[str | None]
    datapath_traffic_processing: _Output[str | None]
    datapath_vlan_id: _Output[str | None]
    disabled: _Output[bool | None]
    dtim_period: _Output[str | None]
    hide_ssid: _Output[bool | None]
    hw_protection_mode: _Output[str | None]
    labels: _Output[str | None]
    max_clients: _Output[str | None]
    mlo: _Output[bool | None]
    mode: _Output[str | None]
    multicast_enhance: _Output[str | None]
    qos_classifier: _Output[str | None]
    security_authentication_types: _Output[str | None]
    security_beacon_protection: _Output[str | None]
    security_connect_group: _Output[str | None]
    security_connect_priority: _Output[str | None]
    security_dh_groups: _Output[str | None]
    security_disable_pmkid: _Output[bool | None]
    security_eap_accounting: _Output[bool | None]
    security_eap_anonymous_identity: _Output[str | None]
    security_eap_certificate_mode: _Output[str | None]
    security_eap_methods: _Output[str | None]
    security_eap_password: _Output[str | None]
    security_eap_tls_certificate: _Output[str | None]
    security_eap_username: _Output[str | None]
    security_encryption: _Output[str | None]
    security_ft: _Output[bool | None]
    security_ft_mobility_domain: _Output[str | None]
    security_ft_nas_identifier: _Output[str | None]
    security_ft_over_ds: _Output[bool | None]
    security_ft_preserve_vlanid: _Output[bool | None]
    security_ft_r0_key_lifetime: _Output[str | None]
    security_ft_reassociation_deadline: _Output[str | None]
    security_group_encryption: _Output[str | None]
    security_group_key_update: _Output[str | None]
    security_management_encryption: _Output[str | None]
    security_management_protection: _Output[str | None]
    security_multi_passphrase_group: _Output[str | None]
    security_owe_transition_interface: _Output[str | None]
    security_passphrase: _Output[str | None]
    security_sae_anti_clogging_threshold: _Output[str | None]
    security_sae_max_failure_rate: _Output[str | None]
    security_sae_pwe: _Output[str | None]
    security_wps: _Output[str | None]
    ssid: _Output[str | None]
    station_roaming: _Output[bool | None]

class InterfaceWifiNetworkRadio(_Menu):
    """`/interface/wifi/network/radio`: rows (since 7.22)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., channel_afc: _Value = ..., channel_band: _Value = ...,
        channel_deprioritize_unii_3_4: _Flag = ..., channel_frequency: _Value = ...,
        channel_preamble_puncturing: _Flag = ..., channel_reselect_interval: _Span = ...,
        channel_reselect_time: _Span = ..., channel_secondary_frequency: _Span = ...,
        channel_skip_dfs_channels: _Value = ..., channel_width: _Value = ..., comment: _Value = ...,
        configuration_antenna_gain: _Span = ..., configuration_chains: _Value = ...,
        configuration_country: _Value = ..., configuration_distance: _Value = ...,
        configuration_installation: _Value = ..., configuration_tx_chains: _Value = ...,
        configuration_tx_power: _Span = ..., disabled: _Flag = ..., extra_labels: _Texts = ..., labels: _Value = ...,
        security_authentication_types: _Value = ...,
    ) -> None: ...
    channel_afc: _Output[str | None]
    channel_band: _Output[str | None]
    channel_deprioritize_unii_3_4: _Output[bool | None]
    channel_frequency: _Output[str | None]
    channel_preamble_puncturing: _Output[bool | None]
    channel_reselect_interval: _Output[str | None]
    channel_reselect_time: _Output[str | None]
    channel_secondary_frequency: _Output[str | None]
    channel_skip_dfs_channels: _Output[str | None]
    channel_width: _Output[str | None]
    comment: _Output[str]
    configuration_antenna_gain: _Output[str | None]
    configuration_chains: _Output[str | None]
    configuration_country: _Output[str | None]
    configuration_distance: _Output[str | None]
    configuration_installation: _Output[str | None]
    configuration_tx_chains: _Output[str | None]
    configuration_tx_power: _Output[str | None]
    disabled: _Output[bool | None]
    extra_labels: _Output[str | None]
    labels: _Output[str | None]
    security_authentication_types: _Output[str | None]

class InterfaceWifiProvisioning(_Menu):
    """`/interface/wifi/provisioning`: rows in an order."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., position: _Position | None = ..., action: _Texts = ...,
        address_ranges: _Value = ..., comment: _Value = ..., common_name_regexp: _Value = ..., disabled: _Flag = ...,
        identity_regexp: _Value = ..., master_configuration: _Name = ..., multi_link_mode: _Texts = ...,
        name_format: _Value = ..., radio_mac: _Text = ..., slave_configurations: _Texts = ...,
        slave_name_format: _Value = ..., supported_bands: _Texts = ..., supported_hw_caps: _Texts = ...,
    ) -> None: ...
    action: _Output[str | None]
    address_ranges: _Output[str | None]
    comment: _Output[str]
    common_name_regexp: _Output[str | None]
    disabled: _Output[bool | None]
    identity_regexp: _Output[str | None]
    master_configuration: _Output[str | None]
    multi_link_mode: _Output[str | None]
    name_format: _Output[str | None]
    radio_mac: _Output[str | None]
    slave_configurations: _Output[str | None]
    slave_name_format: _Output[str | None]
    supported_bands: _Output[str | None]
    supported_hw_caps: _Output[str | None]

class InterfaceWifiRadioSettings(_Menu):
    """`/interface/wifi/radio/settings`: one row (since 7.17)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., external_antenna: _Flag = ..., wifi_band: _Texts = ...,
    ) -> None: ...
    external_antenna: _Output[bool | None]
    wifi_band: _Output[str | None]

class InterfaceWifiSecurity(_Menu):
    """`/interface/wifi/security`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., authentication_types: _Texts = ...,
        beacon_protection: _Texts = ..., comment: _Value = ..., connect_group: _Value = ...,
        connect_priority: _Span = ..., dh_groups: _Texts = ..., disable_pmkid: _Flag = ..., disabled: _Flag = ...,
        eap_accounting: _Flag = ..., eap_anonymous_identity: _Value = ..., eap_certificate_mode: _Texts = ...,
        eap_methods: _Texts = ..., eap_password: _Value = ..., eap_tls_certificate: _Name = ...,
        eap_username: _Value = ..., encryption: _Texts = ..., ft: _Flag = ..., ft_mobility_domain: _Span = ...,
        ft_nas_identifier: _Value = ..., ft_over_ds: _Flag = ..., ft_preserve_vlanid: _Flag = ...,
        ft_r0_key_lifetime: _Span = ..., ft_reassociation_deadline: _Span = ..., group_encryption: _Texts = ...,
        group_key_update: _Span = ..., management_encryption: _Texts = ..., management_protection: _Texts = ...,
        multi_passphrase_group: _Name = ..., name: _Value = ..., owe_transition_interface: _Name = ...,
        passphrase: _Value = ..., sae_anti_clogging_threshold: _Span = ..., sae_max_failure_rate: _Span = ...,
        sae_pwe: _Texts = ..., wps: _Texts = ...,
    ) -> None: ...
    authentication_types: _Output[str | None]
    beacon_protection: _Output[str | None]
    comment: _Output[str]
    connect_group: _Output[str | None]
    connect_priority: _Output[str | None]
    dh_groups: _Output[str | None]
    disable_pmkid: _Output[bool | None]
    disabled: _Output[bool | None]
    eap_accounting: _Output[bool | None]
    eap_anonymous_identity: _Output[str | None]
    eap_certificate_mode: _Output[str | None]
    eap_methods: _Output[str | None]
    eap_password: _Output[str | None]
    eap_tls_certificate: _Output[str | None]
    eap_username: _Output[str | None]
    encryption: _Output[str | None]
    ft: _Output[bool | None]
    ft_mobility_domain: _Output[str | None]
    ft_nas_identifier: _Output[str | None]
    ft_over_ds: _Output[bool | None]
    ft_preserve_vlanid: _Output[bool | None]
    ft_r0_key_lifetime: _Output[str | None]
    ft_reassociation_deadline: _Output[str | None]
    group_encryption: _Output[str | None]
    group_key_update: _Output[str | None]
    management_encryption: _Output[str | None]
    management_protection: _Output[str | None]
    multi_passphrase_group: _Output[str | None]
    name: _Output[str]
    owe_transition_interface: _Output[str | None]
    passphrase: _Output[str | None]
    sae_anti_clogging_threshold: _Output[str | None]
    sae_max_failure_rate: _Output[str | None]
    sae_pwe: _Output[str | None]
    wps: _Output[str | None]

class InterfaceWifiSecurityMultiPassphrase(_Menu):
    """`/interface/wifi/security/multi-passphrase`: rows (since 7.17)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., disabled: _Flag = ...,
        expires: _Span = ..., group: _Value = ..., isolation: _Flag = ..., passphrase: _Value = ...,
        vlan_id: _Span = ...,
    ) -> None: ...
    comment: _Output[str]
    disabled: _Output[bool | None]
    expires: _Output[str | None]
    group: _Output[str | None]
    isolation: _Output[bool | None]
    passphrase: _Output[str | None]
    vlan_id: _Output[str | None]

class InterfaceWifiSteering(_Menu):
    """`/interface/wifi/steering`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., _2g_probe_delay: _Flag = ..., comment: _Value = ...,
        disabled: _Flag = ..., name: _Value = ..., neighbor_group: _Texts = ..., rrm: _Flag = ...,
        transition_request_count: _Span = ..., transition_request_period: _Span = ...,
        transition_threshold: _Span = ..., transition_threshold_time: _Span = ..., transition_time: _Span = ...,
        wnm: _Flag = ...,
    ) -> None: ...
    _2g_probe_delay: _Output[bool | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    name: _Output[str]
    neighbor_group: _Output[str | None]
    rrm: _Output[bool | None]
    transition_request_count: _Output[str | None]
    transition_request_period: _Output[str | None]
    transition_threshold: _Output[str | None]
    transition_threshold_time: _Output[str | None]
    transition_time: _Output[str | None]
    wnm: _Output[bool | None]

class InterfaceWifiSteeringNeighborGroup(_Menu):
    """`/interface/wifi/steering/neighbor-group`: rows that only the router makes."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., comment: _Value = ...,
    ) -> None: ...
    comment: _Output[str]

class InterfaceWireless(_Menu):
    """`/interface/wireless`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., adaptive_noise_immunity: _Value = ...,
        allow_sharedkey: _Value = ..., ampdu_priorities: _Texts = ..., amsdu_limit: _Span = ...,
        amsdu_threshold: _Span = ..., antenna_gain: _Span = ..., antenna_mode: _Value = ..., area: _Value = ...,
        arp: _Value = ..., arp_timeout: _Span = ..., band: _Value = ..., basic_rates_a_g: _Texts = ...,
        basic_rates_b: _Texts = ..., bridge_mode: _Value = ..., burst_time: _Value = ..., channel_width: _Value = ...,
        comment: _Value = ..., compression: _Value = ..., country: _Name = ..., default_ap_tx_limit: _Span = ...,
        default_authentication: _Value = ..., default_client_tx_limit: _Span = ..., default_forwarding: _Value = ...,
        dfs_test_mode: _Value = ..., disable_running_check: _Value = ..., disabled: _Flag = ...,
        disconnect_timeout: _Span = ..., distance: _Value = ..., frame_lifetime: _Span = ..., frequency: _Value = ...,
        frequency_mode: _Name = ..., frequency_offset: _Span = ..., guard_interval: _Value = ...,
        hide_ssid: _Value = ..., ht_basic_mcs: _Texts = ..., ht_supported_mcs: _Texts = ...,
        hw_fragmentation_threshold: _Span = ..., hw_protection_mode: _Value = ..., hw_protection_threshold: _Span = ...,
        hw_retries: _Span = ..., installation: _Value = ..., interworking_profile: _Value = ...,
        keepalive_frames: _Value = ..., l2mtu: _Span = ..., mac_address: _Text = ..., master_interface: _Name = ...,
        max_station_count: _Span = ..., mode: _Value = ..., mtu: _Span = ..., multicast_buffering: _Value = ...,
        multicast_helper: _Value = ..., name: _Value = ..., noise_floor_threshold: _Value = ...,
        nv2_cell_radius: _Span = ..., nv2_downlink_ratio: _Span = ..., nv2_mode: _Value = ...,
        nv2_noise_floor_offset: _Value = ..., nv2_preshared_key: _Value = ..., nv2_qos: _Value = ...,
        nv2_queue_count: _Span = ..., nv2_security: _Value = ..., nv2_sync_secret: _Value = ...,
        on_fail_retry_time: _Span = ..., preamble_mode: _Value = ..., prism_cardtype: _Value = ...,
        radio_name: _Value = ..., rate_selection: _Value = ..., rate_set: _Value = ..., rx_chains: _Texts = ...,
        scan_list: _Value = ..., secondary_frequency: _Texts = ..., security_profile: _Name = ...,
        skip_dfs_channels: _Value = ..., ssid: _Value = ..., station_bridge_clone_mac: _Text = ...,
        station_roaming: _Value = ..., supported_rates_a_g: _Texts = ..., supported_rates_b: _Texts = ...,
        tdma_period_size: _Value = ..., tx_chains: _Texts = ..., tx_power: _Span = ..., tx_power_mode: _Value = ...,
        update_stats_interval: _Span = ..., vht_basic_mcs: _Texts = ..., vht_supported_mcs: _Texts = ...,
        vlan_id: _Span = ..., vlan_mode: _Value = ..., wds_cost_range: _Value = ..., wds_default_bridge: _Name = ...,
        wds_default_cost: _Span = ..., wds_ignore_ssid: _Value = ..., wds_mode: _Value = ...,
        wireless_protocol: _Value = ..., wmm_support: _Value = ..., wps_mode: _Value = ...,
    ) -> None: ...
    adaptive_noise_immunity: _Output[str | None]
    allow_sharedkey: _Output[str | None]
    ampdu_priorities: _Output[str | None]
    amsdu_limit: _Output[str | None]
    amsdu_threshold: _Output[str | None]
    antenna_gain: _Output[str | None]
    antenna_mode: _Output[str | None]
    area: _Output[str | None]
    arp: _Output[str | None]
    arp_timeout: _Output[str | None]
    band: _Output[str | None]
    basic_rates_a_g: _Output[str | None]
    basic_rates_b: _Output[str | None]
    bridge_mode: _Output[str | None]
    burst_time: _Output[str | None]
    channel_width: _Output[str | None]
    comment: _Output[str]
    compression: _Output[str | None]
    country: _Output[str | None]
    default_ap_tx_limit: _Output[str | None]
    default_authentication: _Output[str | None]
    default_client_tx_limit: _Output[str | None]
    default_forwarding: _Output[str | None]
    dfs_test_mode: _Output[str | None]
    disable_running_check: _Output[str | None]
    disabled: _Output[bool | None]
    disconnect_timeout: _Output[str | None]
    distance: _Output[str | None]
    frame_lifetime: _Output[str | None]
    frequency: _Output[str | None]
    frequency_mode: _Output[str | None]
    frequency_offset: _Output[str | None]
    guard_interval: _Output[str | None]
    hide_ssid: _Output[str | None]
    ht_basic_mcs: _Output[str | None]
    ht_supported_mcs: _Output[str | None]
    hw_fragmentation_threshold: _Output[str | None]
    hw_protection_mode: _Output[str | None]
    hw_protection_threshold: _Output[str | None]
    hw_retries: _Output[str | None]
    installation: _Output[str | None]
    interworking_profile: _Output[str | None]
    keepalive_frames: _Output[str | None]
    l2mtu: _Output[str | None]
    mac_address: _Output[str | None]
    master_interface: _Output[str | None]
    max_station_count: _Output[str | None]
    mode: _Output[str | None]
    mtu: _Output[str | None]
    multicast_buffering: _Output[str | None]
    multicast_helper: _Output[str | None]
    name: _Output[str]
    noise_floor_threshold: _Output[str | None]
    nv2_cell_radius: _Output[str | None]
    nv2_downlink_ratio: _Output[str | None]
    nv2_mode: _Output[str | None]
    nv2_noise_floor_offset: _Output[str | None]
    nv2_preshared_key: _Output[str | None]
    nv2_qos: _Output[str | None]
    nv2_queue_count: _Output[str | None]
    nv2_security: _Output[str | None]
    nv2_sync_secret: _Output[str | None]
    on_fail_retry_time: _Output[str | None]
    preamble_mode: _Output[str | None]
    prism_cardtype: _Output[str | None]
    radio_name: _Output[str | None]
    rate_selection: _Output[str | None]
    rate_set: _Output[str | None]
    rx_chains: _Output[str | None]
    scan_list: _Output[str | None]
    secondary_frequency: _Output[str | None]
    security_profile: _Output[str | None]
    skip_dfs_channels: _Output[str | None]
    ssid: _Output[str | None]
    station_bridge_clone_mac: _Output[str | None]
    station_roaming: _Output[str | None]
    supported_rates_a_g: _Output[str | None]
    supported_rates_b: _Output[str | None]
    tdma_period_size: _Output[str | None]
    tx_chains: _Output[str | None]
    tx_power: _Output[str | None]
    tx_power_mode: _Output[str | None]
    update_stats_interval: _Output[str | None]
    vht_basic_mcs: _Output[str | None]
    vht_supported_mcs: _Output[str | None]
    vlan_id: _Output[str | None]
    vlan_mode: _Output[str | None]
    wds_cost_range: _Output[str | None]
    wds_default_bridge: _Output[str | None]
    wds_default_cost: _Output[str | None]
    wds_ignore_ssid: _Output[str | None]
    wds_mode: _Output[str | None]
    wireless_protocol: _Output[str | None]
    wmm_support: _Output[str | None]
    wps_mode: _Output[str | None]

class InterfaceWirelessAccessList(_Menu):
    """`/interface/wireless/access-list`: rows in an order."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., position: _Position | None = ...,
        allow_signal_out_of_range: _Span = ..., ap_tx_limit: _Span = ..., authentication: _Value = ...,
        client_tx_limit: _Span = ..., comment: _Value = ..., disabled: _Flag = ..., forwarding: _Value = ...,
        interface: _Name = ..., mac_address: _Text = ..., management_protection_key: _Value = ...,
        private_algo: _Value = ..., private_key: _Value = ..., private_pre_shared_key: _Value = ...,
        signal_range: _Value = ..., time: _Span = ..., vlan_id: _Span = ..., vlan_mode: _Value = ...,
    ) -> None: ...
    allow_signal_out_of_range: _Output[str | None]
    ap_tx_limit: _Output[str | None]
    authentication: _Output[str | None]
    client_tx_limit: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    forwarding: _Output[str | None]
    interface: _Output[str | None]
    mac_address: _Output[str | None]
    management_protection_key: _Output[str | None]
    private_algo: _Output[str | None]
    private_key: _Output[str | None]
    private_pre_shared_key: _Output[str | None]
    signal_range: _Output[str | None]
    time: _Output[str | None]
    vlan_id: _Output[str | None]
    vlan_mode: _Output[str | None]

class InterfaceWirelessAlign(_Menu):
    """`/interface/wireless/align`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., active_mode: _Value = ..., audio_max: _Span = ..., audio_min: _Span = ...,
        audio_monitor: _Text = ..., filter_mac: _Text = ..., frame_size: _Span = ..., frames_per_second: _Span = ...,
        receive_all: _Value = ..., ssid_all: _Value = ...,
    ) -> None: ...
    active_mode: _Output[str | None]
    audio_max: _Output[str | None]
    audio_min: _Output[str | None]
    audio_monitor: _Output[str | None]
    filter_mac: _Output[str | None]
    frame_size: _Output[str | None]
    frames_per_second: _Output[str | None]
    receive_all: _Output[str | None]
    ssid_all: _Output[str | None]

class InterfaceWirelessCap(_Menu):
    """`/interface/wireless/cap`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., bridge: _Name = ..., caps_man_addresses: _Texts = ...,
        caps_man_certificate_common_names: _Texts = ..., caps_man_names: _Texts = ..., certificate: _Name = ...,
        discovery_interfaces: _Name = ..., enabled: _Value = ..., interfaces: _Name = ...,
        lock_to_caps_man: _Value = ..., static_virtual: _Value = ...,
    ) -> None: ...
    bridge: _Output[str | None]
    caps_man_addresses: _Output[str | None]
    caps_man_certificate_common_names: _Output[str | None]
    caps_man_names: _Output[str | None]
    certificate: _Output[str | None]
    discovery_interfaces: _Output[str | None]
    enabled: _Output[str | None]
    interfaces: _Output[str | None]
    lock_to_caps_man: _Output[str | None]
    static_virtual: _Output[str | None]

class InterfaceWirelessChannels(_Menu):
    """`/interface/wireless/channels`: rows in an order."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., position: _Position | None = ..., band: _Value = ...,
        comment: _Value = ..., disabled: _Flag = ..., extension_channel: _Value = ..., frequency: _Span = ...,
        list: _Value = ..., name: _Value = ..., width: _Span = ...,
    ) -> None: ...
    band: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    extension_channel: _Output[str | None]
    frequency: _Output[str | None]
    list: _Output[str | None]
    name: _Output[str | None]
    width: _Output[str | None]

class InterfaceWirelessConnectList(_Menu):
    """`/interface/wireless/connect-list`: rows in an order."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., position: _Position | None = ..., _3gpp: _Value = ...,
        allow_signal_out_of_range: _Span = ..., area_prefix: _Value = ..., comment: _Value = ..., connect: _Value = ...,
        disabled: _Flag = ..., interface: _Name = ..., interworking: _Value = ..., iw_asra: _Value = ...,
        iw_authentication_types: _Value = ..., iw_connection_capabilities: _Value = ..., iw_esr: _Value = ...,
        iw_hessid: _Text = ..., iw_hotspot20: _Value = ..., iw_hotspot20_dgaf: _Value = ..., iw_internet: _Value = ...,
        iw_ipv4_availability: _Value = ..., iw_ipv6_availability: _Value = ..., iw_network_type: _Value = ...,
        iw_realms: _Value = ..., iw_roaming_ois: _Texts = ..., iw_uesa: _Value = ..., iw_venue: _Value = ...,
        mac_address: _Text = ..., security_profile: _Name = ..., signal_range: _Value = ..., ssid: _Value = ...,
        wireless_protocol: _Value = ...,
    ) -> None: ...
    _3gpp: _Output[str | None]
    allow_signal_out_of_range: _Output[str | None]
    area_prefix: _Output[str | None]
    comment: _Output[str]
    connect: _Output[str | None]
    disabled: _Output[bool | None]
    interface: _Output[str | None]
    interworking: _Output[str | None]
    iw_asra: _Output[str | None]
    iw_authentication_types: _Output[str | None]
    iw_connection_capabilities: _Output[str | None]
    iw_esr: _Output[str | None]
    iw_hessid: _Output[str | None]
    iw_hotspot20: _Output[str | None]
    iw_hotspot20_dgaf: _Output[str | None]
    iw_internet: _Output[str | None]
    iw_ipv4_availability: _Output[str | None]
    iw_ipv6_availability: _Output[str | None]
    iw_network_type: _Output[str | None]
    iw_realms: _Output[str | None]
    iw_roaming_ois: _Output[str | None]
    iw_uesa: _Output[str | None]
    iw_venue: _Output[str | None]
    mac_address: _Output[str | None]
    security_profile: _Output[str | None]
    signal_range: _Output[str | None]
    ssid: _Output[str | None]
    wireless_protocol: _Output[str | None]

class InterfaceWirelessInterworkingProfiles(_Menu):
    """`/interface/wireless/interworking-profiles`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., _3gpp_info: _Value = ..., _3gpp_raw: _Value = ...,
        asra: _Value = ..., authentication_types: _Value = ..., comment: _Value = ...,
        connection_capabilities: _Value = ..., domain_names: _Texts = ..., esr: _Value = ..., hessid: _Text = ...,
        hotspot20: _Value = ..., hotspot20_dgaf: _Value = ..., internet: _Value = ..., ipv4_availability: _Value = ...,
        ipv6_availability: _Value = ..., name: _Value = ..., network_type: _Value = ...,
        operational_classes: _Texts = ..., operator_names: _Value = ..., realms: _Value = ..., realms_raw: _Texts = ...,
        roaming_ois: _Texts = ..., uesa: _Value = ..., venue: _Value = ..., venue_names: _Value = ...,
        wan_at_capacity: _Value = ..., wan_downlink: _Span = ..., wan_downlink_load: _Span = ...,
        wan_measurement_duration: _Span = ..., wan_status: _Value = ..., wan_symmetric: _Value = ...,
        wan_uplink: _Span = ..., wan_uplink_load: _Span = ...,
    ) -> None: ...
    _3gpp_info: _Output[str | None]
    _3gpp_raw: _Output[str | None]
    asra: _Output[str | None]
    authentication_types: _Output[str | None]
    comment: _Output[str]
    connection_capabilities: _Output[str | None]
    domain_names: _Output[str | None]
    esr: _Output[str | None]
    hessid: _Output[str | None]
    hotspot20: _Output[str | None]
    hotspot20_dgaf: _Output[str | None]
    internet: _Output[str | None]
    ipv4_availability: _Output[str | None]
    ipv6_availability: _Output[str | None]
    name: _Output[str]
    network_type: _Output[str | None]
    operational_classes: _Output[str | None]
    operator_names: _Output[str | None]
    realms: _Output[str | None]
    realms_raw: _Output[str | None]
    roaming_ois: _Output[str | None]
    uesa: _Output[str | None]
    venue: _Output[str | None]
    venue_names: _Output[str | None]
    wan_at_capacity: _Output[str | None]
    wan_downlink: _Output[str | None]
    wan_downlink_load: _Output[str | None]
    wan_measurement_duration: _Output[str | None]
    wan_status: _Output[str | None]
    wan_symmetric: _Output[str | None]
    wan_uplink: _Output[str | None]
    wan_uplink_load: _Output[str | None]

class InterfaceWirelessManualTxPowerTable(_Menu):
    """`/interface/wireless/manual-tx-power-table`: rows that only the router makes."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., comment: _Value = ...,
        manual_tx_powers: _Texts = ...,
    ) -> None: ...
    comment: _Output[str]
    manual_tx_powers: _Output[str | None]

class InterfaceWirelessNstreme(_Menu):
    """`/interface/wireless/nstreme`: rows that only the router makes."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., comment: _Value = ...,
        disable_csma: _Value = ..., enable_nstreme: _Value = ..., enable_polling: _Value = ...,
        framer_limit: _Span = ..., framer_policy: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    disable_csma: _Output[str | None]
    enable_nstreme: _Output[str | None]
    enable_polling: _Output[str | None]
    framer_limit: _Output[str | None]
    framer_policy: _Output[str | None]

class InterfaceWirelessNstremeDual(_Menu):
    """`/interface/wireless/nstreme-dual`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., arp: _Value = ..., arp_timeout: _Span = ...,
        comment: _Value = ..., disable_csma: _Value = ..., disable_running_check: _Value = ..., disabled: _Flag = ...,
        framer_limit: _Span = ..., framer_policy: _Value = ..., ht_channel_width: _Value = ...,
        ht_guard_interval: _Value = ..., ht_rates: _Texts = ..., ht_streams: _Value = ..., l2mtu: _Span = ...,
        mtu: _Span = ..., name: _Value = ..., rates_a_g: _Texts = ..., rates_b: _Texts = ..., remote_mac: _Text = ...,
        rx_band: _Value = ..., rx_channel_width: _Value = ..., rx_frequency: _Span = ..., rx_radio: _Name = ...,
        tx_band: _Value = ..., tx_channel_width: _Value = ..., tx_frequency: _Span = ..., tx_radio: _Name = ...,
    ) -> None: ...
    arp: _Output[str | None]
    arp_timeout: _Output[str | None]
    comment: _Output[str]
    disable_csma: _Output[str | None]
    disable_running_check: _Output[str | None]
    disabled: _Output[bool | None]
    framer_limit: _Output[str | None]
    framer_policy: _Output[str | None]
    ht_channel_width: _Output[str | None]
    ht_guard_interval: _Output[str | None]
    ht_rates: _Output[str | None]
    ht_streams: _Output[str | None]
    l2mtu: _Output[str | None]
    mtu: _Output[str | None]
    name: _Output[str]
    rates_a_g: _Output[str | None]
    rates_b: _Output[str | None]
    remote_mac: _Output[str | None]
    rx_band: _Output[str | None]
    rx_channel_width: _Output[str | None]
    rx_frequency: _Output[str | None]
    rx_radio: _Output[str | None]
    tx_band: _Output[str | None]
    tx_channel_width: _Output[str | None]
    tx_frequency: _Output[str | None]
    tx_radio: _Output[str | None]

class InterfaceWirelessSecurityProfiles(_Menu):
    """`/interface/wireless/security-profiles`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., authentication_types: _Texts = ...,
        comment: _Value = ..., disable_pmkid: _Value = ..., eap_methods: _Texts = ..., group_ciphers: _Texts = ...,
        group_key_update: _Span = ..., interim_update: _Span = ..., management_protection: _Value = ...,
        management_protection_key: _Value = ..., mode: _Value = ..., mschapv2_password: _Value = ...,
        mschapv2_username: _Value = ..., name: _Value = ..., radius_called_format: _Value = ...,
        radius_eap_accounting: _Value = ..., radius_mac_accounting: _Value = ...,
        radius_mac_authentication: _Value = ..., radius_mac_caching: _Span = ..., radius_mac_format: _Value = ...,
        radius_mac_mode: _Value = ..., static_algo_0: _Value = ..., static_algo_1: _Value = ...,
        static_algo_2: _Value = ..., static_algo_3: _Value = ..., static_key_0: _Value = ...,
        static_key_1: _Value = ..., static_key_2: _Value = ..., static_key_3: _Value = ...,
        static_sta_private_algo: _Value = ..., static_sta_private_key: _Value = ..., static_transmit_key: _Value = ...,
        supplicant_identity: _Value = ..., tls_certificate: _Name = ..., tls_mode: _Value = ...,
        unicast_ciphers: _Texts = ..., wpa_pre_shared_key: _Value = ..., wpa2_pre_shared_key: _Value = ...,
    ) -> None: ...
    authentication_types: _Output[str | None]
    comment: _Output[str]
    disable_pmkid: _Output[str | None]
    eap_methods: _Output[str | None]
    group_ciphers: _Output[str | None]
    group_key_update: _Output[str | None]
    interim_update: _Output[str | None]
    management_protection: _Output[str | None]
    management_protection_key: _Output[str | None]
    mode: _Output[str | None]
    mschapv2_password: _Output[str | None]
    mschapv2_username: _Output[str | None]
    name: _Output[str]
    radius_called_format: _Output[str | None]
    radius_eap_accounting: _Output[str | None]
    radius_mac_accounting: _Output[str | None]
    radius_mac_authentication: _Output[str | None]
    radius_mac_caching: _Output[str | None]
    radius_mac_format: _Output[str | None]
    radius_mac_mode: _Output[str | None]
    static_algo_0: _Output[str | None]
    static_algo_1: _Output[str | None]
    static_algo_2: _Output[str | None]
    static_algo_3: _Output[str | None]
    static_key_0: _Output[str | None]
    static_key_1: _Output[str | None]
    static_key_2: _Output[str | None]
    static_key_3: _Output[str | None]
    static_sta_private_algo: _Output[str | None]
    static_sta_private_key: _Output[str | None]
    static_transmit_key: _Output[str | None]
    supplicant_identity: _Output[str | None]
    tls_certificate: _Output[str | None]
    tls_mode: _Output[str | None]
    unicast_ciphers: _Output[str | None]
    wpa_pre_shared_key: _Output[str | None]
    wpa2_pre_shared_key: _Output[str | None]

class InterfaceWirelessSniffer(_Menu):
    """`/interface/wireless/sniffer`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., channel_time: _Span = ..., file_limit: _Span = ..., file_name: _Value = ...,
        memory_limit: _Span = ..., multiple_channels: _Value = ..., only_headers: _Value = ...,
        receive_errors: _Value = ..., streaming_enabled: _Value = ..., streaming_max_rate: _Span = ...,
        streaming_server: _Text = ...,
    ) -> None: ...
    channel_time: _Output[str | None]
    file_limit: _Output[str | None]
    file_name: _Output[str | None]
    memory_limit: _Output[str | None]
    multiple_channels: _Output[str | None]
    only_headers: _Output[str | None]
    receive_errors: _Output[str | None]
    streaming_enabled: _Output[str | None]
    streaming_max_rate: _Output[str | None]
    streaming_server: _Output[str | None]

class InterfaceWirelessSnooper(_Menu):
    """`/interface/wireless/snooper`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., channel_time: _Span = ..., multiple_channels: _Value = ...,
        receive_errors: _Value = ...,
    ) -> None: ...
    channel_time: _Output[str | None]
    multiple_channels: _Output[str | None]
    receive_errors: _Output[str | None]

class InterfaceWirelessWds(_Menu):
    """`/interface/wireless/wds`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., arp: _Value = ..., arp_timeout: _Span = ...,
        comment: _Value = ..., disable_running_check: _Value = ..., disabled: _Flag = ..., l2mtu: _Span = ...,
        master_interface: _Name = ..., mtu: _Span = ..., name: _Value = ..., wds_address: _Text = ...,
    ) -> None: ...
    arp: _Output[str | None]
    arp_timeout: _Output[str | None]
    comment: _Output[str]
    disable_running_check: _Output[str | None]
    disabled: _Output[bool | None]
    l2mtu: _Output[str | None]
    master_interface: _Output[str | None]
    mtu: _Output[str | None]
    name: _Output[str]
    wds_address: _Output[str | None]

class IotBluetooth(_Menu):
    """`/iot/bluetooth`: rows that only the router makes."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., antenna: _Value = ..., name: _Value = ...,
        random_static_address: _Text = ...,
    ) -> None: ...
    antenna: _Output[str | None]
    name: _Output[str | None]
    random_static_address: _Output[str | None]

class IotBluetoothAdvertisers(_Menu):
    """`/iot/bluetooth/advertisers`: rows that only the router makes."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., ad_structures: _Texts = ...,
        channel_map: _Texts = ..., disabled: _Flag = ..., legacy: _Value = ..., max_interval: _Span = ...,
        min_interval: _Span = ..., own_address_type: _Value = ..., phy: _Value = ...,
    ) -> None: ...
    ad_structures: _Output[str | None]
    channel_map: _Output[str | None]
    disabled: _Output[bool | None]
    legacy: _Output[str | None]
    max_interval: _Output[str | None]
    min_interval: _Output[str | None]
    own_address_type: _Output[str | None]
    phy: _Output[str | None]

class IotBluetoothAdvertisersAdStructures(_Menu):
    """`/iot/bluetooth/advertisers/ad-structures`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., data: _Value = ..., name: _Value = ...,
        type: _Value = ...,
    ) -> None: ...
    data: _Output[str | None]
    name: _Output[str]
    type: _Output[str | None]

class IotBluetoothPeripheralDevices(_Menu):
    """`/iot/bluetooth/peripheral-devices`: rows that only the router makes."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., address: _Text = ...,
        address_type: _Value = ..., mtik_key: _Value = ..., name: _Value = ..., persist: _Value = ...,
    ) -> None: ...
    address: _Output[str | None]
    address_type: _Output[str | None]
    mtik_key: _Output[str | None]
    name: _Output[str | None]
    persist: _Output[str | None]

class IotBluetoothScanners(_Menu):
    """`/iot/bluetooth/scanners`: rows that only the router makes."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., disabled: _Flag = ...,
        filter_duplicates: _Value = ..., filter_policy: _Value = ..., interval: _Span = ...,
        own_address_type: _Value = ..., phy: _Value = ..., type: _Value = ..., window: _Span = ...,
    ) -> None: ...
    disabled: _Output[bool | None]
    filter_duplicates: _Output[str | None]
    filter_policy: _Output[str | None]
    interval: _Output[str | None]
    own_address_type: _Output[str | None]
    phy: _Output[str | None]
    type: _Output[str | None]
    window: _Output[str | None]

class IotBluetoothWhitelist(_Menu):
    """`/iot/bluetooth/whitelist`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., address: _Value = ..., address_type: _Value = ...,
        comment: _Value = ..., device: _Name = ..., disabled: _Flag = ...,
    ) -> None: ...
    address: _Output[str | None]
    address_type: _Output[str | None]
    comment: _Output[str]
    device: _Output[str | None]
    disabled: _Output[bool | None]

class IotGpioAnalog(_Menu):
    """`/iot/gpio/analog`: rows; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., offset: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    offset: _Output[str | None]

class IotGpioDigital(_Menu):
    """`/iot/gpio/digital`: rows; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., direction: _Value = ...,
        output: _Value = ..., script: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    direction: _Output[str | None]
    output: _Output[str | None]
    script: _Output[str | None]

class IotLora(_Menu):
    """`/iot/lora`: rows that only the router makes."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., alt: _Span = ..., antenna: _Value = ...,
        antenna_gain: _Span = ..., channel_plan: _Value = ..., disabled: _Flag = ..., forward: _Texts = ...,
        gateway_id: _Value = ..., lat: _Span = ..., lbt_enabled: _Value = ..., listen_time: _Span = ...,
        long: _Span = ..., name: _Value = ..., network: _Value = ..., rssi_threshold: _Span = ...,
        servers: _Texts = ..., spoof_gps: _Value = ..., src_address: _Value = ..., tx_immediate_delay_us: _Span = ...,
    ) -> None: ...
    alt: _Output[str | None]
    antenna: _Output[str | None]
    antenna_gain: _Output[str | None]
    channel_plan: _Output[str | None]
    disabled: _Output[bool | None]
    forward: _Output[str | None]
    gateway_id: _Output[str | None]
    lat: _Output[str | None]
    lbt_enabled: _Output[str | None]
    listen_time: _Output[str | None]
    long: _Output[str | None]
    name: _Output[str | None]
    network: _Output[str | None]
    rssi_threshold: _Output[str | None]
    servers: _Output[str | None]
    spoof_gps: _Output[str | None]
    src_address: _Output[str | None]
    tx_immediate_delay_us: _Output[str | None]

class IotLoraChannels(_Menu):
    """`/iot/lora/channels`: rows that only the router makes."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., bandwidth: _Value = ..., datarate: _Span = ...,
        disabled: _Flag = ..., freq_off: _Span = ..., radio: _Value = ..., spread_factor: _Value = ...,
    ) -> None: ...
    bandwidth: _Output[str | None]
    datarate: _Output[str | None]
    disabled: _Output[bool | None]
    freq_off: _Output[str | None]
    radio: _Output[str | None]
    spread_factor: _Output[str | None]

class IotLoraJoineui(_Menu):
    """`/iot/lora/joineui`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., joineuis: _Value = ..., logging: _Value = ...,
        name: _Value = ..., type: _Value = ...,
    ) -> None: ...
    joineuis: _Output[str | None]
    logging: _Output[str | None]
    name: _Output[str]
    type: _Output[str | None]

class IotLoraNetid(_Menu):
    """`/iot/lora/netid`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., logging: _Value = ..., name: _Value = ...,
        netids: _Value = ..., type: _Value = ...,
    ) -> None: ...
    logging: _Output[str | None]
    name: _Output[str]
    netids: _Output[str | None]
    type: _Output[str | None]

class IotLoraRadios(_Menu):
    """`/iot/lora/radios`: rows that only the router makes."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., center_freq: _Span = ...,
        disabled: _Flag = ..., rssi_off: _Value = ..., tx_enabled: _Value = ..., tx_freq_max: _Span = ...,
        tx_freq_min: _Span = ...,
    ) -> None: ...
    center_freq: _Output[str | None]
    disabled: _Output[bool | None]
    rssi_off: _Output[str | None]
    tx_enabled: _Output[str | None]
    tx_freq_max: _Output[str | None]
    tx_freq_min: _Output[str | None]

class IotLoraServers(_Menu):
    """`/iot/lora/servers`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., address: _Value = ..., certificate: _Name = ...,
        down_port: _Span = ..., interval: _Span = ..., joineui: _Texts = ..., key: _Value = ..., name: _Value = ...,
        netid: _Texts = ..., port: _Span = ..., protocol: _Value = ..., ssl: _Value = ..., up_port: _Span = ...,
    ) -> None: ...
    address: _Output[str | None]
    certificate: _Output[str | None]
    down_port: _Output[str | None]
    interval: _Output[str | None]
    joineui: _Output[str | None]
    key: _Output[str | None]
    name: _Output[str]
    netid: _Output[str | None]
    port: _Output[str | None]
    protocol: _Output[str | None]
    ssl: _Output[str | None]
    up_port: _Output[str | None]

class IotLoraTrafficOptions(_Menu):
    """`/iot/lora/traffic/options`: one row (since 7.17)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., crc_errors: _Value = ..., pckt_limit: _Span = ...,
    ) -> None: ...
    crc_errors: _Output[str | None]
    pckt_limit: _Output[str | None]

class IotModbus(_Menu):
    """`/iot/modbus`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., disable_security_rules: _Value = ..., disabled: _Flag = ...,
        hardware_port: _Name = ..., interframe_gap: _Span = ..., rx_switch_offset: _Span = ..., tcp_port: _Span = ...,
        timeout: _Span = ...,
    ) -> None: ...
    disable_security_rules: _Output[str | None]
    disabled: _Output[bool | None]
    hardware_port: _Output[str | None]
    interframe_gap: _Output[str | None]
    rx_switch_offset: _Output[str | None]
    tcp_port: _Output[str | None]
    timeout: _Output[str | None]

class IotModbusSecurityRules(_Menu):
    """`/iot/modbus/security-rules`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., allowed_function_codes: _Texts = ...,
        comment: _Value = ..., disabled: _Flag = ..., ip_range: _Text = ...,
    ) -> None: ...
    allowed_function_codes: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    ip_range: _Output[str | None]

class IotMqttBrokers(_Menu):
    """`/iot/mqtt/brokers`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., address: _Value = ..., auto_connect: _Value = ...,
        certificate: _Name = ..., client_id: _Value = ..., keep_alive: _Span = ..., name: _Value = ...,
        parallel_scripts_limit: _Span = ..., password: _Value = ..., port: _Span = ..., ssl: _Value = ...,
        username: _Value = ..., will_message: _Value = ..., will_qos: _Span = ..., will_retain: _Value = ...,
        will_topic: _Value = ...,
    ) -> None: ...
    address: _Output[str | None]
    auto_connect: _Output[str | None]
    certificate: _Output[str | None]
    client_id: _Output[str | None]
    keep_alive: _Output[str | None]
    name: _Output[str]
    parallel_scripts_limit: _Output[str | None]
    password: _Output[str | None]
    port: _Output[str | None]
    ssl: _Output[str | None]
    username: _Output[str | None]
    will_message: _Output[str | None]
    will_qos: _Output[str | None]
    will_retain: _Output[str | None]
    will_topic: _Output[str | None]

class IotMqttSubscriptions(_Menu):
    """`/iot/mqtt/subscriptions`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., broker: _Value = ..., on_message: _Value = ...,
        qos: _Span = ..., topic: _Value = ...,
    ) -> None: ...
    broker: _Output[str | None]
    on_message: _Output[str | None]
    qos: _Output[str | None]
    topic: _Output[str | None]

class IotWiliot(_Menu):
    """`/iot/wiliot`: one row (since 7.23)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., advertiser: _Name = ..., features: _Texts = ..., lat: _Span = ...,
        long: _Span = ..., scanner: _Name = ..., server: _Name = ..., spoof_gps: _Value = ..., wi_fi: _Name = ...,
    ) -> None: ...
    advertiser: _Output[str | None]
    features: _Output[str | None]
    lat: _Output[str | None]
    long: _Output[str | None]
    scanner: _Output[str | None]
    server: _Output[str | None]
    spoof_gps: _Output[str | None]
    wi_fi: _Output[str | None]

class IotWiliotOptions(_Menu):
    """`/iot/wiliot/options`: one row (since 7.23)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., pckt_limit: _Span = ..., token_refresh_handicap: _Span = ...,
    ) -> None: ...
    pckt_limit: _Output[str | None]
    token_refresh_handicap: _Output[str | None]

class IotWiliotServers(_Menu):
    """`/iot/wiliot/servers`: rows that only the router makes (since 7.23)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., address: _Value = ...,
        certificate: _Name = ..., name: _Value = ..., port: _Span = ..., ssl: _Value = ...,
    ) -> None: ...
    address: _Output[str | None]
    certificate: _Output[str | None]
    name: _Output[str | None]
    port: _Output[str | None]
    ssl: _Output[str | None]

class IpArp(_Menu):
    """`/ip/arp`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., address: _Text = ..., comment: _Value = ...,
        disabled: _Flag = ..., interface: _Name = ..., mac_address: _Text = ..., published: _Flag = ...,
    ) -> None: ...
    address: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    interface: _Output[str | None]
    mac_address: _Output[str | None]
    published: _Output[bool | None]

class IpCloud(_Menu):
    """`/ip/cloud`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., back_to_home_vpn: _Value = ..., ddns_enabled: _Value = ...,
        ddns_update_interval: _Span = ..., update_time: _Flag = ..., vpn_prefer_relay_code: _Value = ...,
    ) -> None: ...
    back_to_home_vpn: _Output[str | None]
    ddns_enabled: _Output[str | None]
    ddns_update_interval: _Output[str | None]
    update_time: _Output[bool | None]
    vpn_prefer_relay_code: _Output[str | None]

class IpCloudAdvanced(_Menu):
    """`/ip/cloud/advanced`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., use_local_address: _Flag = ...,
    ) -> None: ...
    use_local_address: _Output[bool | None]

class IpCloudBackToHomeFile(_Menu):
    """`/ip/cloud/back-to-home-file`: rows; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., allow_uploads: _Flag = ..., comment: _Value = ...,
        disabled: _Flag = ..., expires: _Value = ..., path: _Value = ...,
    ) -> None: ...
    allow_uploads: _Output[bool | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    expires: _Output[str | None]
    path: _Output[str | None]

class IpCloudBackToHomeFileSettings(_Menu):
    """`/ip/cloud/back-to-home-file/settings`: one row; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., prefer_relay_code: _Value = ...,
    ) -> None: ...
    prefer_relay_code: _Output[str | None]

class IpCloudBackToHomeUser(_Menu):
    """`/ip/cloud/back-to-home-user`: rows, known by name; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., allow_lan: _Flag = ..., comment: _Value = ...,
        disabled: _Flag = ..., expires: _Value = ..., file_access: _Value = ..., file_access_path: _Value = ...,
        name: _Value = ..., private_key: _Value = ..., public_key: _Value = ...,
    ) -> None: ...
    allow_lan: _Output[bool | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    expires: _Output[str | None]
    file_access: _Output[str | None]
    file_access_path: _Output[str | None]
    name: _Output[str]
    private_key: _Output[str | None]
    public_key: _Output[str | None]

class IpCloudBackToHomeUsers(_Menu):
    """`/ip/cloud/back-to-home-users`: rows, known by name; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., allow_lan: _Flag = ..., comment: _Value = ...,
        disabled: _Flag = ..., expires: _Value = ..., file_access: _Value = ..., file_access_path: _Value = ...,
        name: _Value = ..., private_key: _Value = ..., public_key: _Value = ...,
    ) -> None: ...
    allow_lan: _Output[bool | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    expires: _Output[str | None]
    file_access: _Output[str | None]
    file_access_path: _Output[str | None]
    name: _Output[str]
    private_key: _Output[str | None]
    public_key: _Output[str | None]

class IpDhcpClient(_Menu):
    """`/ip/dhcp-client`: rows, known by interface."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., add_default_route: _Texts = ...,
        allow_reconfigure: _Flag = ..., check_gateway: _Texts = ..., comment: _Value = ...,
        default_route_distance: _Span = ..., default_route_tables: _Value = ..., dhcp_options: _Texts = ...,
        disabled: _Flag = ..., dscp: _Span = ..., interface: _Name = ..., name: _Value = ..., script: _Value = ...,
        use_broadcast: _Texts = ..., use_peer_dns: _Flag = ..., use_peer_ntp: _Flag = ..., vlan_priority: _Span = ...,
    ) -> None: ...
    add_default_route: _Output[str | None]
    allow_reconfigure: _Output[bool | None]
    check_gateway: _Output[str | None]
    comment: _Output[str]
    default_route_distance: _Output[str | None]
    default_route_tables: _Output[str | None]
    dhcp_options: _Output[str | None]
    disabled: _Output[bool | None]
    dscp: _Output[str | None]
    interface: _Output[str | None]
    name: _Output[str | None]
    script: _Output[str | None]
    use_broadcast: _Output[str | None]
    use_peer_dns: _Output[bool | None]
    use_peer_ntp: _Output[bool | None]
    vlan_priority: _Output[str | None]

class IpDhcpClientOption(_Menu):
    """`/ip/dhcp-client/option`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., code: _Span = ..., comment: _Value = ...,
        name: _Value = ..., value: _Value = ...,
    ) -> None: ...
    code: _Output[str | None]
    comment: _Output[str | None]
    name: _Output[str]
    value: _Output[str | None]

class IpDhcpRelay(_Menu):
    """`/ip/dhcp-relay`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., add_relay_info: _Flag = ...,
        delay_threshold: _Span = ..., dhcp_server: _Texts = ..., dhcp_server_vrf: _Name = ..., disabled: _Flag = ...,
        interface: _Name = ..., local_address: _Text = ..., local_address_as_src_ip: _Flag = ..., name: _Value = ...,
        relay_info_remote_id: _Value = ...,
    ) -> None: ...
    add_relay_info: _Output[bool | None]
    delay_threshold: _Output[str | None]
    dhcp_server: _Output[str | None]
    dhcp_server_vrf: _Output[str | None]
    disabled: _Output[bool | None]
    interface: _Output[str | None]
    local_address: _Output[str | None]
    local_address_as_src_ip: _Output[bool | None]
    name: _Output[str]
    relay_info_remote_id: _Output[str | None]

class IpDhcpServer(_Menu):
    """`/ip/dhcp-server`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., add_arp: _Flag = ..., add_dns_entries: _Flag = ...,
        add_dns_entries_suffix: _Value = ..., address_lists: _Texts = ..., address_pool: _Name = ...,
        allow_dual_stack_queue: _Flag = ..., always_broadcast: _Flag = ..., authoritative: _Texts = ...,
        bootp_lease_time: _Span = ..., bootp_support: _Value = ..., client_mac_limit: _Value = ...,
        comment: _Value = ..., conflict_detection: _Flag = ..., delay_threshold: _Span = ...,
        dhcp_option_set: _Name = ..., disabled: _Flag = ..., dynamic_lease_identifiers: _Texts = ...,
        insert_queue_before: _Value = ..., interface: _Name = ..., lease_script: _Value = ..., lease_time: _Span = ...,
        name: _Value = ..., parent_queue: _Name = ..., relay: _Text = ..., server_address: _Text = ...,
        support_broadband_tr101: _Flag = ..., use_framed_as_classless: _Flag = ..., use_radius: _Texts = ...,
        use_reconfigure: _Flag = ...,
    ) -> None: ...
    add_arp: _Output[bool | None]
    add_dns_entries: _Output[bool | None]
    add_dns_entries_suffix: _Output[str | None]
    address_lists: _Output[str | None]
    address_pool: _Output[str | None]
    allow_dual_stack_queue: _Output[bool | None]
    always_broadcast: _Output[bool | None]
    authoritative: _Output[str | None]
    bootp_lease_time: _Output[str | None]
    bootp_support: _Output[str | None]
    client_mac_limit: _Output[str | None]
    comment: _Output[str]
    conflict_detection: _Output[bool | None]
    delay_threshold: _Output[str | None]
    dhcp_option_set: _Output[str | None]
    disabled: _Output[bool | None]
    dynamic_lease_identifiers: _Output[str | None]
    insert_queue_before: _Output[str | None]
    interface: _Output[str | None]
    lease_script: _Output[str | None]
    lease_time: _Output[str | None]
    name: _Output[str]
    parent_queue: _Output[str | None]
    relay: _Output[str | None]
    server_address: _Output[str | None]
    support_broadband_tr101: _Output[bool | None]
    use_framed_as_classless: _Output[bool | None]
    use_radius: _Output[str | None]
    use_reconfigure: _Output[bool | None]

class IpDhcpServerAlert(_Menu):
    """`/ip/dhcp-server/alert`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., alert_timeout: _Span = ..., comment: _Value = ...,
        disabled: _Flag = ..., interface: _Name = ..., on_alert: _Value = ..., valid_server: _Texts = ...,
    ) -> None: ...
    alert_timeout: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    interface: _Output[str | None]
    on_alert: _Output[str | None]
    valid_server: _Output[str | None]

class IpDhcpServerConfig(_Menu):
    """`/ip/dhcp-server/config`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., accounting: _Flag = ..., interim_update: _Span = ...,
        radius_password: _Value = ..., store_leases_disk: _Span = ...,
    ) -> None: ...
    accounting: _Output[bool | None]
    interim_update: _Output[str | None]
    radius_password: _Output[str | None]
    store_leases_disk: _Output[str | None]

class IpDhcpServerLease(_Menu):
    """`/ip/dhcp-server/lease`: rows, known by server and address."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., address: _Value = ..., address_lists: _Texts = ...,
        agent_circuit_id: _Value = ..., agent_remote_id: _Value = ..., allow_dual_stack_queue: _Flag = ...,
        always_broadcast: _Flag = ..., block_access: _Flag = ..., client_id: _Value = ..., comment: _Value = ...,
        dhcp_option: _Texts = ..., dhcp_option_set: _Name = ..., disabled: _Flag = ...,
        insert_queue_before: _Value = ..., lease_time: _Span = ..., mac_address: _Text = ..., parent_queue: _Name = ...,
        queue_type: _Name = ..., rate_limit: _Value = ..., routes: _Value = ..., server: _Value = ...,
        use_src_mac: _Flag = ...,
    ) -> None: ...
    address: _Output[str | None]
    address_lists: _Output[str | None]
    agent_circuit_id: _Output[str | None]
    agent_remote_id: _Output[str | None]
    allow_dual_stack_queue: _Output[bool | None]
    always_broadcast: _Output[bool | None]
    block_access: _Output[bool | None]
    client_id: _Output[str | None]
    comment: _Output[str]
    dhcp_option: _Output[str | None]
    dhcp_option_set: _Output[str | None]
    disabled: _Output[bool | None]
    insert_queue_before: _Output[str | None]
    lease_time: _Output[str | None]
    mac_address: _Output[str | None]
    parent_queue: _Output[str | None]
    queue_type: _Output[str | None]
    rate_limit: _Output[str | None]
    routes: _Output[str | None]
    server: _Output[str | None]
    use_src_mac: _Output[bool | None]

class IpDhcpServerMatcher(_Menu):
    """`/ip/dhcp-server/matcher`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., address_pool: _Name = ..., code: _Span = ...,
        comment: _Value = ..., disabled: _Flag = ..., matching_type: _Texts = ..., name: _Value = ...,
        option_set: _Name = ..., server: _Value = ..., value: _Value = ...,
    ) -> None: ...
    address_pool: _Output[str | None]
    code: _Output[str | None]
    comment: _Output[str | None]
    disabled: _Output[bool | None]
    matching_type: _Output[str | None]
    name: _Output[str]
    option_set: _Output[str | None]
    server: _Output[str | None]
    value: _Output[str | None]

class IpDhcpServerNetwork(_Menu):
    """`/ip/dhcp-server/network`: rows, known by address."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., address: _Value = ..., boot_file_name: _Value = ...,
        caps_manager: _Texts = ..., comment: _Value = ..., dhcp_option: _Texts = ..., dhcp_option_set: _Name = ...,
        dns_none: _Flag = ..., dns_server: _Value = ..., domain: _Value = ..., gateway: _Texts = ...,
        netmask: _Span = ..., next_server: _Text = ..., ntp_none: _Flag = ..., ntp_server: _Value = ...,
        wins_server: _Texts = ...,
    ) -> None: ...
    address: _Output[str | None]
    boot_file_name: _Output[str | None]
    caps_manager: _Output[str | None]
    comment: _Output[str]
    dhcp_option: _Output[str | None]
    dhcp_option_set: _Output[str | None]
    dns_none: _Output[bool | None]
    dns_server: _Output[str | None]
    domain: _Output[str | None]
    gateway: _Output[str | None]
    netmask: _Output[str | None]
    next_server: _Output[str | None]
    ntp_none: _Output[bool | None]
    ntp_server: _Output[str | None]
    wins_server: _Output[str | None]

class IpDhcpServerOption(_Menu):
    """`/ip/dhcp-server/option`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., code: _Span = ..., comment: _Value = ...,
        force: _Flag = ..., name: _Value = ..., value: _Value = ...,
    ) -> None: ...
    code: _Output[str | None]
    comment: _Output[str | None]
    force: _Output[bool | None]
    name: _Output[str]
    value: _Output[str | None]

class IpDhcpServerOptionSets(_Menu):
    """`/ip/dhcp-server/option/sets`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., name: _Value = ...,
        options: _Texts = ...,
    ) -> None: ...
    comment: _Output[str | None]
    name: _Output[str]
    options: _Output[str | None]

class IpDnsAdlist(_Menu):
    """`/ip/dns/adlist`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., disabled: _Flag = ...,
        file: _Value = ..., ssl_verify: _Flag = ..., url: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    disabled: _Output[bool | None]
    file: _Output[str | None]
    ssl_verify: _Output[bool | None]
    url: _Output[str | None]

class IpDnsForwarders(_Menu):
    """`/ip/dns/forwarders`: rows, known by name (since 7.17)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., disabled: _Flag = ...,
        dns_servers: _Texts = ..., doh_servers: _Texts = ..., name: _Value = ..., verify_doh_cert: _Flag = ...,
    ) -> None: ...
    comment: _Output[str]
    disabled: _Output[bool | None]
    dns_servers: _Output[str | None]
    doh_servers: _Output[str | None]
    name: _Output[str]
    verify_doh_cert: _Output[bool | None]

class IpDnsStatic(_Menu):
    """`/ip/dns/static`: rows in an order."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., position: _Position | None = ..., address: _Value = ...,
        address_list: _Value = ..., cname: _Value = ..., comment: _Value = ..., disabled: _Flag = ...,
        forward_to: _Value = ..., match_subdomain: _Flag = ..., mx_exchange: _Value = ..., mx_preference: _Span = ...,
        name: _Value = ..., ns: _Value = ..., regexp: _Value = ..., srv_port: _Span = ..., srv_priority: _Span = ...,
        srv_target: _Value = ..., srv_weight: _Span = ..., text: _Value = ..., ttl: _Span = ..., type: _Texts = ...,
    ) -> None: ...
    address: _Output[str | None]
    address_list: _Output[str | None]
    cname: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    forward_to: _Output[str | None]
    match_subdomain: _Output[bool | None]
    mx_exchange: _Output[str | None]
    mx_preference: _Output[str | None]
    name: _Output[str | None]
    ns: _Output[str | None]
    regexp: _Output[str | None]
    srv_port: _Output[str | None]
    srv_priority: _Output[str | None]
    srv_target: _Output[str | None]
    srv_weight: _Output[str | None]
    text: _Output[str | None]
    ttl: _Output[str | None]
    type: _Output[str | None]

class IpFirewallAddressList(_Menu):
    """`/ip/firewall/address-list`: rows, known by list and address."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., address: _Value = ..., comment: _Value = ...,
        disabled: _Flag = ..., dynamic: _Flag = ..., list: _Value = ..., timeout: _Value = ...,
    ) -> None: ...
    address: _Output[str]
    comment: _Output[str]
    disabled: _Output[bool]
    dynamic: _Output[bool]
    list: _Output[str]
    timeout: _Output[str | None]

class IpFirewallCalea(_Menu):
    """`/ip/firewall/calea`: rows in an order."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., position: _Position | None = ..., action: _Texts = ...,
        address_list: _Value = ..., address_list_timeout: _Span = ..., chain: _Value = ..., comment: _Value = ...,
        connection_bytes: _Span = ..., connection_limit: _Span = ..., connection_mark: _Value = ...,
        connection_rate: _Span = ..., connection_type: _Value = ..., content: _Value = ..., disabled: _Flag = ...,
        dscp: _Span = ..., dst_address: _Value = ..., dst_address_list: _Value = ..., dst_address_type: _Value = ...,
        dst_limit: _Span = ..., dst_port: _Value = ..., fragment: _Flag = ..., hotspot: _Texts = ...,
        icmp_options: _Span = ..., in_bridge_port: _Name = ..., in_bridge_port_list: _Value = ...,
        in_interface: _Name = ..., in_interface_list: _Name = ..., ingress_priority: _Span = ...,
        ipsec_policy: _Value = ..., ipv4_options: _Value = ..., layer7_protocol: _Value = ..., limit: _Span = ...,
        log: _Flag = ..., log_prefix: _Value = ..., nth: _Span = ..., out_bridge_port: _Name = ...,
        out_bridge_port_list: _Value = ..., out_interface: _Name = ..., out_interface_list: _Name = ...,
        packet_mark: _Value = ..., packet_size: _Span = ..., per_connection_classifier: _Value = ...,
        port: _Value = ..., priority: _Span = ..., protocol: _Value = ..., psd: _Span = ..., random: _Span = ...,
        realm: _Span = ..., routing_mark: _Name = ..., sniff_id: _Span = ..., sniff_target: _Text = ...,
        sniff_target_port: _Span = ..., src_address: _Value = ..., src_address_list: _Value = ...,
        src_address_type: _Value = ..., src_mac_address: _Text = ..., src_port: _Value = ..., tcp_mss: _Span = ...,
        time: _Span = ..., tls_host: _Value = ..., tos: _Span = ..., ttl: _Value = ...,
    ) -> None: ...
    action: _Output[str | None]
    address_list: _Output[str | None]
    address_list_timeout: _Output[str | None]
    chain: _Output[str | None]
    comment: _Output[str]
    connection_bytes: _Output[str | None]
    connection_limit: _Output[str | None]
    connection_mark: _Output[str | None]
    connection_rate: _Output[str | None]
    connection_type: _Output[str | None]
    content: _Output[str | None]
    disabled: _Output[bool | None]
    dscp: _Output[str | None]
    dst_address: _Output[str | None]
    dst_address_list: _Output[str | None]
    dst_address_type: _Output[str | None]
    dst_limit: _Output[str | None]
    dst_port: _Output[str | None]
    fragment: _Output[bool | None]
    hotspot: _Output[str | None]
    icmp_options: _Output[str | None]
    in_bridge_port: _Output[str | None]
    in_bridge_port_list: _Output[str | None]
    in_interface: _Output[str | None]
    in_interface_list: _Output[str | None]
    ingress_priority: _Output[str | None]
    ipsec_policy: _Output[str | None]
    ipv4_options: _Output[str | None]
    layer7_protocol: _Output[str | None]
    limit: _Output[str | None]
    log: _Output[bool | None]
    log_prefix: _Output[str | None]
    nth: _Output[str | None]
    out_bridge_port: _Output[str | None]
    out_bridge_port_list: _Output[str | None]
    out_interface: _Output[str | None]
    out_interface_list: _Output[str | None]
    packet_mark: _Output[str | None]
    packet_size: _Output[str | None]
    per_connection_classifier: _Output[str | None]
    port: _Output[str | None]
    priority: _Output[str | None]
    protocol: _Output[str | None]
    psd: _Output[str | None]
    random: _Output[str | None]
    realm: _Output[str | None]
    routing_mark: _Output[str | None]
    sniff_id: _Output[str | None]
    sniff_target: _Output[str | None]
    sniff_target_port: _Output[str | None]
    src_address: _Output[str | None]
    src_address_list: _Output[str | None]
    src_address_type: _Output[str | None]
    src_mac_address: _Output[str | None]
    src_port: _Output[str | None]
    tcp_mss: _Output[str | None]
    time: _Output[str | None]
    tls_host: _Output[str | None]
    tos: _Output[str | None]
    ttl: _Output[str | None]

class IpFirewallConnectionTracking(_Menu):
    """`/ip/firewall/connection/tracking`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., enabled: _Texts = ..., generic_timeout: _Span = ...,
        icmp_timeout: _Span = ..., liberal_tcp_tracking: _Flag = ..., loose_tcp_tracking: _Flag = ...,
        tcp_close_timeout: _Span = ..., tcp_close_wait_timeout: _Span = ..., tcp_established_timeout: _Span = ...,
        tcp_fin_wait_timeout: _Span = ..., tcp_last_ack_timeout: _Span = ..., tcp_max_retrans_timeout: _Span = ...,
        tcp_syn_received_timeout: _Span = ..., tcp_syn_sent_timeout: _Span = ..., tcp_time_wait_timeout: _Span = ...,
        tcp_unacked_timeout: _Span = ..., udp_stream_timeout: _Span = ..., udp_timeout: _Span = ...,
    ) -> None: ...
    enabled: _Output[str | None]
    generic_timeout: _Output[str | None]
    icmp_timeout: _Output[str | None]
    liberal_tcp_tracking: _Output[bool | None]
    loose_tcp_tracking: _Output[bool | None]
    tcp_close_timeout: _Output[str | None]
    tcp_close_wait_timeout: _Output[str | None]
    tcp_established_timeout: _Output[str | None]
    tcp_fin_wait_timeout: _Output[str | None]
    tcp_last_ack_timeout: _Output[str | None]
    tcp_max_retrans_timeout: _Output[str | None]
    tcp_syn_received_timeout: _Output[str | None]
    tcp_syn_sent_timeout: _Output[str | None]
    tcp_time_wait_timeout: _Output[str | None]
    tcp_unacked_timeout: _Output[str | None]
    udp_stream_timeout: _Output[str | None]
    udp_timeout: _Output[str | None]

class IpFirewallLayer7Protocol(_Menu):
    """`/ip/firewall/layer7-protocol`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., name: _Value = ...,
        regexp: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    name: _Output[str]
    regexp: _Output[str | None]

class IpFirewallServicePort(_Menu):
    """`/ip/firewall/service-port`: rows that only the router makes."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., disabled: _Flag = ..., ports: _Texts = ...,
        sip_direct_media: _Flag = ..., sip_timeout: _Span = ...,
    ) -> None: ...
    disabled: _Output[bool | None]
    ports: _Output[str | None]
    sip_direct_media: _Output[bool | None]
    sip_timeout: _Output[str | None]

class IpHotspot(_Menu):
    """`/ip/hotspot`: rows, known by name and interface."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., address_pool: _Name = ...,
        addresses_per_mac: _Value = ..., disabled: _Flag = ..., idle_timeout: _Span = ..., interface: _Name = ...,
        keepalive_timeout: _Span = ..., login_timeout: _Span = ..., name: _Value = ..., profile: _Name = ...,
    ) -> None: ...
    address_pool: _Output[str | None]
    addresses_per_mac: _Output[str | None]
    disabled: _Output[bool | None]
    idle_timeout: _Output[str | None]
    interface: _Output[str | None]
    keepalive_timeout: _Output[str | None]
    login_timeout: _Output[str | None]
    name: _Output[str | None]
    profile: _Output[str | None]

class IpHotspotActive(_Menu):
    """`/ip/hotspot/active`: rows (until 7.21)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ...,
    ) -> None: ...
    comment: _Output[str]

class IpHotspotIpBinding(_Menu):
    """`/ip/hotspot/ip-binding`: rows in an order."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., position: _Position | None = ..., address: _Text = ...,
        comment: _Value = ..., disabled: _Flag = ..., mac_address: _Text = ..., server: _Value = ...,
        to_address: _Text = ..., type: _Texts = ...,
    ) -> None: ...
    address: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    mac_address: _Output[str | None]
    server: _Output[str | None]
    to_address: _Output[str | None]
    type: _Output[str | None]

class IpHotspotProfile(_Menu):
    """`/ip/hotspot/profile`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., dns_name: _Value = ..., hotspot_address: _Text = ...,
        html_directory: _Value = ..., html_directory_override: _Value = ..., http_cookie_lifetime: _Span = ...,
        http_proxy: _Value = ..., install_hotspot_queue: _Flag = ..., login_by: _Texts = ...,
        mac_auth_mode: _Texts = ..., mac_auth_password: _Value = ..., name: _Value = ..., nas_port_type: _Texts = ...,
        radius_accounting: _Flag = ..., radius_default_domain: _Value = ..., radius_interim_update: _Span = ...,
        radius_location_id: _Value = ..., radius_location_name: _Value = ..., radius_mac_format: _Value = ...,
        rate_limit: _Value = ..., smtp_server: _Text = ..., split_user_domain: _Flag = ...,
        ssl_certificate: _Name = ..., trial_uptime_limit: _Span = ..., trial_uptime_reset: _Span = ...,
        trial_user_profile: _Value = ..., use_radius: _Flag = ...,
    ) -> None: ...
    dns_name: _Output[str | None]
    hotspot_address: _Output[str | None]
    html_directory: _Output[str | None]
    html_directory_override: _Output[str | None]
    http_cookie_lifetime: _Output[str | None]
    http_proxy: _Output[str | None]
    install_hotspot_queue: _Output[bool | None]
    login_by: _Output[str | None]
    mac_auth_mode: _Output[str | None]
    mac_auth_password: _Output[str | None]
    name: _Output[str]
    nas_port_type: _Output[str | None]
    radius_accounting: _Output[bool | None]
    radius_default_domain: _Output[str | None]
    radius_interim_update: _Output[str | None]
    radius_location_id: _Output[str | None]
    radius_location_name: _Output[str | None]
    radius_mac_format: _Output[str | None]
    rate_limit: _Output[str | None]
    smtp_server: _Output[str | None]
    split_user_domain: _Output[bool | None]
    ssl_certificate: _Output[str | None]
    trial_uptime_limit: _Output[str | None]
    trial_uptime_reset: _Output[str | None]
    trial_user_profile: _Output[str | None]
    use_radius: _Output[bool | None]

class IpHotspotServicePort(_Menu):
    """`/ip/hotspot/service-port`: rows that only the router makes."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., disabled: _Flag = ..., ports: _Texts = ...,
    ) -> None: ...
    disabled: _Output[bool | None]
    ports: _Output[str | None]

class IpHotspotUser(_Menu):
    """`/ip/hotspot/user`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., address: _Text = ..., comment: _Value = ...,
        disabled: _Flag = ..., email: _Value = ..., limit_bytes_in: _Span = ..., limit_bytes_out: _Span = ...,
        limit_bytes_total: _Span = ..., limit_uptime: _Span = ..., mac_address: _Text = ..., name: _Value = ...,
        otp_secret: _Value = ..., password: _Value = ..., profile: _Name = ..., routes: _Value = ...,
        server: _Value = ...,
    ) -> None: ...
    address: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    email: _Output[str | None]
    limit_bytes_in: _Output[str | None]
    limit_bytes_out: _Output[str | None]
    limit_bytes_total: _Output[str | None]
    limit_uptime: _Output[str | None]
    mac_address: _Output[str | None]
    name: _Output[str]
    otp_secret: _Output[str | None]
    password: _Output[str | None]
    profile: _Output[str | None]
    routes: _Output[str | None]
    server: _Output[str | None]

class IpHotspotUserProfile(_Menu):
    """`/ip/hotspot/user/profile`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., add_mac_cookie: _Flag = ..., address_list: _Texts = ...,
        address_pool: _Name = ..., advertise: _Flag = ..., advertise_interval: _Texts = ...,
        advertise_timeout: _Span = ..., advertise_url: _Texts = ..., idle_timeout: _Span = ...,
        incoming_filter: _Value = ..., incoming_packet_mark: _Value = ..., insert_queue_before: _Value = ...,
        keepalive_timeout: _Span = ..., mac_cookie_timeout: _Span = ..., name: _Value = ..., on_login: _Value = ...,
        on_logout: _Value = ..., open_status_page: _Value = ..., outgoing_filter: _Value = ...,
        outgoing_packet_mark: _Value = ..., parent_queue: _Name = ..., queue_type: _Value = ...,
        rate_limit: _Value = ..., session_timeout: _Span = ..., shared_users: _Value = ...,
        status_autorefresh: _Span = ..., transparent_proxy: _Flag = ...,
    ) -> None: ...
    add_mac_cookie: _Output[bool | None]
    address_list: _Output[str | None]
    address_pool: _Output[str | None]
    advertise: _Output[bool | None]
    advertise_interval: _Output[str | None]
    advertise_timeout: _Output[str | None]
    advertise_url: _Output[str | None]
    idle_timeout: _Output[str | None]
    incoming_filter: _Output[str | None]
    incoming_packet_mark: _Output[str | None]
    insert_queue_before: _Output[str | None]
    keepalive_timeout: _Output[str | None]
    mac_cookie_timeout: _Output[str | None]
    name: _Output[str]
    on_login: _Output[str | None]
    on_logout: _Output[str | None]
    open_status_page: _Output[str | None]
    outgoing_filter: _Output[str | None]
    outgoing_packet_mark: _Output[str | None]
    parent_queue: _Output[str | None]
    queue_type: _Output[str | None]
    rate_limit: _Output[str | None]
    session_timeout: _Output[str | None]
    shared_users: _Output[str | None]
    status_autorefresh: _Output[str | None]
    transparent_proxy: _Output[bool | None]

class IpHotspotWalledGarden(_Menu):
    """`/ip/hotspot/walled-garden`: rows in an order."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., position: _Position | None = ..., action: _Texts = ...,
        comment: _Value = ..., disabled: _Flag = ..., dst_host: _Value = ..., dst_port: _Value = ...,
        method: _Value = ..., path: _Value = ..., server: _Value = ..., src_address: _Value = ...,
    ) -> None: ...
    action: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    dst_host: _Output[str | None]
    dst_port: _Output[str | None]
    method: _Output[str | None]
    path: _Output[str | None]
    server: _Output[str | None]
    src_address: _Output[str | None]

class IpHotspotWalledGardenIp(_Menu):
    """`/ip/hotspot/walled-garden/ip`: rows in an order."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., position: _Position | None = ..., action: _Texts = ...,
        comment: _Value = ..., disabled: _Flag = ..., dst_address: _Value = ..., dst_address_list: _Value = ...,
        dst_host: _Value = ..., dst_port: _Span = ..., protocol: _Value = ..., server: _Value = ...,
        src_address: _Value = ..., src_address_list: _Value = ...,
    ) -> None: ...
    action: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    dst_address: _Output[str | None]
    dst_address_list: _Output[str | None]
    dst_host: _Output[str | None]
    dst_port: _Output[str | None]
    protocol: _Output[str | None]
    server: _Output[str | None]
    src_address: _Output[str | None]
    src_address_list: _Output[str | None]

class IpIpsecActivePeers(_Menu):
    """`/ip/ipsec/active-peers`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ...,
    ) -> None: ...
    comment: _Output[str]

class IpIpsecIdentity(_Menu):
    """`/ip/ipsec/identity`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., auth_method: _Texts = ..., certificate: _Name = ...,
        comment: _Value = ..., disabled: _Flag = ..., eap_methods: _Texts = ..., generate_policy: _Texts = ...,
        key: _Value = ..., match_by: _Texts = ..., mode_config: _Name = ..., my_id: _Value = ...,
        notrack_chain: _Value = ..., password: _Value = ..., peer: _Name = ..., policy_template_group: _Name = ...,
        remote_certificate: _Name = ..., remote_id: _Value = ..., remote_key: _Value = ..., secret: _Value = ...,
        username: _Value = ...,
    ) -> None: ...
    auth_method: _Output[str | None]
    certificate: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    eap_methods: _Output[str | None]
    generate_policy: _Output[str | None]
    key: _Output[str | None]
    match_by: _Output[str | None]
    mode_config: _Output[str | None]
    my_id: _Output[str | None]
    notrack_chain: _Output[str | None]
    password: _Output[str | None]
    peer: _Output[str | None]
    policy_template_group: _Output[str | None]
    remote_certificate: _Output[str | None]
    remote_id: _Output[str | None]
    remote_key: _Output[str | None]
    secret: _Output[str | None]
    username: _Output[str | None]

class IpIpsecKey(_Menu):
    """`/ip/ipsec/key`: rows that only the router makes (until 7.20)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., name: _Value = ...,
    ) -> None: ...
    name: _Output[str | None]

class IpIpsecKeyPsk(_Menu):
    """`/ip/ipsec/key/psk`: rows (since 7.21)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., id_: _Value = ..., key: _Value = ..., peer: _Name = ...,
    ) -> None: ...
    id_: _Output[str | None]
    key: _Output[str | None]
    peer: _Output[str | None]

class IpIpsecKeyQkd(_Menu):
    """`/ip/ipsec/key/qkd`: one row (since 7.21) (until 7.24)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., address: _Value = ..., cache_size: _Span = ..., certificate: _Name = ...,
        enabled: _Flag = ..., key_size: _Span = ..., kme_id: _Value = ..., peer_sae_id: _Value = ...,
    ) -> None: ...
    address: _Output[str | None]
    cache_size: _Output[str | None]
    certificate: _Output[str | None]
    enabled: _Output[bool | None]
    key_size: _Output[str | None]
    kme_id: _Output[str | None]
    peer_sae_id: _Output[str | None]

class IpIpsecKeyRsa(_Menu):
    """`/ip/ipsec/key/rsa`: rows that only the router makes (since 7.20)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., name: _Value = ...,
    ) -> None: ...
    name: _Output[str | None]

class IpIpsecModeConfig(_Menu):
    """`/ip/ipsec/mode-config`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., address: _Text = ..., address_pool: _Name = ...,
        address_prefix_length: _Span = ..., connection_mark: _Value = ..., name: _Value = ..., responder: _Flag = ...,
        split_dns: _Texts = ..., split_include: _Value = ..., src_address_list: _Value = ..., static_dns: _Value = ...,
        system_dns: _Flag = ..., use_responder_dns: _Texts = ...,
    ) -> None: ...
    address: _Output[str | None]
    address_pool: _Output[str | None]
    address_prefix_length: _Output[str | None]
    connection_mark: _Output[str | None]
    name: _Output[str]
    responder: _Output[bool | None]
    split_dns: _Output[str | None]
    split_include: _Output[str | None]
    src_address_list: _Output[str | None]
    static_dns: _Output[str | None]
    system_dns: _Output[bool | None]
    use_responder_dns: _Output[str | None]

class IpIpsecPeer(_Menu):
    """`/ip/ipsec/peer`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., address: _Value = ..., comment: _Value = ...,
        disabled: _Flag = ..., exchange_mode: _Texts = ..., local_address: _Value = ..., name: _Value = ...,
        passive: _Flag = ..., port: _Span = ..., ppk_secret: _Value = ..., profile: _Name = ...,
        send_initial_contact: _Flag = ...,
    ) -> None: ...
    address: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    exchange_mode: _Output[str | None]
    local_address: _Output[str | None]
    name: _Output[str]
    passive: _Output[bool | None]
    port: _Output[str | None]
    ppk_secret: _Output[str | None]
    profile: _Output[str | None]
    send_initial_contact: _Output[bool | None]

class IpIpsecPolicy(_Menu):
    """`/ip/ipsec/policy`: rows in an order."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., position: _Position | None = ..., action: _Texts = ...,
        comment: _Value = ..., disabled: _Flag = ..., dst_address: _Value = ..., dst_port: _Span = ...,
        group: _Value = ..., ipsec_protocols: _Texts = ..., level: _Texts = ..., peer: _Texts = ...,
        proposal: _Name = ..., protocol: _Value = ..., sa_dst_address: _Value = ..., sa_src_address: _Value = ...,
        src_address: _Value = ..., src_port: _Span = ..., template: _Flag = ..., tunnel: _Flag = ...,
    ) -> None: ...
    action: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    dst_address: _Output[str | None]
    dst_port: _Output[str | None]
    group: _Output[str | None]
    ipsec_protocols: _Output[str | None]
    level: _Output[str | None]
    peer: _Output[str | None]
    proposal: _Output[str | None]
    protocol: _Output[str | None]
    sa_dst_address: _Output[str | None]
    sa_src_address: _Output[str | None]
    src_address: _Output[str | None]
    src_port: _Output[str | None]
    template: _Output[bool | None]
    tunnel: _Output[bool | None]

class IpIpsecPolicyGroup(_Menu):
    """`/ip/ipsec/policy/group`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., name: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    name: _Output[str]

class IpIpsecProfile(_Menu):
    """`/ip/ipsec/profile`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., dh_group: _Texts = ..., dpd_interval: _Span = ...,
        dpd_maximum_failures: _Span = ..., enc_algorithm: _Texts = ..., hash_algorithm: _Texts = ...,
        lifebytes: _Span = ..., lifetime: _Span = ..., name: _Value = ..., nat_traversal: _Flag = ...,
        ppk: _Texts = ..., prf_algorithm: _Texts = ..., proposal_check: _Texts = ...,
    ) -> None: ...
    dh_group: _Output[str | None]
    dpd_interval: _Output[str | None]
    dpd_maximum_failures: _Output[str | None]
    enc_algorithm: _Output[str | None]
    hash_algorithm: _Output[str | None]
    lifebytes: _Output[str | None]
    lifetime: _Output[str | None]
    name: _Output[str]
    nat_traversal: _Output[bool | None]
    ppk: _Output[str | None]
    prf_algorithm: _Output[str | None]
    proposal_check: _Output[str | None]

class IpIpsecProposal(_Menu):
    """`/ip/ipsec/proposal`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., auth_algorithms: _Texts = ..., comment: _Value = ...,
        disabled: _Flag = ..., enc_algorithms: _Texts = ..., lifetime: _Span = ..., name: _Value = ...,
        pfs_group: _Value = ...,
    ) -> None: ...
    auth_algorithms: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    enc_algorithms: _Output[str | None]
    lifetime: _Output[str | None]
    name: _Output[str]
    pfs_group: _Output[str | None]

class IpIpsecSettings(_Menu):
    """`/ip/ipsec/settings`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., accounting: _Flag = ..., ddos_cookie_threshold: _Span = ...,
        interim_update: _Span = ..., xauth_use_radius: _Flag = ...,
    ) -> None: ...
    accounting: _Output[bool | None]
    ddos_cookie_threshold: _Output[str | None]
    interim_update: _Output[str | None]
    xauth_use_radius: _Output[bool | None]

class IpKidControl(_Menu):
    """`/ip/kid-control`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., disabled: _Flag = ..., fri: _Texts = ...,
        mon: _Texts = ..., name: _Value = ..., rate_limit: _Value = ..., sat: _Texts = ..., sun: _Texts = ...,
        thu: _Texts = ..., tue: _Texts = ..., tur_fri: _Texts = ..., tur_mon: _Texts = ..., tur_sat: _Texts = ...,
        tur_sun: _Texts = ..., tur_thu: _Texts = ..., tur_tue: _Texts = ..., tur_wed: _Texts = ..., wed: _Texts = ...,
    ) -> None: ...
    disabled: _Output[bool | None]
    fri: _Output[str | None]
    mon: _Output[str | None]
    name: _Output[str]
    rate_limit: _Output[str | None]
    sat: _Output[str | None]
    sun: _Output[str | None]
    thu: _Output[str | None]
    tue: _Output[str | None]
    tur_fri: _Output[str | None]
    tur_mon: _Output[str | None]
    tur_sat: _Output[str | None]
    tur_sun: _Output[str | None]
    tur_thu: _Output[str | None]
    tur_tue: _Output[str | None]
    tur_wed: _Output[str | None]
    wed: _Output[str | None]

class IpKidControlDevice(_Menu):
    """`/ip/kid-control/device`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., disabled: _Flag = ..., mac_address: _Text = ...,
        name: _Value = ..., user: _Value = ...,
    ) -> None: ...
    disabled: _Output[bool | None]
    mac_address: _Output[str | None]
    name: _Output[str]
    user: _Output[str | None]

class IpMedia(_Menu):
    """`/ip/media`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., allowed_hostname: _Value = ..., allowed_ip: _Text = ...,
        disabled: _Flag = ..., friendly_name: _Value = ..., interface: _Name = ..., path: _Value = ...,
    ) -> None: ...
    allowed_hostname: _Output[str | None]
    allowed_ip: _Output[str | None]
    disabled: _Output[bool | None]
    friendly_name: _Output[str | None]
    interface: _Output[str | None]
    path: _Output[str | None]

class IpMediaSettings(_Menu):
    """`/ip/media/settings`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., thumbnails: _Value = ...,
    ) -> None: ...
    thumbnails: _Output[str | None]

class IpNatPmp(_Menu):
    """`/ip/nat-pmp`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., enabled: _Flag = ...,
    ) -> None: ...
    enabled: _Output[bool | None]

class IpNatPmpInterfaces(_Menu):
    """`/ip/nat-pmp/interfaces`: rows, known by interface."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., disabled: _Flag = ..., forced_ip: _Value = ...,
        interface: _Name = ..., type: _Texts = ...,
    ) -> None: ...
    disabled: _Output[bool | None]
    forced_ip: _Output[str | None]
    interface: _Output[str | None]
    type: _Output[str | None]

class IpNeighborDiscoverySettings(_Menu):
    """`/ip/neighbor/discovery-settings`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., add_dns_entries: _Flag = ..., add_dns_entries_suffix: _Value = ...,
        discover_interface_list: _Value = ..., discover_interval: _Span = ..., dying_gasp: _Value = ...,
        lldp_dcbx: _Value = ..., lldp_mac_phy_config: _Flag = ..., lldp_max_frame_size: _Flag = ...,
        lldp_med: _Flag = ..., lldp_med_net_policy_vlan: _Span = ..., lldp_poe_power: _Value = ...,
        lldp_vlan_info: _Flag = ..., mode: _Texts = ..., protocol: _Texts = ...,
    ) -> None: ...
    add_dns_entries: _Output[bool | None]
    add_dns_entries_suffix: _Output[str | None]
    discover_interface_list: _Output[str | None]
    discover_interval: _Output[str | None]
    dying_gasp: _Output[str | None]
    lldp_dcbx: _Output[str | None]
    lldp_mac_phy_config: _Output[bool | None]
    lldp_max_frame_size: _Output[bool | None]
    lldp_med: _Output[bool | None]
    lldp_med_net_policy_vlan: _Output[str | None]
    lldp_poe_power: _Output[str | None]
    lldp_vlan_info: _Output[bool | None]
    mode: _Output[str | None]
    protocol: _Output[str | None]

class IpPacking(_Menu):
    """`/ip/packing`: rows, known by interface."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., aggregated_size: _Span = ..., disabled: _Flag = ...,
        interface: _Name = ..., packing: _Texts = ..., unpacking: _Texts = ...,
    ) -> None: ...
    aggregated_size: _Output[str | None]
    disabled: _Output[bool | None]
    interface: _Output[str | None]
    packing: _Output[str | None]
    unpacking: _Output[str | None]

class IpPool(_Menu):
    """`/ip/pool`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., name: _Value = ...,
        next_pool: _Name = ..., ranges: _Texts = ...,
    ) -> None: ...
    comment: _Output[str]
    name: _Output[str]
    next_pool: _Output[str | None]
    ranges: _Output[str | None]

class IpPoolUsed(_Menu):
    """`/ip/pool/used`: rows that only the router makes."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., address: _Text = ..., info: _Value = ...,
        owner: _Value = ..., pool: _Name = ...,
    ) -> None: ...
    address: _Output[str | None]
    info: _Output[str | None]
    owner: _Output[str | None]
    pool: _Output[str | None]

class IpProxy(_Menu):
    """`/ip/proxy`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., always_from_cache: _Flag = ..., anonymous: _Flag = ...,
        cache_administrator: _Value = ..., cache_hit_dscp: _Span = ..., cache_on_disk: _Flag = ...,
        cache_path: _Value = ..., enabled: _Flag = ..., max_cache_object_size: _Span = ..., max_cache_size: _Span = ...,
        max_client_connections: _Span = ..., max_fresh_time: _Span = ..., max_server_connections: _Span = ...,
        parent_proxy: _Value = ..., parent_proxy_port: _Span = ..., port: _Texts = ...,
        serialize_connections: _Flag = ..., src_address: _Value = ...,
    ) -> None: ...
    always_from_cache: _Output[bool | None]
    anonymous: _Output[bool | None]
    cache_administrator: _Output[str | None]
    cache_hit_dscp: _Output[str | None]
    cache_on_disk: _Output[bool | None]
    cache_path: _Output[str | None]
    enabled: _Output[bool | None]
    max_cache_object_size: _Output[str | None]
    max_cache_size: _Output[str | None]
    max_client_connections: _Output[str | None]
    max_fresh_time: _Output[str | None]
    max_server_connections: _Output[str | None]
    parent_proxy: _Output[str | None]
    parent_proxy_port: _Output[str | None]
    port: _Output[str | None]
    serialize_connections: _Output[bool | None]
    src_address: _Output[str | None]

class IpProxyAccess(_Menu):
    """`/ip/proxy/access`: rows in an order."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., position: _Position | None = ..., action: _Texts = ...,
        action_data: _Value = ..., comment: _Value = ..., disabled: _Flag = ..., dst_address: _Value = ...,
        dst_host: _Value = ..., dst_port: _Value = ..., local_port: _Span = ..., method: _Value = ...,
        path: _Value = ..., src_address: _Value = ...,
    ) -> None: ...
    action: _Output[str | None]
    action_data: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    dst_address: _Output[str | None]
    dst_host: _Output[str | None]
    dst_port: _Output[str | None]
    local_port: _Output[str | None]
    method: _Output[str | None]
    path: _Output[str | None]
    src_address: _Output[str | None]

class IpProxyCache(_Menu):
    """`/ip/proxy/cache`: rows in an order."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., position: _Position | None = ..., action: _Texts = ...,
        comment: _Value = ..., disabled: _Flag = ..., dst_address: _Value = ..., dst_host: _Value = ...,
        dst_port: _Value = ..., local_port: _Span = ..., method: _Value = ..., path: _Value = ...,
        src_address: _Value = ...,
    ) -> None: ...
    action: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    dst_address: _Output[str | None]
    dst_host: _Output[str | None]
    dst_port: _Output[str | None]
    local_port: _Output[str | None]
    method: _Output[str | None]
    path: _Output[str | None]
    src_address: _Output[str | None]

class IpProxyConnections(_Menu):
    """`/ip/proxy/connections`: rows that only the router makes."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., comment: _Value = ...,
    ) -> None: ...
    comment: _Output[str]

class IpProxyDirect(_Menu):
    """`/ip/proxy/direct`: rows in an order."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., position: _Position | None = ..., action: _Texts = ...,
        comment: _Value = ..., disabled: _Flag = ..., dst_address: _Value = ..., dst_host: _Value = ...,
        dst_port: _Value = ..., local_port: _Span = ..., method: _Value = ..., path: _Value = ...,
        src_address: _Value = ...,
    ) -> None: ...
    action: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    dst_address: _Output[str | None]
    dst_host: _Output[str | None]
    dst_port: _Output[str | None]
    local_port: _Output[str | None]
    method: _Output[str | None]
    path: _Output[str | None]
    src_address: _Output[str | None]

class IpReverseProxy(_Menu):
    """`/ip/reverse-proxy`: rows (since 7.22)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., certificate: _Name = ..., comment: _Value = ...,
        disabled: _Flag = ..., ip_address: _Value = ..., port: _Span = ..., sni: _Value = ..., vrf: _Name = ...,
    ) -> None: ...
    certificate: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    ip_address: _Output[str | None]
    port: _Output[str | None]
    sni: _Output[str | None]
    vrf: _Output[str | None]

class IpService(_Menu):
    """`/ip/service`: rows that only the router makes."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., address: _Value = ...,
        available_from: _Value = ..., certificate: _Name = ..., disabled: _Flag = ..., max_sessions: _Span = ...,
        port: _Span = ..., tls_version: _Texts = ..., vrf: _Name = ...,
    ) -> None: ...
    address: _Output[str | None]
    available_from: _Output[str | None]
    certificate: _Output[str | None]
    disabled: _Output[bool | None]
    max_sessions: _Output[str | None]
    port: _Output[str | None]
    tls_version: _Output[str | None]
    vrf: _Output[str | None]

class IpServiceWebserver(_Menu):
    """`/ip/service/webserver`: one row (since 7.21)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., acme_plain: _Flag = ..., crl_plain: _Flag = ..., graphs_plain: _Flag = ...,
        graphs_secure: _Flag = ..., index_plain: _Flag = ..., index_secure: _Flag = ..., rest_plain: _Flag = ...,
        rest_secure: _Flag = ..., scep_plain: _Flag = ..., webfig_plain: _Flag = ..., webfig_secure: _Flag = ...,
    ) -> None: ...
    acme_plain: _Output[bool | None]
    crl_plain: _Output[bool | None]
    graphs_plain: _Output[bool | None]
    graphs_secure: _Output[bool | None]
    index_plain: _Output[bool | None]
    index_secure: _Output[bool | None]
    rest_plain: _Output[bool | None]
    rest_secure: _Output[bool | None]
    scep_plain: _Output[bool | None]
    webfig_plain: _Output[bool | None]
    webfig_secure: _Output[bool | None]

class IpSettings(_Menu):
    """`/ip/settings`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., accept_redirects: _Flag = ..., accept_source_route: _Flag = ...,
        allow_fast_path: _Flag = ..., arp_timeout: _Span = ..., icmp_errors_use_inbound_interface_address: _Flag = ...,
        icmp_rate_limit: _Span = ..., icmp_rate_mask: _Span = ..., ip_forward: _Flag = ...,
        ipv4_fragment_time: _Span = ..., ipv4_high_fragment_thresh: _Span = ...,
        ipv4_multipath_hash_policy: _Texts = ..., max_neighbor_entries: _Span = ..., rp_filter: _Texts = ...,
        secure_redirects: _Flag = ..., send_redirects: _Flag = ..., tcp_syncookies: _Flag = ...,
        tcp_timestamps: _Texts = ...,
    ) -> None: ...
    accept_redirects: _Output[bool | None]
    accept_source_route: _Output[bool | None]
    allow_fast_path: _Output[bool | None]
    arp_timeout: _Output[str | None]
    icmp_errors_use_inbound_interface_address: _Output[bool | None]
    icmp_rate_limit: _Output[str | None]
    icmp_rate_mask: _Output[str | None]
    ip_forward: _Output[bool | None]
    ipv4_fragment_time: _Output[str | None]
    ipv4_high_fragment_thresh: _Output[str | None]
    ipv4_multipath_hash_policy: _Output[str | None]
    max_neighbor_entries: _Output[str | None]
    rp_filter: _Output[str | None]
    secure_redirects: _Output[bool | None]
    send_redirects: _Output[bool | None]
    tcp_syncookies: _Output[bool | None]
    tcp_timestamps: _Output[str | None]

class IpSmb(_Menu):
    """`/ip/smb`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., comment: _Value = ..., domain: _Value = ..., enabled: _Texts = ...,
        interfaces: _Name = ...,
    ) -> None: ...
    comment: _Output[str]
    domain: _Output[str | None]
    enabled: _Output[str | None]
    interfaces: _Output[str | None]

class IpSmbShares(_Menu):
    """`/ip/smb/shares`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., directory: _Value = ...,
        disabled: _Flag = ..., invalid_users: _Texts = ..., name: _Value = ..., read_only: _Flag = ...,
        require_encryption: _Flag = ..., valid_users: _Texts = ...,
    ) -> None: ...
    comment: _Output[str]
    directory: _Output[str | None]
    disabled: _Output[bool | None]
    invalid_users: _Output[str | None]
    name: _Output[str]
    read_only: _Output[bool | None]
    require_encryption: _Output[bool | None]
    valid_users: _Output[str | None]

class IpSmbUsers(_Menu):
    """`/ip/smb/users`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., disabled: _Flag = ...,
        name: _Value = ..., password: _Value = ..., read_only: _Flag = ...,
    ) -> None: ...
    comment: _Output[str]
    disabled: _Output[bool | None]
    name: _Output[str]
    password: _Output[str | None]
    read_only: _Output[bool | None]

class IpSocks(_Menu):
    """`/ip/socks`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., auth_method: _Texts = ..., connection_idle_timeout: _Span = ...,
        enabled: _Flag = ..., max_connections: _Span = ..., port: _Span = ..., version: _Value = ..., vrf: _Name = ...,
    ) -> None: ...
    auth_method: _Output[str | None]
    connection_idle_timeout: _Output[str | None]
    enabled: _Output[bool | None]
    max_connections: _Output[str | None]
    port: _Output[str | None]
    version: _Output[str | None]
    vrf: _Output[str | None]

class IpSocksAccess(_Menu):
    """`/ip/socks/access`: rows in an order."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., position: _Position | None = ..., action: _Texts = ...,
        comment: _Value = ..., disabled: _Flag = ..., dst_address: _Value = ..., dst_port: _Span = ...,
        src_address: _Value = ..., src_port: _Span = ...,
    ) -> None: ...
    action: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    dst_address: _Output[str | None]
    dst_port: _Output[str | None]
    src_address: _Output[str | None]
    src_port: _Output[str | None]

class IpSocksConnections(_Menu):
    """`/ip/socks/connections`: rows that only the router makes."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., dst_address: _Value = ..., rx: _Span = ...,
        src_address: _Value = ..., tx: _Span = ..., type: _Texts = ...,
    ) -> None: ...
    dst_address: _Output[str | None]
    rx: _Output[str | None]
    src_address: _Output[str | None]
    tx: _Output[str | None]
    type: _Output[str | None]

class IpSocksUsers(_Menu):
    """`/ip/socks/users`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., disabled: _Flag = ..., name: _Value = ...,
        only_one: _Flag = ..., password: _Value = ..., rate_limit: _Value = ...,
    ) -> None: ...
    disabled: _Output[bool | None]
    name: _Output[str]
    only_one: _Output[bool | None]
    password: _Output[str | None]
    rate_limit: _Output[str | None]

class IpSocksify(_Menu):
    """`/ip/socksify`: rows, known by name (since 7.20)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., connection_timeout: _Span = ...,
        disabled: _Flag = ..., name: _Value = ..., port: _Span = ..., socks5_password: _Value = ...,
        socks5_port: _Span = ..., socks5_server: _Text = ..., socks5_user: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    connection_timeout: _Output[str | None]
    disabled: _Output[bool | None]
    name: _Output[str]
    port: _Output[str | None]
    socks5_password: _Output[str | None]
    socks5_port: _Output[str | None]
    socks5_server: _Output[str | None]
    socks5_user: _Output[str | None]

class IpSsh(_Menu):
    """`/ip/ssh`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., allow_none_crypto: _Value = ..., always_allow_password_login: _Value = ...,
        ciphers: _Texts = ..., forwarding_enabled: _Texts = ..., host_key_size: _Value = ...,
        host_key_type: _Texts = ..., password_authentication: _Texts = ...,
        publickey_authentication_options: _Texts = ..., strong_crypto: _Flag = ...,
    ) -> None: ...
    allow_none_crypto: _Output[str | None]
    always_allow_password_login: _Output[str | None]
    ciphers: _Output[str | None]
    forwarding_enabled: _Output[str | None]
    host_key_size: _Output[str | None]
    host_key_type: _Output[str | None]
    password_authentication: _Output[str | None]
    publickey_authentication_options: _Output[str | None]
    strong_crypto: _Output[bool | None]

class IpTftp(_Menu):
    """`/ip/tftp`: rows in an order."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., position: _Position | None = ..., allow: _Flag = ...,
        allow_overwrite: _Flag = ..., allow_rollover: _Flag = ..., comment: _Value = ..., disabled: _Flag = ...,
        ip_addresses: _Value = ..., read_only: _Flag = ..., reading_window_size: _Value = ...,
        real_filename: _Value = ..., req_filename: _Value = ...,
    ) -> None: ...
    allow: _Output[bool | None]
    allow_overwrite: _Output[bool | None]
    allow_rollover: _Output[bool | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    ip_addresses: _Output[str | None]
    read_only: _Output[bool | None]
    reading_window_size: _Output[str | None]
    real_filename: _Output[str | None]
    req_filename: _Output[str | None]

class IpTftpSettings(_Menu):
    """`/ip/tftp/settings`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., max_block_size: _Value = ...,
    ) -> None: ...
    max_block_size: _Output[str | None]

class IpTrafficFlow(_Menu):
    """`/ip/traffic-flow`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., active_flow_timeout: _Span = ..., cache_entries: _Texts = ...,
        enabled: _Flag = ..., inactive_flow_timeout: _Span = ..., interfaces: _Name = ..., packet_sampling: _Flag = ...,
        sampling_interval: _Span = ..., sampling_space: _Span = ...,
    ) -> None: ...
    active_flow_timeout: _Output[str | None]
    cache_entries: _Output[str | None]
    enabled: _Output[bool | None]
    inactive_flow_timeout: _Output[str | None]
    interfaces: _Output[str | None]
    packet_sampling: _Output[bool | None]
    sampling_interval: _Output[str | None]
    sampling_space: _Output[str | None]

class IpTrafficFlowIpfix(_Menu):
    """`/ip/traffic-flow/ipfix`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., bytes: _Flag = ..., dst_address: _Flag = ..., dst_address_mask: _Flag = ...,
        dst_mac_address: _Flag = ..., dst_port: _Flag = ..., first_forwarded: _Flag = ..., gateway: _Flag = ...,
        icmp_code: _Flag = ..., icmp_type: _Flag = ..., igmp_type: _Flag = ..., in_interface: _Flag = ...,
        ip_header_length: _Flag = ..., ip_total_length: _Flag = ..., ipv6_flow_label: _Flag = ...,
        is_multicast: _Flag = ..., last_forwarded: _Flag = ..., nat_dst_address: _Flag = ..., nat_dst_port: _Flag = ...,
        nat_events: _Flag = ..., nat_src_address: _Flag = ..., nat_src_port: _Flag = ..., out_interface: _Flag = ...,
        packets: _Flag = ..., protocol: _Flag = ..., src_address: _Flag = ..., src_address_mask: _Flag = ...,
        src_mac_address: _Flag = ..., src_port: _Flag = ..., sys_init_time: _Flag = ..., tcp_ack_num: _Flag = ...,
        tcp_flags: _Flag = ..., tcp_seq_num: _Flag = ..., tcp_window_size: _Flag = ..., tos: _Flag = ...,
        ttl: _Flag = ..., udp_length: _Flag = ...,
    ) -> None: ...
    bytes: _Output[bool | None]
    dst_address: _Output[bool | None]
    dst_address_mask: _Output[bool | None]
    dst_mac_address: _Output[bool | None]
    dst_port: _Output[bool | None]
    first_forwarded: _Output[bool | None]
    gateway: _Output[bool | None]
    icmp_code: _Output[bool | None]
    icmp_type: _Output[bool | None]
    igmp_type: _Output[bool | None]
    in_interface: _Output[bool | None]
    ip_header_length: _Output[bool | None]
    ip_total_length: _Output[bool | None]
    ipv6_flow_label: _Output[bool | None]
    is_multicast: _Output[bool | None]
    last_forwarded: _Output[bool | None]
    nat_dst_address: _Output[bool | None]
    nat_dst_port: _Output[bool | None]
    nat_events: _Output[bool | None]
    nat_src_address: _Output[bool | None]
    nat_src_port: _Output[bool | None]
    out_interface: _Output[bool | None]
    packets: _Output[bool | None]
    protocol: _Output[bool | None]
    src_address: _Output[bool | None]
    src_address_mask: _Output[bool | None]
    src_mac_address: _Output[bool | None]
    src_port: _Output[bool | None]
    sys_init_time: _Output[bool | None]
    tcp_ack_num: _Output[bool | None]
    tcp_flags: _Output[bool | None]
    tcp_seq_num: _Output[bool | None]
    tcp_window_size: _Output[bool | None]
    tos: _Output[bool | None]
    ttl: _Output[bool | None]
    udp_length: _Output[bool | None]

class IpTrafficFlowTarget(_Menu):
    """`/ip/traffic-flow/target`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., disabled: _Flag = ..., dst_address: _Value = ...,
        port: _Span = ..., src_address: _Value = ..., v9_template_refresh: _Span = ...,
        v9_template_timeout: _Span = ..., version: _Texts = ...,
    ) -> None: ...
    disabled: _Output[bool | None]
    dst_address: _Output[str | None]
    port: _Output[str | None]
    src_address: _Output[str | None]
    v9_template_refresh: _Output[str | None]
    v9_template_timeout: _Output[str | None]
    version: _Output[str | None]

class IpUpnp(_Menu):
    """`/ip/upnp`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., allow_disable_external_interface: _Flag = ..., enabled: _Flag = ...,
        show_dummy_rule: _Flag = ...,
    ) -> None: ...
    allow_disable_external_interface: _Output[bool | None]
    enabled: _Output[bool | None]
    show_dummy_rule: _Output[bool | None]

class IpUpnpInterfaces(_Menu):
    """`/ip/upnp/interfaces`: rows, known by interface and type."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., disabled: _Flag = ..., forced_ip: _Value = ...,
        interface: _Name = ..., type: _Texts = ...,
    ) -> None: ...
    disabled: _Output[bool | None]
    forced_ip: _Output[str | None]
    interface: _Output[str | None]
    type: _Output[str | None]

class IpVrf(_Menu):
    """`/ip/vrf`: rows in an order, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., position: _Position | None = ..., comment: _Value = ...,
        disabled: _Flag = ..., interfaces: _Name = ..., name: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    disabled: _Output[bool | None]
    interfaces: _Output[str | None]
    name: _Output[str]

class Ipv6DhcpClient(_Menu):
    """`/ipv6/dhcp-client`: rows, known by interface and request."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., accept_prefix_without_address: _Flag = ...,
        add_default_route: _Flag = ..., allow_reconfigure: _Flag = ..., check_gateway: _Texts = ...,
        comment: _Value = ..., custom_duid: _Value = ..., custom_iana_id: _Span = ..., custom_iapd_id: _Span = ...,
        default_route_distance: _Span = ..., default_route_tables: _Value = ..., dhcp_options: _Texts = ...,
        disabled: _Flag = ..., interface: _Name = ..., pool_name: _Value = ..., pool_prefix_length: _Span = ...,
        prefix_address_lists: _Texts = ..., prefix_hint: _Text = ..., rapid_commit: _Flag = ..., request: _Texts = ...,
        script: _Value = ..., use_interface_duid: _Flag = ..., use_peer_dns: _Flag = ...,
        validate_server_duid: _Flag = ...,
    ) -> None: ...
    accept_prefix_without_address: _Output[bool | None]
    add_default_route: _Output[bool | None]
    allow_reconfigure: _Output[bool | None]
    check_gateway: _Output[str | None]
    comment: _Output[str]
    custom_duid: _Output[str | None]
    custom_iana_id: _Output[str | None]
    custom_iapd_id: _Output[str | None]
    default_route_distance: _Output[str | None]
    default_route_tables: _Output[str | None]
    dhcp_options: _Output[str | None]
    disabled: _Output[bool | None]
    interface: _Output[str | None]
    pool_name: _Output[str | None]
    pool_prefix_length: _Output[str | None]
    prefix_address_lists: _Output[str | None]
    prefix_hint: _Output[str | None]
    rapid_commit: _Output[bool | None]
    request: _Output[str | None]
    script: _Output[str | None]
    use_interface_duid: _Output[bool | None]
    use_peer_dns: _Output[bool | None]
    validate_server_duid: _Output[bool | None]

class Ipv6DhcpClientOption(_Menu):
    """`/ipv6/dhcp-client/option`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., code: _Span = ..., comment: _Value = ...,
        name: _Value = ..., value: _Value = ...,
    ) -> None: ...
    code: _Output[str | None]
    comment: _Output[str | None]
    name: _Output[str]
    value: _Output[str | None]

class Ipv6DhcpRelay(_Menu):
    """`/ipv6/dhcp-relay`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., delay_threshold: _Span = ...,
        dhcp_options: _Texts = ..., dhcp_server: _Value = ..., disabled: _Flag = ..., interface: _Name = ...,
        link_address: _Text = ..., name: _Value = ..., store_relayed_bindings: _Flag = ...,
    ) -> None: ...
    comment: _Output[str]
    delay_threshold: _Output[str | None]
    dhcp_options: _Output[str | None]
    dhcp_server: _Output[str | None]
    disabled: _Output[bool | None]
    interface: _Output[str | None]
    link_address: _Output[str | None]
    name: _Output[str]
    store_relayed_bindings: _Output[bool | None]

class Ipv6DhcpRelayOption(_Menu):
    """`/ipv6/dhcp-relay/option`: rows, known by name (since 7.21)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., code: _Span = ..., comment: _Value = ...,
        name: _Value = ..., only_if_mac_available: _Flag = ..., value: _Value = ...,
    ) -> None: ...
    code: _Output[str | None]
    comment: _Output[str]
    name: _Output[str]
    only_if_mac_available: _Output[bool | None]
    value: _Output[str | None]

class Ipv6DhcpServer(_Menu):
    """`/ipv6/dhcp-server`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., address_lists: _Texts = ..., address_pool: _Name = ...,
        allow_dual_stack_queue: _Flag = ..., binding_script: _Value = ..., comment: _Value = ...,
        dhcp_option: _Texts = ..., disabled: _Flag = ..., ignore_ia_na_bindings: _Flag = ...,
        insert_queue_before: _Value = ..., interface: _Name = ..., lease_time: _Span = ..., name: _Value = ...,
        parent_queue: _Name = ..., preference: _Span = ..., prefix_pool: _Value = ..., rapid_commit: _Flag = ...,
        route_distance: _Span = ..., use_radius: _Texts = ..., use_reconfigure: _Flag = ...,
    ) -> None: ...
    address_lists: _Output[str | None]
    address_pool: _Output[str | None]
    allow_dual_stack_queue: _Output[bool | None]
    binding_script: _Output[str | None]
    comment: _Output[str]
    dhcp_option: _Output[str | None]
    disabled: _Output[bool | None]
    ignore_ia_na_bindings: _Output[bool | None]
    insert_queue_before: _Output[str | None]
    interface: _Output[str | None]
    lease_time: _Output[str | None]
    name: _Output[str]
    parent_queue: _Output[str | None]
    preference: _Output[str | None]
    prefix_pool: _Output[str | None]
    rapid_commit: _Output[bool | None]
    route_distance: _Output[str | None]
    use_radius: _Output[str | None]
    use_reconfigure: _Output[bool | None]

class Ipv6DhcpServerBinding(_Menu):
    """`/ipv6/dhcp-server/binding`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., address: _Value = ..., address_lists: _Texts = ...,
        allow_dual_stack_queue: _Flag = ..., comment: _Value = ..., dhcp_option: _Texts = ..., disabled: _Flag = ...,
        duid: _Value = ..., ia_type: _Texts = ..., iaid: _Span = ..., insert_queue_before: _Value = ...,
        life_time: _Span = ..., parent_queue: _Name = ..., prefix_pool: _Name = ..., queue_type: _Name = ...,
        rate_limit: _Value = ..., server: _Value = ...,
    ) -> None: ...
    address: _Output[str | None]
    address_lists: _Output[str | None]
    allow_dual_stack_queue: _Output[bool | None]
    comment: _Output[str]
    dhcp_option: _Output[str | None]
    disabled: _Output[bool | None]
    duid: _Output[str | None]
    ia_type: _Output[str | None]
    iaid: _Output[str | None]
    insert_queue_before: _Output[str | None]
    life_time: _Output[str | None]
    parent_queue: _Output[str | None]
    prefix_pool: _Output[str | None]
    queue_type: _Output[str | None]
    rate_limit: _Output[str | None]
    server: _Output[str | None]

class Ipv6DhcpServerOption(_Menu):
    """`/ipv6/dhcp-server/option`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., code: _Span = ..., comment: _Value = ...,
        name: _Value = ..., value: _Value = ...,
    ) -> None: ...
    code: _Output[str | None]
    comment: _Output[str | None]
    name: _Output[str]
    value: _Output[str | None]

class Ipv6DhcpServerOptionSets(_Menu):
    """`/ipv6/dhcp-server/option/sets`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., name: _Value = ...,
        options: _Texts = ...,
    ) -> None: ...
    comment: _Output[str | None]
    name: _Output[str]
    options: _Output[str | None]

class Ipv6FirewallAddressList(_Menu):
    """`/ipv6/firewall/address-list`: rows, known by list and address."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., address: _Value = ..., comment: _Value = ...,
        disabled: _Flag = ..., dynamic: _Flag = ..., list: _Value = ..., timeout: _Value = ...,
    ) -> None: ...
    address: _Output[str]
    comment: _Output[str]
    disabled: _Output[bool]
    dynamic: _Output[bool]
    list: _Output[str]
    timeout: _Output[str | None]

class Ipv6Nd(_Menu):
    """`/ipv6/nd`: rows, known by interface."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., advertise_dns: _Texts = ...,
        advertise_mac_address: _Flag = ..., comment: _Value = ..., disabled: _Flag = ..., dns: _Texts = ...,
        hop_limit: _Span = ..., interface: _Name = ..., managed_address_configuration: _Flag = ..., mtu: _Span = ...,
        other_configuration: _Flag = ..., pref64: _Value = ..., ra_delay: _Span = ..., ra_interval: _Span = ...,
        ra_lifetime: _Span = ..., ra_preference: _Texts = ..., reachable_time: _Span = ...,
        retransmit_interval: _Span = ...,
    ) -> None: ...
    advertise_dns: _Output[str | None]
    advertise_mac_address: _Output[bool | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    dns: _Output[str | None]
    hop_limit: _Output[str | None]
    interface: _Output[str | None]
    managed_address_configuration: _Output[bool | None]
    mtu: _Output[str | None]
    other_configuration: _Output[bool | None]
    pref64: _Output[str | None]
    ra_delay: _Output[str | None]
    ra_interval: _Output[str | None]
    ra_lifetime: _Output[str | None]
    ra_preference: _Output[str | None]
    reachable_time: _Output[str | None]
    retransmit_interval: _Output[str | None]

class Ipv6NdPrefix(_Menu):
    """`/ipv6/nd/prefix`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., _6to4_interface: _Name = ..., autonomous: _Flag = ...,
        comment: _Value = ..., dhcp6_pd_preferred: _Flag = ..., disabled: _Flag = ..., interface: _Name = ...,
        on_link: _Flag = ..., preferred_lifetime: _Span = ..., prefix: _Value = ..., valid_lifetime: _Span = ...,
    ) -> None: ...
    _6to4_interface: _Output[str | None]
    autonomous: _Output[bool | None]
    comment: _Output[str]
    dhcp6_pd_preferred: _Output[bool | None]
    disabled: _Output[bool | None]
    interface: _Output[str | None]
    on_link: _Output[bool | None]
    preferred_lifetime: _Output[str | None]
    prefix: _Output[str | None]
    valid_lifetime: _Output[str | None]

class Ipv6NdPrefixDefault(_Menu):
    """`/ipv6/nd/prefix/default`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., autonomous: _Flag = ..., dhcp6_pd_preferred: _Flag = ...,
        preferred_lifetime: _Span = ..., valid_lifetime: _Span = ...,
    ) -> None: ...
    autonomous: _Output[bool | None]
    dhcp6_pd_preferred: _Output[bool | None]
    preferred_lifetime: _Output[str | None]
    valid_lifetime: _Output[str | None]

class Ipv6NdProxy(_Menu):
    """`/ipv6/nd/proxy`: rows (since 7.20)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., address: _Text = ..., comment: _Value = ...,
        disabled: _Flag = ..., interface: _Name = ...,
    ) -> None: ...
    address: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    interface: _Output[str | None]

class Ipv6NdSettings(_Menu):
    """`/ipv6/nd/settings`: one row (since 7.23)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., router_advertisement_ignored_options: _Texts = ...,
        router_advertisement_route_distance: _Span = ...,
    ) -> None: ...
    router_advertisement_ignored_options: _Output[str | None]
    router_advertisement_route_distance: _Output[str | None]

class Ipv6Neighbor(_Menu):
    """`/ipv6/neighbor`: rows (since 7.18)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., address: _Text = ..., comment: _Value = ...,
        disabled: _Flag = ..., interface: _Name = ..., mac_address: _Text = ...,
    ) -> None: ...
    address: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    interface: _Output[str | None]
    mac_address: _Output[str | None]

class Ipv6Pool(_Menu):
    """`/ipv6/pool`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., from_pool: _Name = ...,
        name: _Value = ..., prefix: _Text = ..., prefix_length: _Span = ...,
    ) -> None: ...
    comment: _Output[str]
    from_pool: _Output[str | None]
    name: _Output[str]
    prefix: _Output[str | None]
    prefix_length: _Output[str | None]

class Ipv6Settings(_Menu):
    """`/ipv6/settings`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., accept_redirects: _Value = ..., accept_router_advertisements: _Texts = ...,
        accept_router_advertisements_on: _Name = ..., allow_fast_path: _Flag = ..., disable_ipv6: _Flag = ...,
        disable_link_local_address: _Flag = ..., forward: _Flag = ..., max_neighbor_entries: _Span = ...,
        min_neighbor_entries: _Span = ..., multipath_hash_policy: _Texts = ..., soft_max_neighbor_entries: _Span = ...,
        stale_neighbor_detect_interval: _Span = ..., stale_neighbor_timeout: _Span = ...,
    ) -> None: ...
    accept_redirects: _Output[str | None]
    accept_router_advertisements: _Output[str | None]
    accept_router_advertisements_on: _Output[str | None]
    allow_fast_path: _Output[bool | None]
    disable_ipv6: _Output[bool | None]
    disable_link_local_address: _Output[bool | None]
    forward: _Output[bool | None]
    max_neighbor_entries: _Output[str | None]
    min_neighbor_entries: _Output[str | None]
    multipath_hash_policy: _Output[str | None]
    soft_max_neighbor_entries: _Output[str | None]
    stale_neighbor_detect_interval: _Output[str | None]
    stale_neighbor_timeout: _Output[str | None]

class Lcd(_Menu):
    """`/lcd`: one row; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., backlight_timeout: _Value = ..., color_scheme: _Value = ...,
        default_screen: _Value = ..., enabled: _Value = ..., flip_screen: _Value = ..., read_only_mode: _Value = ...,
        time_interval: _Value = ..., touch_screen: _Value = ...,
    ) -> None: ...
    backlight_timeout: _Output[str | None]
    color_scheme: _Output[str | None]
    default_screen: _Output[str | None]
    enabled: _Output[str | None]
    flip_screen: _Output[str | None]
    read_only_mode: _Output[str | None]
    time_interval: _Output[str | None]
    touch_screen: _Output[str | None]

class LcdInterface(_Menu):
    """`/lcd/interface`: rows; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., interface: _Value = ...,
        max_speed: _Value = ..., timeout: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    interface: _Output[str | None]
    max_speed: _Output[str | None]
    timeout: _Output[str | None]

class LcdInterfacePages(_Menu):
    """`/lcd/interface/pages`: rows; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., interfaces: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    interfaces: _Output[str | None]

class LcdPin(_Menu):
    """`/lcd/pin`: one row; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., hide_pin_number: _Value = ..., pin_number: _Value = ...,
    ) -> None: ...
    hide_pin_number: _Output[str | None]
    pin_number: _Output[str | None]

class LcdScreen(_Menu):
    """`/lcd/screen`: rows; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., timeout: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    timeout: _Output[str | None]

class Lora(_Menu):
    """`/lora`: rows that only the router makes (until 7.23)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., alt: _Value = ..., antenna: _Value = ...,
        antenna_gain: _Value = ..., channel_plan: _Value = ..., disabled: _Flag = ..., forward: _Value = ...,
        gateway_id: _Value = ..., lat: _Value = ..., lbt_enabled: _Value = ..., listen_time: _Value = ...,
        long: _Value = ..., name: _Value = ..., network: _Value = ..., rssi_threshold: _Value = ...,
        servers: _Value = ..., spoof_gps: _Value = ..., src_address: _Value = ...,
    ) -> None: ...
    alt: _Output[str | None]
    antenna: _Output[str | None]
    antenna_gain: _Output[str | None]
    channel_plan: _Output[str | None]
    disabled: _Output[bool | None]
    forward: _Output[str | None]
    gateway_id: _Output[str | None]
    lat: _Output[str | None]
    lbt_enabled: _Output[str | None]
    listen_time: _Output[str | None]
    long: _Output[str | None]
    name: _Output[str | None]
    network: _Output[str | None]
    rssi_threshold: _Output[str | None]
    servers: _Output[str | None]
    spoof_gps: _Output[str | None]
    src_address: _Output[str | None]

class LoraChannels(_Menu):
    """`/lora/channels`: rows that only the router makes (until 7.23)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., bandwidth: _Value = ...,
        datarate: _Value = ..., disabled: _Flag = ..., freq_off: _Value = ..., radio: _Value = ...,
        spread_factor: _Value = ...,
    ) -> None: ...
    bandwidth: _Output[str | None]
    datarate: _Output[str | None]
    disabled: _Output[bool | None]
    freq_off: _Output[str | None]
    radio: _Output[str | None]
    spread_factor: _Output[str | None]

class LoraJoineui(_Menu):
    """`/lora/joineui`: rows, known by name (until 7.23)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., joineuis: _Value = ..., logging: _Value = ...,
        name: _Value = ..., type: _Value = ...,
    ) -> None: ...
    joineuis: _Output[str | None]
    logging: _Output[str | None]
    name: _Output[str]
    type: _Output[str | None]

class LoraNetid(_Menu):
    """`/lora/netid`: rows, known by name (until 7.23)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., logging: _Value = ..., name: _Value = ...,
        netids: _Value = ..., type: _Value = ...,
    ) -> None: ...
    logging: _Output[str | None]
    name: _Output[str]
    netids: _Output[str | None]
    type: _Output[str | None]

class LoraRadios(_Menu):
    """`/lora/radios`: rows that only the router makes (until 7.23)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., center_freq: _Value = ...,
        disabled: _Flag = ..., rssi_off: _Value = ..., tx_enabled: _Value = ..., tx_freq_max: _Value = ...,
        tx_freq_min: _Value = ...,
    ) -> None: ...
    center_freq: _Output[str | None]
    disabled: _Output[bool | None]
    rssi_off: _Output[str | None]
    tx_enabled: _Output[str | None]
    tx_freq_max: _Output[str | None]
    tx_freq_min: _Output[str | None]

class LoraServers(_Menu):
    """`/lora/servers`: rows, known by name (until 7.23)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., address: _Value = ..., certificate: _Name = ...,
        down_port: _Value = ..., interval: _Value = ..., joineui: _Value = ..., key: _Value = ..., name: _Value = ...,
        netid: _Value = ..., port: _Value = ..., protocol: _Value = ..., ssl: _Value = ..., up_port: _Value = ...,
    ) -> None: ...
    address: _Output[str | None]
    certificate: _Output[str | None]
    down_port: _Output[str | None]
    interval: _Output[str | None]
    joineui: _Output[str | None]
    key: _Output[str | None]
    name: _Output[str]
    netid: _Output[str | None]
    port: _Output[str | None]
    protocol: _Output[str | None]
    ssl: _Output[str | None]
    up_port: _Output[str | None]

class LoraTrafficOptions(_Menu):
    """`/lora/traffic/options`: one row (since 7.17) (until 7.23)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., crc_errors: _Value = ..., pckt_limit: _Value = ...,
    ) -> None: ...
    crc_errors: _Output[str | None]
    pckt_limit: _Output[str | None]

class MplsInterface(_Menu):
    """`/mpls/interface`: rows in an order."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., position: _Position | None = ..., comment: _Value = ...,
        disabled: _Flag = ..., input: _Flag = ..., interface: _Name = ..., mpls_mtu: _Span = ...,
    ) -> None: ...
    comment: _Output[str]
    disabled: _Output[bool | None]
    input: _Output[bool | None]
    interface: _Output[str | None]
    mpls_mtu: _Output[str | None]

class MplsLdp(_Menu):
    """`/mpls/ldp`: rows, known by vrf."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., afi: _Texts = ..., comment: _Value = ...,
        disabled: _Flag = ..., distribute_for_default: _Flag = ..., hop_limit: _Span = ..., loop_detect: _Flag = ...,
        lsr_id: _Text = ..., path_vector_limit: _Span = ..., preferred_afi: _Texts = ...,
        transport_addresses: _Texts = ..., use_explicit_null: _Flag = ..., vrf: _Name = ...,
    ) -> None: ...
    afi: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    distribute_for_default: _Output[bool | None]
    hop_limit: _Output[str | None]
    loop_detect: _Output[bool | None]
    lsr_id: _Output[str | None]
    path_vector_limit: _Output[str | None]
    preferred_afi: _Output[str | None]
    transport_addresses: _Output[str | None]
    use_explicit_null: _Output[bool | None]
    vrf: _Output[str | None]

class MplsLdpAcceptFilter(_Menu):
    """`/mpls/ldp/accept-filter`: rows in an order."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., position: _Position | None = ..., accept: _Flag = ...,
        comment: _Value = ..., disabled: _Flag = ..., neighbor: _Text = ..., prefix: _Text = ..., vrf: _Name = ...,
    ) -> None: ...
    accept: _Output[bool | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    neighbor: _Output[str | None]
    prefix: _Output[str | None]
    vrf: _Output[str | None]

class MplsLdpAdvertiseFilter(_Menu):
    """`/mpls/ldp/advertise-filter`: rows in an order."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., position: _Position | None = ..., advertise: _Flag = ...,
        comment: _Value = ..., disabled: _Flag = ..., neighbor: _Text = ..., prefix: _Text = ..., vrf: _Name = ...,
    ) -> None: ...
    advertise: _Output[bool | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    neighbor: _Output[str | None]
    prefix: _Output[str | None]
    vrf: _Output[str | None]

class MplsLdpInterface(_Menu):
    """`/mpls/ldp/interface`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., accept_dynamic_neighbors: _Flag = ..., afi: _Texts = ...,
        comment: _Value = ..., disabled: _Flag = ..., hello_interval: _Span = ..., hold_time: _Span = ...,
        interface: _Name = ..., transport_addresses: _Texts = ...,
    ) -> None: ...
    accept_dynamic_neighbors: _Output[bool | None]
    afi: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    hello_interval: _Output[str | None]
    hold_time: _Output[str | None]
    interface: _Output[str | None]
    transport_addresses: _Output[str | None]

class MplsLdpLocalMapping(_Menu):
    """`/mpls/ldp/local-mapping`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., disabled: _Flag = ...,
        dst_address: _Text = ..., label: _Span = ..., vrf: _Name = ...,
    ) -> None: ...
    comment: _Output[str]
    disabled: _Output[bool | None]
    dst_address: _Output[str | None]
    label: _Output[str | None]
    vrf: _Output[str | None]

class MplsLdpNeighbor(_Menu):
    """`/mpls/ldp/neighbor`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., disabled: _Flag = ...,
        send_targeted: _Flag = ..., transport: _Name = ...,
    ) -> None: ...
    comment: _Output[str]
    disabled: _Output[bool | None]
    send_targeted: _Output[bool | None]
    transport: _Output[str | None]

class MplsLdpRemoteMapping(_Menu):
    """`/mpls/ldp/remote-mapping`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., disabled: _Flag = ...,
        dst_address: _Text = ..., label: _Span = ..., nexthop: _Name = ..., vrf: _Name = ...,
    ) -> None: ...
    comment: _Output[str]
    disabled: _Output[bool | None]
    dst_address: _Output[str | None]
    label: _Output[str | None]
    nexthop: _Output[str | None]
    vrf: _Output[str | None]

class MplsMangle(_Menu):
    """`/mpls/mangle`: rows (since 7.17)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., chain: _Texts = ..., comment: _Value = ...,
        disabled: _Flag = ..., exp: _Texts = ..., set_exp: _Value = ..., set_mark: _Name = ...,
    ) -> None: ...
    chain: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    exp: _Output[str | None]
    set_exp: _Output[str | None]
    set_mark: _Output[str | None]

class MplsSettings(_Menu):
    """`/mpls/settings`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., allow_fast_path: _Flag = ..., dynamic_label_range: _Span = ...,
        propagate_ttl: _Flag = ...,
    ) -> None: ...
    allow_fast_path: _Output[bool | None]
    dynamic_label_range: _Output[str | None]
    propagate_ttl: _Output[bool | None]

class MplsTrafficEngInterface(_Menu):
    """`/mpls/traffic-eng/interface`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., bandwidth: _Span = ..., blockade_k_factor: _Span = ...,
        comment: _Value = ..., disabled: _Flag = ..., down_flood_thresholds: _Texts = ...,
        igp_flood_period: _Span = ..., interface: _Name = ..., k_factor: _Span = ..., refresh_time: _Span = ...,
        resource_class: _Span = ..., te_metric: _Span = ..., up_flood_thresholds: _Texts = ..., use_udp: _Flag = ...,
    ) -> None: ...
    bandwidth: _Output[str | None]
    blockade_k_factor: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    down_flood_thresholds: _Output[str | None]
    igp_flood_period: _Output[str | None]
    interface: _Output[str | None]
    k_factor: _Output[str | None]
    refresh_time: _Output[str | None]
    resource_class: _Output[str | None]
    te_metric: _Output[str | None]
    up_flood_thresholds: _Output[str | None]
    use_udp: _Output[bool | None]

class MplsTrafficEngPath(_Menu):
    """`/mpls/traffic-eng/path`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., affinity_exclude: _Span = ...,
        affinity_include_all: _Span = ..., affinity_include_any: _Span = ..., comment: _Value = ...,
        disabled: _Flag = ..., holding_priority: _Span = ..., hops: _Texts = ..., name: _Value = ...,
        record_route: _Flag = ..., reoptimize_interval: _Span = ..., setup_priority: _Span = ..., use_cspf: _Flag = ...,
    ) -> None: ...
    affinity_exclude: _Output[str | None]
    affinity_include_all: _Output[str | None]
    affinity_include_any: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    holding_priority: _Output[str | None]
    hops: _Output[str | None]
    name: _Output[str]
    record_route: _Output[bool | None]
    reoptimize_interval: _Output[str | None]
    setup_priority: _Output[str | None]
    use_cspf: _Output[bool | None]

class MplsTrafficEngTunnel(_Menu):
    """`/mpls/traffic-eng/tunnel`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., affinity_exclude: _Span = ...,
        affinity_include_all: _Span = ..., affinity_include_any: _Span = ..., auto_bandwidth_avg_interval: _Span = ...,
        auto_bandwidth_range: _Span = ..., auto_bandwidth_reserve: _Span = ...,
        auto_bandwidth_update_interval: _Span = ..., bandwidth: _Span = ..., bandwidth_limit: _Span = ...,
        comment: _Value = ..., disabled: _Flag = ..., from_address: _Text = ..., holding_priority: _Span = ...,
        name: _Value = ..., primary_path: _Name = ..., primary_retry_interval: _Span = ..., record_route: _Flag = ...,
        reoptimize_interval: _Span = ..., secondary_paths: _Texts = ..., secondary_standby: _Flag = ...,
        setup_priority: _Span = ..., to_address: _Text = ..., vrf: _Name = ...,
    ) -> None: ...
    affinity_exclude: _Output[str | None]
    affinity_include_all: _Output[str | None]
    affinity_include_any: _Output[str | None]
    auto_bandwidth_avg_interval: _Output[str | None]
    auto_bandwidth_range: _Output[str | None]
    auto_bandwidth_reserve: _Output[str | None]
    auto_bandwidth_update_interval: _Output[str | None]
    bandwidth: _Output[str | None]
    bandwidth_limit: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    from_address: _Output[str | None]
    holding_priority: _Output[str | None]
    name: _Output[str]
    primary_path: _Output[str | None]
    primary_retry_interval: _Output[str | None]
    record_route: _Output[bool | None]
    reoptimize_interval: _Output[str | None]
    secondary_paths: _Output[str | None]
    secondary_standby: _Output[bool | None]
    setup_priority: _Output[str | None]
    to_address: _Output[str | None]
    vrf: _Output[str | None]

class Openflow(_Menu):
    """`/openflow`: rows, known by name (since 7.20)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., certificate: _Name = ..., comment: _Value = ...,
        controllers: _Value = ..., datapath_id: _Value = ..., disabled: _Flag = ..., isolate_controllers: _Value = ...,
        name: _Value = ..., passive_port: _Span = ..., verify_peer: _Value = ..., version: _Value = ...,
    ) -> None: ...
    certificate: _Output[str | None]
    comment: _Output[str]
    controllers: _Output[str | None]
    datapath_id: _Output[str | None]
    disabled: _Output[bool | None]
    isolate_controllers: _Output[str | None]
    name: _Output[str]
    passive_port: _Output[str | None]
    verify_peer: _Output[str | None]
    version: _Output[str | None]

class OpenflowPort(_Menu):
    """`/openflow/port`: rows (since 7.20)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., disabled: _Flag = ...,
        interface: _Value = ..., port_id: _Span = ..., switch: _Name = ...,
    ) -> None: ...
    comment: _Output[str]
    disabled: _Output[bool | None]
    interface: _Output[str | None]
    port_id: _Output[str | None]
    switch: _Output[str | None]

class Partitions(_Menu):
    """`/partitions`: rows, known by name; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., fallback_to: _Value = ...,
        name: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    fallback_to: _Output[str | None]
    name: _Output[str]

class Port(_Menu):
    """`/port`: rows that only the router makes."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., baud_rate: _Texts = ...,
        data_bits: _Value = ..., dtr: _Value = ..., flow_control: _Texts = ..., name: _Value = ...,
        parity: _Texts = ..., rts: _Value = ..., stop_bits: _Value = ...,
    ) -> None: ...
    baud_rate: _Output[str | None]
    data_bits: _Output[str | None]
    dtr: _Output[str | None]
    flow_control: _Output[str | None]
    name: _Output[str | None]
    parity: _Output[str | None]
    rts: _Output[str | None]
    stop_bits: _Output[str | None]

class PortRemoteAccess(_Menu):
    """`/port/remote-access`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., allowed_addresses: _Value = ..., channel: _Span = ...,
        comment: _Value = ..., disabled: _Flag = ..., ip_port: _Span = ..., local_address: _Value = ...,
        log_file: _Value = ..., port: _Name = ..., protocol: _Value = ..., remote_addresses: _Span = ...,
        tcp_port: _Value = ...,
    ) -> None: ...
    allowed_addresses: _Output[str | None]
    channel: _Output[str | None]
    comment: _Output[str | None]
    disabled: _Output[bool | None]
    ip_port: _Output[str | None]
    local_address: _Output[str | None]
    log_file: _Output[str | None]
    port: _Output[str | None]
    protocol: _Output[str | None]
    remote_addresses: _Output[str | None]
    tcp_port: _Output[str | None]

class PppAaa(_Menu):
    """`/ppp/aaa`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., accounting: _Flag = ..., enable_ipv6_accounting: _Flag = ...,
        interim_update: _Span = ..., use_circuit_id_in_nas_port_id: _Flag = ..., use_radius: _Flag = ...,
    ) -> None: ...
    accounting: _Output[bool | None]
    enable_ipv6_accounting: _Output[bool | None]
    interim_update: _Output[str | None]
    use_circuit_id_in_nas_port_id: _Output[bool | None]
    use_radius: _Output[bool | None]

class PppL2tpSecret(_Menu):
    """`/ppp/l2tp-secret`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., address: _Value = ..., comment: _Value = ...,
        secret: _Value = ...,
    ) -> None: ...
    address: _Output[str | None]
    comment: _Output[str]
    secret: _Output[str | None]

class PppProfile(_Menu):
    """`/ppp/profile`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., address_list: _Texts = ..., bridge: _Name = ...,
        bridge_horizon: _Span = ..., bridge_learning: _Texts = ..., bridge_path_cost: _Span = ...,
        bridge_port_priority: _Span = ..., bridge_port_trusted: _Flag = ..., bridge_port_vid: _Span = ...,
        change_tcp_mss: _Texts = ..., comment: _Value = ..., dhcpv6_lease_time: _Span = ...,
        dhcpv6_pd_pool: _Value = ..., dhcpv6_use_radius: _Flag = ..., dns_server: _Texts = ...,
        idle_timeout: _Span = ..., incoming_filter: _Name = ..., insert_queue_before: _Value = ...,
        interface_list: _Name = ..., local_address: _Value = ..., name: _Value = ..., on_down: _Value = ...,
        on_up: _Value = ..., only_one: _Texts = ..., outgoing_filter: _Name = ..., parent_queue: _Name = ...,
        queue_type: _Value = ..., rate_limit: _Value = ..., remote_address: _Value = ...,
        remote_ipv6_prefix_pool: _Value = ..., remote_ipv6_prefix_reuse: _Flag = ..., session_timeout: _Span = ...,
        use_compression: _Texts = ..., use_encryption: _Texts = ..., use_ipv6: _Texts = ..., use_mpls: _Texts = ...,
        use_upnp: _Texts = ..., wins_server: _Texts = ...,
    ) -> None: ...
    address_list: _Output[str | None]
    bridge: _Output[str | None]
    bridge_horizon: _Output[str | None]
    bridge_learning: _Output[str | None]
    bridge_path_cost: _Output[str | None]
    bridge_port_priority: _Output[str | None]
    bridge_port_trusted: _Output[bool | None]
    bridge_port_vid: _Output[str | None]
    change_tcp_mss: _Output[str | None]
    comment: _Output[str]
    dhcpv6_lease_time: _Output[str | None]
    dhcpv6_pd_pool: _Output[str | None]
    dhcpv6_use_radius: _Output[bool | None]
    dns_server: _Output[str | None]
    idle_timeout: _Output[str | None]
    incoming_filter: _Output[str | None]
    insert_queue_before: _Output[str | None]
    interface_list: _Output[str | None]
    local_address: _Output[str | None]
    name: _Output[str]
    on_down: _Output[str | None]
    on_up: _Output[str | None]
    only_one: _Output[str | None]
    outgoing_filter: _Output[str | None]
    parent_queue: _Output[str | None]
    queue_type: _Output[str | None]
    rate_limit: _Output[str | None]
    remote_address: _Output[str | None]
    remote_ipv6_prefix_pool: _Output[str | None]
    remote_ipv6_prefix_reuse: _Output[bool | None]
    session_timeout: _Output[str | None]
    use_compression: _Output[str | None]
    use_encryption: _Output[str | None]
    use_ipv6: _Output[str | None]
    use_mpls: _Output[str | None]
    use_upnp: _Output[str | None]
    wins_server: _Output[str | None]

class PppSecret(_Menu):
    """`/ppp/secret`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., caller_id: _Value = ..., comment: _Value = ...,
        disabled: _Flag = ..., ipv6_routes: _Value = ..., limit_bytes_in: _Span = ..., limit_bytes_out: _Span = ...,
        local_address: _Value = ..., name: _Value = ..., password: _Value = ..., profile: _Name = ...,
        remote_address: _Value = ..., remote_ipv6_prefix: _Value = ..., routes: _Value = ..., service: _Texts = ...,
    ) -> None: ...
    caller_id: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    ipv6_routes: _Output[str | None]
    limit_bytes_in: _Output[str | None]
    limit_bytes_out: _Output[str | None]
    local_address: _Output[str | None]
    name: _Output[str]
    password: _Output[str | None]
    profile: _Output[str | None]
    remote_address: _Output[str | None]
    remote_ipv6_prefix: _Output[str | None]
    routes: _Output[str | None]
    service: _Output[str | None]

class QueueInterface(_Menu):
    """`/queue/interface`: rows that only the router makes."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., queue: _Value = ...,
    ) -> None: ...
    queue: _Output[str | None]

class QueueSimple(_Menu):
    """`/queue/simple`: rows in an order, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., position: _Position | None = ...,
        bucket_size: _Value = ..., burst_limit: _Span = ..., burst_threshold: _Span = ..., burst_time: _Span = ...,
        comment: _Value = ..., disabled: _Flag = ..., dst: _Name = ..., limit_at: _Span = ..., max_limit: _Span = ...,
        name: _Value = ..., packet_marks: _Texts = ..., parent: _Name = ..., priority: _Span = ..., queue: _Value = ...,
        target: _Name = ..., time: _Value = ..., total_bucket_size: _Span = ..., total_burst_limit: _Span = ...,
        total_burst_threshold: _Span = ..., total_burst_time: _Span = ..., total_limit_at: _Span = ...,
        total_max_limit: _Span = ..., total_priority: _Span = ..., total_queue: _Name = ...,
    ) -> None: ...
    bucket_size: _Output[str | None]
    burst_limit: _Output[str | None]
    burst_threshold: _Output[str | None]
    burst_time: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    dst: _Output[str | None]
    limit_at: _Output[str | None]
    max_limit: _Output[str | None]
    name: _Output[str]
    packet_marks: _Output[str | None]
    parent: _Output[str | None]
    priority: _Output[str | None]
    queue: _Output[str | None]
    target: _Output[str | None]
    time: _Output[str | None]
    total_bucket_size: _Output[str | None]
    total_burst_limit: _Output[str | None]
    total_burst_threshold: _Output[str | None]
    total_burst_time: _Output[str | None]
    total_limit_at: _Output[str | None]
    total_max_limit: _Output[str | None]
    total_priority: _Output[str | None]
    total_queue: _Output[str | None]

class QueueTree(_Menu):
    """`/queue/tree`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., bucket_size: _Span = ..., burst_limit: _Span = ...,
        burst_threshold: _Span = ..., burst_time: _Span = ..., comment: _Value = ..., disabled: _Flag = ...,
        limit_at: _Span = ..., max_limit: _Span = ..., name: _Value = ..., packet_mark: _Texts = ...,
        parent: _Name = ..., priority: _Span = ..., queue: _Name = ...,
    ) -> None: ...
    bucket_size: _Output[str | None]
    burst_limit: _Output[str | None]
    burst_threshold: _Output[str | None]
    burst_time: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    limit_at: _Output[str | None]
    max_limit: _Output[str | None]
    name: _Output[str]
    packet_mark: _Output[str | None]
    parent: _Output[str | None]
    priority: _Output[str | None]
    queue: _Output[str | None]

class QueueType(_Menu):
    """`/queue/type`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., bfifo_limit: _Span = ..., cake_ack_filter: _Texts = ...,
        cake_atm: _Texts = ..., cake_autorate_ingress: _Flag = ..., cake_bandwidth: _Span = ...,
        cake_diffserv: _Texts = ..., cake_flowmode: _Texts = ..., cake_memlimit: _Span = ..., cake_mpu: _Span = ...,
        cake_nat: _Flag = ..., cake_overhead: _Span = ..., cake_overhead_scheme: _Texts = ..., cake_rtt: _Span = ...,
        cake_rtt_scheme: _Texts = ..., cake_wash: _Flag = ..., codel_ce_threshold: _Span = ..., codel_ecn: _Flag = ...,
        codel_interval: _Span = ..., codel_limit: _Span = ..., codel_target: _Span = ...,
        fq_codel_ce_threshold: _Span = ..., fq_codel_ecn: _Flag = ..., fq_codel_flows: _Span = ...,
        fq_codel_interval: _Span = ..., fq_codel_limit: _Span = ..., fq_codel_memlimit: _Span = ...,
        fq_codel_quantum: _Span = ..., fq_codel_target: _Span = ..., kind: _Texts = ..., mq_pfifo_limit: _Span = ...,
        name: _Value = ..., pcq_burst_rate: _Span = ..., pcq_burst_threshold: _Span = ..., pcq_burst_time: _Span = ...,
        pcq_classifier: _Texts = ..., pcq_dst_address_mask: _Span = ..., pcq_dst_address6_mask: _Span = ...,
        pcq_limit: _Span = ..., pcq_rate: _Span = ..., pcq_src_address_mask: _Span = ...,
        pcq_src_address6_mask: _Span = ..., pcq_total_limit: _Span = ..., pfifo_limit: _Span = ...,
        red_avg_packet: _Span = ..., red_burst: _Span = ..., red_limit: _Span = ..., red_max_threshold: _Span = ...,
        red_min_threshold: _Span = ..., sfq_allot: _Span = ..., sfq_perturb: _Span = ...,
    ) -> None: ...
    bfifo_limit: _Output[str | None]
    cake_ack_filter: _Output[str | None]
    cake_atm: _Output[str | None]
    cake_autorate_ingress: _Output[bool | None]
    cake_bandwidth: _Output[str | None]
    cake_diffserv: _Output[str | None]
    cake_flowmode: _Output[str | None]
    cake_memlimit: _Output[str | None]
    cake_mpu: _Output[str | None]
    cake_nat: _Output[bool | None]
    cake_overhead: _Output[str | None]
    cake_overhead_scheme: _Output[str | None]
    cake_rtt: _Output[str | None]
    cake_rtt_scheme: _Output[str | None]
    cake_wash: _Output[bool | None]
    codel_ce_threshold: _Output[str | None]
    codel_ecn: _Output[bool | None]
    codel_interval: _Output[str | None]
    codel_limit: _Output[str | None]
    codel_target: _Output[str | None]
    fq_codel_ce_threshold: _Output[str | None]
    fq_codel_ecn: _Output[bool | None]
    fq_codel_flows: _Output[str | None]
    fq_codel_interval: _Output[str | None]
    fq_codel_limit: _Output[str | None]
    fq_codel_memlimit: _Output[str | None]
    fq_codel_quantum: _Output[str | None]
    fq_codel_target: _Output[str | None]
    kind: _Output[str | None]
    mq_pfifo_limit: _Output[str | None]
    name: _Output[str]
    pcq_burst_rate: _Output[str | None]
    pcq_burst_threshold: _Output[str | None]
    pcq_burst_time: _Output[str | None]
    pcq_classifier: _Output[str | None]
    pcq_dst_address_mask: _Output[str | None]
    pcq_dst_address6_mask: _Output[str | None]
    pcq_limit: _Output[str | None]
    pcq_rate: _Output[str | None]
    pcq_src_address_mask: _Output[str | None]
    pcq_src_address6_mask: _Output[str | None]
    pcq_total_limit: _Output[str | None]
    pfifo_limit: _Output[str | None]
    red_avg_packet: _Output[str | None]
    red_burst: _Output[str | None]
    red_limit: _Output[str | None]
    red_max_threshold: _Output[str | None]
    red_min_threshold: _Output[str | None]
    sfq_allot: _Output[str | None]
    sfq_perturb: _Output[str | None]

class Radius(_Menu):
    """`/radius`: rows in an order."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., position: _Position | None = ...,
        accounting_backup: _Flag = ..., accounting_port: _Span = ..., address: _Text = ...,
        authentication_port: _Span = ..., called_id: _Value = ..., certificate: _Name = ..., comment: _Value = ...,
        disabled: _Flag = ..., domain: _Value = ..., protocol: _Texts = ..., radsec_timeout: _Span = ...,
        realm: _Value = ..., require_message_auth: _Texts = ..., secret: _Value = ..., service: _Texts = ...,
        src_address: _Value = ..., timeout: _Span = ...,
    ) -> None: ...
    accounting_backup: _Output[bool | None]
    accounting_port: _Output[str | None]
    address: _Output[str | None]
    authentication_port: _Output[str | None]
    called_id: _Output[str | None]
    certificate: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    domain: _Output[str | None]
    protocol: _Output[str | None]
    radsec_timeout: _Output[str | None]
    realm: _Output[str | None]
    require_message_auth: _Output[str | None]
    secret: _Output[str | None]
    service: _Output[str | None]
    src_address: _Output[str | None]
    timeout: _Output[str | None]

class RadiusIncoming(_Menu):
    """`/radius/incoming`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., accept: _Flag = ..., port: _Span = ..., vrf: _Name = ...,
    ) -> None: ...
    accept: _Output[bool | None]
    port: _Output[str | None]
    vrf: _Output[str | None]

class RoutingBfdAuthentication(_Menu):
    """`/routing/bfd/authentication`: rows; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., accept_before: _Value = ..., comment: _Value = ...,
        key: _Value = ..., key_id: _Value = ..., keyring: _Value = ..., transmit_after: _Value = ...,
        type: _Value = ...,
    ) -> None: ...
    accept_before: _Output[str | None]
    comment: _Output[str]
    key: _Output[str | None]
    key_id: _Output[str | None]
    keyring: _Output[str | None]
    transmit_after: _Output[str | None]
    type: _Output[str | None]

class RoutingBfdConfiguration(_Menu):
    """`/routing/bfd/configuration`: rows in an order."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., position: _Position | None = ...,
        address_list: _Name = ..., addresses: _Value = ..., comment: _Value = ..., disabled: _Flag = ...,
        forbid_bfd: _Flag = ..., interfaces: _Name = ..., min_rx: _Span = ..., min_tx: _Span = ...,
        multiplier: _Span = ..., vrf: _Name = ...,
    ) -> None: ...
    address_list: _Output[str | None]
    addresses: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    forbid_bfd: _Output[bool | None]
    interfaces: _Output[str | None]
    min_rx: _Output[str | None]
    min_tx: _Output[str | None]
    multiplier: _Output[str | None]
    vrf: _Output[str | None]

class RoutingBgpConnection(_Menu):
    """`/routing/bgp/connection`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., add_path_out: _Value = ...,
        address_families: _Value = ..., afi: _Texts = ..., as_: _Span = ..., cisco_vpls_nlri_len_fmt: _Texts = ...,
        cluster_id: _Value = ..., comment: _Value = ..., connect: _Flag = ..., disabled: _Flag = ...,
        hold_time: _Span = ..., input_accept_communities: _Name = ..., input_accept_ext_communities: _Name = ...,
        input_accept_large_communities: _Name = ..., input_accept_nlri: _Name = ..., input_accept_unknown: _Value = ...,
        input_add_path: _Texts = ..., input_affinity: _Texts = ..., input_allow_as: _Span = ...,
        input_attr_error_handling: _Texts = ..., input_filter: _Name = ..., input_filter_communities: _Name = ...,
        input_filter_ext_communities: _Name = ..., input_filter_large_communities: _Name = ...,
        input_filter_nlri: _Name = ..., input_filter_unknown: _Name = ..., input_ignore_as_path_len: _Value = ...,
        input_limit_process_routes_ipv4: _Value = ..., input_limit_process_routes_ipv6: _Value = ...,
        instance: _Name = ..., keepalive_time: _Span = ..., listen: _Flag = ..., local_address: _Name = ...,
        local_port: _Span = ..., local_role: _Texts = ..., local_ttl: _Span = ..., multihop: _Flag = ...,
        name: _Value = ..., nexthop_choice: _Texts = ..., output_add_path: _Texts = ..., output_affinity: _Texts = ...,
        output_as_override: _Flag = ..., output_default_originate: _Texts = ..., output_default_prepend: _Span = ...,
        output_filter_chain: _Name = ..., output_filter_select: _Name = ..., output_keep_sent_attributes: _Flag = ...,
        output_network: _Name = ..., output_network_blackhole: _Flag = ...,
        output_no_client_to_client_reflection: _Flag = ..., output_no_early_cut: _Flag = ...,
        output_redistribute: _Texts = ..., output_remove_private_as: _Flag = ..., remote_address: _Name = ...,
        remote_allowed_as: _Name = ..., remote_as: _Span = ..., remote_port: _Span = ..., remote_ttl: _Span = ...,
        router_id: _Value = ..., routing_table: _Name = ..., save_to: _Value = ..., tcp_md5_key: _Value = ...,
        templates: _Texts = ..., use_bfd: _Flag = ..., vrf: _Name = ...,
    ) -> None: ...
    add_path_out: _Output[str | None]
    address_families: _Output[str | None]
    afi: _Output[str | None]
    as_: _Output[str | None]
    cisco_vpls_nlri_len_fmt: _Output[str | None]
    cluster_id: _Output[str | None]
    comment: _Output[str]
    connect: _Output[bool | None]
    disabled: _Output[bool | None]
    hold_time: _Output[str | None]
    input_accept_communities: _Output[str | None]
    input_accept_ext_communities: _Output[str | None]
    input_accept_large_communities: _Output[str | None]
    input_accept_nlri: _Output[str | None]
    input_accept_unknown: _Output[str | None]
    input_add_path: _Output[str | None]
    input_affinity: _Output[str | None]
    input_allow_as: _Output[str | None]
    input_attr_error_handling: _Output[str | None]
    input_filter: _Output[str | None]
    input_filter_communities: _Output[str | None]
    input_filter_ext_communities: _Output[str | None]
    input_filter_large_communities: _Output[str | None]
    input_filter_nlri: _Output[str | None]
    input_filter_unknown: _Output[str | None]
    input_ignore_as_path_len: _Output[str | None]
    input_limit_process_routes_ipv4: _Output[str | None]
    input_limit_process_routes_ipv6: _Output[str | None]
    instance: _Output[str | None]
    keepalive_time: _Output[str | None]
    listen: _Output[bool | None]
    local_address: _Output[str | None]
    local_port: _Output[str | None]
    local_role: _Output[str | None]
    local_ttl: _Output[str | None]
    multihop: _Output[bool | None]
    name: _Output[str]
    nexthop_choice: _Output[str | None]
    output_add_path: _Output[str | None]
    output_affinity: _Output[str | None]
    output_as_override: _Output[bool | None]
    output_default_originate: _Output[str | None]
    output_default_prepend: _Output[str | None]
    output_filter_chain: _Output[str | None]
    output_filter_select: _Output[str | None]
    output_keep_sent_attributes: _Output[bool | None]
    output_network: _Output[str | None]
    output_network_blackhole: _Output[bool | None]
    output_no_client_to_client_reflection: _Output[bool | None]
    output_no_early_cut: _Output[bool | None]
    output_redistribute: _Output[str | None]
    output_remove_private_as: _Output[bool | None]
    remote_address: _Output[str | None]
    remote_allowed_as: _Output[str | None]
    remote_as: _Output[str | None]
    remote_port: _Output[str | None]
    remote_ttl: _Output[str | None]
    router_id: _Output[str | None]
    routing_table: _Output[str | None]
    save_to: _Output[str | None]
    tcp_md5_key: _Output[str | None]
    templates: _Output[str | None]
    use_bfd: _Output[bool | None]
    vrf: _Output[str | None]

class RoutingBgpEvpn(_Menu):
    """`/routing/bgp/evpn`: rows in an order (since 7.20)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., position: _Position | None = ..., comment: _Value = ...,
        disabled: _Flag = ..., export_route_targets: _Value = ..., import_route_targets: _Value = ...,
        instance: _Name = ..., name: _Value = ..., rd: _Text = ..., vni: _Span = ..., vrf: _Name = ...,
    ) -> None: ...
    comment: _Output[str]
    disabled: _Output[bool | None]
    export_route_targets: _Output[str | None]
    import_route_targets: _Output[str | None]
    instance: _Output[str | None]
    name: _Output[str | None]
    rd: _Output[str | None]
    vni: _Output[str | None]
    vrf: _Output[str | None]

class RoutingBgpInstance(_Menu):
    """`/routing/bgp/instance`: rows, known by name (since 7.20)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., as_: _Span = ..., cluster_id: _Text = ...,
        comment: _Value = ..., disabled: _Flag = ..., ignore_as_path_len: _Flag = ..., multipath: _Span = ...,
        name: _Value = ..., router_id: _Value = ..., routing_table: _Name = ..., vrf: _Name = ...,
    ) -> None: ...
    as_: _Output[str | None]
    cluster_id: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    ignore_as_path_len: _Output[bool | None]
    multipath: _Output[str | None]
    name: _Output[str]
    router_id: _Output[str | None]
    routing_table: _Output[str | None]
    vrf: _Output[str | None]

class RoutingBgpTemplate(_Menu):
    """`/routing/bgp/template`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., add_path_out: _Value = ...,
        address_families: _Value = ..., afi: _Texts = ..., as_: _Span = ..., cisco_vpls_nlri_len_fmt: _Texts = ...,
        cluster_id: _Value = ..., comment: _Value = ..., disabled: _Flag = ..., hold_time: _Span = ...,
        input_accept_communities: _Name = ..., input_accept_ext_communities: _Name = ...,
        input_accept_large_communities: _Name = ..., input_accept_nlri: _Name = ..., input_accept_unknown: _Value = ...,
        input_add_path: _Texts = ..., input_affinity: _Texts = ..., input_allow_as: _Span = ...,
        input_attr_error_handling: _Texts = ..., input_filter: _Name = ..., input_filter_communities: _Name = ...,
        input_filter_ext_communities: _Name = ..., input_filter_large_communities: _Name = ...,
        input_filter_nlri: _Name = ..., input_filter_unknown: _Name = ..., input_ignore_as_path_len: _Value = ...,
        input_limit_process_routes_ipv4: _Value = ..., input_limit_process_routes_ipv6: _Value = ...,
        keepalive_time: _Span = ..., multihop: _Flag = ..., name: _Value = ..., nexthop_choice: _Texts = ...,
        output_add_path: _Texts = ..., output_affinity: _Texts = ..., output_as_override: _Flag = ...,
        output_default_originate: _Texts = ..., output_default_prepend: _Span = ..., output_filter_chain: _Name = ...,
        output_filter_select: _Name = ..., output_keep_sent_attributes: _Flag = ..., output_network: _Name = ...,
        output_network_blackhole: _Flag = ..., output_no_client_to_client_reflection: _Flag = ...,
        output_no_early_cut: _Flag = ..., output_redistribute: _Texts = ..., output_remove_private_as: _Flag = ...,
        router_id: _Value = ..., routing_table: _Name = ..., save_to: _Value = ..., templates: _Texts = ...,
        use_bfd: _Flag = ..., vrf: _Name = ...,
    ) -> None: ...
    add_path_out: _Output[str | None]
    address_families: _Output[str | None]
    afi: _Output[str | None]
    as_: _Output[str | None]
    cisco_vpls_nlri_len_fmt: _Output[str | None]
    cluster_id: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    hold_time: _Output[str | None]
    input_accept_communities: _Output[str | None]
    input_accept_ext_communities: _Output[str | None]
    input_accept_large_communities: _Output[str | None]
    input_accept_nlri: _Output[str | None]
    input_accept_unknown: _Output[str | None]
    input_add_path: _Output[str | None]
    input_affinity: _Output[str | None]
    input_allow_as: _Output[str | None]
    input_attr_error_handling: _Output[str | None]
    input_filter: _Output[str | None]
    input_filter_communities: _Output[str | None]
    input_filter_ext_communities: _Output[str | None]
    input_filter_large_communities: _Output[str | None]
    input_filter_nlri: _Output[str | None]
    input_filter_unknown: _Output[str | None]
    input_ignore_as_path_len: _Output[str | None]
    input_limit_process_routes_ipv4: _Output[str | None]
    input_limit_process_routes_ipv6: _Output[str | None]
    keepalive_time: _Output[str | None]
    multihop: _Output[bool | None]
    name: _Output[str]
    nexthop_choice: _Output[str | None]
    output_add_path: _Output[str | None]
    output_affinity: _Output[str | None]
    output_as_override: _Output[bool | None]
    output_default_originate: _Output[str | None]
    output_default_prepend: _Output[str | None]
    output_filter_chain: _Output[str | None]
    output_filter_select: _Output[str | None]
    output_keep_sent_attributes: _Output[bool | None]
    output_network: _Output[str | None]
    output_network_blackhole: _Output[bool | None]
    output_no_client_to_client_reflection: _Output[bool | None]
    output_no_early_cut: _Output[bool | None]
    output_redistribute: _Output[str | None]
    output_remove_private_as: _Output[bool | None]
    router_id: _Output[str | None]
    routing_table: _Output[str | None]
    save_to: _Output[str | None]
    templates: _Output[str | None]
    use_bfd: _Output[bool | None]
    vrf: _Output[str | None]

class RoutingBgpVpls(_Menu):
    """`/routing/bgp/vpls`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., bridge: _Name = ..., bridge_cost: _Span = ...,
        bridge_horizon: _Span = ..., bridge_pvid: _Span = ..., cisco_id: _Text = ..., comment: _Value = ...,
        disabled: _Flag = ..., export_route_targets: _Texts = ..., import_route_targets: _Texts = ...,
        interface_list: _Name = ..., local_pref: _Span = ..., name: _Value = ..., pw_control_word: _Texts = ...,
        pw_l2mtu: _Span = ..., pw_type: _Texts = ..., rd: _Text = ..., site_id: _Span = ..., vrf: _Name = ...,
    ) -> None: ...
    bridge: _Output[str | None]
    bridge_cost: _Output[str | None]
    bridge_horizon: _Output[str | None]
    bridge_pvid: _Output[str | None]
    cisco_id: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    export_route_targets: _Output[str | None]
    import_route_targets: _Output[str | None]
    interface_list: _Output[str | None]
    local_pref: _Output[str | None]
    name: _Output[str]
    pw_control_word: _Output[str | None]
    pw_l2mtu: _Output[str | None]
    pw_type: _Output[str | None]
    rd: _Output[str | None]
    site_id: _Output[str | None]
    vrf: _Output[str | None]

class RoutingBgpVpn(_Menu):
    """`/routing/bgp/vpn`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., disabled: _Flag = ...,
        export_filter_chain: _Name = ..., export_filter_select: _Name = ..., export_redistribute: _Texts = ...,
        export_route_targets: _Value = ..., import_filter_chain: _Name = ..., import_route_targets: _Value = ...,
        import_router_id: _Value = ..., instance: _Name = ..., label_allocation_policy: _Texts = ...,
        name: _Value = ..., route_distinguisher: _Value = ..., vrf: _Name = ...,
    ) -> None: ...
    comment: _Output[str]
    disabled: _Output[bool | None]
    export_filter_chain: _Output[str | None]
    export_filter_select: _Output[str | None]
    export_redistribute: _Output[str | None]
    export_route_targets: _Output[str | None]
    import_filter_chain: _Output[str | None]
    import_route_targets: _Output[str | None]
    import_router_id: _Output[str | None]
    instance: _Output[str | None]
    label_allocation_policy: _Output[str | None]
    name: _Output[str]
    route_distinguisher: _Output[str | None]
    vrf: _Output[str | None]

class RoutingFantasy(_Menu):
    """`/routing/fantasy`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., count: _Span = ...,
        dealer_id: _Span = ..., disabled: _Flag = ..., dst_address: _Name = ..., gateway: _Name = ...,
        instance_id: _Span = ..., name: _Value = ..., offset: _Span = ..., prefix_length: _Span = ...,
        priv_offs: _Span = ..., priv_size: _Span = ..., scope: _Span = ..., seed: _Value = ...,
        target_scope: _Span = ..., use_hold: _Flag = ...,
    ) -> None: ...
    comment: _Output[str]
    count: _Output[str | None]
    dealer_id: _Output[str | None]
    disabled: _Output[bool | None]
    dst_address: _Output[str | None]
    gateway: _Output[str | None]
    instance_id: _Output[str | None]
    name: _Output[str]
    offset: _Output[str | None]
    prefix_length: _Output[str | None]
    priv_offs: _Output[str | None]
    priv_size: _Output[str | None]
    scope: _Output[str | None]
    seed: _Output[str | None]
    target_scope: _Output[str | None]
    use_hold: _Output[bool | None]

class RoutingFilterCommunityExtList(_Menu):
    """`/routing/filter/community-ext-list`: rows in an order."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., position: _Position | None = ..., comment: _Value = ...,
        communities: _Span = ..., disabled: _Flag = ..., list: _Value = ..., regexp: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    communities: _Output[str | None]
    disabled: _Output[bool | None]
    list: _Output[str | None]
    regexp: _Output[str | None]

class RoutingFilterCommunityLargeList(_Menu):
    """`/routing/filter/community-large-list`: rows in an order."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., position: _Position | None = ..., comment: _Value = ...,
        communities: _Span = ..., disabled: _Flag = ..., list: _Value = ..., regexp: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    communities: _Output[str | None]
    disabled: _Output[bool | None]
    list: _Output[str | None]
    regexp: _Output[str | None]

class RoutingFilterCommunityList(_Menu):
    """`/routing/filter/community-list`: rows in an order."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., position: _Position | None = ..., comment: _Value = ...,
        communities: _Span = ..., disabled: _Flag = ..., list: _Value = ..., regexp: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    communities: _Output[str | None]
    disabled: _Output[bool | None]
    list: _Output[str | None]
    regexp: _Output[str | None]

class RoutingFilterNumList(_Menu):
    """`/routing/filter/num-list`: rows in an order."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., position: _Position | None = ..., comment: _Value = ...,
        disabled: _Flag = ..., list: _Value = ..., range: _Span = ...,
    ) -> None: ...
    comment: _Output[str]
    disabled: _Output[bool | None]
    list: _Output[str | None]
    range: _Output[str | None]

class RoutingFilterRule(_Menu):
    """`/routing/filter/rule`: rows in an order."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., position: _Position | None = ..., chain: _Name = ...,
        comment: _Value = ..., disabled: _Flag = ..., rule: _Value = ...,
    ) -> None: ...
    chain: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    rule: _Output[str | None]

class RoutingFilterSelectRule(_Menu):
    """`/routing/filter/select-rule`: rows in an order."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., position: _Position | None = ..., chain: _Name = ...,
        comment: _Value = ..., disabled: _Flag = ..., do_group_num: _Value = ..., do_group_prfx: _Value = ...,
        do_jump: _Name = ..., do_select_num: _Value = ..., do_select_prfx: _Value = ..., do_take: _Span = ...,
        do_where: _Name = ...,
    ) -> None: ...
    chain: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    do_group_num: _Output[str | None]
    do_group_prfx: _Output[str | None]
    do_jump: _Output[str | None]
    do_select_num: _Output[str | None]
    do_select_prfx: _Output[str | None]
    do_take: _Output[str | None]
    do_where: _Output[str | None]

class RoutingGmp(_Menu):
    """`/routing/gmp`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., disabled: _Flag = ...,
        exclude: _Value = ..., groups: _Value = ..., interfaces: _Name = ..., sources: _Value = ...,
    ) -> None: ...
    comment: _Output[str | None]
    disabled: _Output[bool | None]
    exclude: _Output[str | None]
    groups: _Output[str | None]
    interfaces: _Output[str | None]
    sources: _Output[str | None]

class RoutingId(_Menu):
    """`/routing/id`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., disabled: _Flag = ...,
        id_: _Value = ..., name: _Value = ..., select_dynamic_id: _Value = ..., select_from_vrf: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    disabled: _Output[bool | None]
    id_: _Output[str | None]
    name: _Output[str]
    select_dynamic_id: _Output[str | None]
    select_from_vrf: _Output[str | None]

class RoutingIgmpProxy(_Menu):
    """`/routing/igmp-proxy`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., query_interval: _Span = ..., query_response_interval: _Span = ...,
        quick_leave: _Flag = ...,
    ) -> None: ...
    query_interval: _Output[str | None]
    query_response_interval: _Output[str | None]
    quick_leave: _Output[bool | None]

class RoutingIgmpProxyInterface(_Menu):
    """`/routing/igmp-proxy/interface`: rows, known by interface."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., alternative_subnets: _Texts = ..., comment: _Value = ...,
        disabled: _Flag = ..., interface: _Name = ..., threshold: _Span = ..., upstream: _Flag = ...,
    ) -> None: ...
    alternative_subnets: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    interface: _Output[str | None]
    threshold: _Output[str | None]
    upstream: _Output[bool | None]

class RoutingIgmpProxyMfc(_Menu):
    """`/routing/igmp-proxy/mfc`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., disabled: _Flag = ...,
        downstream_interfaces: _Name = ..., group: _Text = ..., source: _Text = ..., upstream_interface: _Name = ...,
    ) -> None: ...
    disabled: _Output[bool | None]
    downstream_interfaces: _Output[str | None]
    group: _Output[str | None]
    source: _Output[str | None]
    upstream_interface: _Output[str | None]

class RoutingIsisInstance(_Menu):
    """`/routing/isis/instance`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., afi: _Texts = ..., areas: _Texts = ...,
        areas_max: _Span = ..., comment: _Value = ..., disabled: _Flag = ..., in_filter_chain: _Name = ...,
        l1_lsp_max_age: _Span = ..., l1_lsp_max_size: _Span = ..., l1_lsp_refresh_interval: _Span = ...,
        l1_lsp_update_interval: _Span = ..., l1_originate_default: _Value = ..., l1_out_filter_chain: _Name = ...,
        l1_out_filter_select: _Name = ..., l1_redistribute: _Texts = ..., l2_lsp_max_age: _Span = ...,
        l2_lsp_max_size: _Span = ..., l2_lsp_refresh_interval: _Span = ..., l2_lsp_update_interval: _Span = ...,
        l2_originate_default: _Value = ..., l2_out_filter_chain: _Name = ..., l2_out_filter_select: _Name = ...,
        l2_redistribute: _Texts = ..., metric_type: _Texts = ..., name: _Value = ..., system_id: _Value = ...,
        vrf: _Name = ...,
    ) -> None: ...
    afi: _Output[str | None]
    areas: _Output[str | None]
    areas_max: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    in_filter_chain: _Output[str | None]
    l1_lsp_max_age: _Output[str | None]
    l1_lsp_max_size: _Output[str | None]
    l1_lsp_refresh_interval: _Output[str | None]
    l1_lsp_update_interval: _Output[str | None]
    l1_originate_default: _Output[str | None]
    l1_out_filter_chain: _Output[str | None]
    l1_out_filter_select: _Output[str | None]
    l1_redistribute: _Output[str | None]
    l2_lsp_max_age: _Output[str | None]
    l2_lsp_max_size: _Output[str | None]
    l2_lsp_refresh_interval: _Output[str | None]
    l2_lsp_update_interval: _Output[str | None]
    l2_originate_default: _Output[str | None]
    l2_out_filter_chain: _Output[str | None]
    l2_out_filter_select: _Output[str | None]
    l2_redistribute: _Output[str | None]
    metric_type: _Output[str | None]
    name: _Output[str]
    system_id: _Output[str | None]
    vrf: _Output[str | None]

class RoutingIsisInterface(_Menu):
    """`/routing/isis/interface`: rows that only the router makes."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., hello_interval: _Span = ...,
        instance: _Name = ..., interface: _Name = ..., l1_csnp_interval: _Span = ..., l1_hello_dr_interval: _Span = ...,
        l1_hello_interval: _Span = ..., l1_hello_multiplier: _Span = ..., l1_metric: _Span = ...,
        l1_passive: _Value = ..., l1_priority: _Span = ..., l1_psnp_interval: _Span = ...,
        l2_csnp_interval: _Span = ..., l2_hello_dr_interval: _Span = ..., l2_hello_interval: _Span = ...,
        l2_hello_multiplier: _Span = ..., l2_metric: _Span = ..., l2_passive: _Value = ..., l2_priority: _Span = ...,
        l2_psnp_interval: _Span = ..., ptp: _Value = ..., ptp_3way_state: _Texts = ..., ptp_usage: _Texts = ...,
    ) -> None: ...
    hello_interval: _Output[str | None]
    instance: _Output[str | None]
    interface: _Output[str | None]
    l1_csnp_interval: _Output[str | None]
    l1_hello_dr_interval: _Output[str | None]
    l1_hello_interval: _Output[str | None]
    l1_hello_multiplier: _Output[str | None]
    l1_metric: _Output[str | None]
    l1_passive: _Output[str | None]
    l1_priority: _Output[str | None]
    l1_psnp_interval: _Output[str | None]
    l2_csnp_interval: _Output[str | None]
    l2_hello_dr_interval: _Output[str | None]
    l2_hello_interval: _Output[str | None]
    l2_hello_multiplier: _Output[str | None]
    l2_metric: _Output[str | None]
    l2_passive: _Output[str | None]
    l2_priority: _Output[str | None]
    l2_psnp_interval: _Output[str | None]
    ptp: _Output[str | None]
    ptp_3way_state: _Output[str | None]
    ptp_usage: _Output[str | None]

class RoutingIsisInterfaceTemplate(_Menu):
    """`/routing/isis/interface-template`: rows in an order."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., position: _Position | None = ...,
        bcast_l1_csnp_interval: _Span = ..., bcast_l1_hello_interval: _Span = ...,
        bcast_l1_hello_interval_dr: _Span = ..., bcast_l1_hello_multiplier: _Span = ..., bcast_l1_metric: _Span = ...,
        bcast_l1_priority: _Span = ..., bcast_l1_psnp_interval: _Span = ..., bcast_l2_csnp_interval: _Span = ...,
        bcast_l2_hello_interval: _Span = ..., bcast_l2_hello_interval_dr: _Span = ...,
        bcast_l2_hello_multiplier: _Span = ..., bcast_l2_metric: _Span = ..., bcast_l2_priority: _Span = ...,
        bcast_l2_psnp_interval: _Span = ..., comment: _Value = ..., disabled: _Flag = ..., instance: _Name = ...,
        interfaces: _Name = ..., levels: _Texts = ..., passive: _Value = ..., ptp: _Value = ...,
        ptp_hello_3way: _Value = ..., ptp_hello_interval: _Span = ..., ptp_hello_multiplier: _Span = ...,
        ptp_l1_csnp_interval: _Span = ..., ptp_l1_metric: _Span = ..., ptp_l1_psnp_interval: _Span = ...,
        ptp_l2_csnp_interval: _Span = ..., ptp_l2_metric: _Span = ..., ptp_l2_psnp_interval: _Span = ...,
    ) -> None: ...
    bcast_l1_csnp_interval: _Output[str | None]
    bcast_l1_hello_interval: _Output[str | None]
    bcast_l1_hello_interval_dr: _Output[str | None]
    bcast_l1_hello_multiplier: _Output[str | None]
    bcast_l1_metric: _Output[str | None]
    bcast_l1_priority: _Output[str | None]
    bcast_l1_psnp_interval: _Output[str | None]
    bcast_l2_csnp_interval: _Output[str | None]
    bcast_l2_hello_interval: _Output[str | None]
    bcast_l2_hello_interval_dr: _Output[str | None]
    bcast_l2_hello_multiplier: _Output[str | None]
    bcast_l2_metric: _Output[str | None]
    bcast_l2_priority: _Output[str | None]
    bcast_l2_psnp_interval: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    instance: _Output[str | None]
    interfaces: _Output[str | None]
    levels: _Output[str | None]
    passive: _Output[str | None]
    ptp: _Output[str | None]
    ptp_hello_3way: _Output[str | None]
    ptp_hello_interval: _Output[str | None]
    ptp_hello_multiplier: _Output[str | None]
    ptp_l1_csnp_interval: _Output[str | None]
    ptp_l1_metric: _Output[str | None]
    ptp_l1_psnp_interval: _Output[str | None]
    ptp_l2_csnp_interval: _Output[str | None]
    ptp_l2_metric: _Output[str | None]
    ptp_l2_psnp_interval: _Output[str | None]

class RoutingIsisLsp(_Menu):
    """`/routing/isis/lsp`: rows that only the router makes."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., age: _Span = ..., body: _Value = ...,
        checksum: _Span = ..., instance: _Name = ..., level: _Texts = ..., lsp_id: _Value = ..., sequence: _Span = ...,
    ) -> None: ...
    age: _Output[str | None]
    body: _Output[str | None]
    checksum: _Output[str | None]
    instance: _Output[str | None]
    level: _Output[str | None]
    lsp_id: _Output[str | None]
    sequence: _Output[str | None]

class RoutingIsisNeighbor(_Menu):
    """`/routing/isis/neighbor`: rows that only the router makes."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., instance: _Name = ..., interface: _Name = ...,
        level_type: _Texts = ..., snpa: _Text = ..., srcid: _Value = ..., state: _Texts = ...,
    ) -> None: ...
    instance: _Output[str | None]
    interface: _Output[str | None]
    level_type: _Output[str | None]
    snpa: _Output[str | None]
    srcid: _Output[str | None]
    state: _Output[str | None]

class RoutingOspfArea(_Menu):
    """`/routing/ospf/area`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., area_id: _Text = ..., comment: _Value = ...,
        default_cost: _Span = ..., disabled: _Flag = ..., instance: _Name = ..., name: _Value = ...,
        no_summaries: _Value = ..., nssa_translator: _Texts = ..., type: _Texts = ...,
    ) -> None: ...
    area_id: _Output[str | None]
    comment: _Output[str]
    default_cost: _Output[str | None]
    disabled: _Output[bool | None]
    instance: _Output[str | None]
    name: _Output[str]
    no_summaries: _Output[str | None]
    nssa_translator: _Output[str | None]
    type: _Output[str | None]

class RoutingOspfAreaRange(_Menu):
    """`/routing/ospf/area/range`: rows, known by area and prefix."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., advertise: _Flag = ..., area: _Name = ...,
        comment: _Value = ..., cost: _Span = ..., disabled: _Flag = ..., prefix: _Text = ...,
    ) -> None: ...
    advertise: _Output[bool | None]
    area: _Output[str | None]
    comment: _Output[str]
    cost: _Output[str | None]
    disabled: _Output[bool | None]
    prefix: _Output[str | None]

class RoutingOspfInstance(_Menu):
    """`/routing/ospf/instance`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., disabled: _Flag = ...,
        domain_id: _Text = ..., domain_tag: _Span = ..., in_filter_chain: _Name = ..., mpls_te_address: _Text = ...,
        mpls_te_area: _Text = ..., name: _Value = ..., originate_default: _Texts = ..., out_filter_chain: _Name = ...,
        out_filter_select: _Name = ..., redistribute: _Texts = ..., router_id: _Value = ..., routing_table: _Name = ...,
        use_dn: _Flag = ..., version: _Value = ..., vrf: _Name = ...,
    ) -> None: ...
    comment: _Output[str]
    disabled: _Output[bool | None]
    domain_id: _Output[str | None]
    domain_tag: _Output[str | None]
    in_filter_chain: _Output[str | None]
    mpls_te_address: _Output[str | None]
    mpls_te_area: _Output[str | None]
    name: _Output[str]
    originate_default: _Output[str | None]
    out_filter_chain: _Output[str | None]
    out_filter_select: _Output[str | None]
    redistribute: _Output[str | None]
    router_id: _Output[str | None]
    routing_table: _Output[str | None]
    use_dn: _Output[bool | None]
    version: _Output[str | None]
    vrf: _Output[str | None]

class RoutingOspfInterface(_Menu):
    """`/routing/ospf/interface`: rows (since 7.23)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., address: _Name = ..., area: _Name = ...,
        auth: _Value = ..., auth_id: _Span = ..., auth_key: _Value = ..., comment: _Value = ..., cost: _Span = ...,
        dead_interval: _Span = ..., disabled: _Flag = ..., hello_interval: _Span = ..., instance_id: _Span = ...,
        interface: _Name = ..., passive: _Value = ..., priority: _Span = ..., retransmit_interval: _Span = ...,
        transmit_delay: _Span = ..., type: _Value = ..., use_bfd: _Flag = ..., vlink_neighbor_id: _Text = ...,
        vlink_transit_area: _Name = ...,
    ) -> None: ...
    address: _Output[str | None]
    area: _Output[str | None]
    auth: _Output[str | None]
    auth_id: _Output[str | None]
    auth_key: _Output[str | None]
    comment: _Output[str]
    cost: _Output[str | None]
    dead_interval: _Output[str | None]
    disabled: _Output[bool | None]
    hello_interval: _Output[str | None]
    instance_id: _Output[str | None]
    interface: _Output[str | None]
    passive: _Output[str | None]
    priority: _Output[str | None]
    retransmit_interval: _Output[str | None]
    transmit_delay: _Output[str | None]
    type: _Output[str | None]
    use_bfd: _Output[bool | None]
    vlink_neighbor_id: _Output[str | None]
    vlink_transit_area: _Output[str | None]

class RoutingOspfInterfaceTemplate(_Menu):
    """`/routing/ospf/interface-template`: rows in an order."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., position: _Position | None = ..., area: _Name = ...,
        auth: _Texts = ..., auth_id: _Span = ..., auth_key: _Value = ..., comment: _Value = ..., cost: _Span = ...,
        dead_interval: _Span = ..., disabled: _Flag = ..., hello_interval: _Span = ..., instance_id: _Span = ...,
        interfaces: _Name = ..., networks: _Value = ..., passive: _Value = ..., prefix_list: _Name = ...,
        priority: _Span = ..., retransmit_interval: _Span = ..., transmit_delay: _Span = ..., type: _Value = ...,
        use_bfd: _Flag = ..., vlink_neighbor_id: _Value = ..., vlink_transit_area: _Value = ...,
    ) -> None: ...
    area: _Output[str | None]
    auth: _Output[str | None]
    auth_id: _Output[str | None]
    auth_key: _Output[str | None]
    comment: _Output[str]
    cost: _Output[str | None]
    dead_interval: _Output[str | None]
    disabled: _Output[bool | None]
    hello_interval: _Output[str | None]
    instance_id: _Output[str | None]
    interfaces: _Output[str | None]
    networks: _Output[str | None]
    passive: _Output[str | None]
    prefix_list: _Output[str | None]
    priority: _Output[str | None]
    retransmit_interval: _Output[str | None]
    transmit_delay: _Output[str | None]
    type: _Output[str | None]
    use_bfd: _Output[bool | None]
    vlink_neighbor_id: _Output[str | None]
    vlink_transit_area: _Output[str | None]

class RoutingOspfNeighbor(_Menu):
    """`/routing/ospf/neighbor`: rows that only the router makes."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., comment: _Value = ...,
    ) -> None: ...
    comment: _Output[str]

class RoutingOspfStaticNeighbor(_Menu):
    """`/routing/ospf/static-neighbor`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., address: _Name = ..., area: _Name = ...,
        comment: _Value = ..., disabled: _Flag = ..., instance_id: _Span = ..., poll_interval: _Span = ...,
    ) -> None: ...
    address: _Output[str | None]
    area: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    instance_id: _Output[str | None]
    poll_interval: _Output[str | None]

class RoutingPimsmBsrCandidate(_Menu):
    """`/routing/pimsm/bsr/candidate`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., address: _Name = ..., disabled: _Flag = ...,
        hash_mask_length: _Value = ..., hashmask_length: _Span = ..., instance: _Name = ..., priority: _Span = ...,
        scope4: _Text = ..., scope6: _Span = ...,
    ) -> None: ...
    address: _Output[str | None]
    disabled: _Output[bool | None]
    hash_mask_length: _Output[str | None]
    hashmask_length: _Output[str | None]
    instance: _Output[str | None]
    priority: _Output[str | None]
    scope4: _Output[str | None]
    scope6: _Output[str | None]

class RoutingPimsmBsrRpCandidate(_Menu):
    """`/routing/pimsm/bsr/rp-candidate`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., address: _Name = ..., disabled: _Flag = ...,
        group: _Text = ..., holdtime: _Span = ..., instance: _Name = ..., priority: _Span = ...,
    ) -> None: ...
    address: _Output[str | None]
    disabled: _Output[bool | None]
    group: _Output[str | None]
    holdtime: _Output[str | None]
    instance: _Output[str | None]
    priority: _Output[str | None]

class RoutingPimsmIgmpInterfaceTemplate(_Menu):
    """`/routing/pimsm/igmp-interface-template`: rows that only the router makes."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., instance: _Name = ..., interfaces: _Name = ...,
    ) -> None: ...
    instance: _Output[str | None]
    interfaces: _Output[str | None]

class RoutingPimsmInstance(_Menu):
    """`/routing/pimsm/instance`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., afi: _Texts = ..., bsm_forward_back: _Flag = ...,
        crp_advertise_contained: _Flag = ..., disabled: _Flag = ..., name: _Value = ...,
        rp_hash_mask_length: _Span = ..., rp_static_override: _Flag = ..., ssm_range: _Text = ...,
        switch_to_spt: _Flag = ..., switch_to_spt_bytes: _Span = ..., switch_to_spt_interval: _Span = ...,
        vrf: _Name = ...,
    ) -> None: ...
    afi: _Output[str | None]
    bsm_forward_back: _Output[bool | None]
    crp_advertise_contained: _Output[bool | None]
    disabled: _Output[bool | None]
    name: _Output[str]
    rp_hash_mask_length: _Output[str | None]
    rp_static_override: _Output[bool | None]
    ssm_range: _Output[str | None]
    switch_to_spt: _Output[bool | None]
    switch_to_spt_bytes: _Output[str | None]
    switch_to_spt_interval: _Output[str | None]
    vrf: _Output[str | None]

class RoutingPimsmInterfaceTemplate(_Menu):
    """`/routing/pimsm/interface-template`: rows in an order."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., position: _Position | None = ..., disabled: _Flag = ...,
        hello_delay: _Span = ..., hello_period: _Span = ..., instance: _Name = ..., interfaces: _Name = ...,
        join_prune_period: _Span = ..., join_tracking_support: _Flag = ..., override_interval: _Span = ...,
        priority: _Span = ..., propagation_delay: _Span = ..., source_addresses: _Value = ...,
    ) -> None: ...
    disabled: _Output[bool | None]
    hello_delay: _Output[str | None]
    hello_period: _Output[str | None]
    instance: _Output[str | None]
    interfaces: _Output[str | None]
    join_prune_period: _Output[str | None]
    join_tracking_support: _Output[bool | None]
    override_interval: _Output[str | None]
    priority: _Output[str | None]
    propagation_delay: _Output[str | None]
    source_addresses: _Output[str | None]

class RoutingPimsmStaticRp(_Menu):
    """`/routing/pimsm/static-rp`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., address: _Text = ..., comment: _Value = ...,
        disabled: _Flag = ..., group: _Text = ..., instance: _Name = ...,
    ) -> None: ...
    address: _Output[str | None]
    comment: _Output[str | None]
    disabled: _Output[bool | None]
    group: _Output[str | None]
    instance: _Output[str | None]

class RoutingRipInstance(_Menu):
    """`/routing/rip/instance`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., afi: _Value = ..., disabled: _Flag = ...,
        in_filter_chain: _Name = ..., name: _Value = ..., originate_default: _Texts = ...,
        out_filter_chain: _Name = ..., out_filter_select: _Name = ..., redistribute: _Texts = ...,
        route_gc_timeout: _Span = ..., route_timeout: _Span = ..., routing_table: _Name = ...,
        update_interval: _Span = ..., vrf: _Name = ...,
    ) -> None: ...
    afi: _Output[str | None]
    disabled: _Output[bool | None]
    in_filter_chain: _Output[str | None]
    name: _Output[str]
    originate_default: _Output[str | None]
    out_filter_chain: _Output[str | None]
    out_filter_select: _Output[str | None]
    redistribute: _Output[str | None]
    route_gc_timeout: _Output[str | None]
    route_timeout: _Output[str | None]
    routing_table: _Output[str | None]
    update_interval: _Output[str | None]
    vrf: _Output[str | None]

class RoutingRipInterfaceTemplate(_Menu):
    """`/routing/rip/interface-template`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., cost: _Span = ..., disabled: _Flag = ...,
        instance: _Name = ..., interfaces: _Name = ..., key_chain: _Name = ..., mode: _Texts = ...,
        password: _Value = ..., poison_reverse: _Flag = ..., source_addresses: _Value = ..., split_horizon: _Flag = ...,
        use_bfd: _Flag = ...,
    ) -> None: ...
    cost: _Output[str | None]
    disabled: _Output[bool | None]
    instance: _Output[str | None]
    interfaces: _Output[str | None]
    key_chain: _Output[str | None]
    mode: _Output[str | None]
    password: _Output[str | None]
    poison_reverse: _Output[bool | None]
    source_addresses: _Output[str | None]
    split_horizon: _Output[bool | None]
    use_bfd: _Output[bool | None]

class RoutingRipKeys(_Menu):
    """`/routing/rip/keys`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., chain: _Name = ..., disabled: _Flag = ...,
        key: _Value = ..., key_id: _Span = ..., valid_from: _Span = ..., valid_till: _Span = ...,
    ) -> None: ...
    chain: _Output[str | None]
    disabled: _Output[bool | None]
    key: _Output[str | None]
    key_id: _Output[str | None]
    valid_from: _Output[str | None]
    valid_till: _Output[str | None]

class RoutingRipStaticNeighbor(_Menu):
    """`/routing/rip/static-neighbor`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., address: _Name = ..., disabled: _Flag = ...,
        instance: _Name = ...,
    ) -> None: ...
    address: _Output[str | None]
    disabled: _Output[bool | None]
    instance: _Output[str | None]

class RoutingRoute(_Menu):
    """`/routing/route`: rows that only the router makes."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., comment: _Value = ..., disabled: _Flag = ...,
    ) -> None: ...
    comment: _Output[str]
    disabled: _Output[bool | None]

class RoutingRouteRule(_Menu):
    """`/routing/route/rule`: rows that only the router makes (until 7.23)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., action: _Texts = ..., comment: _Value = ...,
        disabled: _Flag = ..., dst_address: _Name = ..., interface: _Name = ..., min_prefix: _Span = ...,
        routing_mark: _Name = ..., src_address: _Name = ..., table: _Value = ...,
    ) -> None: ...
    action: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    dst_address: _Output[str | None]
    interface: _Output[str | None]
    min_prefix: _Output[str | None]
    routing_mark: _Output[str | None]
    src_address: _Output[str | None]
    table: _Output[str | None]

class RoutingRpki(_Menu):
    """`/routing/rpki`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., address: _Text = ..., comment: _Value = ...,
        disabled: _Flag = ..., expire_interval: _Span = ..., group: _Name = ..., port: _Span = ...,
        preference: _Span = ..., refresh_interval: _Span = ..., retry_interval: _Span = ..., vrf: _Name = ...,
    ) -> None: ...
    address: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    expire_interval: _Output[str | None]
    group: _Output[str | None]
    port: _Output[str | None]
    preference: _Output[str | None]
    refresh_interval: _Output[str | None]
    retry_interval: _Output[str | None]
    vrf: _Output[str | None]

class RoutingSettings(_Menu):
    """`/routing/settings`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., check_gateway_ping_count: _Span = ...,
        check_gateway_ping_interval: _Span = ..., check_gateway_ping_timeout: _Span = ...,
        connected_in_chain: _Name = ..., dynamic_in_chain: _Name = ..., policy_rules: _Value = ...,
        single_process: _Flag = ...,
    ) -> None: ...
    check_gateway_ping_count: _Output[str | None]
    check_gateway_ping_interval: _Output[str | None]
    check_gateway_ping_timeout: _Output[str | None]
    connected_in_chain: _Output[str | None]
    dynamic_in_chain: _Output[str | None]
    policy_rules: _Output[str | None]
    single_process: _Output[bool | None]

class RsyncDaemon(_Menu):
    """`/rsync-daemon`: one row (until 7.16)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., enabled: _Value = ...,
    ) -> None: ...
    enabled: _Output[str | None]

class Snmp(_Menu):
    """`/snmp`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., contact: _Value = ..., enabled: _Flag = ..., engine_id_suffix: _Value = ...,
        location: _Value = ..., src_address: _Value = ..., trap_community: _Value = ..., trap_generators: _Texts = ...,
        trap_interfaces: _Name = ..., trap_target: _Value = ..., trap_version: _Value = ..., vrf: _Name = ...,
    ) -> None: ...
    contact: _Output[str | None]
    enabled: _Output[bool | None]
    engine_id_suffix: _Output[str | None]
    location: _Output[str | None]
    src_address: _Output[str | None]
    trap_community: _Output[str | None]
    trap_generators: _Output[str | None]
    trap_interfaces: _Output[str | None]
    trap_target: _Output[str | None]
    trap_version: _Output[str | None]
    vrf: _Output[str | None]

class SnmpCommunity(_Menu):
    """`/snmp/community`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., addresses: _Value = ...,
        authentication_password: _Value = ..., authentication_protocol: _Texts = ..., comment: _Value = ...,
        disabled: _Flag = ..., encryption_password: _Value = ..., encryption_protocol: _Texts = ..., name: _Value = ...,
        read_access: _Flag = ..., security: _Texts = ..., write_access: _Flag = ...,
    ) -> None: ...
    addresses: _Output[str | None]
    authentication_password: _Output[str | None]
    authentication_protocol: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    encryption_password: _Output[str | None]
    encryption_protocol: _Output[str | None]
    name: _Output[str]
    read_access: _Output[bool | None]
    security: _Output[str | None]
    write_access: _Output[bool | None]

class SpecialLogin(_Menu):
    """`/special-login`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., channel: _Span = ..., disabled: _Flag = ...,
        port: _Name = ..., user: _Name = ...,
    ) -> None: ...
    channel: _Output[str | None]
    disabled: _Output[bool | None]
    port: _Output[str | None]
    user: _Output[str | None]

class SystemClock(_Menu):
    """`/system/clock`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., date: _Span = ..., time: _Span = ..., time_zone_autodetect: _Flag = ...,
        time_zone_name: _Name = ...,
    ) -> None: ...
    date: _Output[str | None]
    time: _Output[str | None]
    time_zone_autodetect: _Output[bool | None]
    time_zone_name: _Output[str | None]

class SystemClockManual(_Menu):
    """`/system/clock/manual`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., dst_delta: _Value = ..., dst_end: _Span = ..., dst_start: _Span = ...,
        time_zone: _Value = ...,
    ) -> None: ...
    dst_delta: _Output[str | None]
    dst_end: _Output[str | None]
    dst_start: _Output[str | None]
    time_zone: _Output[str | None]

class SystemConsole(_Menu):
    """`/system/console`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., channel: _Span = ..., disabled: _Flag = ...,
        port: _Name = ..., term: _Value = ...,
    ) -> None: ...
    channel: _Output[str | None]
    disabled: _Output[bool | None]
    port: _Output[str | None]
    term: _Output[str | None]

class SystemConsoleScreen(_Menu):
    """`/system/console/screen`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., blank_interval: _Texts = ..., line_count: _Value = ...,
    ) -> None: ...
    blank_interval: _Output[str | None]
    line_count: _Output[str | None]

class SystemGps(_Menu):
    """`/system/gps`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., channel: _Span = ..., coordinate_format: _Value = ...,
        enabled: _Value = ..., gps_antenna_select: _Value = ..., init_channel: _Span = ..., init_string: _Texts = ...,
        port: _Name = ..., set_system_time: _Value = ...,
    ) -> None: ...
    channel: _Output[str | None]
    coordinate_format: _Output[str | None]
    enabled: _Output[str | None]
    gps_antenna_select: _Output[str | None]
    init_channel: _Output[str | None]
    init_string: _Output[str | None]
    port: _Output[str | None]
    set_system_time: _Output[str | None]

class SystemHardware(_Menu):
    """`/system/hardware`: one row (until 7.20)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., allow_x86_64: _Value = ..., multi_cpu: _Value = ...,
    ) -> None: ...
    allow_x86_64: _Output[str | None]
    multi_cpu: _Output[str | None]

class SystemHealth(_Menu):
    """`/system/health`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., state_after_reboot: _Value = ...,
    ) -> None: ...
    state_after_reboot: _Output[str | None]

class SystemHealthSettings(_Menu):
    """`/system/health/settings`: one row; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., cpu_overtemp_check: _Value = ..., cpu_overtemp_startup_delay: _Value = ...,
        cpu_overtemp_threshold: _Value = ..., fan_control_interval: _Value = ..., fan_full_speed_temp: _Value = ...,
        fan_min_speed_percent: _Value = ..., fan_mode: _Value = ..., fan_on_threshold: _Value = ...,
        fan_switch: _Value = ..., fan_target_temp: _Value = ..., use_fan: _Value = ..., use_fan2: _Value = ...,
    ) -> None: ...
    cpu_overtemp_check: _Output[str | None]
    cpu_overtemp_startup_delay: _Output[str | None]
    cpu_overtemp_threshold: _Output[str | None]
    fan_control_interval: _Output[str | None]
    fan_full_speed_temp: _Output[str | None]
    fan_min_speed_percent: _Output[str | None]
    fan_mode: _Output[str | None]
    fan_on_threshold: _Output[str | None]
    fan_switch: _Output[str | None]
    fan_target_temp: _Output[str | None]
    use_fan: _Output[str | None]
    use_fan2: _Output[str | None]

class SystemKeymatProvider(_Menu):
    """`/system/keymat-provider`: rows, known by name (since 7.24)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., disabled: _Flag = ..., hkdf_hash: _Value = ...,
        hkdf_secret: _Value = ..., key_size: _Value = ..., name: _Value = ..., qkd_address: _Value = ...,
        qkd_cache_size: _Value = ..., qkd_certificate: _Value = ..., qkd_kme_id: _Value = ...,
        qkd_peer_sae_id: _Value = ..., type: _Value = ...,
    ) -> None: ...
    disabled: _Output[bool | None]
    hkdf_hash: _Output[str | None]
    hkdf_secret: _Output[str | None]
    key_size: _Output[str | None]
    name: _Output[str]
    qkd_address: _Output[str | None]
    qkd_cache_size: _Output[str | None]
    qkd_certificate: _Output[str | None]
    qkd_kme_id: _Output[str | None]
    qkd_peer_sae_id: _Output[str | None]
    type: _Output[str | None]

class SystemLeds(_Menu):
    """`/system/leds`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., color: _Span = ..., disabled: _Flag = ...,
        interface: _Name = ..., leds: _Value = ..., modem_signal_threshold: _Span = ..., type: _Texts = ...,
    ) -> None: ...
    color: _Output[str | None]
    disabled: _Output[bool | None]
    interface: _Output[str | None]
    leds: _Output[str | None]
    modem_signal_threshold: _Output[str | None]
    type: _Output[str | None]

class SystemLedsSettings(_Menu):
    """`/system/leds/settings`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., all_leds_off: _Texts = ...,
    ) -> None: ...
    all_leds_off: _Output[str | None]

class SystemLogging(_Menu):
    """`/system/logging`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., action: _Name = ..., comment: _Value = ...,
        disabled: _Flag = ..., prefix: _Value = ..., regex: _Value = ..., topics: _Texts = ...,
    ) -> None: ...
    action: _Output[str | None]
    comment: _Output[str | None]
    disabled: _Output[bool | None]
    prefix: _Output[str | None]
    regex: _Output[str | None]
    topics: _Output[str | None]

class SystemLoggingAction(_Menu):
    """`/system/logging/action`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., add_topics_string: _Flag = ..., bsd_syslog: _Value = ...,
        cef_event_delimiter: _Value = ..., check_certificate: _Flag = ..., comment: _Value = ...,
        disk_file_count: _Span = ..., disk_file_name: _Value = ..., disk_lines_per_file: _Span = ...,
        disk_stop_on_full: _Flag = ..., email_cc: _Texts = ..., email_start_tls: _Flag = ..., email_to: _Value = ...,
        memory_lines: _Span = ..., memory_stop_on_full: _Flag = ..., name: _Value = ..., remember: _Flag = ...,
        remote: _Value = ..., remote_log_format: _Texts = ..., remote_port: _Span = ..., remote_protocol: _Texts = ...,
        script: _Value = ..., src_address: _Value = ..., syslog_facility: _Texts = ..., syslog_severity: _Texts = ...,
        syslog_time_format: _Texts = ..., target: _Texts = ..., vrf: _Name = ...,
    ) -> None: ...
    add_topics_string: _Output[bool | None]
    bsd_syslog: _Output[str | None]
    cef_event_delimiter: _Output[str | None]
    check_certificate: _Output[bool | None]
    comment: _Output[str]
    disk_file_count: _Output[str | None]
    disk_file_name: _Output[str | None]
    disk_lines_per_file: _Output[str | None]
    disk_stop_on_full: _Output[bool | None]
    email_cc: _Output[str | None]
    email_start_tls: _Output[bool | None]
    email_to: _Output[str | None]
    memory_lines: _Output[str | None]
    memory_stop_on_full: _Output[bool | None]
    name: _Output[str]
    remember: _Output[bool | None]
    remote: _Output[str | None]
    remote_log_format: _Output[str | None]
    remote_port: _Output[str | None]
    remote_protocol: _Output[str | None]
    script: _Output[str | None]
    src_address: _Output[str | None]
    syslog_facility: _Output[str | None]
    syslog_severity: _Output[str | None]
    syslog_time_format: _Output[str | None]
    target: _Output[str | None]
    vrf: _Output[str | None]

class SystemNote(_Menu):
    """`/system/note`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., note: _Value = ..., show_at_cli_login: _Flag = ...,
        show_at_login: _Flag = ...,
    ) -> None: ...
    note: _Output[str | None]
    show_at_cli_login: _Output[bool | None]
    show_at_login: _Output[bool | None]

class SystemNtpClient(_Menu):
    """`/system/ntp/client`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., enabled: _Flag = ..., mode: _Texts = ..., servers: _Texts = ...,
        vrf: _Name = ...,
    ) -> None: ...
    enabled: _Output[bool | None]
    mode: _Output[str | None]
    servers: _Output[str | None]
    vrf: _Output[str | None]

class SystemNtpClientServers(_Menu):
    """`/system/ntp/client/servers`: rows, known by address."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., address: _Text = ..., auth_key: _Name = ...,
        comment: _Value = ..., disabled: _Flag = ..., iburst: _Flag = ..., max_poll: _Span = ..., min_poll: _Span = ...,
    ) -> None: ...
    address: _Output[str | None]
    auth_key: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    iburst: _Output[bool | None]
    max_poll: _Output[str | None]
    min_poll: _Output[str | None]

class SystemNtpKey(_Menu):
    """`/system/ntp/key`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., key_id: _Span = ...,
        key_val: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    key_id: _Output[str | None]
    key_val: _Output[str | None]

class SystemNtpServer(_Menu):
    """`/system/ntp/server`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., auth_key: _Name = ..., broadcast: _Flag = ...,
        broadcast_addresses: _Texts = ..., enabled: _Flag = ..., local_clock_stratum: _Span = ...,
        manycast: _Flag = ..., multicast: _Flag = ..., use_local_clock: _Flag = ..., vrf: _Name = ...,
    ) -> None: ...
    auth_key: _Output[str | None]
    broadcast: _Output[bool | None]
    broadcast_addresses: _Output[str | None]
    enabled: _Output[bool | None]
    local_clock_stratum: _Output[str | None]
    manycast: _Output[bool | None]
    multicast: _Output[bool | None]
    use_local_clock: _Output[bool | None]
    vrf: _Output[str | None]

class SystemPackageLocalUpdate(_Menu):
    """`/system/package/local-update`: rows that only the router makes (since 7.17) (until 7.22)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., download: _Value = ...,
    ) -> None: ...
    download: _Output[str | None]

class SystemPackageLocalUpdateMirror(_Menu):
    """`/system/package/local-update/mirror`: one row (since 7.17)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., check_interval: _Span = ..., enabled: _Flag = ..., password: _Value = ...,
        primary_server: _Value = ..., secondary_server: _Value = ..., user: _Value = ...,
    ) -> None: ...
    check_interval: _Output[str | None]
    enabled: _Output[bool | None]
    password: _Output[str | None]
    primary_server: _Output[str | None]
    secondary_server: _Output[str | None]
    user: _Output[str | None]

class SystemPackageLocalUpdateUpdatePackageSource(_Menu):
    """`/system/package/local-update/update-package-source`: rows, known by address (since 7.17)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., address: _Value = ..., password: _Value = ...,
        user: _Value = ...,
    ) -> None: ...
    address: _Output[str | None]
    password: _Output[str | None]
    user: _Output[str | None]

class SystemPackageUpdate(_Menu):
    """`/system/package/update`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., channel: _Value = ..., check_certificate: _Value = ...,
        ip_version: _Value = ..., mode: _Value = ...,
    ) -> None: ...
    channel: _Output[str | None]
    check_certificate: _Output[str | None]
    ip_version: _Output[str | None]
    mode: _Output[str | None]

class SystemPtp(_Menu):
    """`/system/ptp`: rows, known by name; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., delay_mode: _Value = ...,
        domain: _Value = ..., name: _Value = ..., priority1: _Value = ..., priority2: _Value = ...,
        profile: _Value = ..., transport: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    delay_mode: _Output[str | None]
    domain: _Output[str | None]
    name: _Output[str]
    priority1: _Output[str | None]
    priority2: _Output[str | None]
    profile: _Output[str | None]
    transport: _Output[str | None]

class SystemPtpPort(_Menu):
    """`/system/ptp/port`: rows; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., interface: _Value = ...,
        ptp: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    interface: _Output[str | None]
    ptp: _Output[str | None]

class SystemResourceHardwareUsbSettings(_Menu):
    """`/system/resource/hardware/usb-settings`: one row (since 7.20)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., authorization: _Flag = ...,
    ) -> None: ...
    authorization: _Output[bool | None]

class SystemResourceIrq(_Menu):
    """`/system/resource/irq`: rows that only the router makes."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., cpu: _Span = ...,
    ) -> None: ...
    cpu: _Output[str | None]

class SystemResourceIrqRps(_Menu):
    """`/system/resource/irq/rps`: rows that only the router makes (until 7.20)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., disabled: _Flag = ...,
    ) -> None: ...
    disabled: _Output[bool | None]

class SystemResourceUsb(_Menu):
    """`/system/resource/usb`: rows that only the router makes (until 7.20)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., device: _Value = ..., device_id: _Value = ...,
        name: _Value = ..., ports: _Value = ..., serial_number: _Value = ..., speed: _Value = ...,
        usb_version: _Value = ..., vendor: _Value = ..., vendor_id: _Value = ...,
    ) -> None: ...
    device: _Output[str | None]
    device_id: _Output[str | None]
    name: _Output[str | None]
    ports: _Output[str | None]
    serial_number: _Output[str | None]
    speed: _Output[str | None]
    usb_version: _Output[str | None]
    vendor: _Output[str | None]
    vendor_id: _Output[str | None]

class SystemResourceUsbSettings(_Menu):
    """`/system/resource/usb/settings`: one row (until 7.20)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., authorization: _Value = ...,
    ) -> None: ...
    authorization: _Output[str | None]

class SystemRouterboardModeButton(_Menu):
    """`/system/routerboard/mode-button`: one row; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., enabled: _Flag = ..., hold_time: _Value = ..., on_event: _Value = ...,
    ) -> None: ...
    enabled: _Output[bool | None]
    hold_time: _Output[str | None]
    on_event: _Output[str | None]

class SystemRouterboardResetButton(_Menu):
    """`/system/routerboard/reset-button`: one row; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., enabled: _Flag = ..., hold_time: _Value = ..., on_event: _Value = ...,
    ) -> None: ...
    enabled: _Output[bool | None]
    hold_time: _Output[str | None]
    on_event: _Output[str | None]

class SystemRouterboardSettings(_Menu):
    """`/system/routerboard/settings`: one row; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., auto_upgrade: _Flag = ..., baud_rate: _Value = ..., boot_delay: _Span = ...,
        boot_device: _Value = ..., boot_os: _Value = ..., boot_protocol: _Value = ..., cpu_frequency: _Value = ...,
        cpu_mode: _Value = ..., disable_pci: _Flag = ..., enable_jumper_reset: _Flag = ...,
        enter_setup_on: _Value = ..., etherboot_port: _Value = ..., force_backup_booter: _Flag = ...,
        gpio_function: _Value = ..., init_delay: _Span = ..., memory_data_rate: _Value = ...,
        memory_frequency: _Value = ..., preboot_etherboot: _Value = ..., preboot_etherboot_server: _Value = ...,
        preferred_architecture: _Value = ..., protected_routerboot: _Value = ..., reformat_hold_button: _Span = ...,
        reformat_hold_button_max: _Span = ..., regulatory_domain_ce: _Flag = ..., silent_boot: _Flag = ...,
    ) -> None: ...
    auto_upgrade: _Output[bool | None]
    baud_rate: _Output[str | None]
    boot_delay: _Output[str | None]
    boot_device: _Output[str | None]
    boot_os: _Output[str | None]
    boot_protocol: _Output[str | None]
    cpu_frequency: _Output[str | None]
    cpu_mode: _Output[str | None]
    disable_pci: _Output[bool | None]
    enable_jumper_reset: _Output[bool | None]
    enter_setup_on: _Output[str | None]
    etherboot_port: _Output[str | None]
    force_backup_booter: _Output[bool | None]
    gpio_function: _Output[str | None]
    init_delay: _Output[str | None]
    memory_data_rate: _Output[str | None]
    memory_frequency: _Output[str | None]
    preboot_etherboot: _Output[str | None]
    preboot_etherboot_server: _Output[str | None]
    preferred_architecture: _Output[str | None]
    protected_routerboot: _Output[str | None]
    reformat_hold_button: _Output[str | None]
    reformat_hold_button_max: _Output[str | None]
    regulatory_domain_ce: _Output[bool | None]
    silent_boot: _Output[bool | None]

class SystemRouterboardUsb(_Menu):
    """`/system/routerboard/usb`: one row; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., type: _Value = ..., usb_mode: _Value = ...,
    ) -> None: ...
    type: _Output[str | None]
    usb_mode: _Output[str | None]

class SystemRouterboardWpsButton(_Menu):
    """`/system/routerboard/wps-button`: one row; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., enabled: _Flag = ..., hold_time: _Value = ..., on_event: _Value = ...,
    ) -> None: ...
    enabled: _Output[bool | None]
    hold_time: _Output[str | None]
    on_event: _Output[str | None]

class SystemScriptEnvironment(_Menu):
    """`/system/script/environment`: rows that only the router makes."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., comment: _Value = ..., value: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    value: _Output[str | None]

class SystemScriptJob(_Menu):
    """`/system/script/job`: rows that only the router makes."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., comment: _Value = ..., started: _Span = ...,
        type: _Texts = ...,
    ) -> None: ...
    comment: _Output[str]
    started: _Output[str | None]
    type: _Output[str | None]

class SystemSwos(_Menu):
    """`/system/swos`: one row; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., address_acquisition_mode: _Value = ..., allow_from: _Value = ...,
        allow_from_ports: _Value = ..., allow_from_vlan: _Value = ..., identity: _Value = ...,
        static_ip_address: _Value = ...,
    ) -> None: ...
    address_acquisition_mode: _Output[str | None]
    allow_from: _Output[str | None]
    allow_from_ports: _Output[str | None]
    allow_from_vlan: _Output[str | None]
    identity: _Output[str | None]
    static_ip_address: _Output[str | None]

class SystemUpgrade(_Menu):
    """`/system/upgrade`: rows that only the router makes (until 7.17)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., download: _Value = ...,
    ) -> None: ...
    download: _Output[str | None]

class SystemUpgradeMirror(_Menu):
    """`/system/upgrade/mirror`: one row (until 7.17)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., check_interval: _Span = ..., enabled: _Value = ..., password: _Value = ...,
        primary_server: _Value = ..., secondary_server: _Value = ..., user: _Value = ...,
    ) -> None: ...
    check_interval: _Output[str | None]
    enabled: _Output[str | None]
    password: _Output[str | None]
    primary_server: _Output[str | None]
    secondary_server: _Output[str | None]
    user: _Output[str | None]

class SystemUpgradeUpgradePackageSource(_Menu):
    """`/system/upgrade/upgrade-package-source`: rows (until 7.17)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., address: _Value = ..., user: _Value = ...,
    ) -> None: ...
    address: _Output[str | None]
    user: _Output[str | None]

class SystemUps(_Menu):
    """`/system/ups`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., alarm_setting: _Texts = ...,
        check_capabilities: _Flag = ..., comment: _Value = ..., disabled: _Flag = ..., min_runtime: _Span = ...,
        name: _Value = ..., offline_time: _Span = ..., port: _Value = ...,
    ) -> None: ...
    alarm_setting: _Output[str | None]
    check_capabilities: _Output[bool | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    min_runtime: _Output[str | None]
    name: _Output[str]
    offline_time: _Output[str | None]
    port: _Output[str | None]

class SystemWatchdog(_Menu):
    """`/system/watchdog`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., auto_send_supout: _Flag = ..., automatic_supout: _Flag = ...,
        ping_start_after_boot: _Span = ..., ping_timeout: _Span = ..., send_email_from: _Value = ...,
        send_email_to: _Value = ..., send_smtp_server: _Value = ..., watch_address: _Value = ...,
        watchdog_timer: _Flag = ...,
    ) -> None: ...
    auto_send_supout: _Output[bool | None]
    automatic_supout: _Output[bool | None]
    ping_start_after_boot: _Output[str | None]
    ping_timeout: _Output[str | None]
    send_email_from: _Output[str | None]
    send_email_to: _Output[str | None]
    send_smtp_server: _Output[str | None]
    watch_address: _Output[str | None]
    watchdog_timer: _Output[bool | None]

class Task(_Menu):
    """`/task`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., append: _Value = ..., file_name: _Value = ...,
        max_lines: _Span = ..., max_size: _Span = ..., no_header_paging: _Value = ..., save_interval: _Span = ...,
        save_timestamp: _Value = ..., source: _Value = ..., switch_to: _Value = ...,
    ) -> None: ...
    append: _Output[str | None]
    file_name: _Output[str | None]
    max_lines: _Output[str | None]
    max_size: _Output[str | None]
    no_header_paging: _Output[str | None]
    save_interval: _Output[str | None]
    save_timestamp: _Output[str | None]
    source: _Output[str | None]
    switch_to: _Output[str | None]

class ToolBandwidthServer(_Menu):
    """`/tool/bandwidth-server`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., allocate_udp_ports_from: _Span = ..., allowed_addresses4: _Value = ...,
        allowed_addresses6: _Value = ..., authenticate: _Flag = ..., enabled: _Flag = ..., max_sessions: _Span = ...,
    ) -> None: ...
    allocate_udp_ports_from: _Output[str | None]
    allowed_addresses4: _Output[str | None]
    allowed_addresses6: _Output[str | None]
    authenticate: _Output[bool | None]
    enabled: _Output[bool | None]
    max_sessions: _Output[str | None]

class ToolCalea(_Menu):
    """`/tool/calea`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., action: _Value = ..., case_id: _Span = ...,
        case_name: _Value = ..., comment: _Value = ..., disabled: _Flag = ..., file_root: _Value = ...,
        intercept_ip: _Text = ..., intercept_port: _Span = ..., limited_file_hash_method: _Value = ...,
        limited_file_stop_interval: _Span = ..., pcap_file_hash_method: _Value = ..., pcap_file_stop_count: _Span = ...,
        pcap_file_stop_interval: _Span = ..., pcap_file_stop_size: _Span = ...,
    ) -> None: ...
    action: _Output[str | None]
    case_id: _Output[str | None]
    case_name: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    file_root: _Output[str | None]
    intercept_ip: _Output[str | None]
    intercept_port: _Output[str | None]
    limited_file_hash_method: _Output[str | None]
    limited_file_stop_interval: _Output[str | None]
    pcap_file_hash_method: _Output[str | None]
    pcap_file_stop_count: _Output[str | None]
    pcap_file_stop_interval: _Output[str | None]
    pcap_file_stop_size: _Output[str | None]

class ToolEMail(_Menu):
    """`/tool/e-mail`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., certificate_verification: _Texts = ..., from_: _Value = ...,
        password: _Value = ..., port: _Span = ..., server: _Value = ..., tls: _Texts = ..., user: _Value = ...,
        vrf: _Name = ...,
    ) -> None: ...
    certificate_verification: _Output[str | None]
    from_: _Output[str | None]
    password: _Output[str | None]
    port: _Output[str | None]
    server: _Output[str | None]
    tls: _Output[str | None]
    user: _Output[str | None]
    vrf: _Output[str | None]

class ToolGraphing(_Menu):
    """`/tool/graphing`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., page_refresh: _Value = ..., store_every: _Texts = ...,
    ) -> None: ...
    page_refresh: _Output[str | None]
    store_every: _Output[str | None]

class ToolGraphingInterface(_Menu):
    """`/tool/graphing/interface`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., allow_address: _Value = ..., comment: _Value = ...,
        disabled: _Flag = ..., interface: _Name = ..., store_on_disk: _Flag = ...,
    ) -> None: ...
    allow_address: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    interface: _Output[str | None]
    store_on_disk: _Output[bool | None]

class ToolGraphingQueue(_Menu):
    """`/tool/graphing/queue`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., allow_address: _Value = ..., allow_target: _Flag = ...,
        comment: _Value = ..., disabled: _Flag = ..., simple_queue: _Value = ..., store_on_disk: _Flag = ...,
    ) -> None: ...
    allow_address: _Output[str | None]
    allow_target: _Output[bool | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    simple_queue: _Output[str | None]
    store_on_disk: _Output[bool | None]

class ToolGraphingResource(_Menu):
    """`/tool/graphing/resource`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., allow_address: _Value = ..., comment: _Value = ...,
        disabled: _Flag = ..., store_on_disk: _Flag = ...,
    ) -> None: ...
    allow_address: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    store_on_disk: _Output[bool | None]

class ToolMacServer(_Menu):
    """`/tool/mac-server`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., allowed_interface_list: _Name = ...,
    ) -> None: ...
    allowed_interface_list: _Output[str | None]

class ToolMacServerMacWinbox(_Menu):
    """`/tool/mac-server/mac-winbox`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., allowed_interface_list: _Name = ...,
    ) -> None: ...
    allowed_interface_list: _Output[str | None]

class ToolMacServerPing(_Menu):
    """`/tool/mac-server/ping`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., enabled: _Flag = ...,
    ) -> None: ...
    enabled: _Output[bool | None]

class ToolMacServerSessions(_Menu):
    """`/tool/mac-server/sessions`: rows that only the router makes."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, find: str | _Mapping[str, str],
        router: _Router | str = ..., extra: _Mapping[str, _Value] = ..., interface: _Name = ...,
        src_address: _Text = ..., uptime: _Span = ...,
    ) -> None: ...
    interface: _Output[str | None]
    src_address: _Output[str | None]
    uptime: _Output[str | None]

class ToolNetinstall(_Menu):
    """`/tool/netinstall`: rows in an order (since 7.24)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., position: _Position | None = ...,
        allow_etherboot: _Value = ..., allow_flashfig: _Value = ..., apply_default_configuration: _Value = ...,
        auto_reboot: _Value = ..., branding_package: _Value = ..., comment: _Value = ..., disabled: _Flag = ...,
        extra_packages: _Value = ..., install_once: _Value = ..., interface: _Value = ..., ip_range: _Value = ...,
        keep_old_configuration: _Value = ..., mac_address: _Text = ..., mode_file: _Value = ...,
        remove_branding: _Value = ..., script_file: _Value = ..., version: _Value = ..., wait: _Value = ...,
    ) -> None: ...
    allow_etherboot: _Output[str | None]
    allow_flashfig: _Output[str | None]
    apply_default_configuration: _Output[str | None]
    auto_reboot: _Output[str | None]
    branding_package: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    extra_packages: _Output[str | None]
    install_once: _Output[str | None]
    interface: _Output[str | None]
    ip_range: _Output[str | None]
    keep_old_configuration: _Output[str | None]
    mac_address: _Output[str | None]
    mode_file: _Output[str | None]
    remove_branding: _Output[str | None]
    script_file: _Output[str | None]
    version: _Output[str | None]
    wait: _Output[str | None]

class ToolNetinstallCache(_Menu):
    """`/tool/netinstall/cache`: rows (since 7.24)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., arch: _Value = ..., packages: _Value = ...,
        version: _Value = ...,
    ) -> None: ...
    arch: _Output[str | None]
    packages: _Output[str | None]
    version: _Output[str | None]

class ToolNetinstallSettings(_Menu):
    """`/tool/netinstall/settings`: one row (since 7.24)."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., cache_directory: _Value = ...,
    ) -> None: ...
    cache_directory: _Output[str | None]

class ToolNetwatch(_Menu):
    """`/tool/netwatch`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., accept_icmp_time_exceeded: _Flag = ...,
        certificate: _Name = ..., check_certificate: _Flag = ..., comment: _Value = ..., disabled: _Flag = ...,
        dns_server: _Text = ..., down_script: _Value = ..., early_failure_detection: _Flag = ...,
        early_success_detection: _Flag = ..., host: _Name = ..., http_codes: _Texts = ...,
        ignore_initial_down: _Flag = ..., ignore_initial_up: _Flag = ..., interval: _Span = ..., name: _Value = ...,
        packet_count: _Span = ..., packet_interval: _Span = ..., packet_size: _Span = ..., port: _Span = ...,
        record_type: _Texts = ..., src_address: _Text = ..., start_delay: _Span = ..., startup_delay: _Span = ...,
        test_script: _Value = ..., thr_avg: _Span = ..., thr_http_time: _Span = ..., thr_jitter: _Span = ...,
        thr_loss_count: _Span = ..., thr_loss_percent: _Span = ..., thr_max: _Span = ..., thr_stdev: _Span = ...,
        thr_tcp_conn_time: _Span = ..., timeout: _Span = ..., ttl: _Span = ..., type: _Texts = ...,
        up_script: _Value = ...,
    ) -> None: ...
    accept_icmp_time_exceeded: _Output[bool | None]
    certificate: _Output[str | None]
    check_certificate: _Output[bool | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    dns_server: _Output[str | None]
    down_script: _Output[str | None]
    early_failure_detection: _Output[bool | None]
    early_success_detection: _Output[bool | None]
    host: _Output[str | None]
    http_codes: _Output[str | None]
    ignore_initial_down: _Output[bool | None]
    ignore_initial_up: _Output[bool | None]
    interval: _Output[str | None]
    name: _Output[str]
    packet_count: _Output[str | None]
    packet_interval: _Output[str | None]
    packet_size: _Output[str | None]
    port: _Output[str | None]
    record_type: _Output[str | None]
    src_address: _Output[str | None]
    start_delay: _Output[str | None]
    startup_delay: _Output[str | None]
    test_script: _Output[str | None]
    thr_avg: _Output[str | None]
    thr_http_time: _Output[str | None]
    thr_jitter: _Output[str | None]
    thr_loss_count: _Output[str | None]
    thr_loss_percent: _Output[str | None]
    thr_max: _Output[str | None]
    thr_stdev: _Output[str | None]
    thr_tcp_conn_time: _Output[str | None]
    timeout: _Output[str | None]
    ttl: _Output[str | None]
    type: _Output[str | None]
    up_script: _Output[str | None]

class ToolRomon(_Menu):
    """`/tool/romon`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., enabled: _Flag = ..., id_: _Text = ..., secret: _Value = ...,
        secrets: _Value = ...,
    ) -> None: ...
    enabled: _Output[bool | None]
    id_: _Output[str | None]
    secret: _Output[str | None]
    secrets: _Output[str | None]

class ToolRomonPort(_Menu):
    """`/tool/romon/port`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., cost: _Span = ...,
        disabled: _Flag = ..., forbid: _Flag = ..., interface: _Name = ..., secrets: _Value = ...,
    ) -> None: ...
    comment: _Output[str]
    cost: _Output[str | None]
    disabled: _Output[bool | None]
    forbid: _Output[bool | None]
    interface: _Output[str | None]
    secrets: _Output[str | None]

class ToolSms(_Menu):
    """`/tool/sms`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., allowed_number: _Texts = ..., channel: _Span = ..., polling: _Flag = ...,
        port: _Name = ..., receive_enabled: _Flag = ..., remove_sent_sms_after_send: _Flag = ..., secret: _Value = ...,
        sim_pin: _Value = ..., sms_storage: _Texts = ...,
    ) -> None: ...
    allowed_number: _Output[str | None]
    channel: _Output[str | None]
    polling: _Output[bool | None]
    port: _Output[str | None]
    receive_enabled: _Output[bool | None]
    remove_sent_sms_after_send: _Output[bool | None]
    secret: _Output[str | None]
    sim_pin: _Output[str | None]
    sms_storage: _Output[str | None]

class ToolSniffer(_Menu):
    """`/tool/sniffer`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., file_limit: _Span = ..., file_name: _Value = ..., filter_cpu: _Span = ...,
        filter_direction: _Texts = ..., filter_dst_ip_address: _Span = ..., filter_dst_ipv6_address: _Value = ...,
        filter_dst_mac_address: _Text = ..., filter_dst_port: _Value = ..., filter_interface: _Name = ...,
        filter_ip_address: _Span = ..., filter_ip_protocol: _Value = ..., filter_ipv6_address: _Value = ...,
        filter_mac_address: _Text = ..., filter_mac_protocol: _Span = ...,
        filter_operator_between_entries: _Texts = ..., filter_port: _Value = ..., filter_size: _Span = ...,
        filter_src_ip_address: _Span = ..., filter_src_ipv6_address: _Value = ..., filter_src_mac_address: _Text = ...,
        filter_src_port: _Value = ..., filter_stream: _Flag = ..., filter_vlan: _Span = ...,
        max_packet_size: _Span = ..., memory_limit: _Span = ..., memory_scroll: _Flag = ..., only_headers: _Flag = ...,
        quick_rows: _Span = ..., quick_show_frame: _Flag = ..., streaming_enabled: _Flag = ...,
        streaming_server: _Value = ...,
    ) -> None: ...
    file_limit: _Output[str | None]
    file_name: _Output[str | None]
    filter_cpu: _Output[str | None]
    filter_direction: _Output[str | None]
    filter_dst_ip_address: _Output[str | None]
    filter_dst_ipv6_address: _Output[str | None]
    filter_dst_mac_address: _Output[str | None]
    filter_dst_port: _Output[str | None]
    filter_interface: _Output[str | None]
    filter_ip_address: _Output[str | None]
    filter_ip_protocol: _Output[str | None]
    filter_ipv6_address: _Output[str | None]
    filter_mac_address: _Output[str | None]
    filter_mac_protocol: _Output[str | None]
    filter_operator_between_entries: _Output[str | None]
    filter_port: _Output[str | None]
    filter_size: _Output[str | None]
    filter_src_ip_address: _Output[str | None]
    filter_src_ipv6_address: _Output[str | None]
    filter_src_mac_address: _Output[str | None]
    filter_src_port: _Output[str | None]
    filter_stream: _Output[bool | None]
    filter_vlan: _Output[str | None]
    max_packet_size: _Output[str | None]
    memory_limit: _Output[str | None]
    memory_scroll: _Output[bool | None]
    only_headers: _Output[bool | None]
    quick_rows: _Output[str | None]
    quick_show_frame: _Output[bool | None]
    streaming_enabled: _Output[bool | None]
    streaming_server: _Output[str | None]

class ToolTrafficGenerator(_Menu):
    """`/tool/traffic-generator`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., latency_distribution_max: _Span = ..., measure_out_of_order: _Flag = ...,
        stats_samples_to_keep: _Span = ..., test_id: _Span = ...,
    ) -> None: ...
    latency_distribution_max: _Output[str | None]
    measure_out_of_order: _Output[bool | None]
    stats_samples_to_keep: _Output[str | None]
    test_id: _Output[str | None]

class ToolTrafficGeneratorPacketTemplate(_Menu):
    """`/tool/traffic-generator/packet-template`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ...,
        compute_checksum_from_offset: _Span = ..., data: _Texts = ..., data_byte: _Span = ...,
        header_stack: _Texts = ..., interface: _Name = ..., ip_dscp: _Texts = ..., ip_dst: _Texts = ...,
        ip_frag_off: _Texts = ..., ip_gateway: _Text = ..., ip_id: _Texts = ..., ip_protocol: _Texts = ...,
        ip_src: _Texts = ..., ip_ttl: _Texts = ..., ipv6_dst: _Texts = ..., ipv6_flow_label: _Texts = ...,
        ipv6_gateway: _Text = ..., ipv6_hop_limit: _Texts = ..., ipv6_next_header: _Texts = ..., ipv6_src: _Texts = ...,
        ipv6_traffic_class: _Texts = ..., mac_dst: _Texts = ..., mac_protocol: _Texts = ..., mac_src: _Texts = ...,
        name: _Value = ..., port: _Name = ..., random_byte_offsets_and_masks: _Texts = ..., random_ranges: _Span = ...,
        raw_header: _Texts = ..., special_footer: _Flag = ..., tcp_ack: _Texts = ..., tcp_data_offset: _Texts = ...,
        tcp_dst_port: _Texts = ..., tcp_flags: _Texts = ..., tcp_src_port: _Texts = ..., tcp_syn: _Texts = ...,
        tcp_urgent_pointer: _Texts = ..., tcp_window_size: _Texts = ..., udp_checksum: _Texts = ...,
        udp_dst_port: _Texts = ..., udp_src_port: _Texts = ..., vlan_id: _Texts = ..., vlan_priority: _Texts = ...,
        vlan_protocol: _Texts = ...,
    ) -> None: ...
    comment: _Output[str]
    compute_checksum_from_offset: _Output[str | None]
    data: _Output[str | None]
    data_byte: _Output[str | None]
    header_stack: _Output[str | None]
    interface: _Output[str | None]
    ip_dscp: _Output[str | None]
    ip_dst: _Output[str | None]
    ip_frag_off: _Output[str | None]
    ip_gateway: _Output[str | None]
    ip_id: _Output[str | None]
    ip_protocol: _Output[str | None]
    ip_src: _Output[str | None]
    ip_ttl: _Output[str | None]
    ipv6_dst: _Output[str | None]
    ipv6_flow_label: _Output[str | None]
    ipv6_gateway: _Output[str | None]
    ipv6_hop_limit: _Output[str | None]
    ipv6_next_header: _Output[str | None]
    ipv6_src: _Output[str | None]
    ipv6_traffic_class: _Output[str | None]
    mac_dst: _Output[str | None]
    mac_protocol: _Output[str | None]
    mac_src: _Output[str | None]
    name: _Output[str]
    port: _Output[str | None]
    random_byte_offsets_and_masks: _Output[str | None]
    random_ranges: _Output[str | None]
    raw_header: _Output[str | None]
    special_footer: _Output[bool | None]
    tcp_ack: _Output[str | None]
    tcp_data_offset: _Output[str | None]
    tcp_dst_port: _Output[str | None]
    tcp_flags: _Output[str | None]
    tcp_src_port: _Output[str | None]
    tcp_syn: _Output[str | None]
    tcp_urgent_pointer: _Output[str | None]
    tcp_window_size: _Output[str | None]
    udp_checksum: _Output[str | None]
    udp_dst_port: _Output[str | None]
    udp_src_port: _Output[str | None]
    vlan_id: _Output[str | None]
    vlan_priority: _Output[str | None]
    vlan_protocol: _Output[str | None]

class ToolTrafficGeneratorPort(_Menu):
    """`/tool/traffic-generator/port`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., disabled: _Flag = ..., interface: _Name = ...,
        name: _Value = ...,
    ) -> None: ...
    disabled: _Output[bool | None]
    interface: _Output[str | None]
    name: _Output[str]

class ToolTrafficGeneratorRawPacketTemplate(_Menu):
    """`/tool/traffic-generator/raw-packet-template`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ...,
        compute_checksum_from_offset: _Span = ..., data: _Texts = ..., data_byte: _Span = ..., header: _Value = ...,
        ip_header_offset: _Texts = ..., ipv6_header_offset: _Texts = ..., name: _Value = ..., port: _Name = ...,
        random_byte_offsets_and_masks: _Texts = ..., random_ranges: _Span = ..., special_footer: _Flag = ...,
        tcp_header_offset: _Texts = ..., udp_compute_checksum: _Flag = ..., udp_header_offset: _Texts = ...,
    ) -> None: ...
    comment: _Output[str]
    compute_checksum_from_offset: _Output[str | None]
    data: _Output[str | None]
    data_byte: _Output[str | None]
    header: _Output[str | None]
    ip_header_offset: _Output[str | None]
    ipv6_header_offset: _Output[str | None]
    name: _Output[str]
    port: _Output[str | None]
    random_byte_offsets_and_masks: _Output[str | None]
    random_ranges: _Output[str | None]
    special_footer: _Output[bool | None]
    tcp_header_offset: _Output[str | None]
    udp_compute_checksum: _Output[bool | None]
    udp_header_offset: _Output[str | None]

class ToolTrafficGeneratorStream(_Menu):
    """`/tool/traffic-generator/stream`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., cpu_core: _Span = ..., disabled: _Flag = ...,
        id_: _Span = ..., mbps: _Span = ..., name: _Value = ..., packet_count: _Span = ..., packet_size: _Span = ...,
        port: _Name = ..., pps: _Span = ..., tx_template: _Name = ...,
    ) -> None: ...
    cpu_core: _Output[str | None]
    disabled: _Output[bool | None]
    id_: _Output[str | None]
    mbps: _Output[str | None]
    name: _Output[str]
    packet_count: _Output[str | None]
    packet_size: _Output[str | None]
    port: _Output[str | None]
    pps: _Output[str | None]
    tx_template: _Output[str | None]

class ToolTrafficMonitor(_Menu):
    """`/tool/traffic-monitor`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., disabled: _Flag = ...,
        interface: _Name = ..., name: _Value = ..., on_event: _Value = ..., threshold: _Span = ...,
        traffic: _Texts = ..., trigger: _Texts = ...,
    ) -> None: ...
    comment: _Output[str]
    disabled: _Output[bool | None]
    interface: _Output[str | None]
    name: _Output[str]
    on_event: _Output[str | None]
    threshold: _Output[str | None]
    traffic: _Output[str | None]
    trigger: _Output[str | None]

class Tr069Client(_Menu):
    """`/tr069-client`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., acs_url: _Value = ..., check_certificate: _Value = ...,
        client_certificate: _Name = ..., connection_request_password: _Value = ...,
        connection_request_port: _Span = ..., connection_request_username: _Value = ..., enabled: _Value = ...,
        password: _Value = ..., periodic_inform_enabled: _Value = ..., periodic_inform_interval: _Span = ...,
        provisioning_code: _Value = ..., username: _Value = ...,
    ) -> None: ...
    acs_url: _Output[str | None]
    check_certificate: _Output[str | None]
    client_certificate: _Output[str | None]
    connection_request_password: _Output[str | None]
    connection_request_port: _Output[str | None]
    connection_request_username: _Output[str | None]
    enabled: _Output[str | None]
    password: _Output[str | None]
    periodic_inform_enabled: _Output[str | None]
    periodic_inform_interval: _Output[str | None]
    provisioning_code: _Output[str | None]
    username: _Output[str | None]

class User(_Menu):
    """`/user`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., address: _Value = ..., comment: _Value = ...,
        disabled: _Flag = ..., group: _Name = ..., inactivity_policy: _Texts = ..., inactivity_timeout: _Span = ...,
        name: _Value = ..., password: _Value = ...,
    ) -> None: ...
    address: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    group: _Output[str | None]
    inactivity_policy: _Output[str | None]
    inactivity_timeout: _Output[str | None]
    name: _Output[str]
    password: _Output[str | None]

class UserManager(_Menu):
    """`/user-manager`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., accounting_port: _Span = ..., authentication_port: _Span = ...,
        certificate: _Name = ..., enabled: _Value = ..., radsec_certificate: _Name = ...,
        require_message_auth: _Value = ..., use_profiles: _Value = ...,
    ) -> None: ...
    accounting_port: _Output[str | None]
    authentication_port: _Output[str | None]
    certificate: _Output[str | None]
    enabled: _Output[str | None]
    radsec_certificate: _Output[str | None]
    require_message_auth: _Output[str | None]
    use_profiles: _Output[str | None]

class UserManagerAdvanced(_Menu):
    """`/user-manager/advanced`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., paypal_allow: _Value = ..., paypal_currency: _Value = ...,
        paypal_password: _Value = ..., paypal_signature: _Value = ..., paypal_use_sandbox: _Value = ...,
        paypal_user: _Value = ..., web_private_password: _Value = ..., web_private_username: _Value = ...,
    ) -> None: ...
    paypal_allow: _Output[str | None]
    paypal_currency: _Output[str | None]
    paypal_password: _Output[str | None]
    paypal_signature: _Output[str | None]
    paypal_use_sandbox: _Output[str | None]
    paypal_user: _Output[str | None]
    web_private_password: _Output[str | None]
    web_private_username: _Output[str | None]

class UserManagerAttribute(_Menu):
    """`/user-manager/attribute`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., name: _Value = ..., packet_types: _Texts = ...,
        type_id: _Span = ..., value_type: _Value = ..., vendor_id: _Value = ...,
    ) -> None: ...
    name: _Output[str]
    packet_types: _Output[str | None]
    type_id: _Output[str | None]
    value_type: _Output[str | None]
    vendor_id: _Output[str | None]

class UserManagerDatabase(_Menu):
    """`/user-manager/database`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., db_path: _Value = ...,
    ) -> None: ...
    db_path: _Output[str | None]

class UserManagerLimitation(_Menu):
    """`/user-manager/limitation`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., download_limit: _Span = ...,
        name: _Value = ..., rate_limit_burst_rx: _Span = ..., rate_limit_burst_threshold_rx: _Span = ...,
        rate_limit_burst_threshold_tx: _Span = ..., rate_limit_burst_time_rx: _Span = ...,
        rate_limit_burst_time_tx: _Span = ..., rate_limit_burst_tx: _Span = ..., rate_limit_min_rx: _Span = ...,
        rate_limit_min_tx: _Span = ..., rate_limit_priority: _Span = ..., rate_limit_rx: _Span = ...,
        rate_limit_tx: _Span = ..., reset_counters_interval: _Span = ..., reset_counters_start_time: _Value = ...,
        transfer_limit: _Span = ..., upload_limit: _Span = ..., uptime_limit: _Span = ...,
    ) -> None: ...
    comment: _Output[str]
    download_limit: _Output[str | None]
    name: _Output[str]
    rate_limit_burst_rx: _Output[str | None]
    rate_limit_burst_threshold_rx: _Output[str | None]
    rate_limit_burst_threshold_tx: _Output[str | None]
    rate_limit_burst_time_rx: _Output[str | None]
    rate_limit_burst_time_tx: _Output[str | None]
    rate_limit_burst_tx: _Output[str | None]
    rate_limit_min_rx: _Output[str | None]
    rate_limit_min_tx: _Output[str | None]
    rate_limit_priority: _Output[str | None]
    rate_limit_rx: _Output[str | None]
    rate_limit_tx: _Output[str | None]
    reset_counters_interval: _Output[str | None]
    reset_counters_start_time: _Output[str | None]
    transfer_limit: _Output[str | None]
    upload_limit: _Output[str | None]
    uptime_limit: _Output[str | None]

class UserManagerPayment(_Menu):
    """`/user-manager/payment`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., currency: _Value = ..., method: _Value = ...,
        price: _Span = ..., profile: _Name = ..., trans_end: _Value = ..., trans_start: _Value = ...,
        trans_status: _Value = ..., user: _Name = ..., user_message: _Value = ...,
    ) -> None: ...
    currency: _Output[str | None]
    method: _Output[str | None]
    price: _Output[str | None]
    profile: _Output[str | None]
    trans_end: _Output[str | None]
    trans_start: _Output[str | None]
    trans_status: _Output[str | None]
    user: _Output[str | None]
    user_message: _Output[str | None]

class UserManagerProfile(_Menu):
    """`/user-manager/profile`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., name: _Value = ...,
        name_for_users: _Value = ..., override_shared_users: _Value = ..., price: _Span = ...,
        starts_when: _Value = ..., validity: _Span = ...,
    ) -> None: ...
    comment: _Output[str]
    name: _Output[str]
    name_for_users: _Output[str | None]
    override_shared_users: _Output[str | None]
    price: _Output[str | None]
    starts_when: _Output[str | None]
    validity: _Output[str | None]

class UserManagerProfileLimitation(_Menu):
    """`/user-manager/profile-limitation`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., from_time: _Span = ...,
        limitation: _Name = ..., profile: _Name = ..., till_time: _Span = ..., weekdays: _Texts = ...,
    ) -> None: ...
    comment: _Output[str]
    from_time: _Output[str | None]
    limitation: _Output[str | None]
    profile: _Output[str | None]
    till_time: _Output[str | None]
    weekdays: _Output[str | None]

class UserManagerRouter(_Menu):
    """`/user-manager/router`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., address: _Text = ..., coa_port: _Span = ...,
        comment: _Value = ..., disabled: _Flag = ..., name: _Value = ..., protocol: _Value = ...,
        shared_secret: _Value = ...,
    ) -> None: ...
    address: _Output[str | None]
    coa_port: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    name: _Output[str]
    protocol: _Output[str | None]
    shared_secret: _Output[str | None]

class UserManagerUser(_Menu):
    """`/user-manager/user`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., attributes: _Value = ..., caller_id: _Value = ...,
        comment: _Value = ..., disabled: _Flag = ..., group: _Name = ..., name: _Value = ..., otp_secret: _Value = ...,
        password: _Value = ..., shared_users: _Value = ...,
    ) -> None: ...
    attributes: _Output[str | None]
    caller_id: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    group: _Output[str | None]
    name: _Output[str]
    otp_secret: _Output[str | None]
    password: _Output[str | None]
    shared_users: _Output[str | None]

class UserManagerUserProfile(_Menu):
    """`/user-manager/user-profile`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., profile: _Name = ..., user: _Name = ...,
    ) -> None: ...
    profile: _Output[str | None]
    user: _Output[str | None]

class UserManagerUserGroup(_Menu):
    """`/user-manager/user/group`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., attributes: _Value = ..., comment: _Value = ...,
        inner_auths: _Texts = ..., name: _Value = ..., outer_auths: _Texts = ...,
    ) -> None: ...
    attributes: _Output[str | None]
    comment: _Output[str]
    inner_auths: _Output[str | None]
    name: _Output[str]
    outer_auths: _Output[str | None]

class UserAaa(_Menu):
    """`/user/aaa`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., accounting: _Flag = ..., default_group: _Name = ...,
        exclude_groups: _Texts = ..., interim_update: _Span = ..., use_radius: _Flag = ...,
    ) -> None: ...
    accounting: _Output[bool | None]
    default_group: _Output[str | None]
    exclude_groups: _Output[str | None]
    interim_update: _Output[str | None]
    use_radius: _Output[bool | None]

class UserGroup(_Menu):
    """`/user/group`: rows, known by name."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., name: _Value = ...,
        policy: _Texts = ..., skin: _Name = ...,
    ) -> None: ...
    comment: _Output[str]
    name: _Output[str]
    policy: _Output[str | None]
    skin: _Output[str | None]

class UserSettings(_Menu):
    """`/user/settings`: one row."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., minimum_categories: _Span = ..., minimum_password_length: _Span = ...,
    ) -> None: ...
    minimum_categories: _Output[str | None]
    minimum_password_length: _Output[str | None]

class UserSshKeys(_Menu):
    """`/user/ssh-keys`: rows."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., comment: _Value = ..., key: _Value = ...,
        user: _Name = ...,
    ) -> None: ...
    comment: _Output[str | None]
    key: _Output[str | None]
    user: _Output[str | None]

class Zerotier(_Menu):
    """`/zerotier`: rows, known by name; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., backup_priorities: _Value = ..., comment: _Value = ...,
        disabled: _Flag = ..., identity: _Value = ..., interfaces: _Value = ..., name: _Value = ..., port: _Value = ...,
        route_distance: _Value = ...,
    ) -> None: ...
    backup_priorities: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    identity: _Output[str | None]
    interfaces: _Output[str | None]
    name: _Output[str]
    port: _Output[str | None]
    route_distance: _Output[str | None]

class ZerotierController(_Menu):
    """`/zerotier/controller`: rows, known by name; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., broadcast: _Value = ..., comment: _Value = ...,
        disabled: _Flag = ..., instance: _Value = ..., ip_range: _Value = ..., ip6_6plane: _Value = ...,
        ip6_range: _Value = ..., ip6_rfc4193: _Value = ..., mtu: _Value = ..., multicast_limit: _Value = ...,
        name: _Value = ..., network: _Value = ..., private: _Value = ..., routes: _Value = ...,
    ) -> None: ...
    broadcast: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    instance: _Output[str | None]
    ip_range: _Output[str | None]
    ip6_6plane: _Output[str | None]
    ip6_range: _Output[str | None]
    ip6_rfc4193: _Output[str | None]
    mtu: _Output[str | None]
    multicast_limit: _Output[str | None]
    name: _Output[str]
    network: _Output[str | None]
    private: _Output[str | None]
    routes: _Output[str | None]

class ZerotierControllerMember(_Menu):
    """`/zerotier/controller/member`: rows, known by name; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., authorized: _Value = ..., bridge: _Value = ...,
        comment: _Value = ..., disabled: _Flag = ..., ip_address: _Value = ..., name: _Value = ...,
        network: _Value = ..., zt_address: _Value = ...,
    ) -> None: ...
    authorized: _Output[str | None]
    bridge: _Output[str | None]
    comment: _Output[str]
    disabled: _Output[bool | None]
    ip_address: _Output[str | None]
    name: _Output[str]
    network: _Output[str | None]
    zt_address: _Output[str | None]

class ZerotierInterface(_Menu):
    """`/zerotier/interface`: rows, known by name; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., allow_default: _Value = ..., allow_global: _Value = ...,
        allow_managed: _Value = ..., arp_timeout: _Value = ..., comment: _Value = ...,
        disable_running_check: _Value = ..., disabled: _Flag = ..., instance: _Value = ..., name: _Value = ...,
        network: _Value = ...,
    ) -> None: ...
    allow_default: _Output[str | None]
    allow_global: _Output[str | None]
    allow_managed: _Output[str | None]
    arp_timeout: _Output[str | None]
    comment: _Output[str]
    disable_running_check: _Output[str | None]
    disabled: _Output[bool | None]
    instance: _Output[str | None]
    name: _Output[str]
    network: _Output[str | None]

class ZerotierPeerHint(_Menu):
    """`/zerotier/peer/hint`: rows; only some boards have it."""

    def __init__(
        self, resource_name: str, opts: _Options | None = None, *, router: _Router | str = ...,
        extra: _Mapping[str, _Value] = ..., adopt: bool = ..., addresses: _Value = ..., comment: _Value = ...,
        identity: _Value = ..., instance: _Value = ...,
    ) -> None: ...
    addresses: _Output[str | None]
    comment: _Output[str]
    identity: _Output[str | None]
    instance: _Output[str | None]

