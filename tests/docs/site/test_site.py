"""The site that `make docs` has built: every link leads somewhere, and in a browser it is found, read and searched."""

import functools
import http.server
import pathlib
import shutil
import threading
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest

SITE = pathlib.Path(__file__).parents[3] / "build" / "site"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PHONE, DESK = 380, 1280
PATIENCE = 300_000
"""Milliseconds that a page may take; a machine that has much else to do takes half a minute for one."""
ASKED = ["split tunnel", "lockout", "Terraform", "VLAN"]

pytestmark = pytest.mark.skipif(not (SITE / "index.html").exists(), reason="make docs builds the site")


class Page(HTMLParser):
    """What a page can be linked at, and what it links to."""

    def __init__(self, path):
        super().__init__()
        self.ids, self.links = set(), []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):  # noqa: ARG002
        given = dict(attrs)
        self.ids.add(given.get("id"))
        self.links += [given[name] for name in ("href", "src") if given.get(name)]


def pages():
    return {path: Page(path) for path in SITE.rglob("*.html") if path.name != "404.html"}


def broken(path, link, every):
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return ""
    there = (path.parent / unquote(parts.path)).resolve() if parts.path else path
    there = there / "index.html" if there.is_dir() else there
    if not there.exists():
        return f"{path.relative_to(SITE)}: {link} isn't there"
    if parts.fragment and there in every and unquote(parts.fragment) not in every[there].ids:
        return f"{path.relative_to(SITE)}: {link} has no such heading"
    return ""


def test_every_link_and_anchor_of_the_site_leads_somewhere():
    every = pages()

    assert len(every) > 50
    assert [told for path, page in every.items() for link in page.links if (told := broken(path, link, every))] == []


def test_every_page_is_reached_from_the_first_one():
    every, first = pages(), (SITE / "index.html").resolve()
    seen, left = set(), [first]
    while left:
        path = left.pop()
        if path in seen or path not in every:
            continue
        seen.add(path)
        left += [(path.parent / unquote(urlsplit(link).path)).resolve() for link in every[path].links if link]

    assert sorted(str(path.relative_to(SITE)) for path in every.keys() - seen) == []


@pytest.fixture(scope="module")
def served():
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(SITE)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser():
    if CHROMIUM is None:
        pytest.skip("no chromium on PATH")
    api = pytest.importorskip("playwright.sync_api", reason="make docs installs playwright")
    with api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.mark.timeout(1200)
@pytest.mark.parametrize(("width", "scheme"), [(PHONE, "light"), (DESK, "dark")], ids=["phone", "desk"])
def test_no_page_scrolls_sideways_complains_or_fetches_from_elsewhere(browser, served, width, scheme):
    page = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme).new_page()
    page.set_default_timeout(PATIENCE)
    told = []
    page.on("console", lambda message: told.append(f"{message.type}: {message.text}"))
    page.on("request", lambda request: None if request.url.startswith(served) else told.append(request.url))
    wide = []
    for path in sorted(pages()):
        page.goto(f"{served}/{path.relative_to(SITE)}")
        sideways = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1")
        wide += [str(path.relative_to(SITE))] if sideways else []
    page.context.close()

    assert wide == []
    assert [one for one in told if not one.startswith(("log:", "info:", "debug:"))] == []


@pytest.mark.timeout(600)
@pytest.mark.parametrize("words", ASKED)
def test_the_search_finds(browser, served, words):
    page = browser.new_context(viewport={"width": DESK, "height": 800}).new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{served}/index.html")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("Control+k")
    page.keyboard.type(words)
    first = page.locator("a[href*='.html'] mark, [role=dialog] a[href*='.html'], .md-search a[href*='.html']").first
    first.wait_for()
    shown = first.inner_text().lower()
    page.context.close()

    assert any(word.lower() in shown for word in words.split()), shown
