"""The arguments of road warriors, and combinations that can't work, before anything is registered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs
import pulumi

from wiretik.components.shared import prefixes
from wiretik.components.shared.openings import Opening
from wiretik.components.shared.prefixes import Network, Prefix
from wiretik.resources.base.lists import lists
from wiretik.resources.base.router import Router
from wiretik.resources.interfaces import ListRef

__all__ = ["Group", "RoadWarriorsArgs", "User"]


@attrs.frozen(field_transformer=lists)
class User:
    """Somebody who calls from anywhere. Without this line nobody gets in.

    Attributes:
        name: the name in the program; the peer's logical name ends with it, and the profiles are found by it.
        address: the IPv4 address in the tunnel, without a mask.
        public_key: the public key. Left out where `private_key` is given.
        private_key: the private key, where the program has it; the profiles then hold it.
        preshared_key: a key that is shared with the router besides.
        address6: the IPv6 address in the tunnel, where that has IPv6.
    """

    name: str
    address: str
    public_key: pulumi.Input[str] | None = None
    private_key: pulumi.Input[str] | None = attrs.field(default=None, kw_only=True, repr=False)
    preshared_key: pulumi.Input[str] | None = attrs.field(default=None, kw_only=True, repr=False)
    address6: str | None = attrs.field(default=None, kw_only=True)


@attrs.frozen(field_transformer=lists)
class Group:
    """Users, and what they may reach. All else is dropped.

    Attributes:
        name: its name, in its rules' and lists' names.
        users: its users.
        reaches: prefixes and addresses, of IPv4 and IPv6, that they reach.
        router: whether they may manage the router.
        internet: whether they may send everything by the router: they get a mode for it.
    """

    name: str
    users: Sequence[User]
    reaches: Sequence[str] = attrs.field(default=(), kw_only=True)
    router: bool = attrs.field(default=False, kw_only=True)
    internet: bool = attrs.field(default=False, kw_only=True)

    def reached(self, version: int) -> list[Prefix]:
        """What they reach of a version."""
        return [one for one in map(prefixes.prefix, self.reaches) if one.version == version]

    def addresses(self, version: int) -> list[str]:
        """Their own addresses of a version."""
        found = [user.address if version == 4 else user.address6 for user in self.users]
        return [text for text in found if text]


@attrs.frozen(kw_only=True, field_transformer=lists)
class RoadWarriorsArgs:
    """The arguments of `RoadWarriors`.

    Attributes:
        interface: the name of the WireGuard interface.
        endpoint: where they call the router, `HOST:PORT`.
        address: the router's IPv4 address in the tunnel, with the mask of all.
        groups: the users, by what they may reach.
        address6: the router's IPv6 address in the tunnel, with the mask of all.
        listen_port: the router's port; that of `endpoint` where it isn't given.
        dns: the resolvers that their profiles name. The router's own address in the tunnel is let in.
        normal_mode: the name of the mode for what a group reaches.
        full_mode: the name of the mode for everything.
        mtu: the largest packet inside; 1420 where it isn't given.
        private_key: the router's own; it makes one where it isn't given.
        open_port: whether the input chain accepts UDP at the port.
        wan: the interface list by which they come, and leave to the internet.
        mss_clamp: whether TCP segments are made to fit.
        promises: whether its promises are checked before each change, as with `Expect`.
        adopt: whether rows that are there, equal or with the same key, are taken over; what people call them stays as
            it is found, and destroy gives them back.
        router: the router that it is on; may be left out where the stack has only one.
    """

    interface: str = attrs.field(default="wg-in", kw_only=False)
    endpoint: str
    address: str
    groups: Sequence[Group]
    address6: str | None = None
    listen_port: int | None = None
    dns: Sequence[str] = ()
    normal_mode: str = "normal"
    full_mode: str = "full"
    mtu: int | None = None
    private_key: pulumi.Input[str] | None = attrs.field(default=None, repr=False)
    open_port: bool = True
    wan: ListRef = "WAN"
    mss_clamp: bool = True
    promises: bool = True
    adopt: bool = False
    router: Router | str = ""

    @property
    def port(self) -> int:
        """Where the router listens."""
        return self.listen_port or prefixes.endpoint(self.endpoint)[1]

    @property
    def versions(self) -> tuple[int, ...]:
        """The versions of IP that it carries."""
        return (4, 6) if self.address6 else (4,)

    @property
    def network(self) -> Network:
        """The IPv4 network of all."""
        return prefixes.connected(self.address)

    def network_of(self, version: int) -> Prefix:
        """The network of all, of a version."""
        return self.network if version == 4 else prefixes.connected6(self.address6 or "")

    def host(self, version: int) -> str:
        """The router's own address in the tunnel."""
        return (self.address if version == 4 else self.address6 or "").partition("/")[0]

    @property
    def users(self) -> list[User]:
        """Everybody."""
        return [user for group in self.groups for user in group.users]

    def openings(self) -> Iterator[Opening]:
        """What a firewall in front of the router must let through."""
        host, port = prefixes.endpoint(self.endpoint)
        at = (self.router.name if isinstance(self.router, Router) else self.router) or "the router"
        yield Opening(at=at, incoming=True, host=host, port=port, forwarded=self.port if self.port != port else None)

    def problems(self) -> list[str]:
        """All that can't work, each with its cure."""
        try:
            _ = self.port, [self.network_of(version) for version in self.versions]
            _ = [group.reached(version) for group in self.groups for version in (4, 6)]
        except ValueError as wrong:
            return [str(wrong)]
        return [*self._group_problems(), *self._user_problems()]

    def _group_problems(self) -> Iterator[str]:
        names = [group.name for group in self.groups]
        for name in dict.fromkeys(names):
            if names.count(name) > 1:
                yield f"two groups are called {name!r}: rename one, or put their users together"
        if self.normal_mode == self.full_mode:
            yield f"modes need names of their own, and both are {self.full_mode}"
        for group in self.groups:
            who = f"group {group.name!r}"
            if not (group.reaches or group.router or group.internet):
                yield f"{who} may reach nothing: give reaches=, router=True or internet=True"
            if 6 not in self.versions and group.reached(6):
                yield f"{who}: {group.reached(6)[0]} is IPv6, and the tunnel has none: give address6"
            if group.internet and not self.dns:
                yield (
                    f"{who}: a strange network's resolver can't be reached through the tunnel: give dns=, such as "
                    f"dns=[{self.host(4)!r}] for this router's own"
                )

    def _user_problems(self) -> Iterator[str]:
        taken: dict[str, str] = {}
        for at, user in enumerate(self.users):
            who = f"user {user.name!r}"
            if any(other.name == user.name for other in self.users[:at]):
                yield f"{who} is there twice: give one of the two another name, or put both groups' reaches together"
            for text in (user.address, *([user.address6] if user.address6 else [])):
                if (other := taken.setdefault(text, user.name)) != user.name:
                    yield f"{who}: {text} is {other}'s address: give another"
            yield from self._place_problems(who, user.address, 4)
            if user.address6 and 6 in self.versions:
                yield from self._place_problems(who, user.address6, 6)
            if user.address6 and 6 not in self.versions:
                yield f"{who} has an IPv6 address, and the tunnel has none: give address6 to the router as well"
            if user.public_key is None and user.private_key is None:
                yield f"{who} has no key: make one there (wg genkey | tee key | wg pubkey) and give its public_key"
            if user.public_key is not None and user.private_key is not None:
                yield f"{who}: its public key comes of its private_key: leave out public_key"

    def _place_problems(self, who: str, text: str, version: int) -> Iterator[str]:
        if not prefixes.holds(self.network_of(version), text):
            yield f"{who}: {text} isn't an address of {self.network_of(version)}: give it one without a mask"
        elif prefixes.address(text) == prefixes.address(self.host(version)):
            yield f"{who}: {text} is the router's own address: give it another"
