"""A router that somebody made by hand, on the factory's configuration, with a bit of everything."""

HAND_MADE = """\
/interface list
add name=VPN
/interface wireguard
add comment="to the office" listen-port=13231 mtu=1420 name=wg-office
add listen-port=51820 mtu=1420 name=wg-mesh private-key="yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk="
/interface wireguard peers
add allowed-address=10.20.0.0/24,172.16.50.0/24 comment=office endpoint-address=vpn.example.com endpoint-port=51820 \\
    interface=wg-office name=peer1 persistent-keepalive=25s \\
    preshared-key="/UwcSPg38hW/D9Y3tcS1FOV0K1wuURMbS0sesJEP5ak=" \\
    public-key="xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg="
add allowed-address=10.99.0.2/32 comment="Anna's laptop" interface=wg-mesh name=laptop \\
    public-key="TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0="
/interface list member
add interface=wg-office list=VPN
add interface=wg-mesh list=LAN
/routing table
add disabled=no fib name=by-office
/ip address
add address=10.20.0.2/24 interface=wg-office network=10.20.0.0
add address=10.99.0.1/24 comment=mesh interface=wg-mesh network=10.99.0.0
/ip route
add comment="office LAN" dst-address=172.16.50.0/24 gateway=wg-office
add dst-address=0.0.0.0/0 gateway=wg-office routing-table=by-office
/routing rule
add action=lookup-only-in-table src-address=192.168.88.32/27 table=by-office
/ip firewall address-list
add address=192.168.88.10 comment="the NAS" list=servers
add address=192.168.88.20 disabled=yes list=servers
add address=203.0.113.0/24 list=blocked
/ip firewall filter
add action=accept chain=input comment="WireGuard, both" dst-port=13231,51820 protocol=udp
add action=accept chain=forward comment="from \\"the office\\"" in-interface=wg-office src-address-list=!blocked
add action=drop chain=forward dst-address-list=servers in-interface-list=VPN
/ip firewall nat
add action=masquerade chain=srcnat out-interface=wg-office
/ip firewall mangle
add action=change-mss chain=forward new-mss=clamp-to-pmtu out-interface=wg-office passthrough=yes protocol=tcp \\
    tcp-flags=syn
/ip dns
set allow-remote-requests=yes servers=9.9.9.9
/system identity
set name=home
/system script
add name=nightly owner=admin policy=read,write source=":log info \\"night\\""
/system scheduler
add interval=1d name=at-night on-event=nightly policy=read,write start-time=03:00:00
"""

SMALL = """\
/interface wireguard
add comment=tunnel listen-port=13231 mtu=1420 name=wg0
/interface wireguard peers
add allowed-address=10.8.0.2/32 interface=wg0 name=anna public-key="TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0=" \\
    preshared-key="/UwcSPg38hW/D9Y3tcS1FOV0K1wuURMbS0sesJEP5ak="
/ip address
add address=10.8.0.1/24 interface=wg0 network=10.8.0.0
/ip firewall address-list
add address=192.168.88.10 comment="the NAS" list=servers
add address=192.168.88.11 list=servers
/ip firewall filter
add action=accept chain=forward in-interface=wg0
add action=drop chain=forward comment="no servers" dst-address-list=servers
"""
