"""A stack as a picture: its routers, tunnels, exits and clients, from the state.

Pure, and nothing secret is in it: keys are compared and never kept.
"""

from wiretik.drawing.network import Far, Link, Network, Site, Tunnel, network_of
from wiretik.drawing.svg import svg

__all__ = ["Far", "Link", "Network", "Site", "Tunnel", "network_of", "svg"]
