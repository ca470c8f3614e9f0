"""What differs, by the paths that a preview prints."""

import pytest

from wiretik_provider.plugin.changes import Change, Difference, differences


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ({}, {}, []),
        ({"mtu": 1}, {"mtu": 1}, []),
        ({"mtu": 1}, {"mtu": 2}, [("mtu", Change.UPDATE)]),
        ({}, {"mtu": 2}, [("mtu", Change.ADD)]),
        ({"mtu": 1}, {}, [("mtu", Change.DELETE)]),
        ({"a": ["x"]}, {"a": ["x", "y"]}, [("a[1]", Change.ADD)]),
        ({"a": ["x", "y"]}, {"a": ["x"]}, [("a[1]", Change.DELETE)]),
        ({"a": ["x", "y"]}, {"a": ["y"]}, [("a", Change.UPDATE)]),
        ({"a": ["x", "y"]}, {"a": ["x", "z"]}, [("a[1]", Change.UPDATE)]),
        ({"entries": {}}, {"entries": {"10.0.0.0/8": ""}}, [('entries["10.0.0.0/8"]', Change.ADD)]),
        (
            {"rules": {"dns": {"dstPort": 1}}},
            {"rules": {"dns": {"dstPort": 2}}},
            [("rules.dns.dstPort", Change.UPDATE)],
        ),
        ({"rules": {'a "b"': 1}}, {"rules": {'a "b"': 2}}, [(r'rules["a \"b\""]', Change.UPDATE)]),
    ],
)
def test_a_difference_has_its_path(old, new, told):
    assert differences(old, new) == [Difference(*one) for one in told]


@pytest.mark.parametrize("path", ["entries", "entries.x", 'entries["a.b"]', "entries[1]"])
def test_a_path_tells_its_property(path):
    assert Difference(path, Change.ADD).top == "entries"
