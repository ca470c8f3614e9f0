"""A RouterOS in memory, behind a real socket: what tests, demos and previews without a router stand on.

It imitates 7.23.2 from recorded facts and shares nothing with the provider but the wire codec, so that the two can't
be wrong together.
"""

from __future__ import annotations

from wiretik_provider.simulator.machine.network import FarEnd, Lease
from wiretik_provider.simulator.machine.options import Options
from wiretik_provider.simulator.machine.session import PowerCut, Refused, Session
from wiretik_provider.simulator.router import Router
from wiretik_provider.simulator.services.faults import Fault
from wiretik_provider.simulator.services.lab import Lab, serve

__all__ = ["FarEnd", "Fault", "Lab", "Lease", "Options", "PowerCut", "Refused", "Router", "Session", "serve"]
