"""Two tunnels to one network: the second waits as long as somebody behind the first answers."""

import pytest

import mocked
import wiretik as wt

KEYS = ["U0VSVkVSMV9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4=", "U0VSVkVSMl9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4="]


def tunnel(number, **args):
    own = f"10.70.{number}"
    peer = wt.TunnelPeer(
        "site", KEYS[number - 1], [f"{own}.0/30", "10.120.0.0/16"], endpoint=f"198.51.100.{number}:51820"
    )
    return wt.Tunnel(
        f"way{number}", wt.TunnelArgs(f"wg{number}", address=f"{own}.2/30", peers=[peer], masquerade=False, **args)
    )


@pytest.fixture(scope="module")
def rows():
    """Both tunnels' rows; nobody changes them."""

    def program():
        tunnel(1, check_gateway="10.70.1.1")
        tunnel(2, distance=2, check_gateway="10.120.0.1")

    return mocked.rows(program)


def test_a_neighbour_in_the_tunnel_is_the_gateway_himself(rows):
    route = rows["way1-route-10.120.0.0-16"]

    assert (route["gateway"], route["check_gateway"], route.get("distance")) == ("10.70.1.1", "ping", None)
    assert "way1-check" not in rows


def test_somebody_farther_is_reached_by_a_route_of_his_own(rows):
    route, far = rows["way2-route-10.120.0.0-16"], rows["way2-check"]

    assert (route["gateway"], route["check_gateway"], route["distance"]) == ("10.120.0.1", "ping", 2)
    assert (far["dst_address"], far["gateway"], far["scope"]) == ("10.120.0.1/32", "wg2", route["target_scope"] - 1)


@pytest.mark.parametrize(
    ("args", "says"),
    [
        ({"check_gateway": True}, "check_gateway=True asks the gateway, and there is none: give gateway="),
        ({"check_gateway": "10.121.0.1"}, "no peer allows 10.121.0.1, so it is never reached"),
        ({"check_gateway": "fd00::1"}, "'fd00::1' is no address of IPv4"),
        ({"check_gateway6": "10.120.0.1"}, "'10.120.0.1' is no address of IPv6"),
        ({"distance": 250}, "distance: 250 isn't one of 1 to 249"),
    ],
)
def test_what_cannot_work_is_refused_with_its_cure(args, says):
    with pytest.raises(wt.Refusal) as refused:
        tunnel(1, **args)

    assert says in str(refused.value)
