"""What Prometheus' textfile collector reads: what of a fleet no exporter of router's metrics can know. Pure."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from wiretik.fleet.runs.records import Run
from wiretik.fleet.values import Outcome

__all__ = ["document"]

_HELP: Final = {
    "wiretik_site_drift": "Resources that differed from the state when drift was last looked for.",
    "wiretik_site_unmanaged_rows": "Rows on the site's routers that no resource owns.",
    "wiretik_site_findings": "What the doctor finds on the site's routers, each looked at by itself, by severity.",
    "wiretik_site_reachable": "Whether the site's router answered when it was last asked.",
    "wiretik_site_last_drift_check_seconds": "When drift was last looked for, in Unix time.",
    "wiretik_site_last_up_seconds": "When the site's last update that went well began, in Unix time.",
    "wiretik_site_last_up_ok": "Whether the site's last update went well.",
}


def document(sites: Sequence[str], runs: Sequence[Run]) -> str:
    """The whole file.

    Args:
        sites: all of the inventory.
        runs: the newest first.
    """
    found = [sample for site in sites for sample in _samples(site, runs)]
    lines: list[str] = []
    for name, told in _HELP.items():
        of_it = [
            f'{name}{{site="{_label(site)}"{more}}} {value:.15g}'
            for metric, site, value, more in found
            if metric == name
        ]
        if of_it:
            lines += [f"# HELP {name} {told}", f"# TYPE {name} gauge", *of_it]
    return "".join(f"{line}\n" for line in lines)


def _samples(site: str, runs: Sequence[Run]) -> Iterator[tuple[str, str, float, str]]:
    seen = [(run, run.outcomes[site]) for run in runs if site in run.outcomes]
    if seen:
        yield "wiretik_site_reachable", site, float(seen[0][1].verdict != "unreachable"), ""
    drift = [one for run, one in seen if run.began.get("operation") == "drift" and one.verdict == "ok"]
    if drift:
        yield "wiretik_site_drift", site, float(sum(drift[0].changes.values())), ""
        yield from _when("wiretik_site_last_drift_check_seconds", site, drift[0])
    looked = [one.observed for one in drift if one.observed]
    if looked:
        yield "wiretik_site_unmanaged_rows", site, float(looked[0]["unmanaged"]), ""
        for severity, number in looked[0]["findings"].items():
            yield "wiretik_site_findings", site, float(number), f',severity="{_label(severity)}"'
    ups = [one for run, one in seen if run.began.get("operation") == "up"]
    if ups:
        yield "wiretik_site_last_up_ok", site, float(ups[0].verdict == "ok"), ""
    good = [one for one in ups if one.verdict == "ok"]
    if good:
        yield from _when("wiretik_site_last_up_seconds", site, good[0])


def _when(name: str, site: str, outcome: Outcome) -> Iterator[tuple[str, str, float, str]]:
    if outcome.begun:
        yield name, site, round(datetime.fromisoformat(outcome.begun).timestamp()), ""


def _label(text: object) -> str:
    return str(text).replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
