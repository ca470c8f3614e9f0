"""What a deployment takes out of a list goes when its holder does, however many deployments break off on the way.

A stack of one peer and the holders of its prefixes is deployed by a model of the engine: the peer's update first, then
holders that are new, then, unless the run is killed before, the deletes of holders that are no longer declared.
"""

from hypothesis import given, settings
from hypothesis import strategies as st

from at_length import rounds
from linked import plain_links
from wiretik_provider.api.link import close_all
from wiretik_provider.kinds.held import HeldKind
from wiretik_provider.kinds.row import RowKind
from wiretik_provider.menus import menu
from wiretik_provider.simulator import serve

PEERS = menu("/interface/wireguard/peers")
KEY = "A0VSVkVSMl9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4="
OWN, TAG = "10.20.0.2/32", "abcd12345678"
POOL = [f"10.{number}.0.0/16" for number in range(100, 104)]

declared = st.lists(st.sampled_from(POOL), unique=True).flatmap(
    lambda allowed: st.tuples(
        st.just(allowed), st.lists(st.sampled_from(allowed), unique=True) if allowed else st.just([])
    )
)
killed_after = st.none() | st.integers(0, 2)
"""After how many deletes a run is killed."""


class Stack:
    """The state, and the router that it is of."""

    def __init__(self, lab):
        self.lab = lab
        self.links = plain_links(lab, "none")
        self.peer, self.state, self.inputs = RowKind(PEERS), {}, {}
        self.holders = {}

    @property
    def there(self):
        return set(self.lab.router.rows(PEERS.path)[0]["allowed-address"].split(",")) - {OWN}

    def deploy(self, allowed, held, killed):
        """One run; yields after each write what is on the router."""
        close_all()  # a process of its own
        inputs = {"interface": "wg1", "public_key": KEY, "allowed_address": [OWN, *allowed], "held": held, "tag": TAG}
        news, problems = self.peer.check(self.links, {}, inputs)
        assert problems == []
        self.links("").declared[TAG] = news["allowed_address"]  # as the gate says
        if not self.state:
            self.state = self.peer.create(self.links, news).outputs
        elif news != self.inputs:
            self.state = self.peer.update(self.links, "", self.state, news)
        self.inputs = news
        yield self.there
        kind = HeldKind(PEERS)
        for one in held:
            self.holders.setdefault(one, kind.create(self.links, {"element": one, "of": TAG}).outputs)
        for one in sorted(self.holders.keys() - set(held))[:killed]:
            kind.delete(self.links, "", self.holders.pop(one))
            yield self.there


@settings(max_examples=rounds(20, 1000), deadline=None)
@given(st.lists(st.tuples(declared, killed_after), min_size=2, max_size=6))
def test_nothing_that_is_held_goes_before_its_holder_and_nothing_stays_behind_it(runs):
    with serve(tls=False, password="none") as lab:
        lab.run("/interface/wireguard/add", name="wg1")
        stack = Stack(lab)
        before, leant_on, free = set(), set(), set()
        for (allowed, held), killed in [*runs, (runs[-1][0], None)]:
            for there in stack.deploy(allowed, held, killed):
                assert before & set(allowed) <= there, "what is allowed before and after is allowed in between"
                assert leant_on & stack.holders.keys() <= there, "whoever leans on it is still there"
                assert there <= set(allowed) | stack.holders.keys(), "nobody asks for it any more"
            # What was allowed without being held may go at once.
            free = (free | set(allowed)) - set(held)
            before, leant_on = set(allowed), set(stack.holders) - free

        assert stack.there == set(allowed)
        assert stack.holders.keys() == set(held)
    close_all()
