"""Commands in flight in random order: RouterOS promises none between tags, and here it keeps none."""

from rawclient import RawClient
from wiretik_provider.simulator import serve

ADD = "/ip/firewall/address-list/add"


def order(seed, count=40):
    """In which order a router executed commands that came all at once."""
    with serve(tls=False, shuffle=seed) as lab, RawClient(lab.host, lab.api_port) as client:
        client.login()
        client.send_all([(ADD, "=list=a", f"=address=10.0.0.{n}", f".tag={n}") for n in range(count)])
        answered = [next(word for word in client.sentence() if word.startswith(".tag=")) for _ in range(count)]
        made = [row["address"].rpartition(".")[2] for row in lab.router.rows("/ip/firewall/address-list")]
    assert answered == [f".tag={number}" for number in made]
    return [int(number) for number in made]


def test_every_command_is_executed_once_in_an_order_that_nobody_promised():
    orders = [order(seed) for seed in (1, 2)]
    for made in orders:
        assert sorted(made) == list(range(40))
        assert made != sorted(made)
    assert orders[0] != orders[1]


def test_without_a_seed_they_are_executed_as_they_came():
    assert order(None) == list(range(40))


def test_commands_without_a_tag_keep_their_order():
    with serve(tls=False, shuffle=3) as lab, RawClient(lab.host, lab.api_port) as client:
        client.login()
        for n in range(20):
            client.send(ADD, "=list=a", f"=address=10.0.0.{n}")
        assert [client.sentence()[0] for _ in range(20)] == ["!done"] * 20
        made = [row["address"] for row in lab.router.rows("/ip/firewall/address-list")]
        assert made == [f"10.0.0.{n}" for n in range(20)]
