"""Which public modules stand on which reference page, what the page is called, and what is said first on it."""

from __future__ import annotations

from typing import Final

__all__ = ["PAGES", "TITLES"]

PAGES: Final = {
    "interfaces": ("interfaces", "allowed_address"),
    "ip": ("ip",),
    "routing": ("routing",),
    "firewall": ("firewall", "matchers", "chains", "address_list", "base.position"),
    "ipv6": ("ipv6", "ipv6_firewall"),
    "system": ("system",),
    "menus": ("every.menu_row",),
    "routers": ("base.router", "base.row"),
}
"""Which modules of `wiretik.resources` stand on which page; other public names follow, a page for each package."""

TITLES: Final = {
    "interfaces": ("Interfaces and peers", "WireGuard interfaces, their peers, and lists of interfaces."),
    "ip": ("Addresses, routes and DNS", "IPv4 addresses, static routes, and the router's DNS settings."),
    "routing": ("Routing tables and rules", "Tables beside `main`, and the rules that choose one of them."),
    "ipv6": ("IPv6", "Addresses, routes, rules, blocks and lists of IPv6, as those of IPv4."),
    "system": ("The router itself", "Its name, its schedulers and its scripts."),
    "menus": (
        "Every other menu",
        """Each menu that RouterOS has, by its path. `from wiretik import menus` has [a class for
each](every/index.md); a row is the same resource either way, so a program may change from one to the
other.""",
    ),
    "routers": ("Routers and rows", "Which router a resource is on, and the arguments that every resource takes."),
    "components": (
        "Components",
        """Tunnels and whole sites, made of the resources of the other pages. [Components](../components.md) lists
every row of each, and how to do without it.""",
    ),
    "firewall": (
        "Firewall",
        """Rules one by one, whole blocks of them, address lists, and places in a chain.

A matcher that isn't given isn't there, and one that somebody adds on the router is drift. `!` in front
of a value, as RouterOS writes it, is "all others": `"!noVPN"`, `"!local"`, `"!tcp"`.""",
    ),
    "expect": (
        "Expectations",
        """What must hold of packets after a change; the path tracer looks before the first write. An expectation is
no resource: nothing of it is in the state. It is asked in every preview and every up, with the router's
present rows and the program's; one that won't hold stops the deployment.""",
    ),
    "probe": (
        "Probes",
        """What must work after a change as it did before, for a deployment to confirm that change by itself. A
probe is no resource. It is asked before the first write and after the last one, where `wiretik:confirm`
is `auto`; a probe that failed before the first write isn't held against the change.""",
    ),
    "keys": ("Key pairs", "WireGuard keys that are made here, for clients whose profiles the program writes."),
    "moved": (
        "Renamed resources",
        """A resource that has another name or parent than it had. The preview prints the call of `moved` that says
which was which.""",
    ),
}
"""What a page is called, and what is on it, where its first module doesn't say that to users."""
