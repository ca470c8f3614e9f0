"""Several routers and hosts whose tunnels are joined."""
