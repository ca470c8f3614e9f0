"""A fleet: one program, a stack for each site, deployed in waves (docs/fleet.md).

Inventory and selection are Nornir's, durable runs DBOS's; both come with `pip install 'wiretik[fleet]'`, and nothing
but `wiretik fleet` imports this package. Rule: of the rest, the fleet uses the engine's public face alone; each site is
deployed in a process of its own, so that neither a site's credentials nor its crash are another's.
"""
