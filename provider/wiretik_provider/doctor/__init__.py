"""The doctor: faults of the tunnels of one router or several, the likeliest root cause first.

Pure: snapshots in, findings out. What can't be known is no finding.
"""

from __future__ import annotations

from collections.abc import Sequence

from wiretik_provider.codecs.unknown import mentions
from wiretik_provider.doctor.answers import answers
from wiretik_provider.doctor.callers import callers
from wiretik_provider.doctor.device import device
from wiretik_provider.doctor.ends import ends, linked
from wiretik_provider.doctor.finding import ERROR, KINDS, NOTE, SEVERITIES, WARNING, Finding, Kind, ordered
from wiretik_provider.doctor.gateways import gateways
from wiretik_provider.doctor.leaks import leaks
from wiretik_provider.doctor.marks import marks
from wiretik_provider.doctor.patient import Patient
from wiretik_provider.doctor.rules import rules
from wiretik_provider.doctor.tunnels import tunnels
from wiretik_provider.doctor.ways import ways

__all__ = ["ERROR", "KINDS", "NOTE", "SEVERITIES", "WARNING", "Finding", "Kind", "Patient", "examine"]

_CHECKS = (device, tunnels, callers, ways, gateways, marks, answers, rules, leaks)


def examine(patients: Sequence[Patient]) -> list[Finding]:
    """Everything that is wrong, the likeliest root cause first.

    Args:
        patients: one router, or all that can be looked at.
    """
    found = [one for patient in patients for check in _CHECKS for one in check(patient) if _is_proven(one, patient)]
    return ordered([*found, *ends(patients)], linked(patients))


def _is_proven(one: Finding, patient: Patient) -> bool:
    """Whether all that a finding speaks of is known, and what it says isn't there would be known if it were."""
    if any(mentions(text) for text in (one.fact, one.cure, one.value)):
        return False
    return not any(menu in patient.snapshot.unread for menu in KINDS[one.kind].needs)
