"""/system, /user and /certificate (docs/facts/menus.md, docs/facts/permissions.md, docs/facts/arguments.md)."""

from __future__ import annotations

from typing import Final

from wiretik_provider.simulator.spec import grammar as g
from wiretik_provider.simulator.spec.model import ALWAYS, COMMENT, DISABLED, Arg, Menu, Unique

POLICIES: Final = (
    "local",
    "telnet",
    "ssh",
    "ftp",
    "reboot",
    "read",
    "write",
    "policy",
    "test",
    "winbox",
    "password",
    "web",
    "sniff",
    "sensitive",
    "api",
    "romon",
    "rest-api",
)
"""All policies in the order in which a group prints them."""

_FORMER: Final = ("dude", "tikapp")
# Groups of 7.1.1 have them in front of rest-api, those of 7.10 no longer (public exports; between them [??]).
_FORMERLY: Final = (7, 2)


def policies(version: tuple[int, ...]) -> tuple[str, ...]:
    """All policies that a version has, in the order in which a group prints them."""
    return POLICIES if version >= _FORMERLY else (*POLICIES[:-1], *_FORMER, *POLICIES[-1:])


_SCRIPT_POLICY: Final = "ftp,reboot,read,write,policy,test,password,sniff,sensitive,romon"

_IDENTITY = Menu("/system/identity", (Arg("name", default="MikroTik"),), singleton=True)
_RESOURCE = Menu("/system/resource", singleton=True)
_ROUTERBOARD = Menu("/system/routerboard", singleton=True)
_LICENSE = Menu("/system/license", singleton=True)
_DEVICE_MODE = Menu("/system/device-mode", singleton=True, since=(7, 17))

_SCHEDULER = Menu(
    "/system/scheduler",
    (
        Arg("name", required=True),
        COMMENT,
        DISABLED,
        Arg("interval", g.time(), "0s"),
        Arg("on-event", default=""),
        Arg("policy", g.several(*POLICIES), _SCRIPT_POLICY),
        Arg("start-date"),
        Arg("start-time"),
        Arg("days", since=(7, 24)),
    ),
    named=True,
    unique=(Unique(("name",), "failure: item with this name already exists"),),
    unset=(7, 24),
)

_SCRIPT = Menu(
    "/system/script",
    (
        Arg("name", required=True),
        COMMENT,
        Arg("dont-require-permissions", g.BOOL, "false"),
        Arg("owner"),
        Arg("policy", g.several(*POLICIES), _SCRIPT_POLICY),
        Arg("source", default=""),
    ),
    commands=("run",),
    named=True,
    unique=(Unique(("name",), "failure: item with such name already exists"),),
    unset=(7, 24),
)

_USER = Menu(
    "/user",
    (
        Arg("name", required=True),
        Arg("group", g.reference("group"), required=True),
        COMMENT,
        DISABLED,
        Arg("address", g.list_of(g.PREFIX), ""),
        Arg("password", shown=False),
        Arg("inactivity-policy", g.enum("lockscreen", "logout", "none"), "none", since=(7, 16)),
        Arg("inactivity-timeout", g.time("1m", "1d"), "10m", since=(7, 16)),
    ),
    named=True,
    unique=(Unique(("name",), "failure: user with the same name already exists"),),
    policies=("write", "policy"),
)

_GROUP = Menu(
    "/user/group",
    (
        Arg("name", required=True),
        COMMENT,
        Arg("policy", g.several(*policies((7, 1))), until=_FORMERLY),
        Arg("policy", g.several(*POLICIES), since=_FORMERLY),
        Arg("skin", default="default"),
    ),
    named=True,
    unique=(Unique(("name",), "failure: group with the same name already exists"),),
    policies=("write", "policy"),
    refers=("group",),
)

_CERTIFICATE = Menu(
    "/certificate",
    (
        Arg("name"),
        Arg("common-name"),
        Arg("country"),
        Arg("days-valid", g.integer(), "365"),
        Arg("digest-algorithm", g.enum("md5", "sha1", "sha256", "sha384", "sha512"), "sha256"),
        Arg("key-size", default="2048"),
        Arg("key-usage"),
        Arg("locality"),
        Arg("organization"),
        Arg("state"),
        Arg("subject-alt-name"),
        Arg("trusted", g.BOOL),
        Arg("trust-store", since=(7, 21)),
        Arg("unit"),
    ),
    commands=("issued-revoke", "sign"),
    named=True,
    unique=(Unique(("name",), "failure: Name exists, please choose another!"),),
    unset=ALWAYS,
)

_FILE = Menu(
    "/file",
    (Arg("name", required=True), Arg("contents", default=""), Arg("type")),
    named=True,
    unique=(Unique(("name",), "failure: file already exists"),),
)

# Rows that nobody adds: what was done (docs/facts/changes.md).
_HISTORY = Menu("/system/history", addable=False)

_SAFE_MODE = Menu("/safe-mode", commands=("take", "release", "unroll", "toggle"), singleton=True, since=(7, 18))

MENUS: Final = (
    _IDENTITY,
    _RESOURCE,
    _ROUTERBOARD,
    _LICENSE,
    _DEVICE_MODE,
    _SCHEDULER,
    _SCRIPT,
    _USER,
    _GROUP,
    _CERTIFICATE,
    _FILE,
    _HISTORY,
    _SAFE_MODE,
)
