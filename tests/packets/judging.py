"""The tracer's word against what packets did."""

from packets.later import error_of, goes_on
from packets.network import Unsure, follow, through
from packets.routers import CLOSED
from wiretik_provider.trace import Disposition

PATIENT = 0.7
"""Seconds without a packet, below the one after which TCP sends a SYN anew (RFC 6298, 2.1), which is another packet."""
AGAIN = 15000
"""How far the numbers of probes that are sent a second time are from the first ones'."""
JUDGED = ("rt",)
"""Namespaces of which it is compared what gets through their input chains."""
TOLD = []
"""What is printed at the end."""


LATER = {}
"""How many later packets each way and how many errors were compared, by which test."""


def tell(what, asked, answers, unsure):
    """Notes how much was compared."""
    later = f", {LATER['later']} with later packets, {LATER['errors']} with ICMP errors" if LATER else ""
    TOLD.append(f"{what}: {asked} probes, {answers} of them with their answers{later}; {unsure} more not known")
    LATER.clear()


def differences(lab, network, probes, sure=None, judged=JUDGED, *, hop_by_hop=False):
    """Where the kernel and the tracer don't agree; and how many probes were compared, how many answers, how many not.

    Args:
        lab: it stands as the network has it.
        network: what the tracer is asked about.
        probes: what is sent.
        sure: asked about a trace that the tracer doesn't know the end of: whether it may.
        judged: namespaces whose input chains count.
        hop_by_hop: tunnels are up whatever the rows say, so the tracer isn't asked about the whole network.
    """
    told, asked = {}, []
    for probe in probes:
        try:
            told[probe["id"]] = follow(network, probe)
            asked.append(probe)
        except Unsure as unknown:
            if sure is None or not sure(unknown.found):
                raise
    whole = None if hop_by_hop else network
    wrong = compared(lab.probe(asked, judged=judged), asked, told, network, judged, whole)
    if wrong:
        # On a machine that does much besides, a packet may take its time.
        again = [{**probe, "id": probe["id"] + AGAIN} for probe in asked]
        told |= {probe["id"]: follow(network, probe) for probe in again}
        wrong = compared(lab.probe(again, patience=PATIENT, judged=judged), again, told, network, judged, whole)
    answers = sum(told[probe["id"]][1][1] for probe in asked)
    return wrong, (len(asked), answers, len(probes) - len(asked))


def agree(seen, told, whole):
    return seen == told if whole else seen >= told


def compared(seen, asked, told, rows, judged, network=None):  # noqa: PLR0917
    wrong = []
    for probe in asked:
        sights = seen[probe["id"]]
        there, back = sights["probe"], sights["answer"]
        (wanted, all_there), (answer, whole), hops = told[probe["id"]]
        if probe["port"] == CLOSED and hops[-1][2].disposition is Disposition.DELIVERED:
            answer, whole = set(), True  # but an error
        wanted = {one for one in wanted if one[1] != "input" or one[0] in judged}
        if not (agree(there, wanted, all_there) and agree(back, answer, whole)):
            walk = "\n".join(str(found) for _, _, found in hops)
            wrong.append(
                f"{probe}\nseen {sorted(there)}, back {sorted(back)}\n"
                f"said {sorted(wanted)}, back {sorted(answer)}{'' if whole else ' and more'}\n{walk}"
            )
        elif network is not None and (text := otherwise(network, probe, there, back)):
            wrong.append(f"{probe}\nseen {sorted(there)}, back {sorted(back)}\n{text}")
        elif text := "; ".join(in_its_course(rows, probe, hops, sights, judged, whole=all_there and whole)):
            walk = "\n".join(str(found) for _, _, found in hops)
            wrong.append(f"{probe}\n{text}\n{walk}")
    return wrong


def in_its_course(network, probe, hops, sights, judged, *, whole):
    """What later packets and errors did otherwise than the tracer says; of a connection that began as it says."""
    if not whole or hops[-1][2].disposition is not Disposition.DELIVERED:
        return
    if (told := error_of(network, probe, hops)) is not None and all_of(hops):
        LATER["errors"] = LATER.get("errors", 0) + 1
        LATER.setdefault("later", 0)
        if not agree(sights["error"], *told):
            yield f"errors seen {sorted(sights['error'])}, said {sorted(told[0])}"
    first = hops[0][2].reply
    if first is None or first.disposition is not Disposition.DELIVERED or not all_of(hops):
        return
    if (probe["space"], probe["dst"]) not in {(one[0], one[2]) for one in sights["answer"]}:
        return  # nobody goes on with a connection of which no answer came, or one from another address
    LATER["later"] = LATER.get("later", 0) + 1
    LATER.setdefault("errors", 0)
    for kind, (every, all_said) in zip(("later probe", "later answer"), goes_on(network, probe, hops), strict=True):
        said = {one for one in every if one[1] != "input" or one[0] in judged}
        if not agree(sights[kind], said, all_said):
            yield f"{kind}s seen {sorted(sights[kind])}, said {sorted(said)}{'' if all_said else ' and more'}"


def all_of(hops):
    """Whether each node is passed once, and takes the answer for one of the connection that it knows."""
    spaces = [space for space, _, _ in hops]
    return len(set(spaces)) == len(spaces) and all(
        found.connection is not None
        and found.reply is not None
        and (found.reply.connection is None or found.reply.connection.first == found.connection.first)
        for _, _, found in hops
    )


def otherwise(network, probe, there, back):
    """What the network tracer says otherwise."""
    said = through(network, probe)
    if said is None:
        return ""
    passed, answered, found = said
    seen = {one[0] for one in there}
    came = probe["space"] in {one[0] for one in back}
    if seen == passed and (answered in (None, came) or probe["port"] == CLOSED):
        return ""
    return f"the network tracer said {sorted(passed)}, answered {answered}\n{found}"
