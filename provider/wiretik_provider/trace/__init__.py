"""The path tracer: `trace(snapshot, packet)` says what a router does to a packet, or that it isn't known.

Pure: rows in, frozen values out; nothing here connects, waits or writes.
"""

from wiretik_provider.trace.networks.network import Network, network, trace_through
from wiretik_provider.trace.packet import Packet, packet
from wiretik_provider.trace.questions.across import ask_through
from wiretik_provider.trace.result import Disposition, Hop, Step, Trace
from wiretik_provider.trace.router.hosts import host
from wiretik_provider.trace.router.snapshot import MENUS, MENUS6, UNKNOWN, Snapshot
from wiretik_provider.trace.steps.routing import entrance
from wiretik_provider.trace.walk import trace

__all__ = [
    "MENUS",
    "MENUS6",
    "UNKNOWN",
    "Disposition",
    "Hop",
    "Network",
    "Packet",
    "Snapshot",
    "Step",
    "Trace",
    "ask_through",
    "entrance",
    "host",
    "network",
    "packet",
    "trace",
    "trace_through",
]
