"""The path tracer: `trace(snapshot, packet)` gives a packet's fate on a router, or says that it isn't known.

Pure: rows in, frozen values out; nothing here connects, waits or writes.
"""

from wiretik_provider.trace.connection import error_about, trace
from wiretik_provider.trace.networks.network import Network, network, trace_through
from wiretik_provider.trace.packet import Packet, packet
from wiretik_provider.trace.questions.across import ask_through
from wiretik_provider.trace.result import Disposition, Hop, Step, Trace
from wiretik_provider.trace.router.hosts import host
from wiretik_provider.trace.router.snapshot import MENUS, MENUS6, UNKNOWN, Snapshot
from wiretik_provider.trace.steps.routing import entrance

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
    "error_about",
    "host",
    "network",
    "packet",
    "trace",
    "trace_through",
]
