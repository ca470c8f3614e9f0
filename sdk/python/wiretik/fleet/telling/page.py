"""A run as one HTML page that stands alone: no script, nothing fetched. Failures first, equal plans together. Pure.

Rule: everything that a page says came from routers, programs or inventories, so everything is escaped.
"""

import html
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from wiretik.fleet.runs.records import Run
from wiretik.fleet.telling.lines import MARKS, changes, grouped, seen, summary
from wiretik.fleet.values import Outcome
from wiretik_provider.printable import printable

__all__ = ["document"]

_STYLE: Final = """
:root { color-scheme: light dark; --ink: #1c2430; --dim: #5d6b7c; --line: #d8dee6; --card: #fff; --page: #f4f6f9;
  --bad: #b3261e; --warn: #8a5a00; --good: #1b6e3c; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6ebf2; --dim: #9aa7b8; --line: #313b48; --card: #1b222c;
  --page: #12171e; --bad: #ff8a80; --warn: #ffca6b; --good: #7fd8a0; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 2rem 1.25rem 4rem; background: var(--page); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; }
h2 { font-size: 1.1rem; margin: 2.25rem 0 .75rem; }
.dim { color: var(--dim); }
.tiles { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1.25rem 0 0; }
.tile { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .6rem 1rem;
  min-width: 7rem; }
.tile b { display: block; font-size: 1.5rem; line-height: 1.2; }
.bad { color: var(--bad); } .warn { color: var(--warn); } .good { color: var(--good); }
section.card { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .75rem 1rem;
  margin: .6rem 0; overflow-x: auto; }
section.card h3 { margin: 0; font-size: 1rem; }
ul { margin: .4rem 0 0; padding-left: 1.2rem; }
code, pre { font: 13px/1.5 ui-monospace, monospace; }
pre { margin: .4rem 0 0; white-space: pre-wrap; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { color: var(--dim); font-weight: 500; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
summary { cursor: pointer; }
.names { color: var(--dim); overflow-wrap: anywhere; }
"""
_ENDINGS: Final[Mapping[str, tuple[str, str]]] = {
    "done": ("good", "All sites are done."),
    "failed": ("bad", "Some sites went wrong."),
    "halted": ("bad", "Halted: nothing new was begun."),
    "paused": ("warn", "Paused."),
    "closed": ("warn", "The window closed."),
    "interrupted": ("warn", "Interrupted."),
    "": ("warn", "Not ended: it is under way, or was cut off."),
}


def document(run: Run) -> str:
    """The whole page."""
    title = f"{run.began.get('project', '')}: {run.began.get('operation', '')}"
    return "\n".join(
        [
            '<!doctype html><html lang="en"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{_escaped(title)}, {_escaped(run.id)}</title><style>{_STYLE}</style></head><body><main>",
            *_head(run, title),
            *_bad(run),
            *_plans(run),
            *_untouched(run),
            *_all(run),
            "</main></body></html>",
            "",
        ]
    )


def _head(run: Run, title: str) -> Iterator[str]:
    kind, words = _ENDINGS.get(str(run.ended.get("ending", "")), _ENDINGS[""])
    why = f" {_escaped(str(run.ended['why']))}." if run.ended.get("why") else ""
    yield f"<h1>{_escaped(title)}</h1>"
    about = [run.id, run.began.get("who"), run.began.get("time"), run.began.get("commit")]
    yield f'<div class="dim">{" · ".join(_escaped(str(each)) for each in about if each)}</div>'
    yield f'<p><b class="{kind}">{words}</b>{why} {_escaped(summary(run.outcomes, len(run.sites)))}.</p>'
    outcomes = list(run.outcomes.values())
    tiles = [
        ("sites", len(run.sites), ""),
        ("failed", _many(outcomes, "failed"), "bad"),
        ("unreachable", _many(outcomes, "unreachable"), "warn"),
        ("with changes", sum(one.changed for one in outcomes if one.verdict == "ok"), ""),
        ("unchanged", sum(not one.changed for one in outcomes if one.verdict == "ok"), "good"),
        ("untouched", len(run.sites) - len(outcomes), "warn"),
    ]
    yield '<div class="tiles">'
    for word, number, colour in tiles:
        shown = colour if number else ""
        yield f'<div class="tile"><b class="{shown}">{number}</b><span class="dim">{word}</span></div>'
    yield "</div>"


def _many(outcomes: Sequence[Outcome], verdict: str) -> int:
    return sum(one.verdict == verdict for one in outcomes)


def _bad(run: Run) -> Iterator[str]:
    """What went wrong; sites with the same words together."""
    groups: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for one in run.outcomes.values():
        if one.verdict != "ok":
            groups.setdefault((one.verdict, one.errors), []).append(one.site)
    if groups:
        yield "<h2>What went wrong</h2>"
    for (verdict, errors), sites in sorted(groups.items(), key=lambda each: (each[0][0] != "failed", -len(each[1]))):
        colour = "bad" if verdict == "failed" else "warn"
        yield f'<section class="card"><h3 class="{colour}">{_escaped(", ".join(sites))}: {verdict}</h3>'
        yield f"<pre>{_escaped(chr(10).join(errors))}</pre></section>"


def _plans(run: Run) -> Iterator[str]:
    groups = grouped(run.outcomes.values())
    if groups:
        yield "<h2>What was done, equal plans together</h2>" if _changes(run) else "<h2>What differs, by plan</h2>"
    for plan, sites in groups:
        head = f"{len(sites)} site{'s' if len(sites) > 1 else ''}"
        if not plan:
            yield f'<section class="card"><h3 class="good">{head}: no change</h3>{_names(sites)}</section>'
            continue
        yield f'<section class="card"><h3>{head}: {_escaped(changes(sites[0].changes))}</h3><ul>'
        yield from (f"<li><code>{_escaped(line)}</code></li>" for line in plan)
        yield f"</ul>{_names(sites)}"
        yield "<details><summary class=dim>the first site's steps</summary><pre>"
        yield _escaped("\n".join(f"{MARKS.get(op, op):2} {kind} {name}" for op, kind, name, _ in sites[0].steps))
        yield "</pre></details></section>"


def _changes(run: Run) -> bool:
    return run.began.get("operation") in ("up", "destroy")


def _names(sites: Sequence[Outcome]) -> str:
    return f'<p class="names">{_escaped(", ".join(one.site for one in sites))}</p>'


def _untouched(run: Run) -> Iterator[str]:
    rest = [site for site in run.sites if site not in run.outcomes]
    if rest:
        yield f'<h2>Untouched</h2><section class="card names">{_escaped(", ".join(rest))}</section>'


def _all(run: Run) -> Iterator[str]:
    yield "<h2>All sites</h2><section class=card><table><tr><th>site<th>outcome<th>changes"
    yield "<th class=n>seconds<th class=n>begun</tr>"
    for site in run.sites:
        one = run.outcomes.get(site)
        if one is None:
            yield f"<tr><td>{_escaped(site)}<td class=warn>untouched<td><td><td></tr>"
            continue
        colour = {"ok": "good", "failed": "bad"}.get(one.verdict, "warn")
        yield (
            f"<tr><td>{_escaped(site)}<td class={colour}>{one.verdict}<td>{_escaped(_happened(one))}"
            f"<td class=n>{one.seconds:.1f}<td class=n>{_escaped(one.begun[11:19])}</tr>"
        )
    yield "</table></section>"


def _happened(one: Outcome) -> str:
    """What was done, or differs, and what was seen; of a site that went wrong nothing need have been."""
    told = changes(one.changes) if one.changed or one.verdict == "ok" else ""
    return "; ".join(filter(None, (told, seen(one.observed))))


def _escaped(text: str) -> str:
    """Text as a page can show it: no markup, and of control characters line ends alone."""
    return html.escape("\n".join(printable(line) for line in text.split("\n")))
