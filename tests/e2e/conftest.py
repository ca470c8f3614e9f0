"""Labs and sites for the end-to-end tests, and the two engines that they run on."""

import pathlib
import shutil
import time
from collections.abc import Callable, Iterator

import pytest

from deploying import HOME, LAN, PASSWORD, Site, reach
from wiretik_provider.simulator import Lab, serve

needs_pulumi = pytest.mark.skipif(shutil.which("pulumi") is None, reason="pulumi is not on PATH")
ENGINES = ("embedded", pytest.param("pulumi", marks=needs_pulumi))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = str(pathlib.Path(__file__).parent)
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker("e2e")


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def bare() -> Iterator[Lab]:
    with serve(password=PASSWORD) as lab:
        yield lab


@pytest.fixture
def defconf() -> Iterator[Lab]:
    with serve(profile="defconf", password=PASSWORD) as lab:
        yield lab


class Clock:
    """The real time, and as much more as a test lets pass."""

    ahead = 0.0

    def __call__(self) -> float:
        return time.time() + self.ahead


@pytest.fixture
def clock() -> Clock:
    return Clock()


def timed(clock: Clock) -> Iterator[Lab]:
    """A factory router by the test's clock."""
    with serve(profile="defconf", password=PASSWORD, clock=clock) as lab:
        yield lab


def config_of(lab: Lab, **details: str) -> dict[str, object]:
    """The config of a stack with this one router."""
    return {f"wiretik:{key}": value for key, value in reach(lab, **details).items()}


@pytest.fixture
def site(tmp_path: pathlib.Path) -> Callable[..., Site]:
    """Makes a site with one router: `site(lab, program)`."""

    def make(lab: Lab, program: pathlib.Path | str = HOME, **details: object) -> Site:
        tls = str(details.pop("tls", ""))
        more = details.pop("config", {})
        base = LAN if program is HOME else {}
        number = sum(1 for _ in tmp_path.iterdir())
        return Site(tmp_path / str(number), program, {**base, **config_of(lab, tls=tls), **more}, **details)

    return make
