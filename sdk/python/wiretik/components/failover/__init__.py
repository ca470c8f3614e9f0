"""Several ways for the same traffic: who takes another's place, and how a router notices that it must."""
