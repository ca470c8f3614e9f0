"""Wi-Fi networks of a VLAN: a virtual interface of a radio for each, which is one of the VLAN's ports without a number.

RouterOS has drivers of two kinds, with menus of their own. Some give frames a VLAN's number themselves, and the one for
802.11ac can't; a port of the bridge says of each in which VLAN its frames are (docs/facts/menus.md#bridge-vlans).

Rule: no driver is asked for a number, so the bridge alone decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, Literal

import attrs
import pulumi

from wiretik.components.shared.making import Making
from wiretik.resources.every.menu_row import MenuRow

__all__ = ["Ssid", "made"]

_LETTERS: Final = range(1, 33)
"""Bytes of a Wi-Fi network's name (IEEE 802.11, 9.4.2.2)."""
_KEY: Final = range(8, 64)
"""Letters of its passphrase (MT: WiFi, `security.passphrase=8-63_characters`)."""


@attrs.frozen(kw_only=True)
class Ssid:
    """A Wi-Fi network whose hosts are in a VLAN.

    Attributes:
        name: what people see.
        radio: the router's interface of the radio, `wifi1` or `wlan1`; it has to be on.
        passphrase: what they enter, 8 to 63 letters. None: anybody may join.
        driver: whose menu the radio is in: `"wifi"`, of `wifi-qcom`, `wifi-qcom-ac` and what came after them, or
            `"wireless"`, the older one.
        interface: the name of the virtual interface; the radio's and the VLAN's number where it isn't given.
        hide: whether it is left out of what devices list.
    """

    name: str = attrs.field(kw_only=False)
    radio: str = attrs.field(kw_only=False)
    passphrase: pulumi.Input[str] | None = attrs.field(default=None, repr=False)
    driver: Literal["wifi", "wireless"] = "wifi"
    interface: str | None = None
    hide: bool = False

    def port(self, vlan_id: int) -> str:
        """The interface's name in a VLAN."""
        return self.interface or f"{self.radio}-{vlan_id}"

    def problems(self) -> Iterator[str]:
        """What can't work, with the cure."""
        if len(self.name.encode()) not in _LETTERS:
            yield f"ssids: the name {self.name!r} has {len(self.name.encode())} bytes: give 1 to {_LETTERS[-1]}"
        if isinstance(self.passphrase, str) and len(self.passphrase) not in _KEY:
            yield f"ssids: {self.name}: its passphrase has {len(self.passphrase)} letters: give {_KEY[0]} to {_KEY[-1]}"
        if self.interface == self.radio:
            yield f"ssids: {self.name}: interface={self.interface!r} is the radio itself: leave it out, or name another"


def made(make: Making, one: Ssid, vlan_id: int) -> MenuRow:
    """The interface of a network.

    Args:
        make: the VLAN.
        one: the network.
        vlan_id: the VLAN's number.
    """
    return _MAKES[one.driver](make, one, one.port(vlan_id))


def _wifi(make: Making, one: Ssid, port: str) -> MenuRow:
    return MenuRow(
        "/interface/wifi",
        make.named(f"{port}-wifi"),
        make.below(),
        router=make.router,
        name=port,
        master_interface=one.radio,
        configuration_ssid=one.name,
        configuration_hide_ssid=one.hide or None,
        security_authentication_types="wpa2-psk,wpa3-psk" if one.passphrase is not None else "",
        security_passphrase=one.passphrase,
        disabled=False,  # a new one is off (docs/facts/menus.md#bridge-vlans)
        comment=f"{make.name}: {one.name}",
    )


def _wireless(make: Making, one: Ssid, port: str) -> MenuRow:
    secured = one.passphrase is not None
    profile = MenuRow(
        "/interface/wireless/security-profiles",
        make.named(f"{port}-profile"),
        make.below(),
        router=make.router,
        name=port,
        mode="dynamic-keys" if secured else "none",
        authentication_types="wpa2-psk" if secured else None,
        wpa2_pre_shared_key=one.passphrase,
        comment=f"{make.name}: {one.name}",
    )
    return MenuRow(
        "/interface/wireless",
        make.named(f"{port}-wifi"),
        make.below(),
        router=make.router,
        name=port,
        master_interface=one.radio,
        mode="ap-bridge",
        ssid=one.name,
        hide_ssid="yes" if one.hide else None,
        security_profile=profile,
        disabled="no",  # likewise
        comment=f"{make.name}: {one.name}",
    )


_MAKES: Final[dict[str, Callable[[Making, Ssid, str], MenuRow]]] = {"wifi": _wifi, "wireless": _wireless}
