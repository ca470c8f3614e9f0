"""One LAN at several sites: bridges that are joined over the sites' tunnels."""
