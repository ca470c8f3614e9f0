"""VLANs of a bridge: each with its address, its DHCP server and its ports, and the filtering that all of them share."""
