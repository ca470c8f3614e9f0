"""What the gate says of the router as it will be, beside expectations: wrong LANs, dead rules, rows that mislead."""
