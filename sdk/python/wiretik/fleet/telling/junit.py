"""A run as JUnit's XML, which CI shows: a test for each site. Pure."""

from xml.sax.saxutils import escape, quoteattr

from wiretik.fleet.runs.records import Run
from wiretik.fleet.telling.lines import changes

__all__ = ["document"]


def document(run: Run) -> str:
    """The whole file."""
    cases = []
    for site in run.sites:
        outcome = run.outcomes.get(site)
        head = f"  <testcase classname={quoteattr(str(run.began.get('operation', '')))} name={quoteattr(site)}"
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
        f'<testsuite name={quoteattr(run.id)} tests="{len(run.sites)}" failures="{count.count("failed")}" '
        f'errors="{count.count("unreachable")}" skipped="{len(run.sites) - len(count)}">'
    )
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', suite, *cases, "</testsuite>", ""])


def _clean(text: str) -> str:
    """Without the characters that XML 1.0 can't have."""
    return "".join(each for each in text if each in "\t\n" or each >= " ")
