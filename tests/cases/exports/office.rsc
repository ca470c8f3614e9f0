# 2026-09-14 08:31:07 by RouterOS 7.22.3
# software id = ABCD-EFGH
#
# model = RB5009UG+S+
# serial number = HF0000000LAB
/interface bridge
add admin-mac=02:57:54:10:00:01 auto-mac=no comment=defconf name=bridge \
    vlan-filtering=yes
/interface ethernet
set [ find default-name=ether1 ] comment="ISP \"north\"" name=wan1
set [ find default-name=ether8 ] poe-out=off
set [ find default-name=sfp-sfpplus1 ] auto-negotiation=no \
    speed=10G-baseSR-LR
/interface wireguard
add listen-port=13231 mtu=1420 name=wg-office \
    private-key="dwdtCnMYpX08FsFyUbJmRd9ML4frwJkqsXf7pR25LCo="
/interface vlan
add interface=bridge name=vlan10 vlan-id=10
add interface=vlan10 name=vlan10.20 use-service-tag=yes vlan-id=20
/interface pppoe-client
add add-default-route=yes disabled=no interface=wan1 name=pppoe-out1 \
    user=someone@isp
/interface bonding
add mode=802.3ad name=bonding1 slaves=ether6,ether7
/interface wifi
set [ find default-name=wifi1 ] channel.band=5ghz-ax \
    configuration.country=Latvia .mode=ap .ssid=Office disabled=no \
    security.authentication-types=wpa2-psk,wpa3-psk
/interface list
add comment=defconf name=WAN
add comment=defconf include=dynamic name=LAN
/interface wifi security
add authentication-types=wpa2-psk name=guests
/interface wireless security-profiles
set [ find default=yes ] supplicant-identity=MikroTik
/ip dhcp-server option
add code=121 name=routes value=0x18C0A80A01
/ip ipsec proposal
set [ find default=yes ] pfs-group=none
/ip pool
add name=lan ranges=192.168.88.10-192.168.88.254
/ip dhcp-server
add address-pool=lan interface=bridge lease-time=12h name=defconf
/port
set 0 name=serial0
/ppp profile
set *FFFFFFFE local-address=192.168.89.1 remote-address=lan
/queue type
add fq-codel-target=10ms kind=fq-codel name=fq
/queue simple
add max-limit=20M/50M name=guests target=vlan10
/routing bgp template
set default as=65530
/routing ospf instance
add name=backbone router-id=10.0.0.1
/routing ospf area
add instance=backbone name=area0
/routing table
add fib name=to-vpn
/snmp community
set [ find default=yes ] addresses=::/0
/system logging action
set 3 remote=192.168.88.5
/queue tree
add name=up parent=pppoe-out1 priority=3
/interface bridge port
add bridge=bridge comment=defconf interface=ether2
add bridge=bridge interface=bonding1 pvid=10
/ip neighbor discovery-settings
set discover-interface-list=LAN
/interface bridge vlan
add bridge=bridge tagged=bridge,bonding1 vlan-ids=10
/interface list member
add comment=defconf interface=bridge list=LAN
add interface=pppoe-out1 list=WAN
/interface wireguard peers
add allowed-address=10.20.0.0/24,fd20::/64 \
    endpoint-address=branch.example.com endpoint-port=51820 \
    interface=wg-office name=branch persistent-keepalive=25s \
    public-key="3p7bfXt9wbTTW2HC7OQ1Nz+DQ8hbeGdNrfx+FG+IK08="
/ip address
add address=192.168.88.1/24 comment=defconf interface=bridge \
    network=192.168.88.0
add address=10.20.0.1 interface=wg-office network=10.20.0.2
/ip cloud
set ddns-enabled=yes
/ip dhcp-client
add comment=defconf interface=wan1 use-peer-dns=no
/ip dhcp-server lease
add address=192.168.88.20 comment="the printer, 2nd floor" \
    mac-address=02:00:00:00:00:20 server=defconf
/ip dhcp-server network
add address=192.168.88.0/24 comment=defconf dns-server=192.168.88.1 \
    gateway=192.168.88.1
/ip dns
set allow-remote-requests=yes servers=9.9.9.9,2620:fe::fe
/ip dns static
add address=192.168.88.1 comment=defconf name=router.lan type=A
/ip firewall address-list
add address=192.168.88.0/24 list=internal
/ip firewall filter
add action=accept chain=input \
    comment="defconf: accept established,related,untracked" \
    connection-state=established,related,untracked
add action=fasttrack-connection chain=forward connection-mark=no-mark \
    connection-state=established,related hw-offload=yes
add action=drop chain=input comment="defconf: drop all not coming from LAN" \
    in-interface-list=!LAN
/ip firewall mangle
add action=mark-routing chain=prerouting dst-address-type=!local \
    new-routing-mark=to-vpn src-address-list=internal
/ip firewall nat
add action=masquerade chain=srcnat comment="defconf: masquerade" \
    ipsec-policy=out,none out-interface-list=WAN
/ip hotspot profile
set [ find default=yes ] html-directory=hotspot
/ip firewall service-port
set sip disabled=yes
/ip route
add blackhole comment="no leak" distance=250 dst-address=0.0.0.0/0 \
    routing-table=to-vpn
add dst-address=0.0.0.0/0 gateway=wg-office routing-table=to-vpn
/ip service
set ftp disabled=yes
set telnet disabled=yes
/ip ssh
set strong-crypto=yes
/ipv6 address
add address=fd88::1 interface=bridge
/ipv6 firewall filter
add action=drop chain=forward in-interface-list=!LAN
/ipv6 nd
set [ find default=yes ] other-configuration=yes
/routing ospf interface-template
add area=area0 interfaces=bridge networks=192.168.88.0/24
/routing rule
add action=lookup-only-in-table dst-address=192.168.0.0/16 table=main
/snmp
set enabled=yes location="Riga, attic"
/system clock
set time-zone-name=Europe/Riga
/system identity
set name="office router"
/system logging
add prefix=fw topics=firewall
/system note
set show-at-login=no
/system ntp client
set enabled=yes
/system ntp client servers
add address=pool.ntp.org
/system routerboard settings
set auto-upgrade=yes
/system scheduler
add interval=1d name=nightly on-event="/log info \"good night\"\r\n:delay 1s" \
    policy=ftp,reboot,read,write,policy,test,password,sniff,sensitive,romon \
    start-date=2026-01-01 start-time=03:00:00
/tool mac-server
set allowed-interface-list=LAN
/tool netwatch
add comment="is it up\?" host=9.9.9.9 interval=30s type=icmp
