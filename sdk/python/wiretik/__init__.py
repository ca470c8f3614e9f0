"""WireGuard networks on MikroTik routers, as Pulumi programs."""
