"""Tunnels and sites, as components.

Rule: made of Wiretik's public resources alone, so that a program could do all of it row by row. No row is made inside
`apply`, and which rows there are never depends on a value that is known only there.
"""
