"""NetBox's devices as sites: answers in the form of its published API schema (DeviceWithConfigContext, v4.4)."""

from wiretik.fleet.sites.netbox import entries

DEVICE = {
    "id": 7,
    "url": "https://netbox.example.com/api/dcim/devices/7/",
    "display": "berlin",
    "name": "berlin",
    "device_type": {"id": 1, "slug": "hap-ax3", "model": "hAP ax3"},
    "role": {"id": 2, "name": "Spoke", "slug": "spoke"},
    "tenant": None,
    "platform": {"id": 1, "name": "RouterOS", "slug": "routeros"},
    "serial": "HE0",
    "site": {"id": 3, "name": "Berlin", "slug": "berlin-1"},
    "status": {"value": "active", "label": "Active"},
    "primary_ip": {"id": 9, "family": {"value": 4, "label": "IPv4"}, "address": "10.0.0.1/24"},
    "primary_ip4": {"id": 9, "family": {"value": 4, "label": "IPv4"}, "address": "10.0.0.1/24"},
    "primary_ip6": None,
    "config_context": {"wiretik": {"vars": {"lan": "192.168.1.0/24"}, "port": 8729}, "ntp": ["10.0.0.9"]},
    "local_context_data": None,
    "tags": [{"id": 1, "name": "EU", "slug": "eu", "color": "aa1409"}],
    "custom_fields": {"region": "eu", "ring": None},
}


def test_a_device_is_a_site_with_its_address_and_what_it_can_be_chosen_by():
    assert list(entries([DEVICE])) == [
        (
            "berlin",
            {
                "host": "10.0.0.1",
                "vars": {"lan": "192.168.1.0/24"},
                "port": 8729,
                "labels": {"region": "eu", "site": "berlin-1", "role": "spoke", "status": "active", "tags": ["eu"]},
            },
        )
    ]


def test_devices_without_a_name_or_an_address_are_no_sites():
    assert not list(entries([{**DEVICE, "name": None}, {**DEVICE, "primary_ip": None, "primary_ip4": None}]))


def test_an_older_netbox_says_device_role():
    old = {key: value for key, value in DEVICE.items() if key != "role"} | {"device_role": {"slug": "hub"}}
    assert next(entries([old]))[1]["labels"]["role"] == "hub"
