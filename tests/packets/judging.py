"""The tracer's word against what packets did."""

from packets.network import Unsure, follow, through

PATIENT = 1.0
AGAIN = 15000
"""How far the numbers of probes that are sent a second time are from the first ones'."""
JUDGED = ("rt",)
"""Namespaces of which it is compared what gets through their input chains."""
TOLD = []
"""What is printed at the end."""


def tell(what, asked, answers, unsure):
    """Notes how much was compared."""
    TOLD.append(f"{what}: {asked} probes, {answers} of them with their answers; {unsure} more not known")


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
    wrong = compared(lab.probe(asked, judged=judged), asked, told, judged, whole)
    if wrong:
        # On a machine that does much besides, a packet may take its time.
        again = [{**probe, "id": probe["id"] + AGAIN} for probe in asked]
        told |= {probe["id"]: follow(network, probe) for probe in again}
        wrong = compared(lab.probe(again, patience=PATIENT, judged=judged), again, told, judged, whole)
    answers = sum(told[probe["id"]][1][1] for probe in asked)
    return wrong, (len(asked), answers, len(probes) - len(asked))


def agree(seen, told, whole):
    return seen == told if whole else seen >= told


def compared(seen, asked, told, judged, network=None):
    wrong = []
    for probe in asked:
        there, back = seen[probe["id"]]
        (wanted, all_there), (answer, whole), hops = told[probe["id"]]
        wanted = {one for one in wanted if one[1] != "input" or one[0] in judged}
        if not (agree(there, wanted, all_there) and agree(back, answer, whole)):
            walk = "\n".join(str(found) for _, _, found in hops)
            wrong.append(
                f"{probe}\nseen {sorted(there)}, back {sorted(back)}\n"
                f"said {sorted(wanted)}, back {sorted(answer)}{'' if whole else ' and more'}\n{walk}"
            )
        elif network is not None and (text := otherwise(network, probe, there, back)):
            wrong.append(f"{probe}\nseen {sorted(there)}, back {sorted(back)}\n{text}")
    return wrong


def otherwise(network, probe, there, back):
    """What the network tracer says otherwise."""
    said = through(network, probe)
    if said is None:
        return ""
    passed, answered, found = said
    seen = {one[0] for one in there}
    came = probe["space"] in {one[0] for one in back}
    if seen == passed and answered in (None, came):
        return ""
    return f"the network tracer said {sorted(passed)}, answered {answered}\n{found}"
