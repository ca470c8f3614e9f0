"""The site's pages: links lead to pages of the site, and of files that it lacks only the text stays."""

import tomllib

from tools import pages

FOUND = {"README.md": "index.md", "docs/trace.md": "trace.md", "examples/home": "examples/home.md"}


def test_a_link_leads_to_the_page_that_the_site_has():
    text = "[a](docs/trace.md#x), [b](examples/home/README.md), [`c`](examples/home), [d](https://e.org), [e](#here)"

    assert pages.relinked(text, ".", "index.md", FOUND) == (
        "[a](trace.md#x), [b](examples/home.md), [`c`](examples/home.md), [d](https://e.org), [e](#here)"
    )


def test_from_a_folder_it_leads_up():
    assert pages.relinked("[a](../../README.md)", "docs/facts", "facts/api.md", FOUND) == "[a](../index.md)"


def test_of_a_file_that_no_page_shows_the_text_stays():
    assert pages.relinked("see [the rows](../tests/rows.toml)", "docs", "trace.md", FOUND) == "see the rows"


def test_a_link_may_go_on_on_the_next_line():
    text = "see [a router that\nworks](docs/trace.md), and\n```sh\n[x](docs/trace.md)\n```\n[b](docs/trace.md)\n"

    assert pages.relinked(text, ".", "index.md", FOUND) == (
        "see [a router that\nworks](trace.md), and\n```sh\n[x](docs/trace.md)\n```\n[b](trace.md)\n"
    )


def test_code_is_left_alone():
    text = "```python\nx[1](docs/trace.md)\n```\n"

    assert pages.relinked(text, ".", "index.md", FOUND) == text


def test_each_page_stands_in_the_navigation_once():
    def listed(part):
        if isinstance(part, str):
            return [part]
        return [one for some in (part.values() if isinstance(part, dict) else part) for one in listed(some)]

    config = tomllib.loads((pages._ROOT / "zensical.toml").read_text(encoding="utf-8"))
    shown = listed(config["project"]["nav"])

    assert sorted(shown) == sorted(pages.pages(pages._ROOT).values())


def test_each_page_says_at_its_end_of_which_version_it_is():
    assert "\nWiretik 0.2.0 · [other versions](../versions.md)\n" in pages.signed("0.2.0", "facts/api.md")
    assert "](versions.md)" in pages.signed("0.2.0", "index.md")


def test_the_version_is_the_same_wherever_it_is_said():
    version = pages.version_of(pages._ROOT)
    minor = version.rpartition(".")[0]
    config = tomllib.loads((pages._ROOT / "zensical.toml").read_text(encoding="utf-8"))
    told = (pages._ROOT / "docs" / "versions.md").read_text(encoding="utf-8")
    changes = (pages._ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

    assert config["project"]["site_name"] == f"Wiretik {minor}"
    assert f"These pages are of **{minor}**." in told
    assert f"| {minor} | these |" in told
    assert f"## [{version}]" in changes
    assert f"{minor}, alpha." in (pages._ROOT / "README.md").read_text(encoding="utf-8")
