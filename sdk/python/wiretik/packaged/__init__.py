"""The Python SDK's components in Wiretik's Pulumi package, for YAML, TypeScript and Go.

`shapes` says what a component takes and gives, in the words of a schema; `constructing` makes one where Pulumi asks for
it. Rule: nothing is written down twice: what a component takes is what its Python class takes.
"""
