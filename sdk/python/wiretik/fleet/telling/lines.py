"""A run in lines of text, as they happen and afterwards. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from wiretik.fleet.runs.records import Run
from wiretik.fleet.runs.waves import counted
from wiretik.fleet.values import Outcome

__all__ = ["MARKS", "grouped", "happened", "plan_of", "seen", "summary", "table"]

MARKS: Final = {"create": "+", "update": "~", "delete": "-", "replace": "+-", "import": "=", "read": ">"}
_HIDDEN: Final = frozenset({"Stack", "Site", "Tunnel", "RelayMesh", "AlwaysOnVpn", "SiteToSite", "SplitTunnel"})


def changes(counts: Mapping[str, int]) -> str:
    """How often each operation happened: `+ 3 ~ 1`."""
    return " ".join(f"{MARKS.get(op, op)} {number}" for op, number in sorted(counts.items())) or "no change"


def seen(observed: Mapping[str, Any]) -> str:
    """What was counted on a site's routers; empty where nobody looked."""
    if not observed:
        return ""
    found = [f"{observed['unmanaged']} rows that nobody owns"]
    found += [f"{number} {kind}{'s' * (number != 1)}" for kind, number in observed["findings"].items() if number]
    return ", ".join(found)


def happened(line: Mapping[str, Any]) -> Iterator[str]:
    """What is said when a line of the record is written."""
    match line["event"]:
        case "wave":
            yield f"wave {line['number']} of {line['of']}: {line['sites']} sites"
        case "site-again":
            yield f"  {line['site']}: begun again: {line['why']}"
        case "site-waits":
            yield f"  {line['site']}: {line['why']}"
        case "site":
            outcome = line["verdict"] if line["verdict"] != "ok" else changes(line["changes"])
            looked = seen(line.get("observed") or {})
            yield f"  {line['site']}  {outcome}  {line['seconds']:.1f} s" + (f"  {looked}" if looked else "")
            yield from (f"    {error}" for error in line["errors"][:3])


def plan_of(outcome: Outcome) -> tuple[str, ...]:
    """What is done at a site, as lines that are equal where the plan is: without what differs from site to site."""
    found: dict[str, int] = {}
    for op, kind, _, properties in outcome.steps:
        if op in ("create", "delete") and kind in _HIDDEN:
            continue
        named = f" {', '.join(properties)}" if op == "update" and properties else ""
        words = f"{MARKS.get(op, op)} {kind}{named}"
        found[words] = found.get(words, 0) + 1
    return tuple(f"{words} ({number})" if number > 1 else words for words, number in sorted(found.items()))


def grouped(outcomes: Iterable[Outcome]) -> list[tuple[tuple[str, ...], list[Outcome]]]:
    """Sites by what is done at them, the most common plan first; those without a change come last."""
    groups: dict[tuple[str, ...], list[Outcome]] = {}
    for one in outcomes:
        if one.verdict == "ok":
            groups.setdefault(plan_of(one) if one.changed else (), []).append(one)
    return sorted(groups.items(), key=lambda each: (not each[0], -len(each[1]), each[0]))


def summary(outcomes: Mapping[str, Outcome], chosen: int) -> str:
    """How many sites came out how."""
    count = counted(outcomes.values())
    changed = sum(one.changed for one in outcomes.values() if one.verdict == "ok")
    parts = [f"{count['ok']} of {chosen} sites ok, {changed} with changes"]
    parts += [f"{count['failed']} failed"] * bool(count["failed"])
    parts += [f"{count['unreachable']} unreachable"] * bool(count["unreachable"])
    parts += [f"{chosen - len(outcomes)} untouched"] * (chosen > len(outcomes))
    return "; ".join(parts)


def plans(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """Equal plans together: `187 sites: + FilterRule`."""
    for plan, sites in grouped(outcomes):
        names = ", ".join(one.site for one in sites[:4]) + (", …" if len(sites) > 4 else "")
        many = f"{len(sites)} site{'s' if len(sites) > 1 else ''}"
        yield f"{many}: {'; '.join(plan) if plan else 'no change'}  ({names})"


def table(sites: Sequence[str], runs: Sequence[Run]) -> Iterator[tuple[str, str, str, str]]:
    """For each site what was last done to it, what came of it, and its drift.

    Args:
        sites: all of the inventory.
        runs: the newest first.
    """
    done = {"up", "destroy"}
    for site in sites:
        last = next(((run, run.outcomes[site]) for run in runs if _of(run) in done and site in run.outcomes), None)
        drift = next((run.outcomes[site] for run in runs if _of(run) == "drift" and site in run.outcomes), None)
        drifted = "" if drift is None else changes(drift.changes) if drift.verdict == "ok" else drift.verdict
        if last is None:
            yield site, "never", "", drifted
        else:
            run, outcome = last
            yield site, f"{_of(run)} {outcome.begun[:16].replace('T', ' ')}", outcome.verdict, drifted


def _of(run: Run) -> str:
    return str(run.began.get("operation", ""))
