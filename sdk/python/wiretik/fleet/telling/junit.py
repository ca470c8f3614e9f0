"""A run as JUnit's XML, which CI shows: a test for each site. Pure."""

from xml.sax.saxutils import escape, quoteattr

from wiretik.fleet.runs.records import Run
from wiretik.fleet.telling.lines import changes
from wiretik_provider.printable import printable

__all__ = ["document"]


def document(run: Run) -> str:
    """The whole file."""
    cases = []
    for site in run.sites:
        outcome = run.outcomes.get(site)
        head = f"  <testcase classname={_quoted(str(run.began.get('operation', '')))} name={_quoted(site)}"
        if outcome is None:
            cases.append(f"{head}><skipped/></testcase>")
            continue
        head += f' time="{outcome.seconds:.3f}">'
        texts = _clean("\n".join(outcome.errors))
        match outcome.verdict:
            case "ok":
                cases.append(f"{head}<system-out>{escape(changes(outcome.changes))}</system-out></testcase>")
            case "failed":
                cases.append(f'{head}<failure message="failed">{escape(texts)}</failure></testcase>')
            case _:
                cases.append(f'{head}<error message="unreachable">{escape(texts)}</error></testcase>')
    count = [one.verdict for one in run.outcomes.values()]
    suite = (
        f'<testsuite name={_quoted(run.id)} tests="{len(run.sites)}" failures="{count.count("failed")}" '
        f'errors="{count.count("unreachable")}" skipped="{len(run.sites) - len(count)}">'
    )
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', suite, *cases, "</testsuite>", ""])


def _quoted(text: str) -> str:
    return quoteattr(_clean(text))


def _clean(text: str) -> str:
    """Without the characters that XML 1.0 can't have."""
    return "\n".join(printable(line) for line in text.split("\n"))
