"""By rows that can't be told apart nothing is decided: who sends them is no router."""

import pytest

import evil
from hostile import ESCAPES, no_control_characters
from wiretik_provider.api.link import Link
from wiretik_provider.api.session import Access
from wiretik_provider.errors import ProtocolError
from wiretik_provider.wire import encode

SECRET = "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo="


def answering(*rows):
    def answer(connection, _sentence, tag):
        for row in rows:
            connection.sendall(encode(("!re", tag, *row)))
        connection.sendall(encode(("!done", tag)))

    return answer


def looks(*rows):
    """The ways to a menu's rows, of a router that answers with these."""

    def several(link):
        return link.prefetch([("/ip/address", ()), ("/interface/wireguard", ())])

    ways = (lambda link: link.rows("/ip/address"), lambda link: link.fresh("/ip/address", "*1"), several)
    for way in ways:
        with evil.hostile(answering(*rows)) as port:
            link = Link(Access(host="127.0.0.1", port=port, tls=False, timeout=3))
            yield lambda way=way, link=link: way(link)
            link.close()


@pytest.mark.parametrize("row", [(), ("=.id=",), (f"=private-key={SECRET}", "=name=wg0"), (f"={ESCAPES}=x",)])
def test_a_row_without_an_id_is_refused_by_the_words_that_it_has_and_not_by_what_they_say(row):
    for look in looks(("=.id=*1", "=address=10.0.0.1/24"), row):
        with pytest.raises(ProtocolError, match="print: a row without an id, with the words") as refused:
            look()
        no_control_characters(str(refused.value))
        assert SECRET not in str(refused.value)


def test_a_row_with_an_id_is_taken_whatever_else_it_lacks():
    for look in looks(("=.id=*1",)):
        assert look()


def test_a_menu_that_always_has_a_row_has_one():
    with evil.hostile(answering()) as port:
        link = Link(Access(host="127.0.0.1", port=port, tls=False, timeout=3))
        with pytest.raises(ProtocolError, match="/system/identity print: an answer without a row"):
            link.rows("/system/identity")
        assert link.rows("/ip/address") == []
        link.close()
