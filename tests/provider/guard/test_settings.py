"""Config and environment say whether a deployment waits to be confirmed; anything else is told by name."""

import pytest

from wiretik_provider.errors import ConfigError
from wiretik_provider.guard.settings import Guarding, guarding


@pytest.mark.parametrize(
    ("config", "environment", "found"),
    [
        ({}, {}, None),
        ({"wiretik:confirm": "off"}, {}, None),
        ({"wiretik:confirm": "manual"}, {}, Guarding(300, "")),
        ({"wiretik:confirm": "manual", "wiretik:confirm-within": "10m"}, {}, Guarding(600, "")),
        ({"wiretik:confirm": "auto"}, {}, Guarding(300, "", True)),
        ({"wiretik:confirm": "auto", "wiretik:confirm-secrets": "true"}, {}, Guarding(300, "", True, True)),
        ({"wiretik:confirm": "auto"}, {"WIRETIK_CONFIRM": "manual"}, Guarding(300, "")),
        (
            {},
            {"WIRETIK_CONFIRM": "manual", "WIRETIK_CONFIRM_WITHIN": "2m", "WIRETIK_RUN": "0badcafe"},
            Guarding(120, "0badcafe"),
        ),
        ({"wiretik:confirm": "manual"}, {"WIRETIK_CONFIRM": "off"}, None),
        ({"wiretik:confirm": "manual"}, {"WIRETIK_RUN": "not hex"}, Guarding(300, "")),
    ],
)
def test_what_is_said_is_done(config, environment, found):
    assert guarding(config, environment) == found


@pytest.mark.parametrize(
    ("config", "why"),
    [
        ({"wiretik:confirm": "yes"}, "wiretik:confirm is 'yes', it takes off, auto or manual"),
        ({"wiretik:confirm": "manual", "wiretik:confirm-within": "5s"}, "the time to confirm a change in is '5s'"),
        ({"wiretik:confirm": "manual", "wiretik:confirm-secrets": "maybe"}, "wiretik:confirm-secrets: 'maybe'"),
        ({"wiretik:confirm": "manual", "wiretik:confirm-within": "2h"}, "the time to confirm a change in is '2h'"),
    ],
)
def test_what_is_neither_is_refused(config, why):
    with pytest.raises(ConfigError, match=why):
        guarding(config, {})
