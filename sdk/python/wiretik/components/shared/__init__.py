"""Parts that several components need: prefixes, LANs, openings in firewalls, rows by the group."""
