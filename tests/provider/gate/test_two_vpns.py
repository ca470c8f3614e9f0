"""Two VPNs for the same sources: the cure is sources of their own, since no exception of a destination helps."""

from wiretik_provider.simulator import Router
from wiretik_provider.trace import Snapshot
from wiretik_provider.trace.questions.question import Question, ask

from ..doctor.grounds import GROUNDS  # noqa: TID252  (the doctor's common grounds, which stand there)

MARKED = """
/ip firewall address-list
add address=192.168.0.0/16 list=h
/ip firewall mangle
add chain=prerouting passthrough=no action=mark-routing dst-address-list=!h new-routing-mark=by-tunnel
add chain=prerouting passthrough=no action=mark-routing dst-address-list=!h new-routing-mark=by-second
"""


def test_where_both_vpns_are_for_all_the_cure_is_sources_of_their_own():
    router = Router("none", leases={})
    router.load("\n".join((*(GROUNDS[one] for one in ("factory", "provider", "second", "firewall")), MARKED)))
    then = Snapshot({menu: router.rows(menu) for menu in router.menus})

    answer = ask(then, Question.of({"kind": "leaves_by", "source": "192.168.88.0/24", "by": "wg2", "enters": "bridge"}))

    assert answer.holds is False
    assert "clients=" in answer.cure
    assert "1.1.1.1" not in answer.cure
