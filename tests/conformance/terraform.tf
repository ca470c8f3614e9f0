# Plain resources of terraform-provider-routeros, one of each menu that the embedded router describes.
terraform {
  required_providers {
    routeros = { source = "terraform-routeros/routeros" }
  }
}

resource "routeros_interface_wireguard" "wg" {
  name        = "wg1"
  listen_port = 51820
}
resource "routeros_interface_wireguard_peer" "peer" {
  interface            = routeros_interface_wireguard.wg.name
  name                 = "branch"
  public_key           = "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo="
  allowed_address      = ["10.20.0.0/24", "fd20::/64"]
  endpoint_address     = "branch.example.com"
  endpoint_port        = "51820"
  persistent_keepalive = "25s"
}
resource "routeros_interface_list" "vpn" {
  name = "VPN"
}
resource "routeros_interface_list_member" "wg" {
  list      = routeros_interface_list.vpn.name
  interface = routeros_interface_wireguard.wg.name
}
resource "routeros_interface_bridge_port" "port" {
  bridge    = "bridge"
  interface = "ether5"
}
resource "routeros_interface_vlan" "guests" {
  name      = "vlan10"
  interface = "bridge"
  vlan_id   = 10
}
resource "routeros_ip_address" "wg" {
  address   = "10.20.0.1/24"
  interface = routeros_interface_wireguard.wg.name
}
resource "routeros_routing_table" "vpn" {
  name = "vpn"
}
resource "routeros_routing_rule" "lan" {
  dst_address = "192.168.0.0/16"
  action      = "lookup-only-in-table"
  table       = "main"
}
resource "routeros_ip_route" "branch" {
  dst_address = "10.9.0.0/16"
  gateway     = routeros_interface_wireguard.wg.name
  distance    = 5
}
resource "routeros_ip_firewall_addr_list" "lan" {
  list    = "lan"
  address = "192.168.0.0/23"
}
resource "routeros_ip_firewall_filter" "rest" {
  chain   = "forward"
  action  = "drop"
  comment = "the rest"
}
resource "routeros_ip_firewall_filter" "established" {
  chain            = "forward"
  action           = "accept"
  connection_state = "established,related"
  comment          = "established"
  place_before     = routeros_ip_firewall_filter.rest.id
}
resource "routeros_ip_firewall_filter" "between" {
  chain    = "forward"
  action   = "accept"
  protocol = "tcp"
  dst_port = "443"
  comment  = "in between"
}
resource "routeros_move_items" "filter" {
  resource_path = "/ip/firewall/filter"
  sequence = [
    routeros_ip_firewall_filter.established.id,
    routeros_ip_firewall_filter.between.id,
    routeros_ip_firewall_filter.rest.id,
  ]
}
resource "routeros_ip_firewall_nat" "out" {
  chain         = "srcnat"
  action        = "masquerade"
  out_interface = routeros_interface_wireguard.wg.name
}
resource "routeros_ip_firewall_mangle" "mark" {
  chain            = "prerouting"
  action           = "mark-routing"
  new_routing_mark = routeros_routing_table.vpn.name
  src_address_list = "lan"
  dst_address_type = "!local"
}
resource "routeros_ip_firewall_raw" "bogons" {
  chain       = "prerouting"
  action      = "drop"
  src_address = "240.0.0.0/4"
}
resource "routeros_ip_dns" "dns" {
  servers               = ["9.9.9.9", "2620:fe::fe"]
  allow_remote_requests = true
}
resource "routeros_ip_dns_record" "router" {
  name    = "router.lan"
  type    = "A"
  address = "192.168.88.1"
}
resource "routeros_ip_pool" "lan" {
  name   = "lan"
  ranges = ["192.168.88.10-192.168.88.99"]
}
resource "routeros_ipv6_address" "wg" {
  address   = "fd20::1/64"
  interface = routeros_interface_wireguard.wg.name
  advertise = false
}
resource "routeros_ipv6_firewall_filter" "drop" {
  chain       = "forward"
  action      = "drop"
  src_address = "fd66::/64"
}
resource "routeros_system_identity" "me" {
  name = "terraformed"
}
resource "routeros_system_scheduler" "job" {
  name     = "job"
  interval = "10m"
  on_event = ":log info hello"
}
resource "routeros_system_script" "script" {
  name   = "script"
  source = ":log info hello"
  policy = ["read", "write"]
}
data "routeros_system_resource" "it" {}
output "version" {
  value = data.routeros_system_resource.it.version
}
