"""The way by which a session came, judged as a whole connection: what closes it is told, and nothing else."""

import pytest

from wiretik_provider.trace import Snapshot, packet
from wiretik_provider.trace.questions.way_in import Verdict, judged
from wiretik_provider.trace.router.derive import derived

FILTER, NAT, RAW, MANGLE = ("/ip/firewall/" + name for name in ("filter", "nat", "raw", "mangle"))
LISTS, PEERS, TUNNELS = "/ip/firewall/address-list", "/interface/wireguard/peers", "/interface/wireguard"
OPERATOR = packet("192.168.88.10", "192.168.88.1", port=8729, enters="lan")
BY_TUNNEL = packet("10.20.0.5", "10.20.0.2", port=8729, enters="wg1")

ESTABLISHED = "input accept connection-state=established,related"
PORT = "input accept protocol=udp dst-port=13232 comment=port"
IN = "input accept in-interface=wg1"
CLOSED = "input drop in-interface=!lan comment=closed"
HOME = {
    "/interface": ["name=lan type=ether", "name=wan type=ether"],
    TUNNELS: ["name=wg1 listen-port=13232 private-key=PRIVATE public-key=PUBLIC"],
    PEERS: ["interface=wg1 name=me public-key=KEY allowed-address=10.20.0.5/32"],
    "/ip/address": [
        "address=192.168.88.1/24 interface=lan",
        "address=203.0.113.2/24 interface=wan",
        "address=10.20.0.2/24 interface=wg1",
    ],
    "/ip/route": ["dst-address=0.0.0.0/0 gateway=203.0.113.1"],
    "/ip/service": ["name=www port=80", "name=api port=8728", "name=api-ssl port=8729", "name=ssh port=22"],
    FILTER: [ESTABLISHED, PORT, IN, CLOSED],
}


def row(menu, text):
    words = text.split()
    if "/firewall/" in menu and menu != LISTS:
        words = [f"chain={words[0]}", f"action={words[1]}", *words[2:]]
    return dict(word.partition("=")[::2] for word in words)


def router(menus):
    rows = {
        menu: [{".id": f"*{at:X}", **row(menu, text)} for at, text in enumerate(lines, 1)]
        for menu, lines in menus.items()
    }
    return Snapshot(derived(rows))


def after(asked, **changes):
    """What is said of a change, told by the menus that become others; `first` stands in front of the filter rules."""
    menus = {"filter": FILTER, "nat": NAT, "raw": RAW, "mangle": MANGLE, "lists": LISTS, "peers": PEERS}
    then = {**HOME, **{menus.get(name, TUNNELS): lines for name, lines in changes.items() if name != "first"}}
    then[FILTER] = [*changes.get("first", ()), *then[FILTER]]
    return judged(router(HOME), router(then), asked)


CLOSE = {
    "established packets that come in": {"first": ["input drop connection-state=established"]},
    "established packets that go out": {"first": ["output drop connection-state=established"]},
    "all but new ones": {"first": ["input drop connection-state=!new"]},
    "in raw, packets that begin nothing": {"raw": ["prerouting drop protocol=tcp tcp-flags=!syn"]},
    "packets that acknowledge": {"first": ["input drop protocol=tcp tcp-flags=ack"]},
    "answers that acknowledge": {"first": ["output drop protocol=tcp tcp-flags=ack,!syn"]},
    "packets with data": {"first": ["input drop protocol=tcp tcp-flags=psh"]},
    "a whitelist of new ones": {"filter": ["input accept connection-state=new in-interface=lan", "input drop"]},
    "a whitelist of SYNs": {"filter": ["input accept protocol=tcp tcp-flags=syn,!ack", "input drop"]},
    "connections without a mark": {
        "mangle": ["prerouting mark-connection new-connection-mark=seen connection-state=new passthrough=true"],
        "first": ["input drop connection-mark=seen connection-state=!new"],
    },
    "a chain behind a jump": {"first": ["input jump jump-target=c", "c drop connection-state=established"]},
    "in mangle": {"mangle": ["prerouting drop connection-state=established"]},
    "a redirect to another service": {"nat": ["dstnat redirect protocol=tcp dst-port=8729 to-ports=80"]},
    "a redirect to nobody": {"nat": ["dstnat redirect protocol=tcp dst-port=8000-9000 to-ports=3128"]},
    "a trap that catches whoever comes": {
        "first": ["input drop src-address-list=bad", "input add-src-to-address-list address-list=bad in-interface=lan"]
    },
    "a trap that is filled in forward's place": {
        "raw": ["prerouting add-src-to-address-list address-list=bad", "prerouting drop src-address-list=bad"],
    },
    "what isn't tracked, where only established is let in": {
        "raw": ["prerouting notrack in-interface=lan"],
        "filter": [
            "input accept connection-state=new,established in-interface=lan",
            "input drop connection-state=untracked",
        ],
    },
}
SOUND = {
    "invalid ones": {"first": ["input drop connection-state=invalid"]},
    "a whitelist with established": {"filter": [ESTABLISHED, "input accept connection-state=new", "input drop"]},
    "scans": {
        "raw": [
            "prerouting drop protocol=tcp tcp-flags=!fin,!syn,!rst,!ack",
            "prerouting drop protocol=tcp tcp-flags=fin,syn",
            "prerouting drop protocol=tcp tcp-flags=fin,rst",
            "prerouting drop protocol=tcp tcp-flags=fin,!ack",
            "prerouting drop protocol=tcp tcp-flags=rst,urg",
            "prerouting drop protocol=tcp tcp-flags=syn,rst",
        ]
    },
    "new ones that begin without SYN": {"first": ["input drop protocol=tcp tcp-flags=!syn connection-state=new"]},
    "established ones that are forwarded": {"first": ["forward drop connection-state=established"]},
    "established ones of the WAN": {"first": ["input drop connection-state=established in-interface=wan"]},
    "a redirect of another port": {"nat": ["dstnat redirect protocol=tcp dst-port=53 to-ports=5353"]},
    "a redirect to the same port": {"nat": ["dstnat redirect protocol=tcp dst-port=8729 to-ports=8729"]},
    "a trap on the WAN": {
        "first": ["input drop src-address-list=bad", "input add-src-to-address-list address-list=bad in-interface=wan"]
    },
    "a list of guests that fills itself": {
        "first": ["input add-src-to-address-list address-list=seen", "input accept src-address-list=seen"]
    },
    "an entry that stays": {
        "lists": ["list=wl address=192.168.88.10"],
        "first": ["input drop src-address-list=!wl in-interface=lan"],
    },
    "somebody else's entry that ends": {
        "lists": ["list=wl address=192.168.88.10", "list=wl address=192.168.88.11 timeout=1m"],
        "first": ["input drop src-address-list=!wl in-interface=lan"],
    },
    "a ban that ends": {
        "lists": ["list=bad address=192.168.88.0/24 timeout=1m"],
        "first": ["input drop src-address-list=bad in-interface=wan"],
    },
}
TOLD = {
    "an entry that ends": {
        "lists": ["list=wl address=192.168.88.10 timeout=1m"],
        "first": ["input drop src-address-list=!wl in-interface=lan"],
    },
    "a prefix that ends": {
        "lists": ["list=wl address=192.168.88.0/24 timeout=1d"],
        "first": ["input accept src-address-list=wl", "input drop in-interface=lan"],
    },
    "a guard against many attempts": {
        "first": [
            "input drop src-address-list=bad",
            "input add-src-to-address-list address-list=bad src-address-list=second connection-state=new",
            "input add-src-to-address-list address-list=second src-address-list=first connection-state=new",
            "input add-src-to-address-list address-list=first connection-state=new",
        ]
    },
    "a trap for port scans": {
        "first": [
            "input drop src-address-list=bad",
            "input add-src-to-address-list address-list=bad protocol=tcp psd=21,3s,3,1",
        ]
    },
    "a mark that the session of now hasn't got": {
        "mangle": ["prerouting mark-connection new-connection-mark=mine connection-state=new passthrough=true"],
        "first": ["input drop connection-mark=no-mark connection-state=established"],
    },
    "chance": {"first": ["input drop connection-state=established random=5"]},
}


@pytest.mark.parametrize("kind", CLOSE)
def test_what_closes_the_way_in_is_refused(kind):
    verdict = after(OPERATOR, **CLOSE[kind])

    assert verdict.lost, verdict
    assert "192.168.88.10 to the router's port 8729" in verdict.lost


@pytest.mark.parametrize("kind", SOUND)
def test_what_leaves_the_way_in_open_passes_in_silence(kind):
    assert after(OPERATOR, **SOUND[kind]) == Verdict()


@pytest.mark.parametrize("kind", TOLD)
def test_what_ends_some_day_or_isnt_known_is_a_note(kind):
    verdict = after(OPERATOR, **TOLD[kind])

    assert not verdict.lost
    assert len(verdict.notes) == 1, verdict


@pytest.mark.parametrize("kind", [*CLOSE, *TOLD])
def test_what_was_so_before_is_no_news(kind):
    changes = {FILTER: HOME[FILTER], **CLOSE.get(kind, TOLD.get(kind))}
    names = {"nat": NAT, "raw": RAW, "mangle": MANGLE, "lists": LISTS, "filter": FILTER}
    menus = {**HOME, **{names[name]: lines for name, lines in changes.items() if name in names}}
    menus[FILTER] = [*changes.get("first", ()), *menus[FILTER]]

    assert not judged(router(menus), router(menus), OPERATOR).lost


def peer(text):
    return [HOME[PEERS][0] + " " + text]


def device(text):
    return [HOME[TUNNELS][0].replace(*text.split("→"))]


TUNNEL_LOST = {
    "another listen port": {"tunnels": device("13232→13999")},
    "another private key": {"tunnels": device("PRIVATE→OTHER")},
    "another public key of the peer": {"peers": [HOME[PEERS][0].replace("KEY", "OTHER")]},
    "a preshared key": {"peers": peer("preshared-key=SHARED")},
    "its port's rule for another port": {"filter": [ESTABLISHED, PORT.replace("13232", "1"), IN, CLOSED]},
    "its port's rule gone": {"filter": [ESTABLISHED, IN, CLOSED]},
    "a drop of udp in front": {"first": ["input drop protocol=udp in-interface=wan"]},
    "a drop of udp in raw": {"raw": ["prerouting drop protocol=udp in-interface=wan dst-port=13000-14000"]},
    "a redirect of its port": {"nat": ["dstnat redirect protocol=udp dst-port=13232 to-ports=53"]},
    "its port led elsewhere": {"nat": ["dstnat dst-nat protocol=udp dst-port=13232 to-addresses=192.168.88.9"]},
    "its answers dropped": {"first": ["output drop protocol=udp src-port=13232"]},
    "the far end dropped": {"first": ["input drop protocol=udp connection-state=established"]},
}
TUNNEL_SOUND = {
    "an own address list": {"lists": ["list=l address=1.2.3.4"]},
    "another peer": {"peers": [*HOME[PEERS], "interface=wg1 name=other public-key=X allowed-address=10.20.0.6/32"]},
    "a wider rule": {"filter": [ESTABLISHED, PORT.replace("13232", "13000-14000"), IN, CLOSED]},
    "a comment": {"peers": peer("comment=laptop")},
    "no preshared key, said": {"peers": peer("preshared-key=none")},
    "a key that we may not read": {"tunnels": device("PRIVATE→*****")},
    "a drop of other udp": {"first": ["input drop protocol=udp dst-port=53 in-interface=wan"]},
}


@pytest.mark.parametrize("kind", TUNNEL_LOST)
def test_what_takes_the_tunnel_down_that_the_session_comes_by_is_refused(kind):
    verdict = after(BY_TUNNEL, **TUNNEL_LOST[kind])

    assert "the tunnel wg1 from peer me" in verdict.lost, verdict


@pytest.mark.parametrize("kind", TUNNEL_SOUND)
def test_what_leaves_that_tunnel_alone_passes_in_silence(kind):
    assert after(BY_TUNNEL, **TUNNEL_SOUND[kind]) == Verdict()


def test_where_the_router_itself_calls_the_far_end_its_own_port_doesnt_matter():
    calling = peer("endpoint-address=198.51.100.7 endpoint-port=51820 persistent-keepalive=25s")
    before = router({**HOME, PEERS: calling})
    then = router({**HOME, PEERS: calling, FILTER: [ESTABLISHED, IN, CLOSED]})

    assert judged(before, then, BY_TUNNEL) == Verdict()


def test_a_far_end_is_judged_by_the_address_that_it_calls_from():
    calling = peer("current-endpoint-address=198.51.100.7 current-endpoint-port=51820")
    before = router({**HOME, PEERS: calling})
    drop = "input drop protocol=udp src-address={}"

    hit = router({**HOME, PEERS: calling, FILTER: [drop.format("198.51.100.0/24"), *HOME[FILTER]]})
    missed = router({**HOME, PEERS: calling, FILTER: [drop.format("1.1.1.0/24"), *HOME[FILTER]]})

    assert "198.51.100.7 to the router's udp port 13232, in by wan" in judged(before, hit, BY_TUNNEL).lost
    assert judged(before, missed, BY_TUNNEL) == Verdict()
