"""How a deployment looks: each display is a listener to the engine's events, and nothing else.

`live` draws a tree on a terminal, `plain` writes a line for each thing that happens, `machine` writes JSON. What they
have in common, the words and the closing report, stands in `words` and `report`.
"""
