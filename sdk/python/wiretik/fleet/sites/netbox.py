"""Sites from NetBox: its devices, with the primary address, tags as groups, and `config_context` and custom fields.

The forms are NetBox's published API schema's: a device has `name`, `primary_ip.address` with a prefix length, `site`,
`role` and `tags` with a `slug`, `custom_fields`, `config_context` (netbox-community/netbox, `dcim/devices/`). A
device's `config_context["wiretik"]` has what an entry of `sites:` has. Pure but for `sites_of`.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from wiretik.engine.errors import ProjectError

__all__ = ["entries", "sites_of"]


def sites_of(options: Mapping[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Ask NetBox for its devices.

    Args:
        options: `url`, `token` as `{env: NAME}`, and `filters` of the API's list of devices.

    Raises:
        ProjectError: it can't be asked.
    """
    try:
        import pynetbox  # noqa: PLC0415, only who has a NetBox needs it
    except ImportError as error:
        raise ProjectError("inventory: netbox: needs pynetbox: pip install 'wiretik[netbox]'") from error
    token = options.get("token") or {}
    name = token.get("env") if isinstance(token, Mapping) else None
    if not options.get("url") or not name:
        raise ProjectError("inventory: netbox: it has url, and token: {env: VARIABLE}")
    try:
        api = pynetbox.api(str(options["url"]), token=os.environ.get(str(name), ""))
        devices = [dict(each) for each in api.dcim.devices.filter(**{"limit": 0, **(options.get("filters") or {})})]
    except (pynetbox.RequestError, OSError, ValueError) as error:
        raise ProjectError(f"inventory: netbox {options['url']}: {' '.join(str(error).split())[:300]}") from error
    return list(entries(devices))


def entries(devices: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Devices, as entries of `sites:`; one without a name or an address is passed over."""
    for device in devices:
        address = _address(device)
        own = (device.get("config_context") or {}).get("wiretik") or {}
        if not device.get("name") or not (address or own.get("host")):
            continue
        labels = {
            "site": _slug(device.get("site")),
            "role": _slug(device.get("role") or device.get("device_role")),
            "status": (device.get("status") or {}).get("value"),
            "tags": [_slug(each) for each in device.get("tags") or ()],
        }
        fields = {key: value for key, value in (device.get("custom_fields") or {}).items() if value not in (None, "")}
        yield (
            str(device["name"]),
            {
                "host": address,
                **own,
                "labels": {
                    **fields,
                    **{key: value for key, value in labels.items() if value},
                    **(own.get("labels") or {}),
                },
            },
        )


def _address(device: Mapping[str, Any]) -> str:
    """The primary address, without its prefix length."""
    found = device.get("primary_ip") or device.get("primary_ip4") or device.get("primary_ip6") or {}
    return str(found.get("address") or "").partition("/")[0]


def _slug(reference: object) -> str:
    return str(reference.get("slug") or "") if isinstance(reference, Mapping) else ""
